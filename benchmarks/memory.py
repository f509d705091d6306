"""Measures the peak memory of `footnote index` by the size of the library, and of a process that then answers.

python -m benchmarks.memory [--json] [--cache FOLDER] [--sizes 100 1000 10000]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.command import ROOT, library, table

ASKED = 30
ASKING = """
import json, pathlib, re, sys
from index.config import IndexConfig
from index.library import Library
from qa.ask import ask
from qa.types import Question
library = Library(IndexConfig(home=pathlib.Path(sys.argv[1])))
library.vectors.open()
for question in json.load(sys.stdin):
    ask(library, Question(question))
status = pathlib.Path("/proc/self/status").read_text()
print(int(re.search(r"VmHWM:\\s*(\\d+)", status)[1]) / 1024)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--cache", type=Path, help="keeps the libraries, for `ask` too; else a fresh folder")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10000], help="articles")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        report = measure(options.cache or Path(fresh), options.sizes)
    print(json.dumps(report) if options.json else render(report))


def measure(cache: Path, sizes: list[int]) -> dict:
    """By number of articles: peak MiB while indexing and while answering, and the library's size on the disk."""
    found = {}
    for number in sizes:
        home, run, made = library(cache, number)
        questions = [one.question for one in made[:: max(1, number // ASKED)]][:ASKED]
        asked = subprocess.run(
            [sys.executable, "-c", ASKING, str(home)],
            cwd=ROOT, input=json.dumps(questions), capture_output=True, text=True, check=True,
        )  # fmt: skip
        files = [path for path in home.rglob("*") if path.is_file() and "models" not in path.parts]
        found[number] = {
            "passages": run.passages,
            "index_peak_mib": run.peak_mib,
            "ask_peak_mib": float(asked.stdout),
            "disk_mib": sum(path.stat().st_size for path in files) / 2**20,
            "index_seconds": run.seconds,
        }
    return {"articles": found}


def render(report: dict) -> str:
    head = ("articles", "passages", "index, peak MiB", "ask, peak MiB", "on the disk, MiB", "index, s")
    return table(
        [
            head,
            *((n, f["passages"], *(f"{v:.0f}" for v in list(f.values())[1:])) for n, f in report["articles"].items()),
        ]
    )


if __name__ == "__main__":
    main()
