"""What the pages may load, and which requests are refused."""

import re
import socket
from collections.abc import Container, Sequence
from ipaddress import ip_address

BODY_LIMIT = 256 * 1024  # bytes; a question is at most 2,000 characters
UPLOAD_LIMIT = 100_000_000  # bytes of files in one go

# The calls of Gradio's that the page makes; its uploads, file server, proxy and the rest are refused.
GRADIO_CALLS = ("queue/join", "queue/data", "cancel", "reset", "startup-events", "theme.css", "app_id")
REFUSED = ("/gradio_api", "/login", "/logout", "/monitoring", "/svelte", "/dev", "/pwa_icon")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'self'; object-src 'none'; "
    "frame-src 'none'; media-src 'none'; script-src-attr 'none'; "
)
PLAIN = (
    "/sources",
    "/sources/state",
    "/article",
    "/opening",
    "/healthz",
    "/conversations",
    "/export",
    "/feedback",
    "/stop",
)
PLAIN_POLICY = POLICY + "script-src 'self'; style-src 'self'"
CHAT_POLICY = POLICY + "script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'"

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")


class OwnNames:
    """The hosts that a server to the network answers for: any IP address, this machine's names, and those given.

    A web site whose name is made to lead here (DNS rebinding) comes with that name.
    """

    def __init__(self, given: Sequence[str] = ()):
        name, full = socket.gethostname(), socket.getfqdn()
        short = name.partition(".")[0]
        self._names = {known.lower() for known in ("localhost", name, full, short, f"{short}.local", *given)}

    def __contains__(self, host: object) -> bool:
        try:
            return host in self._names or bool(ip_address(str(host).strip("[]")))
        except ValueError:
            return False


class Guard:
    """ASGI middleware: security headers, no large bodies, no foreign hosts, and only the calls in use."""

    def __init__(self, app, hosts: Container[str] = ()):
        self.app, self.hosts = app, hosts

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope["method"], scope["path"], headers)
        if refusal:
            return await _respond(send, *refusal)
        received = 0

        async def counted():
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > _limit(scope["path"]):
                raise _TooLarge
            return message

        started = False

        async def with_headers(message):
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": [*message["headers"], *_headers_for(scope["path"], message)]}
            await send(message)

        try:
            await self.app(scope, counted, with_headers)
        except _TooLarge:
            if not started:
                await _respond(send, 413, "The request is too large.")

    def _refusal(self, method: str, path: str, headers: dict[str, str]) -> tuple[int, str] | None:
        host = re.sub(r":\d*$", "", headers.get("host", "")).lower()
        if self.hosts and host not in self.hosts:
            return 403, (
                f"Footnote does not answer for the host {host!r}. Served to a network (--host), it also does for those "
                "that the setting `hosts` names (FOOTNOTE_HOSTS)."
            )
        if method == "POST" and headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return 403, "Questions are only taken from Footnote's own pages."
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > _limit(path):
            return 413, "The request is too large."
        call = path.removeprefix("/gradio_api").strip("/")
        if path.startswith(REFUSED) and not (path.startswith("/gradio_api/") and call in GRADIO_CALLS):
            return 403, "Not in use here."
        return None


def _limit(path: str) -> int:
    """Bytes of a request's body."""
    return UPLOAD_LIMIT if path == "/sources/upload" else BODY_LIMIT


class _TooLarge(Exception):
    """The body grew past the limit while it was read."""


def _headers_for(path: str, message) -> list[tuple[bytes, bytes]]:
    present = {name.lower() for name, _ in message["headers"]}
    plain = path in PLAIN or path.startswith("/footnote/")
    policy = PLAIN_POLICY if plain else CHAT_POLICY
    headers = {**HEADERS, "Content-Security-Policy": policy}
    if plain:
        headers["Cache-Control"] = "no-cache" if path.startswith("/footnote/") else "no-store"
    return [(name.encode(), value.encode()) for name, value in headers.items() if name.lower().encode() not in present]


async def _respond(send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    headers += _headers_for("/healthz", {"headers": headers})
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
