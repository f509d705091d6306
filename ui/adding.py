"""What the Sources page can do: sync, retry, forget, and add files, folders and web pages."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, TypeVar

from fastapi import FastAPI, File, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from index.errors import FootnoteError, LibraryBusy
from index.fetch import fetch
from index.managed import keep, keep_page
from index.sync import forget, sync
from ui.strings import ENGLISH, Say

if TYPE_CHECKING:
    from index.library import Library

Done = TypeVar("Done")

BUSY_SECONDS = 60  # for which another process that writes is waited for
BROKEN = "This could not be done on the sources; the details are in the log of the server."
log = logging.getLogger(__name__)


class Desk:
    """Does what the page asks for, one thing after the other, in the background; `tell` says how it goes."""

    def __init__(self, library: "Library", tell: Callable[[str], None]):
        self._library, self._tell = library, tell
        self._one = threading.Lock()

    def sync(self, retry: bool = False, *paths: str) -> None:
        self._start(lambda: self._sync(paths, retry))

    def forget(self, path: str) -> None:
        def work() -> str:
            dropped = _when_free(lambda: forget(self._library, path))
            return f"{path}: {dropped:,} articles dropped; the files are untouched."

        self._start(work)

    def upload(self, files: Sequence[tuple[str, bytes]]) -> None:
        def work() -> str:
            folders = {keep(self._library, name, content) for name, content in files}
            return self._sync(sorted(folders))

        self._start(work)

    def fetch(self, url: str) -> None:
        def work() -> str:
            self._tell(f"Fetching {url} …")
            return self._sync([keep_page(self._library, fetch(url))])

        self._start(work)

    def _sync(self, paths: Sequence[str], retry: bool = False) -> str:
        def progress(done: int, total: int, name: str) -> None:
            self._tell(f"Indexing: {done:,} of {total:,} files{f', now {name}' if name else ''} …")

        report = _when_free(lambda: sync(self._library, paths, retry=retry, progress=progress))
        return (
            f"Up to date at {time.strftime('%H:%M:%S')}: {report.articles:,} articles ({report.added:,} added, "
            f"{report.updated:,} updated, {report.removed:,} removed, {len(report.failed):,} failed)."
        )

    def _start(self, work: Callable[[], str]) -> None:
        self._tell("Indexing …")
        threading.Thread(target=self._do, args=(work,), name="desk", daemon=True).start()

    def _do(self, work: Callable[[], str]) -> None:
        with self._one:
            try:
                self._tell(work())
            except FootnoteError as error:
                self._tell(str(error))
            except Exception:
                log.exception("Work on the sources failed")
                self._tell(BROKEN)


def _when_free(write: Callable[[], Done]) -> Done:
    """What `write` returns, tried until no other writer is in its way: another process for BUSY_SECONDS at most.

    Most often it is the one who follows the sources in this process, and comes to its end.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return write()
        except LibraryBusy as error:
            if error.pid != os.getpid() and time.monotonic() > until:
                raise


def add_routes(app: FastAPI, desk: Desk) -> None:
    """The calls of the forms; each answers with the Sources page."""

    def shown() -> Response:
        return RedirectResponse("../sources", status_code=303)

    @app.post("/sources/sync")
    def sync_now() -> Response:
        desk.sync()
        return shown()

    @app.post("/sources/retry")
    def retry() -> Response:
        desk.sync(True)
        return shown()

    @app.post("/sources/forget")
    def forget_source(path: str = Form()) -> Response:
        desk.forget(path)
        return shown()

    @app.post("/sources/folder")
    def add_folder(path: str = Form()) -> Response:
        desk.sync(False, path.strip())
        return shown()

    @app.post("/sources/page")
    def add_page(url: str = Form()) -> Response:
        desk.fetch(url.strip())
        return shown()

    @app.post("/sources/upload")
    def upload(files: list[UploadFile] = File()) -> Response:  # noqa: B008 (FastAPI's way)
        desk.upload([(file.filename or "article", file.file.read()) for file in files])
        return shown()


def forms_html(roots: Sequence[tuple[str, str]], failures: int, empty: bool = False, say: Say = ENGLISH) -> str:
    """The forms of the Sources page; those that add are open where the library is `empty`.

    Files can be dropped onto the field that chooses them.
    """
    add = say("Add")
    upload = (
        f'<label for="files">{say("Files: choose them or drop them here")}</label>'
        '<input id="files" name="files" type="file" multiple required>'
        f'<progress max="1" value="0" aria-label="{say("Uploaded")}" hidden></progress>'
    )
    folder = (
        f'<label for="folder">{say("A folder or file on this machine")}</label><input id="folder" name="path" required>'
    )
    page = (
        f'<label for="page">{say("A web page")}</label>'
        '<input id="page" name="url" type="url" placeholder="https://" required>'
    )
    known = "".join(f"<li><bdi>{escape(given)}</bdi> {_forget_form(real, given, say)}</li>" for real, given in roots)
    retry = say("Try the {number} that failed again", number=f"{failures:,}")
    return (
        f'<div class="desk">{_form("sync", say("Sync now"))}{_form("retry", retry) if failures else ""}'
        f'<details id="add"{" open" * empty}><summary>{say("Add articles")}</summary>'
        f"{_form('upload', add, upload)}{_form('folder', add, folder)}{_form('page', add, page)}</details>"
        + (f"<details><summary>{say('Folders and files')}</summary><ul>{known}</ul></details>" if roots else "")
        + "</div>"
    )


def _forget_form(real: str, given: str, say: Say) -> str:
    path = f'<input type="hidden" name="path" value="{escape(real)}">'
    return _form("forget", say("Forget"), path, escape(say("Forget {path}", path=given)))


def _form(action: str, button: str, fields: str = "", label: str = "") -> str:
    """A form; button, fields and label (what the button is called where its text is too short) are HTML."""
    kind = ' enctype="multipart/form-data"' if action == "upload" else ""
    named = f' aria-label="{label}"' if label else ""
    return (
        f'<form class="manage" action="sources/{action}" method="post"{kind}>'
        f'{fields}<button type="submit"{named}>{button}</button></form>'
    )
