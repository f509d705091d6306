"""Keeps the index in step while the sources change."""

import logging
import threading
from collections.abc import Callable

from index.errors import FootnoteError
from index.library import Library
from index.sync import sync

_QUIET = 400  # milliseconds without a change before a burst of changes counts as over
log = logging.getLogger(__name__)


class Watcher:
    """Follows the source roots in a thread of its own and indexes what changes there."""

    def __init__(self, library: Library, on_event: Callable[[str], None]):
        self._library = library
        self._on_event = on_event
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the indexing under way is done."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        from watchfiles import watch

        while not self._stop.is_set():
            roots = [real for real, _ in self._library.catalog.roots()]
            try:
                for _ in watch(*roots, stop_event=self._stop, step=_QUIET, rust_timeout=1000, yield_on_timeout=True):
                    if _ or [real for real, _ in self._library.catalog.roots()] != roots:
                        break
            except FileNotFoundError:
                self._stop.wait(2)  # a root is missing: sync says so, and it may come back
            if not self._stop.is_set():
                self._sync()

    def _sync(self) -> None:
        self._on_event("Indexing …")
        try:
            report = sync(self._library)
        except FootnoteError as error:
            self._on_event(str(error))
            return
        except Exception:
            log.exception("The sources changed but could not be indexed")
            self._on_event("The sources changed but could not be indexed; the details are in the log.")
            return
        self._on_event(
            f"Up to date: {report.articles} articles"
            f" ({report.added} added, {report.updated} updated, {report.removed} removed)."
        )
