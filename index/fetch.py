"""Fetches a web page that a person asked for, from public addresses only."""

import contextlib
import ipaddress
import re
import socket
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from index.encoding import decode_declared
from index.errors import SourceError
from index.folder import MAX_FILE_BYTES

SECONDS = 20.0  # for all redirects and the whole body
REDIRECTS = 5
KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it was served; `suffix` is that of a file of its kind, `url` the address after redirects."""

    url: str
    suffix: str
    content: bytes


def fetch(url: str) -> Fetched:
    """The page at an http(s) address, of at most MAX_FILE_BYTES, within SECONDS.

    Each address on the way is resolved once, must be public (no loopback, private or link-local one), and is the
    very one that is connected to, so that a name cannot change its meaning between check and use. SourceError
    says what is wrong.
    """
    import httpx

    deadline = time.monotonic() + SECONDS
    try:
        with httpx.Client(trust_env=False, follow_redirects=False) as client:
            for _ in range(REDIRECTS + 1):
                place, headers, extensions = _pinned(url)
                with client.stream(
                    "GET", place, headers=headers, extensions=extensions, timeout=max(0.1, deadline - time.monotonic())
                ) as response:
                    if response.has_redirect_location:
                        url = _onward(url, response.headers["location"])
                        continue
                    return _body(url, response, deadline)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceError(f"{url} cannot be fetched ({error or type(error).__name__}). Check the address.") from error
    raise SourceError(f"{url} cannot be fetched: it redirects more than {REDIRECTS} times.")


def _onward(url: str, location: str) -> str:
    """Where a redirect leads."""
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise SourceError(f"{location} is not the address of a web page ({error}).") from error


def _pinned(url: str) -> tuple[str, dict[str, str], dict[str, str]]:
    """The address with its host replaced by the checked IP, and what says to the server which host is meant."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError as error:
        raise SourceError(f"{url} is not the address of a web page ({error}).") from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise SourceError(f"{url} is not the address of a web page; it must begin with http:// or https://.")
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise SourceError(f"{url} cannot be fetched: there is no host {host} ({error.strerror}).") from error
    for address in found:
        if not is_public(address):
            raise SourceError(f"{url} cannot be fetched: {host} is at {address}, which is not a public address.")
    address = min(found, key=lambda one: (":" in one, one))
    netloc = f"[{address}]" if ":" in address else address
    query = f"?{parts.query}" if parts.query else ""
    shown = f"[{host}]" if ":" in host else host
    headers = {
        "Host": shown if port in (80, 443) and parts.port is None else f"{shown}:{port}",
        "User-Agent": "Footnote",
        "Accept": ", ".join(KINDS),
    }
    return f"{parts.scheme}://{netloc}:{port}{parts.path or '/'}{query}", headers, {"sni_hostname": host}


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open Internet; those that carry another one inside count as it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _body(url: str, response, deadline: float) -> Fetched:
    if response.status_code != 200:
        raise SourceError(f"{url} cannot be fetched: its server says {response.status_code} {response.reason_phrase}.")
    kind, _, rest = response.headers.get("content-type", "").partition(";")
    suffix = KINDS.get(kind.strip().lower())
    if suffix is None:
        raise SourceError(f"{url} is no article: its server calls it {kind or 'nothing'}, not a web page, text or PDF.")
    content = bytearray()
    for block in response.iter_bytes():
        content += block
        if len(content) > MAX_FILE_BYTES:
            raise SourceError(f"{url} cannot be fetched: it is larger than {MAX_FILE_BYTES // 1_000_000} MB.")
        if time.monotonic() > deadline:
            raise SourceError(f"{url} cannot be fetched: it takes longer than {SECONDS:.0f} seconds.")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    if charset and suffix != ".pdf":
        # the header rules over what the page says, and a file has no header
        with contextlib.suppress(LookupError, UnicodeError):
            content = bytearray(decode_declared(bytes(content), charset[1], errors="replace").encode("utf-8-sig"))
    return Fetched(url, suffix, bytes(content))
