"""Indexing from a terminal: its progress, how it is stopped, and its report."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.library import Library, starter_corpus
from ui.output import print_json, say

if TYPE_CHECKING:
    from index.sync import SyncReport


def synced(
    library: Library, paths: Sequence[str], progress: Callable[[int, int, str], None] | None = None, **options: bool
) -> SyncReport:
    """Syncs with a progress bar (or `progress`); a library without sources gets the starter corpus.

    The first Ctrl-C, and a SIGTERM, ends it at the next whole batch; the second one at once.
    """
    if not paths and not library.roots():
        paths = [str(starter_corpus())]
    from tqdm import tqdm

    from index.sync import sync

    quiet = progress is not None or not sys.stderr.isatty()
    with tqdm(unit="file", disable=quiet, file=sys.stderr, leave=False) as bar, _interruptible() as stop:

        def advance(done: int, total: int, name: str) -> None:
            bar.total = total
            if name:
                bar.set_description(os.path.basename(name)[:40], refresh=False)
            bar.update(done - bar.n)

        return sync(library, paths, progress=progress or advance, stop=stop, **options)


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
        self._started = time.perf_counter()

    def __call__(self, done: int, total: int, name: str) -> None:
        seconds = time.perf_counter() - self._started
        rate = done / seconds
        print_json(
            {
                "event": "progress",
                "done": done,
                "total": total,
                "reading": name or None,
                "files_per_second": round(rate, 2) if done else None,
                "seconds_left": round((total - done) / rate, 1) if done else None,
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
