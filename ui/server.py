"""The web server: its pages, and the calls that their script makes."""

import logging
import os
import re
import socket
import sys
import threading
from collections import deque
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from index.errors import FootnoteError, UsageError
from index.types import Span
from qa.types import Answer, Question
from ui.guard import LOOPBACK, Guard, OwnNames

if TYPE_CHECKING:
    from fastapi import FastAPI

    from index.library import Library

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # both are read when gradio is imported
os.environ["HF_HUB_OFFLINE"] = "1"

log = logging.getLogger(__name__)

STATIC = Path(__file__).with_name("static")

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" '
    'fill="#8a2419"/><path d="M8 9h16M8 15h11" stroke="#fff" stroke-width="3"/>'
    '<circle cx="22" cy="23" r="4" fill="#ffe08a"/></svg>'
)


@dataclass
class SyncStatus:
    """The latest word of whoever watches the sources; shown on the Sources page."""

    message: str = ""

    def note(self, message: str) -> None:
        self.message = message

    @property
    def busy(self) -> bool:
        return self.message.endswith("…")


def build_app(
    library: "Library",
    syncing: SyncStatus | None = None,
    *,
    ask: Callable[["Library", Question], Iterator[Answer]] | None = None,
    suggest: Callable[["Library"], list[str]] | None = None,
    hosts: Container[str] = (),
    manage: bool = False,
) -> "FastAPI":
    """The whole site as an ASGI app; `ask` (the answer as it grows) and `suggest` are the product's own unless given.

    `hosts` are the host names that requests may come for (without port); none means any.
    `manage` lets whoever sees the page change the sources: files of this machine become articles.
    """
    import gradio as gr
    from fastapi import Body, FastAPI, Form, Query, Request
    from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

    from ui import adding, archive, export, feedback, quotes, reading, render, sources
    from ui.chat import READERS_AT_ONCE, WAITING, chat, opening, theme
    from ui.conversations import Conversations, Turn
    from ui.strings import chosen

    if ask is None:
        from qa.ask import answers as ask
    if suggest is None:
        from qa.suggest import suggest

    examples = Examples(library, suggest)
    conversations = Conversations(library.home)
    judged = feedback.Feedback(library.home)
    stopped: deque[str] = deque(maxlen=WAITING + READERS_AT_ONCE)  # tickets; more questions cannot be under way
    waiting: set[tuple[str, str]] = set()
    syncing = syncing or SyncStatus()
    app = FastAPI(title="Footnote", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard, hosts=hosts)

    def language(request: Request):
        return chosen(request.headers.get("cookie", ""), request.headers.get("accept-language", ""))

    @app.exception_handler(FootnoteError)
    def failed(request: Request, error: FootnoteError) -> HTMLResponse:
        say = language(request)
        status = 400 if isinstance(error, UsageError) else 500
        return HTMLResponse(sources.page_html("Footnote", render.error_html(str(error), say), say), status)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(ICON, media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"})

    @app.get("/footnote/{name}")
    def static(name: str) -> Response:
        kinds = {"page.css": "text/css", "page.js": "text/javascript"}
        if name not in kinds:
            return Response(status_code=404)
        return Response((STATIC / name).read_bytes(), media_type=kinds[name])

    @app.get("/opening")
    def opened(request: Request, c: str = "") -> JSONResponse:
        say = language(request)
        try:
            return JSONResponse(opening(library, conversations, examples, c, say, manage, waiting))
        except FootnoteError as error:
            welcome = render.error_html(str(error), say)  # whether the conversation is there is not known
            return JSONResponse({"turns": [], "waiting": [], "earlier": "", "welcome": welcome})

    @app.get("/sources")
    def all_sources(
        request: Request,
        q: str = "",
        publisher: str = "",
        language_: Annotated[str, Query(alias="language")] = "",
        after: str = "",
        before: str = "",
        state: str = "",
        page: int = 1,
    ) -> HTMLResponse:
        choice = sources.Choice(q[:200], publisher[:200], language_, after[:10], before[:10], state, page)
        say = language(request)
        try:
            totals = library.totals()
            listing = library.listing(sources.wanted(choice, totals.languages), page, sources.PAGE)
            forms = adding.forms_html(library.roots(), totals.failures, not totals.articles, say) if manage else ""
            html = sources.sources_page(listing, totals, choice, syncing.message, say, forms)
        except FootnoteError as error:
            html = sources.page_html(say("Sources"), render.error_html(str(error), say), say, "sources")
        return HTMLResponse(html)

    @app.get("/sources/state")
    def state(request: Request) -> JSONResponse:
        """How far the work on the sources is, for the page to show while it goes on."""
        return JSONResponse({"message": language(request).told(syncing.message), "busy": syncing.busy})

    if manage:
        adding.add_routes(app, adding.Desk(library, syncing.note))

    @app.get("/article")
    def article(
        request: Request,
        id: str,
        start: int = 0,
        end: int = 0,
        version: str = "",
        c: str = "",
        turn: int | None = None,
        part: bool = False,
    ) -> HTMLResponse:
        say = language(request)
        try:
            place = quotes.Address(id, Span(start, end), version) if version else None
            answers = conversations.get(c) if c else None
            found, html = sources.source_of(library, id, place, c, answers or (), say, turn)
        except FootnoteError as error:
            found, html = None, reading.unavailable_html(say.told(str(error)), say)
        return HTMLResponse(html if part else sources.article_page(found, html, say))

    @app.get("/conversations")
    def all_conversations(request: Request, q: str = "", page: int = 1) -> HTMLResponse:
        page = min(max(page, 1), 1_000_000)
        found = conversations.list(q[:200], archive.PAGE + 1, (page - 1) * archive.PAGE)
        return HTMLResponse(archive.conversations_page(found, q[:200], page, language(request)))

    @app.post("/conversations")
    def change(
        id: Annotated[str, Form()], do: Annotated[str, Form()], title: Annotated[str, Form()] = ""
    ) -> RedirectResponse:
        if do == "rename":
            conversations.rename(id, title)
        elif do == "delete":
            conversations.delete(id)
        return RedirectResponse("conversations", 303)

    @app.get("/export")
    def exported(request: Request, c: str, form: str = "html", turn: int | None = None) -> Response:
        """A whole conversation as a file, or one of its answers to be copied."""
        answers, heading = conversations.get(c), conversations.heading(c)
        if answers is None or heading is None or form not in export.TYPES or turn not in (None, *range(len(answers))):
            raise UsageError("There is no such conversation to take along.")
        say = language(request)
        if turn is not None:
            answer = answers[turn]
            text = export.fragment(answer, say) if form == "html" else export.written(form, "", [answer], say)
            return Response(text, media_type="text/plain")
        name = re.sub(r"[^a-z0-9]+", "-", heading.title.lower()).strip("-")[:60] or "conversation"
        saved = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
        return Response(export.written(form, heading.title, answers, say), media_type=export.TYPES[form], headers=saved)

    @app.post("/stop")
    def stop(ticket: Annotated[str, Body(embed=True, max_length=64)]) -> Response:
        stopped.append(ticket)
        return Response(status_code=204)

    @app.post("/feedback")
    def judge(
        c: Annotated[str, Body()],
        turn: Annotated[int, Body()],
        verdict: Annotated[str, Body()],
        number: Annotated[int, Body()] = 0,
        reason: Annotated[str, Body()] = "",
        gold: Annotated[str, Body()] = "",
    ) -> JSONResponse:
        answers = conversations.get(c) or ()
        judged.put(feedback.row(Turn(c, turn), answers, number, verdict, reason, gold))
        return JSONResponse({"kept": True})

    style = (STATIC / "page.css").read_text("utf-8")
    return gr.mount_gradio_app(
        app,
        chat(library, conversations, ask, stopped, waiting),
        path="/",
        head=f'<meta name="color-scheme" content="light dark"><style>{style}</style>',
        theme=theme(),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        show_error=False,
        max_file_size=1,
    )


class Examples:
    """Example questions, made anew when the index has changed; making them takes a second or two."""

    def __init__(self, library: "Library", suggest: Callable[["Library"], list[str]]):
        self._library, self._suggest = library, suggest
        self._lock = threading.Lock()
        self._made: tuple[int, list[str]] = (-1, [])
        threading.Thread(target=self._make, name="examples", daemon=True).start()

    def __call__(self) -> list[str]:
        """The examples; while others are made for a changed index, those of before."""
        if self._made[0] < 0:
            self._make()
        elif self._made[0] != self._library.revision:
            threading.Thread(target=self._make, name="examples", daemon=True).start()
        return self._made[1]

    def _make(self) -> None:
        with self._lock:
            revision = self._library.revision
            if self._made[0] == revision:
                return
            try:
                self._made = (revision, self._suggest(self._library))
            except FootnoteError as error:
                log.warning("No example questions: %s", error)


def serve(
    library: "Library",
    host: str = "127.0.0.1",
    port: int = 7860,
    watch: bool = True,
    on_ready: Callable[[str], None] | None = None,
    ask: Callable[["Library", Question], Iterator[Answer]] | None = None,
    suggest: Callable[["Library"], list[str]] | None = None,
    hosts: Sequence[str] = (),
) -> None:
    """Serves until interrupted; `on_ready` gets the address once it answers. Port 0 takes a free one.

    `hosts` are names of this machine in the network, besides its own.
    """
    listening = _listen(host, port)
    import uvicorn

    status = SyncStatus()
    shown_host = f"[{host}]" if ":" in host else host
    url = f"http://{shown_host}:{listening.getsockname()[1]}"
    loopback = host in LOOPBACK
    names = LOOPBACK if loopback else OwnNames((host, *hosts))
    app = build_app(library, status, ask=ask, suggest=suggest, hosts=names, manage=loopback)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3, server_header=False)

    class Server(uvicorn.Server):
        async def startup(self, sockets=None):
            await super().startup(sockets)
            if self.started:
                print(f"Footnote is at {url}", file=sys.stderr, flush=True)
                if on_ready:
                    on_ready(url)

    library.warm_up(vectors=True)
    watcher = None
    if watch:
        from index.watch import Watcher

        watcher = Watcher(library, status.note)
        watcher.start()
    try:
        Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        if watcher:
            watcher.stop()
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError(
            f"Footnote can't listen on {host} port {port} ({getattr(error, 'strerror', None) or error}); "
            f"choose another: `footnote serve --port {port + 1 if 1024 <= port < 65535 else 7861}`."
        ) from error
    return listening
