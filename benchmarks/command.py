"""Runs `footnote index` as a whole command and measures it from outside, and keeps libraries for other benchmarks."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import corpus

ROOT = Path(__file__).parents[1]
SAMPLED = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of the wall, processor seconds, peak resident MiB of all its processes together, what it printed."""

    seconds: float
    processor_seconds: float
    peak_mib: float
    articles: int
    passages: int


def index(home: Path, folder: Path, models: Path) -> Run:
    """`footnote index FOLDER` in a process of its own; the embedding model is taken from `models`, built once."""
    models.mkdir(parents=True, exist_ok=True)
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "models").exists():
        (home / "models").symlink_to(models.resolve())
    before = os.times()
    started = time.perf_counter()
    command = [sys.executable, "-m", "ui.cli", "--home", str(home), "index", str(folder), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        peak = [0.0]
        threading.Thread(target=_watch, args=(process.pid, peak), daemon=True).start()
        printed = process.communicate()[0]
    seconds = time.perf_counter() - started
    after = os.times()
    if process.returncode:
        raise SystemExit(f"footnote index failed: {printed}")
    report = json.loads(printed)
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(seconds, spent, peak[0], report["articles"], report["chunks"])


def library(cache: Path, number: int) -> tuple[Path, Run, list[corpus.Made]]:
    """The library of so many made articles in `cache`, how it was indexed, and the articles; built if not there."""
    home, record = cache / f"library-{number}", cache / f"library-{number}.json"
    made = corpus.write(cache / f"articles-{number}", number)
    if not record.exists():
        run = index(home, cache / f"articles-{number}", cache / "models")
        record.write_text(json.dumps(asdict(run)))
    return home, Run(**json.loads(record.read_text())), made


def table(rows: list[tuple]) -> str:
    """Rows as a Markdown table, the first one as its head."""
    lines = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def _watch(process: int, peak: list[float]) -> None:
    """Keeps the greatest sum of the resident memory of a process and its children in `peak`, in MiB; Linux only."""
    while found := [_resident(one) for one in (process, *_children(process))]:
        if not found[0]:
            return
        peak[0] = max(peak[0], sum(found) / 2**20)
        time.sleep(SAMPLED)


def _resident(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def _children(process: int) -> list[int]:
    try:
        own = [
            int(i) for task in Path(f"/proc/{process}/task").iterdir() for i in (task / "children").read_text().split()
        ]
    except OSError:
        return []
    return own + [one for child in own for one in _children(child)]
