"""Reads what a file itself states about its article."""

import json
import re
import unicodedata
from datetime import date
from html import unescape

from index.types import Draft

MARKS = ("title", "publisher", "author", "published", "language", "url")
LINKED_DATA = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>(.*?)</script>", re.IGNORECASE | re.DOTALL)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control, zero-width and direction characters; not U+200C and U+200D, which Persian and Hindi spell with."""


def in_html(html: str) -> Draft:
    """What a web page states about its article: in JSON-LD, else in what trafilatura finds elsewhere."""
    from trafilatura import extract_metadata

    found = extract_metadata(html)
    linked = linked_data(html)
    elsewhere = (
        {
            "title": found.title,
            "publisher": found.sitename,
            "author": found.author,
            "published": found.date,
            "language": found.language,
            "url": found.url,
        }
        if found
        else {}
    )
    language = re.search(r"<html[^>]{0,300}?\slang\s*=\s*[\"']?([A-Za-z]{2})\b", html)
    values = {mark: one_line(linked.get(mark)) or one_line(elsewhere.get(mark)) for mark in MARKS}
    values["language"] = (values["language"] or (language.group(1) if language else "")).lower()[:2] or None
    return Draft(text="", **values)


def linked_data(html: str) -> dict[str, object]:
    """The article that a page describes in JSON-LD (schema.org), by our names; empty without one."""
    items: list[object] = []
    for block in LINKED_DATA.findall(html[: html.lower().rfind("</script>") + 9]):
        try:
            items.append(json.loads(unescape(block) if "&quot;" in block else block, strict=False))
        except (ValueError, RecursionError):
            continue
    nodes: list[dict] = []
    for item in items:
        graph = item.get("@graph", item) if isinstance(item, dict) else item
        nodes += [node for node in (graph if isinstance(graph, list) else [graph]) if isinstance(node, dict)]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    for node in nodes:
        if re.search(r"Article|Posting|Report|Blog|WebPage#Article", str(node.get("@type"))):
            return {
                "title": unescape(str(node.get("headline") or "")),
                "author": names_of(node.get("author"), named),
                "publisher": names_of(node.get("publisher"), named),
                "published": str(node.get("datePublished") or "")[:10]
                if ISO_DAY.match(str(node.get("datePublished") or ""))
                else None,
                "language": node.get("inLanguage") if isinstance(node.get("inLanguage"), str) else None,
            }
    return {}


def names_of(value: object, named: dict[str, dict]) -> str | None:
    """The names of JSON-LD persons or organisations; a bare "@id" points to one of `named`."""
    names = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = one.get("name") or named.get(str(one.get("@id")), {}).get("name")
        if isinstance(one, str) and one.strip() and "://" not in one and one not in names:
            names.append(one.strip())
    return ", ".join(names) or None


def tidy(text: str) -> str:
    """NFC text with plain newlines and without invisible characters."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", NEWLINES.sub("\n", text)))


def one_line(value: object) -> str | None:
    """A stated value as one tidy line, None when there is nothing in it."""
    if isinstance(value, list | tuple):
        value = ", ".join(str(part) for part in value if part)
    if isinstance(value, date):
        value = value.isoformat()
    return " ".join(tidy(str(value)).split()) or None if value not in (None, True, False) else None
