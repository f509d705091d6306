"""Libraries opened and indexed from a terminal: the progress, how it is stopped, and the report."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.config import IndexConfig
from index.library import Library, starter_corpus
from index.stages import Progress
from ui.output import print_json, say

if TYPE_CHECKING:
    from index.sync import SyncReport


def open_library(config: IndexConfig, progress: Progress | None = None) -> Library:
    """The library; one of an earlier version is brought up to date with a sentence and a bar (or `progress`)."""
    with _shown("article") as bar:

        def advance(done: int, total: int, what: str) -> None:
            if not done and sys.stderr.isatty():
                say(f"footnote: {what}")
            bar(done, total, "")

        return Library(config, progress=progress or advance)


def synced(library: Library, paths: Sequence[str], progress: Progress | None = None, **options: bool) -> SyncReport:
    """Syncs with a progress bar (or `progress`); a library without sources gets the starter corpus.

    The first Ctrl-C, and a SIGTERM, ends it at the next whole batch; the second one at once.
    """
    if not paths and not library.roots():
        paths = [str(starter_corpus())]
    from index.sync import sync

    with _shown("file") as bar, _interruptible() as stop:
        return sync(library, paths, progress=progress or bar, stop=stop, **options)


@contextmanager
def _shown(unit: str) -> Iterator[Progress]:
    """A bar on standard error where that is a terminal, drawn once there is something to show."""
    bars = []

    def advance(done: int, total: int, name: str) -> None:
        if not sys.stderr.isatty():
            return
        if not bars:
            from tqdm import tqdm

            bars.append(tqdm(unit=unit, file=sys.stderr, leave=False))
        bar = bars[0]
        if bar.total != total or done < bar.n:  # the next thing to do
            bar.reset(total)
        if name:
            bar.set_description(os.path.basename(name)[:40], refresh=False)
        bar.update(done - bar.n)

    try:
        yield advance
    finally:
        for bar in bars:
            bar.close()


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C or SIGTERM sets."""
    stop = threading.Event()

    def interrupt(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        say("footnote: stopping; what is written stays. Once more to stop at once.")

    signals = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.signal(number, interrupt) for number in signals}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Events:
    """Prints progress for programs: files done and in all, what is being read, files a second, seconds left."""

    def __init__(self) -> None:
        self._total, self._first, self._done, self._started = 0, 0, 0, 0.0

    def migrating(self, done: int, total: int, what: str) -> None:
        print_json({"event": "migration", "done": done, "total": total, "message": what})

    def __call__(self, done: int, total: int, name: str) -> None:
        if total != self._total or done < self._done:  # the next thing to do
            self._total, self._first, self._started = total, done, time.perf_counter()
        self._done = done
        made = done - self._first
        rate = made / (time.perf_counter() - self._started) if made else None
        print_json(
            {
                "event": "progress",
                "done": done,
                "total": total,
                "reading": name or None,
                "files_per_second": round(rate, 2) if rate else None,
                "seconds_left": round((total - done) / rate, 1) if rate else None,
            }
        )


def print_report(report: SyncReport) -> None:
    for failure in report.failed:
        say(f"footnote: {failure.error}")
    say(
        f"{report.articles} articles in {report.chunks} passages: {report.added} added, {report.updated} updated, "
        f"{report.removed} removed, {report.unchanged} unchanged, {len(report.failed)} failed "
        f"({report.seconds:.1f} s)."
    )
