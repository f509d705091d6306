"""Scores cleaning and describing on the saved pages of shared/data/pages-dev, and what both cost.

python benchmarks/clean.py [--out FOLDER]    keeps the bodies in FOLDER, for score_clean.py
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from index.clean import clean  # noqa: E402
from index.describe import describe  # noqa: E402
from index.extract import extract  # noqa: E402
from index.read import read  # noqa: E402
from index.sandbox import Sandbox  # noqa: E402
from index.types import Draft  # noqa: E402


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/pages-dev")
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--misses", action="store_true", help="print what was described wrongly")
    options = arguments.parse_args()
    if not (options.data / "gold.json").exists():
        print(f"no pages in {options.data}: give their folder with --data", file=sys.stderr)
        return 1
    gold = json.loads((options.data / "gold.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as temporary:
        out = options.out or Path(temporary)
        out.mkdir(parents=True, exist_ok=True)
        started = time.perf_counter()
        found = {name: export(options.data / "pages_txt" / f"{name}.txt", out) for name in gold}
        seconds = time.perf_counter() - started
        subprocess.run([sys.executable, options.data / "score_clean.py", out], check=True)
    print(f"\nread, cleaned and described {len(gold)} pages in {seconds:.1f} s")
    here, apart = reading_seconds([options.data / "pages_txt" / f"{name}.txt" for name in gold])
    print(f"{1000 * here:.1f} ms a page in this process, {1000 * apart:.1f} ms in the child that reads for the index")
    compare(found, gold, options.data / "pages_txt", options.misses)
    return 0


def reading_seconds(paths: list[Path]) -> tuple[float, float]:
    """Seconds a file for reading, cleaning and describing: in this process, and in a running child."""
    sandbox = Sandbox()
    means = []
    for read_one in (extract, sandbox.extract):
        read_one(paths[0])
        started = time.perf_counter()
        for path in paths:
            read_one(path)
        means.append((time.perf_counter() - started) / len(paths))
    sandbox.close()
    return means[0], means[1]


def export(path: Path, out: Path) -> Draft:
    """Writes the body of a page to the folder; what the page says of its article."""
    (page,) = read(path)
    body = clean(page.text)
    (out / path.name).write_text("\n".join(body.paragraphs) + "\n", encoding="utf-8")
    return describe(body)


def compare(found: dict[str, Draft], gold: dict, pages: Path, misses: bool) -> None:
    """Counts what is right of those marks whose gold value stands somewhere in the page."""
    there, given, right = Counter(), Counter(), Counter()
    for name, draft in found.items():
        page = (pages / f"{name}.txt").read_text(encoding="utf-8")
        marks = gold[name]["meta"]
        for mark, wanted, got in (
            ("title", [marks["title"]], draft.title),
            ("publisher", [marks["publisher"]], draft.publisher),
            ("author", marks["author"], draft.author),
            ("date", [marks["date"]], draft.published),
        ):
            wanted = [value for value in wanted if value and stands(mark, value, page)]
            if not wanted:
                continue
            there[mark] += 1
            given[mark] += got is not None
            right[mark] += (good := got is not None and any(same(mark, value, got) for value in wanted))
            if misses and not good:
                print(f"  {name} {mark}: {wanted} is not {got!r}")
    for mark, total in there.items():
        precision = right[mark] / given[mark] if given[mark] else 0.0
        print(f"{mark:10} {right[mark]:3} of {total:3} {right[mark] / total:.2f}  precision {precision:.2f}")


def stands(mark: str, value: str, page: str) -> bool:
    if mark == "date":
        year, _, day = value.split("-")
        lines = [line for line in page.split("\n") if re.search(rf"(?<!\d)0?{int(day)}(?!\d)", line)]
        return any(year in line or year[2:] in line for line in lines)
    return squeeze(value) in squeeze(page)


def same(mark: str, wanted: str, got: str) -> bool:
    """Equal in letters and digits; one may be a long part of the other ("Die Welt", "Welt")."""
    if mark == "date":
        return wanted == got
    one, other = squeeze(wanted), squeeze(got)
    shortest = 20 if mark == "title" else 3
    return one == other or (min(len(one), len(other)) >= shortest and (one in other or other in one))


def squeeze(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]|\([^)]*\)", "", bare)


if __name__ == "__main__":
    sys.exit(main())
