"""Measures what keeping in step costs: `footnote index` on articles as they are, edited, and renamed.

python -m benchmarks.sync [--json] [--articles 2000] [--rounds 3] [--cache FOLDER]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import corpus
from benchmarks.command import ROOT, table

STATS = """import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        os.stat(os.path.join(folder, name))"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cache", type=Path, help="where the built model is kept; else a fresh folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        report = measure(Path(fresh), options.cache or Path(fresh), options.articles, options.rounds)
    print(json.dumps(report) if options.json else render(report))


def measure(place: Path, cache: Path, number: int, rounds: int) -> dict:
    """Wall seconds of whole commands; the small ones are medians of `rounds`.

    `stat` is a Python that only stats every file; `start` is `footnote index` in a library of one file.
    """
    folder, home, one = place / "articles", place / "library", place / "one"
    corpus.write(folder, number)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    one.mkdir()
    (one / "article.txt").write_text("A bridge\n\nThe council approved a bridge over the river on Monday.", "utf-8")
    for library in (home, place / "small"):
        library.mkdir()
        (cache / "models").mkdir(parents=True, exist_ok=True)
        (library / "models").symlink_to((cache / "models").resolve())
    index(place / "small", one)
    texts = [path for path in files if path.suffix == ".txt"]
    found = {"articles": number, "first": index(home, folder)}

    def median(measured: Callable[[int], float]) -> float:
        return statistics.median(measured(i) for i in range(rounds))

    found["stat"] = median(lambda _: seconds([sys.executable, "-c", STATS, str(folder)]))
    found["start"] = median(lambda _: index(place / "small"))
    found["unchanged"] = median(lambda _: index(home))
    found["one_edited"] = median(lambda i: edited(home, texts[i : i + 1], updated=1))
    share = max(1, number // 100)
    found["one_percent_edited"] = median(lambda i: edited(home, texts[i * share : (i + 1) * share], updated=share))
    for path in files:
        path.rename(path.with_name(f"moved-{path.name}"))
    found["all_renamed"] = index(home, updated=number)
    return found


def edited(home: Path, files: list[Path], updated: int) -> float:
    """A word more in the longest paragraph of each."""
    for path in files:
        text = path.read_text("utf-8")
        longest = max(text.splitlines(), key=len)
        first, rest = longest.split(" ", 1)
        path.write_text(text.replace(longest, f"{first} {time.time_ns()} {rest}"), "utf-8")
    return index(home, updated=updated)


def index(home: Path, *paths: Path, updated: int = 0) -> float:
    """Seconds of `footnote index`, which must update so many articles."""
    command = [sys.executable, "-m", "ui.cli", "--home", str(home), "index", "--json", *map(str, paths)]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    taken = time.perf_counter() - started
    if done.returncode or json.loads(done.stdout)["updated"] != updated:
        raise SystemExit(f"footnote index did not update {updated}: {done.stdout}{done.stderr}")
    return taken


def seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - started


def render(report: dict) -> str:
    names = {
        "first": "first index",
        "stat": "a Python that stats every file",
        "start": "start-up: index of one file, unchanged",
        "unchanged": "unchanged",
        "one_edited": "1 edited",
        "one_percent_edited": "1% edited",
        "all_renamed": "all renamed",
    }
    rows = [("", "seconds"), *((name, f"{report[key]:.2f}") for key, name in names.items())]
    ratio = report["unchanged"] / (report["stat"] + report["start"])
    return f"{table(rows)}\n\n{report['articles']} articles; unchanged is {ratio:.2f} of stat and start-up together"


if __name__ == "__main__":
    main()
