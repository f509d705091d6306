"""Reads what a file itself states about its article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.dates import read_date
from index.language import letters
from index.linked import linked_article, plain
from index.types import Draft

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MARKS = ("title", "publisher", "author", "published", "language", "url")
BY = re.compile(r"^(?:by|von|par|por|di|door|av|af|oleh|автор|tác giả)\s*:?\s+", re.IGNORECASE)
AUTHORS = (
    "author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "citation_author", "authors", "creator",
)  # fmt: skip
PUBLISHER = (
    "//*[@itemprop='publisher']//*[@itemprop='name']/@content | //*[@itemprop='publisher']//*[@itemprop='name']/text()"
)
NOBODY = ("", "admin", "administrator", "null", "none", "undefined")
NAMES = re.compile(r"\w\W+\w|[^\W\d_a-zA-Z]{2}")
"""Two words, or one in a script other than Latin: a single word beside an article is seldom its author."""
SEPARATOR = re.compile(r"\s*(?:[|_·•»«：]|::)\s*|\s+(?:[–—-]|--)\s+|(?<=[\u3040-\u9fff])[-–—](?=[\u3040-\u9fff])")
QUOTES = str.maketrans("‘’“”„–—", '\'\'"""--')
NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control, zero-width and direction characters, and halves of characters, which cannot be stored; not U+200C and
U+200D, which Persian and Hindi spell with."""


def in_html(html: str, tree: HtmlElement) -> Draft:
    """What a web page states about its article: in JSON-LD, in the head's marks, else where trafilatura finds it.

    A date only where the page's head, or a date element outside of menus and lists, states one.
    """
    from trafilatura import extract_metadata

    headings = [text for heading in tree.iter("h1") if (text := one_line(heading.text_content()))]
    linked = {key: one_line(value) for key, value in linked_article(html, {plain(text) for text in headings}).items()}
    head = head_marks(tree)
    heading = one_line(tree.findtext(".//title")) or ""
    found = extract_metadata(tree, date_config={"extensive_search": False}, extensive=False)
    title = likely_title([linked.get("headline"), *head("og:title", "twitter:title"), one_line(found.title)], headings)
    url = one_line(found.url)
    stated = [linked.get("publisher"), *head("og:site_name", "application-name", "dc.publisher", "publisher")]
    stated += [name for name in map(one_line, tree.xpath(PUBLISHER)) if name]
    publisher = likely_site(stated, beside_title(heading, title), domain(url or ""))
    publisher = publisher or one_line(found.sitename)
    author = likely_author([linked.get("author")], None) or likely_author(head_authors(head), publisher)
    if author is None and NAMES.search(one_line(found.author) or ""):
        author = likely_author([one_line(found.author)], publisher)
    published = read_date(linked.get("datePublished") or "", "en", day_first=None)
    language = re.search(r"<html[^>]{0,300}?\slang\s*=\s*[\"']?([A-Za-z]{2})\b", html)
    return Draft(
        text="",
        title=without_site(title, publisher) if title and publisher else title,
        publisher=publisher,
        author=author,
        published=published or head_date(html) or shown_date(tree),
        language=(linked.get("inLanguage") or found.language or (language.group(1) if language else "")).lower()[:2]
        or None,
        url=url,
    )


def head_marks(tree: HtmlElement) -> Callable[..., list[str]]:
    """What <meta> elements say, to be asked for by their names; a name may be there several times."""
    marks: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        value = one_line(re.sub(r"<[^>]*>", "", element.get("content") or ""))
        for name in {(element.get(key) or "").lower() for key in ("property", "name", "itemprop")} - {""}:
            if value and value not in marks.setdefault(name, []):
                marks[name].append(value)
    return lambda *names: [value for name in names for value in marks.get(name, ())]


def likely_title(stated: list[str | None], headings: list[str]) -> str | None:
    """The first stated title that a heading of the page shows, else the first; without the site's name behind it."""
    known = {plain(text): text for text in (*headings, *filter(None, reversed(stated)))}
    titles = [without_rest(title, known) for title in stated if title]
    shown = {plain(heading) for heading in headings}
    title = next((title for title in titles if plain(title) in shown), titles[0] if titles else None)
    cut = title.rstrip(" .…") if title and title.endswith(("...", "…")) else None
    return next((whole for whole in known.values() if cut and whole.startswith(cut) and whole != title), title)


def without_rest(title: str, known: dict[str, str]) -> str:
    """The title up to the dash or bar before which it is another one of those known, long enough for a title."""
    parts = (title[: match.start()] for match in SEPARATOR.finditer(title))
    return next((known[plain(part)] for part in parts if letters(part) >= 15 and plain(part) in known), title)


def beside_title(heading: str, title: str | None) -> list[str]:
    """What <title> says behind the article's title, the last first, and before it."""
    own = (title or "").lower().translate(QUOTES)
    start = heading.lower().translate(QUOTES).find(own)
    if not own or start < 0:
        return []
    marks = [match.span() for match in SEPARATOR.finditer(heading)]
    behind = next((heading[end:] for begin, end in marks if begin >= start + len(own)), "")
    before = next((heading[:begin] for begin, end in reversed(marks) if end <= start), "")
    parts = (*SEPARATOR.split(behind)[::-1], *SEPARATOR.split(before))
    return [part for part in parts if 2 <= len(part) <= 40 and plain(part)]


def domain(url: str) -> str:
    """The name in an address: "https://www.vale-gazette.co.uk/a" -> "valegazette"."""
    labels = (urlsplit(url).hostname or "").split(".")[:-1]
    while len(labels) > 1 and labels[-1] in ("co", "com", "net", "org", "gov", "ac", "edu", "or", "ne"):
        labels.pop()
    return plain(labels[-1]) if labels else ""


def likely_site(stated: list[str], parts: list[str], host: str) -> str | None:
    """The first stated name that <title> or the page's address bears out, else the first, else one in <title>.

    A template's own name ("Blogger") or a company's is neither in the title nor in the address. An address comes last.
    """

    def borne_out(name: str) -> bool:
        key = plain(name)
        return key in map(plain, parts) or (len(key) > 2 and bool(host) and (host in key or key in host))

    names = [name for name in stated if name and "://" not in name]
    names = [first if borne_out(first := SEPARATOR.split(name)[0]) else name for name in names]
    plain_names = [name for name in names if "." not in name]
    known = [name for name in plain_names if borne_out(name)]
    beside = [part for part in parts if host and (host in plain(part) or plain(part) in host)]
    return next(iter([*known, *plain_names, *beside, *parts[:1], *names]), None)


def head_authors(head: Callable[..., list[str]]) -> list[str]:
    """The authors of the first of the head's marks that has any."""
    return next((values for name in AUTHORS if (values := [v for v in head(name) if "://" not in v])), [])


def likely_author(stated: list[str | None], publisher: str | None) -> str | None:
    """The names as one line, without "by" and the publisher's; None when no name is left."""
    names: list[str] = []
    for name in re.split(r"[,;]\s+(?:and\s+)?", ", ".join(BY.sub("", value) for value in stated if value)):
        if plain(name) not in (plain(publisher or ""), *NOBODY) and name not in names:
            names.append(name)
    return ", ".join(names) or None


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


def without_site(title: str, site: str) -> str:
    """The title without the site's name behind a dash or a bar."""
    match = re.match(r"(.{8,}?)\s+(?:[|–—·•»-]|::)\s+([^|]+)$", title)
    return match.group(1) if match and plain(match.group(2)) in (plain(site), plain(site) + "com") else title


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
