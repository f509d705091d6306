"""Keeps the index in step while the sources change."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from index.errors import FootnoteError, LibraryBusy
from index.library import Library
from index.sync import sync
from index.types import Failure

_QUIET = 200  # milliseconds without a change before a burst of changes counts as over
_AT_MOST = 2_000  # milliseconds that a burst is waited for
_LOOK = 500  # milliseconds between looks for what brings no event: a root that came or went, a cited file that is gone
_POLL, _SHARE = 10.0, 50  # seconds between passes over all files, and how many times longer than the last pass took
log = logging.getLogger(__name__)


class Watcher:
    """Follows the source roots in a thread of its own and indexes what changes there.

    Events tell at once. What brings none (a network disk, a mount) a pass over all files finds, at most 2% of the time.
    """

    def __init__(self, library: Library, on_event: Callable[[str], None]):
        self._library = library
        self._on_event = on_event
        self._told = ""
        self._failed: list[Failure] | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the indexing under way has stopped; the rest is left for the next time."""
        self._stop.set()
        self._thread.join()

    def wait(self) -> None:
        """Until stopped."""
        while self._thread.is_alive():
            self._thread.join(1)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._follow()
            except Exception:  # whatever it is, watching goes on
                log.exception("The sources cannot be watched; trying again")
                self._tell("The sources cannot be watched just now; the details are in the log.")
                self._stop.wait(_POLL)

    def _follow(self) -> None:
        """Syncs at first, then after each change, until the roots are others than at the beginning."""
        roots = self._roots()
        due, next_pass = True, 0.0
        for changed in self._changes([root for root, place in roots if place]):
            if self._stop.is_set() or self._roots() != roots:
                return
            due = due or changed or self._library.gone.is_set() or time.monotonic() > next_pass
            if due:
                started = time.monotonic()
                due = not self._sync()
                next_pass = time.monotonic() + max(_POLL, _SHARE * (time.monotonic() - started))

    def _roots(self) -> list[tuple[str, tuple[int, int] | None]]:
        """The source roots, each with what it is on the disk: a root that was replaced needs new events."""

        def place(root: str) -> tuple[int, int] | None:
            try:
                status = os.stat(root)
            except OSError:
                return None
            return status.st_dev, status.st_ino

        return [(root, place(root)) for root, _ in self._library.catalog.roots()]

    def _changes(self, roots: list[str]) -> Iterator[bool]:
        """Whether there were changes, at least every _LOOK milliseconds; without events where there can be none."""
        if roots:
            from watchfiles import watch

            home = str(self._library.home.resolve())

            def counts(_, path: str) -> bool:
                root = max((root for root in roots if Path(path).is_relative_to(root)), key=len, default=None)
                if root is None or (Path(path).is_relative_to(home) and not Path(root).is_relative_to(home)):
                    return False
                return not any(part.startswith(".") for part in Path(path).relative_to(root).parts)

            try:
                for changes in watch(*roots, watch_filter=counts, stop_event=self._stop, debounce=_AT_MOST,
                                     step=_QUIET, rust_timeout=_LOOK, yield_on_timeout=True,
                                     ignore_permission_denied=True):  # fmt: skip
                    yield bool(changes)
            except (OSError, RuntimeError) as error:  # a root that has just gone, or no more watches to be had
                log.warning("watching by looking, every %d seconds: %s", _POLL, error)
        while not self._stop.wait(_LOOK / 1000):
            yield False

    def _sync(self) -> bool:
        """Whether it is done; not when somebody else is writing just now."""
        self._library.gone.clear()
        began = False

        def progress(done: int, total: int, name: str) -> None:
            nonlocal began
            began = True
            self._tell(f"Indexing: {done:,} of {total:,} files{f', now {name}' if name else ''} …")

        try:
            report = sync(self._library, progress=progress, stop=self._stop)
        except LibraryBusy as error:
            if error.pid != os.getpid():  # what this process is writing, it tells itself
                self._tell(str(error))
            return False
        except FootnoteError as error:
            self._tell(str(error))
            return True
        except Exception:
            log.exception("The sources changed but could not be indexed")
            self._tell("The sources changed but could not be indexed; the details are in the log.")
            return True
        if began or report.added or report.updated or report.removed or report.failed != self._failed:
            self._failed = report.failed
            self._tell(
                f"Up to date at {time.strftime('%H:%M:%S')}: {report.articles:,} articles ({report.added:,} added, "
                f"{report.updated:,} updated, {report.removed:,} removed, {len(report.failed):,} failed)."
            )
        return True

    def _tell(self, message: str) -> None:
        if message != self._told:
            self._told = message
            self._on_event(message)
