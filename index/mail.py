"""Reads e-mail and web archives: messages in MIME."""

import re
from collections.abc import Sequence
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from index.encoding import decode, decode_declared
from index.errors import NoArticle
from index.page import Page
from index.stated import one_line, tidy
from index.types import Draft
from index.web import read_html

REPLY = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|tr|rv|vs|sv|antw|i|r|tl|转发|回复)\s*[:：]\s*)+", re.IGNORECASE)
PLAIN_SHARE = 0.5
"""A message's plain text is read where it has this share of the letters that its HTML has; some hold a stub."""


def read_mail(content: bytes, path: Path) -> tuple[Page, ...]:
    """The text of a message, described by its header.

    The sender wrote it; the sender of a mailing list or newsletter, which can be unsubscribed from, published it.
    """
    message = BytesParser(policy=policy.default).parsebytes(content)
    plain, page = (message.get_body((kind,)) for kind in ("plain", "html"))
    text = tidy(decode_part(plain, path)) if plain is not None else ""
    html = read_html(decode_part(page, path).encode(), path)[0] if page is not None else None
    if html and len(text) < PLAIN_SHARE * len(html.text):
        found = Page(text=html.text, kind="article", stated=html.stated)
    elif text.strip():
        found = Page(text=text, kind="print")
    else:
        raise NoArticle(f"{path}: the message has no text; save what is attached to it as a file.")
    sender = sender_name(message["from"].addresses) if message["from"] else None
    bulk = message["list-unsubscribe"] or message["list-id"]
    date = message["date"].datetime if message["date"] is not None else None
    stated = Draft(
        text="",
        title=one_line(REPLY.sub("", str(message["subject"] or ""))),
        publisher=(one_line(message["organization"]) or (sender if bulk else None)),
        author=None if bulk else sender,
        published=date.date().isoformat() if date else None,
        language=one_line(message["content-language"]),
    )
    return (Page(text=found.text, kind=found.kind, stated=stated),)


def read_web_archive(content: bytes, path: Path) -> tuple[Page, ...]:
    """The page in an MHTML file, as browsers save it: its first part in HTML."""
    message = BytesParser(policy=policy.default).parsebytes(content)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return read_html(decode_part(part, path).encode(), path)
    raise NoArticle(f"{path}: no web page found in the archive; save the page again.")


def sender_name(addresses: Sequence[Address]) -> str | None:
    """The name before the first address; bytes that no header may have, kept by Python as surrogates, are UTF-8."""
    names = [one.display_name.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for one in addresses[:1]]
    return one_line(names)


def decode_part(part: EmailMessage, path: Path) -> str:
    """The text of a part in its declared encoding, or the likeliest where none is, or ASCII, the default of mail."""
    payload = part.get_payload(decode=True) or b""
    charset = part.get_content_charset("utf-8")
    try:
        return decode_declared(payload, "utf-8" if charset == "us-ascii" else charset)
    except (LookupError, UnicodeDecodeError):
        return decode(payload, path)
