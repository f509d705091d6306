"""Reads web pages."""

import re
from dataclasses import replace
from pathlib import Path

from index.describe import is_byline, is_date
from index.encoding import decode
from index.language import likely_language
from index.lines import SENTENCE_END
from index.page import Page
from index.stated import in_html, tidy

MAX_HTML = 5_000_000
"""Characters; the rest of a page that long is left out."""
DECLARED_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "td", "th", "title", "tr", "ul",
))  # fmt: skip
APART = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "article", "section"))
UNSEEN = ("script", "style", "head", "noscript", "template", "svg", "iframe", "select", "button", "textarea")
YEAR = re.compile(r"(?:19|20)\d\d")
SPACE = re.compile(r"\s+")
SILENT = ("script", "style", "head", "rt", "rp", "nav", "noscript", "template")


def read_html(content: bytes, path: Path) -> tuple[Page, ...]:
    """The article in a web page, by trafilatura: in precision mode, in its own when that finds nothing.

    A page in which it finds nothing at all is read as text.
    """
    from trafilatura import bare_extraction

    html = decode(content, path, declared=DECLARED_CHARSET)[:MAX_HTML]
    stated = in_html(html)
    around = "" if stated.published and stated.author and stated.publisher else page_text(html)
    for precise in (True, False):
        found = bare_extraction(
            html, favor_precision=precise, include_comments=False, include_tables=True, with_metadata=False
        )
        if found and found.text and (text := tidy(found.text)).strip():
            stated = replace(stated, language=likely_language(stated.language, text))
            text = "\n\n".join(without_byline(text.split("\n")))
            return (Page(text=text, kind="article", stated=stated, around=around),)
    return (Page(text=around or page_text(html), kind="page", stated=stated),)


def without_byline(lines: list[str]) -> list[str]:
    """The lines without bylines and dates above the first sentence."""
    first = next((i for i, line in enumerate(lines) if SENTENCE_END.search(line)), len(lines))
    return [line for i, line in enumerate(lines) if i >= first or not (is_byline(line) or is_date(line))]


def page_text(html: str) -> str:
    """A web page as text, as people save it: a line for each block, bullets before list items."""
    from lxml import etree
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:
        return ""
    etree.strip_elements(tree, etree.Comment, *UNSEEN, with_tail=False)
    for element in tree.iter():
        edge = "\n\n" if element.tag in APART else "\n" if element.tag in BLOCKS else ""
        text = SPACE.sub(" ", element.text or "")
        if element.tag == "time" and not YEAR.search(str(element.text_content())):
            text = f"{element.get('datetime', '')[:10]} {text}"
        element.text = edge + ("  • " if element.tag == "li" else "") + text
        element.tail = edge + SPACE.sub(" ", element.tail or "")
    return tidy(str(tree.text_content()))


def html_blocks(html: bytes) -> list[str]:
    """The text of every paragraph, heading, list item and table cell of a document without a frame around it."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        tree = document_fromstring(html, parser=HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # nothing in it
        return []
    etree.strip_elements(tree, etree.Comment, *SILENT, with_tail=False)
    for element in tree.iter():
        edge = "\n" if element.tag in BLOCKS else ""
        element.text = edge + SPACE.sub(" ", element.text or "")
        element.tail = edge + SPACE.sub(" ", element.tail or "")
    return [line for line in map(str.strip, tidy(str(tree.text_content())).split("\n")) if line]
