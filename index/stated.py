"""Reads what a file itself states about its article."""

import json
import re
import unicodedata
from datetime import date
from html import unescape

from index.describe import read_date
from index.types import Draft

MARKS = ("title", "publisher", "author", "published", "language", "url")
LINKED_DATA = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>(.*?)</script>", re.IGNORECASE | re.DOTALL)
CDATA = re.compile(r"^\s*(?:/\*|//)?\s*<!(?:\[CDATA\[|--)(?:\s*\*/)?|(?:/\*|//)?\s*(?:\]\]|--)>(?:\s*\*/)?\s*$")
ARTICLE = re.compile(r"Article|Posting|Report|Blog")
BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|oleh|автор|tác giả)\s*:?\s+", re.IGNORECASE)
NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control, zero-width and direction characters; not U+200C and U+200D, which Persian and Hindi spell with."""


def in_html(html: str) -> Draft:
    """What a web page states about its article: in JSON-LD, else where trafilatura finds it.

    A date only where the page's head, or a date element outside of menus and lists, states one.
    """
    from trafilatura import extract_metadata
    from trafilatura.utils import load_html

    linked = linked_data(html)
    language = re.search(r"<html[^>]{0,300}?\slang\s*=\s*[\"']?([A-Za-z]{2})\b", html)
    values = {mark: one_line(linked.get(mark)) for mark in MARKS}
    tree = load_html(html)
    if tree is not None:
        values["published"] = values["published"] or head_date(html) or shown_date(tree)
        heading = one_line(tree.findtext(".//title"))
        found = extract_metadata(tree, date_config={"extensive_search": False}, extensive=False)
        elsewhere = (found.title, found.sitename, found.author, None, found.language, found.url)
        stated = {mark: one_line(value) for mark, value in zip(MARKS, elsewhere, strict=True)}
        if "." in (stated["publisher"] or "."):  # a host's name, for want of better
            stated["publisher"] = site_behind(values["title"] or stated["title"], heading) or stated["publisher"]
        values = {mark: values[mark] or stated[mark] for mark in MARKS}
    values["language"] = (values["language"] or (language.group(1) if language else "")).lower()[:2] or None
    if values["author"]:
        values["author"] = BY.sub("", values["author"])
    if values["title"] and values["publisher"]:
        values["title"] = without_site(values["title"], values["publisher"])
    return Draft(text="", **values)


def head_date(html: str) -> str | None:
    """The date of publication that the page's head states."""
    from htmldate import find_date

    head = html[: html.lower().find("</head>")]
    return find_date(f"{head}</head><body></body></html>", extensive_search=False, original_date=True)


def shown_date(tree) -> str | None:
    """The date of the <time> elements outside of menus and lists: of the one for publication, or of all."""
    times = tree.xpath(
        "//body//*[@datetime or @itemprop='datePublished'][not(ancestor-or-self::nav or ancestor::aside or ancestor::ul"
        " or ancestor::ol or ancestor::footer[not(ancestor::article or ancestor::main)])]"
    )
    dated = [
        (element, date)
        for element in times
        if (date := read_date(element.get("datetime") or element.get("content") or "", "en", day_first=None))
    ]
    marks = ("itemprop", "class", "pubdate")
    published = [
        date
        for element, date in dated
        if any(re.search("publ|created", f"{key} {element.get(key)}") for key in marks if element.get(key) is not None)
    ]
    dates = {date for _, date in dated}
    return published[0] if published else dates.pop() if len(dates) == 1 else None


def site_behind(title: str | None, heading: str | None) -> str | None:
    """The site's name that <title> has behind the article's title and a dash or a bar."""
    if not title or not heading or not plain(heading).startswith(plain(title)):
        return None
    match = re.search(r"\s(?:[|–—·•»-]|::)\s+([^|–—·•»]{2,40})$", heading)
    return match.group(1) if match and len(plain(heading)) > len(plain(title)) else None


def without_site(title: str, site: str) -> str:
    """The title without the site's name behind a dash or a bar."""
    match = re.match(r"(.{8,}?)\s+(?:[|–—·•»-]|::)\s+([^|]+)$", title)
    return match.group(1) if match and plain(match.group(2)) in (plain(site), plain(site) + "com") else title


def plain(text: str) -> str:
    return re.sub(r"\W", "", text.casefold())


def linked_data(html: str) -> dict[str, object]:
    """The article that a page describes in JSON-LD (schema.org), by our names; empty without one."""
    items: list[object] = []
    for block in LINKED_DATA.findall(html[: html.lower().rfind("</script>") + 9]):
        block = CDATA.sub("", block)
        try:
            items.append(json.loads(unescape(block) if "&quot;" in block else block, strict=False))
        except (ValueError, RecursionError):
            continue
    nodes = [node for item in items for node in top_nodes(item)]
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and node.get("name")}
    for node in nodes:
        if ARTICLE.search(str(node.get("@type"))):
            return {
                "title": unescape(str(node.get("headline") or "")),
                "author": names_of(node.get("author"), named),
                "publisher": names_of(node.get("publisher"), named),
                "published": read_date(str(node.get("datePublished") or ""), "en", day_first=None),
                "language": node.get("inLanguage") if isinstance(node.get("inLanguage"), str) else None,
            }
    return {}


def top_nodes(item: object) -> list[dict]:
    """The things that a block of JSON-LD describes, not those that they only mention."""
    if isinstance(item, list):
        return [node for one in item for node in top_nodes(one)]
    if not isinstance(item, dict):
        return []
    inner = [
        item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(item.get(key), dict | list)
    ]
    return [item, *top_nodes(inner)] if inner else [item]


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
