"""Reads web pages."""

import re
from pathlib import Path

from index.encoding import decode
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
SPACE = re.compile(r"\s+")
SILENT = ("script", "style", "head", "rt", "rp", "nav", "noscript", "template")


def read_html(content: bytes, path: Path) -> tuple[Page, ...]:
    """The article in a web page, by trafilatura: in precision mode, in its own when that finds nothing."""
    from trafilatura import bare_extraction

    html = decode(content, path, declared=DECLARED_CHARSET)[:MAX_HTML]
    text = ""
    for precise in (True, False):
        found = bare_extraction(
            html, favor_precision=precise, include_comments=False, include_tables=True, with_metadata=False
        )
        text = tidy(found.text or "") if found else ""
        if text.strip():
            break
    return (Page(text=text.replace("\n", "\n\n"), kind="article", stated=in_html(html)),)


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
