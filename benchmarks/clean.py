"""Scores cleaning and describing on the saved pages of shared/data/pages-dev, and what both cost.

python benchmarks/clean.py [--out FOLDER]    keeps the bodies in FOLDER, for score_clean.py
python benchmarks/clean.py --html FOLDER     scores web pages instead, beside plain trafilatura in precision mode

That FOLDER has html/NAME.html, txt/NAME.txt (the article's text) and metadata/NAME.json (title, authors,
publish_date, meta_site_name), as tests/data in the source distribution of newspaper4k, from PyPI.
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
DATA = ROOT.parent / "shared/data/pages-dev"
sys.path.insert(0, str(ROOT))

from index.clean import clean  # noqa: E402
from index.describe import describe  # noqa: E402
from index.extract import extract  # noqa: E402
from index.read import read  # noqa: E402
from index.sandbox import Sandbox  # noqa: E402
from index.types import Draft  # noqa: E402
from index.words import words  # noqa: E402


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--html", type=Path)
    arguments.add_argument("--misses", action="store_true", help="print what was described wrongly")
    options = arguments.parse_args()
    if options.html:
        return compare_html(options.html, options.misses)
    if not (options.data / "gold.json").exists():
        print(f"no pages in {options.data}: give their folder with --data; nothing is measured", file=sys.stderr)
        return 1 if options.data != DATA else 0  # they are not part of the repository, and `make bench` goes on
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
    texts = {name: (options.data / "pages_txt" / f"{name}.txt").read_text(encoding="utf-8") for name in gold}
    compare(found, gold, texts, options.misses)
    return 0


def compare_html(folder: Path, misses: bool) -> int:
    """Prints what is right of web pages, by Footnote and by trafilatura: words of the body, marks of the article."""
    pages = sorted(path for path in (folder / "html").glob("*.html") if (folder / "txt" / f"{path.stem}.txt").exists())
    if not pages:
        print(f"no pages in {folder}", file=sys.stderr)
        return 1
    for name, read_one in (("footnote", extract_one), ("trafilatura", by_trafilatura)):
        drafts = {path.stem: read_one(path) for path in pages}
        shares = {stem: word_shares(draft, folder / "txt" / f"{stem}.txt") for stem, draft in drafts.items()}
        precision, recall, f1, leak, lost = (sum(column) / len(pages) for column in zip(*shares.values(), strict=True))
        print(f"== {name}: {len(pages)} web pages")
        print(f"words: precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}; ", end="")
        print(f"paragraphs: {leak:.3f} of those kept are not the article's, {lost:.3f} of the article's are lost")
        gold = {stem: marks(folder / "metadata" / f"{stem}.json") for stem in drafts}
        compare(drafts, gold, None, misses)
        for stem, (_, _, page_f1, *_) in shares.items():
            if misses and page_f1 < 0.97:
                print(f"  {stem} words: F1 {page_f1:.3f}")
    return 0


def extract_one(path: Path) -> Draft:
    return extract(path)[0]


def by_trafilatura(path: Path) -> Draft:
    from trafilatura import bare_extraction

    found = bare_extraction(path.read_bytes(), favor_precision=True, include_comments=False, with_metadata=True)
    if found is None:
        return Draft(text="")
    return Draft(found.text or "", found.title, found.sitename, found.author, found.date, found.language)


def word_shares(draft: Draft, gold: Path) -> tuple[float, float, float, float, float]:
    """Precision, recall and F1 of the body's words; shares of paragraphs that are too many, and that are missing."""
    wanted = [squeeze(line) for line in gold.read_text(encoding="utf-8").split("\n") if squeeze(line)]
    kept = [line for line in draft.text.split("\n") if squeeze(line) not in ("", squeeze(draft.title or ""))]
    given, right = Counter(words("\n".join(kept))), Counter(words(gold.read_text(encoding="utf-8")))
    both = (given & right).total()
    precision, recall = both / max(1, given.total()), both / max(1, right.total())
    whole, found = "".join(wanted), "".join(map(squeeze, kept))
    leak = sum(squeeze(line) not in whole for line in kept) / max(1, len(kept))
    lost = sum(line not in found for line in wanted) / max(1, len(wanted))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), leak, lost


def marks(path: Path) -> dict:
    """The marks of one article in the form of gold.json."""
    stated = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    date = (stated.get("publish_date") or "")[:10] or None
    return {
        "meta": {
            "title": stated.get("title"),
            "publisher": stated.get("meta_site_name"),
            "author": stated.get("authors") or [],
            "date": date,
        }
    }


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


def compare(found: dict[str, Draft], gold: dict, pages: dict[str, str] | None, misses: bool) -> None:
    """Counts what is right of the marks, with texts of pages of those whose gold value stands in the page's."""
    there, given, right = Counter(), Counter(), Counter()
    for name, draft in found.items():
        marks = gold[name]["meta"]
        for mark, wanted, got in (
            ("title", [marks["title"]], draft.title),
            ("publisher", [marks["publisher"]], draft.publisher),
            ("author", marks["author"], draft.author),
            ("date", [marks["date"]], draft.published),
        ):
            wanted = [value for value in wanted if value and (pages is None or stands(mark, value, pages[name]))]
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
