"""Reads web pages."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.author import is_byline, is_full_name
from index.dates import is_date
from index.encoding import decode
from index.language import letters, likely_language
from index.lines import BULLET, DIVIDER, SENTENCE_END, SITE_WORDS, STAMP, is_aside
from index.linked import plain
from index.page import Page
from index.stated import in_html, one_line, tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_HTML = 5_000_000
"""Characters; the rest of a page that long is left out."""
DECLARED_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "td", "th", "title", "tr", "ul",
))  # fmt: skip
APART = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "article", "section"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
UNSEEN = ("script", "style", "head", "noscript", "template", "svg", "iframe", "select", "button", "textarea")
COMMENTS = re.compile(r"(?:^|[\s_-])comments?(?:[\s_-]|$)|disqus|kommentare?(?:[\s_-]|$)|comentarios", re.IGNORECASE)
OPINION = re.compile(
    r"--(?:comments?|kommentare?)(?![a-z])|(?:^|[\s_-])(?:has|with|no|tone|type|format|category|tag)[_-](?:comments?|kommentare?)(?![a-z])"
    r"|(?:^|[\s_-])comments?[_-](?:open|closed|enabled|disabled|on|off)(?![a-z])",
    re.IGNORECASE,
)
"""Classes that say of an article that it is an opinion, or whether there are comments on it."""
BESIDE = re.compile(
    r"caption|(?:^|[\s_-])(?:related|relacionad|newsletter|breadcrumb)"
    r"|(?:^|\s|inline-)(?:ads?|advert(?:isement)?|anzeige|werbung|pub|publicite|publicidad|pubblicita|reklama?|qc|quangcao|crumbs?"
    r"|kicker)(?:\s|$)",
    re.IGNORECASE,
)
STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:standfirst|sapo|lead|lede|dec?k|summary|intro|excerpt|chapo|subtitle|subhead\w*|entradilla|bajada"
    r"|abstract|desc|description)(?:[\s_-]|$)",
    re.IGNORECASE,
)
"""Classes that publishers give to what stands beside a text (pictures' captions, other articles, the way to it,
advertisements), and to the sentences under its headline."""
BEHIND = 60
"""Elements behind the heading among which its sentences are."""
HEADLINE = 25
"""Letters that headlines have on average, at least; lines of facts have fewer."""
FIGURE = re.compile(r": ?\d")
TRAIL = re.compile(r"[^.!?]{2,30}(?:\s[›»>→/]\s[^.!?]{2,30}){1,5}")
BUTTONS = re.compile(r"(?:\[[^\]]{1,30}\]\s*){2,}")
CLOCK = re.compile(r"\d:\d\d\s*/\s*\d+:\d\d")
RIGHTS = re.compile(
    r"©|rights (?:are )?reserved|^all rights\b[^.!?]*$|rechte vorbehalten|droits réservés|derechos reservados"
    r"|direitos reservados|diritti riservati|права защищены|版[权權]所有|無断転載",
    re.IGNORECASE,
)
ADDRESS = re.compile(SITE_WORDS.pattern + r"|(?:^|\s)@\w|\w@\w+\.\w", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
SPACE = re.compile(r"\s+")
SILENT = ("script", "style", "head", "rt", "rp", "nav", "noscript", "template")


def read_html(content: bytes, path: Path) -> tuple[Page, ...]:
    """The article in a web page, by trafilatura: in precision mode, in its own when that finds nothing.

    A page in which it finds nothing at all is read as text.
    """
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    html = decode(content, path, declared=DECLARED_CHARSET)[:MAX_HTML]
    tree = load_html(html)
    if tree is None:
        return (Page(text="", kind="page"),)
    unfold_tables(tree)
    drop_comments(tree)
    drop_beside(tree)
    for box in headline_boxes(tree):
        box.drop_tree()
    stated = in_html(html, tree)
    around = "" if stated.published and stated.author and stated.publisher else page_text(tree)
    for precise in (True, False):
        found = bare_extraction(
            tree, favor_precision=precise, include_comments=False, include_tables=True, with_metadata=False
        )
        if found and found.text and (text := tidy(found.text)).strip():
            stated = replace(stated, language=likely_language(stated.language, text))
            titles = {plain(stated.title or ""), *(plain(str(heading.text_content())) for heading in tree.iter("h1"))}
            lines = [line for line in text.split("\n") if plain(line) not in titles]
            lines = without_frame(standfirst(tree, text) + lines, *linked_lines(tree))
            return (Page(text="\n\n".join(without_byline(lines)), kind="article", stated=stated, around=around),)
    return (Page(text=around or page_text(tree), kind="page", stated=stated),)


def unfold_tables(tree: HtmlElement) -> None:
    """Makes plain blocks of tables that lay out a page: those with paragraphs of prose in their cells."""
    for paragraph in tree.xpath("//td//p"):
        if is_prose(one_line(paragraph.text_content()) or ""):
            for above in paragraph.iterancestors("table", "tbody", "tr", "td"):
                above.tag = "div"


def drop_comments(tree: HtmlElement) -> None:
    """Takes what readers wrote, and the form for it, out of a page: their names are not the author's."""
    whole = seen(tree)
    for element in tree.xpath("//body//*[self::div or self::section or self::aside or self::ul or self::ol]"):
        names = {name: value for name in ("id", "class") if (value := element.get(name))}
        told = " ".join(names.values())
        if not COMMENTS.search(told):
            continue
        if COMMENTS.search(OPINION.sub(" ", told)) and not element.xpath(".//h1"):
            if seen(element) < 0.5 * whole:
                element.drop_tree()
        else:  # trafilatura would go by the names
            for name, value in names.items():
                element.set(name, COMMENTS.sub(" ", OPINION.sub(" ", value)))


def seen(element: HtmlElement) -> int:
    """How many characters of an element are seen: not those of scripts and styles."""
    unseen = element.xpath(
        ".//*[self::script or self::style or self::noscript or self::template]"
        "[not(ancestor::noscript or ancestor::template)]"
    )
    return len(element.text_content()) - sum(len(one.text_content()) for one in unseen)


def drop_beside(tree: HtmlElement) -> None:
    """Takes captions, advertisements and other articles' boxes out: short elements so called, articles in articles."""
    most = min(600, 0.5 * seen(tree))
    for element in tree.xpath("//body//*[@class or self::article/ancestor::article]"):
        named = BESIDE.search(element.get("class") or "") and not element.xpath("self::body or ancestor::h1")
        teaser = element.tag == "article" and element.xpath(
            "ancestor::article//h1 and .//*[self::h2 or self::h3 or self::h4 or self::h5]/a"
        )
        if (named or teaser) and seen(element) < most and not element.xpath(".//h1"):
            element.drop_tree()


def headline_boxes(tree: HtmlElement) -> list[HtmlElement]:
    """Boxes behind a paragraph that hold a heading and then nothing but headlines: other articles, even if not linked.

    Lines with dates, clock times or figures behind a colon are a programme or a card of facts; a list's items may be
    facts too.
    """
    most = min(600, 0.5 * seen(tree))
    found = []
    for box in tree.xpath(
        "//body//*[self::div or self::section or self::aside][not(.//h1 or .//li or .//td or .//pre)]"
    ):
        if seen(box) >= most:
            continue
        heading, *lines = [*filter(None, box_lines(box))] or [""]
        told = [line for line in lines if STAMP.search(line) or FIGURE.search(line)]
        if (
            len(lines) >= 2
            and letters(heading) < 40
            and not any(SENTENCE_END.search(line) and line[-1] not in "?!" for line in (heading, *lines))
            and sum(map(letters, lines)) >= HEADLINE * len(lines)
            and 2 * len(told) < len(lines)
            and any(is_prose(one_line(p.text_content()) or "") for p in box.xpath("preceding::p"))
        ):
            found.append(box)
    return found


def box_lines(box: HtmlElement) -> list[str | None]:
    """The text of an element before its first block, and that of each of the innermost blocks in it."""
    own = [box.text or ""]
    for child in box:
        if child.tag in BLOCKS:
            break
        own += [child.text_content() if isinstance(child.tag, str) else "", child.tail or ""]
    blocks = [e for e in box.iterdescendants() if e.tag in BLOCKS and not any(below.tag in BLOCKS for below in e)]
    return [one_line("".join(own)), *(one_line(block.text_content()) for block in blocks)]


def standfirst(tree: HtmlElement, text: str) -> list[str]:
    """The sentences between the heading and the article's text that a page calls its summary or its description."""
    headings = tree.xpath("//h1")
    if len(headings) != 1:
        return []
    known = plain(text)
    said = {plain(value) for value in tree.xpath("//meta[@name='description' or @property='og:description']/@content")}
    behind = headings[0].xpath("following::*[self::p or self::h2 or self::h3 or self::div or self::strong]")
    for element in behind[:BEHIND]:
        line = one_line(element.text_content()) or ""
        if plain(line) and plain(line) in known:
            break
        called = STANDFIRST.search(element.get("class") or "") or plain(line) in said
        if called and 50 <= letters(line) <= 600 and SENTENCE_END.search(line) and not ADDRESS.search(line):
            return [line]
    return []


def linked_lines(tree: HtmlElement) -> tuple[set[str], set[str]]:
    """The lines of a page that are links and nothing else, but perhaps a label with a colon before them.

    The items of a list count when each has a link, and links are more than half of the list. Headings that are links
    come second: they may head the article's own sections.
    """
    links: dict[HtmlElement, list[str]] = {}
    found: set[str] = set()
    headings: set[str] = set()
    for link in tree.iter("a"):
        block = next((above for above in link.iterancestors() if above.tag in BLOCKS), None)
        if block is not None and (text := str(link.text_content()).strip()):
            links.setdefault(block, []).append(text)
            if block.tag not in HEADINGS and is_own_line(link):
                found.add(plain(text))
    for block, texts in links.items():
        text, linked = str(block.text_content()).strip(), "".join(map(plain, texts))
        label = text.partition(texts[0])[0].rstrip()
        if linked and (plain(text) == linked or (plain(text) == plain(label) + linked and label.endswith((":", "：")))):
            (headings if block.tag in HEADINGS else found).add(plain(text))
    for above in {block.getparent() for block in links if block.tag == "li"} - {None}:
        items = {item: plain(str(item.text_content())) for item in above.iterchildren("li")}
        shares = [len("".join(map(plain, links.get(item, ())))) for item in items]
        if all(shares) and 2 * sum(shares) > sum(map(len, items.values())):
            found.update(items.values())
    return found, headings - found


def is_own_line(link: HtmlElement) -> bool:
    """Whether nothing stands between a link and the line breaks, or the ends of its block, around it."""
    before, after = link.getprevious(), link.getnext()
    text = (link.getparent().text if before is None else before.tail) or ""
    breaks = all(one is None or one.tag == "br" for one in (before, after)) and link.getparent().tag in BLOCKS
    return breaks and not text.strip() and not (link.tail or "").strip()


def without_frame(lines: list[str], linked: set[str], headed: set[str]) -> list[str]:
    """An article's lines without links to other articles, headings of these, and notices at its end.

    A heading that is a link stays where a paragraph follows; what ends as a sentence does is a sentence.
    """
    lines = [line for line in lines if line.strip()]
    bare = [plain(BULLET.sub("", line)) if i and not is_prose(line) else "" for i, line in enumerate(lines)]
    followed = [is_prose(line) for line in (*lines[1:], "")]
    away = {i for i, text in enumerate(bare) if text in linked or (text in headed and not followed[i])}
    headings = {i for i, line in enumerate(lines) if i and i + 1 in away and not is_prose(line) and len(line) < 70}
    away |= headings | {i for i, line in enumerate(lines) if is_clock(line) or (i and is_aside(line))}
    kept = [line.strip("| ") for i, line in enumerate(lines) if i not in away]
    while len(kept) > 1 and len(kept[-1]) < 200 and (RIGHTS.search(kept[-1]) or is_address(kept[-1])):
        kept.pop()
    last = max((i for i, line in enumerate(kept) if SENTENCE_END.search(line)), default=len(kept))
    return kept[: last + 1] if len(kept) - last <= 4 and all(map(is_notice, kept[last + 1 :])) else kept


def is_clock(line: str) -> bool:
    """Whether a line is a player's: "Play 0:00 / 1:42"."""
    return bool(CLOCK.search(line)) and not SENTENCE_END.search(line)


def is_notice(line: str) -> bool:
    """Whether a line without a sentence's end is an address, a date, a button, a word or two."""
    return is_address(line) or is_date(line) or (letters(line) < 30 and not BULLET.match(line))


def is_address(line: str) -> bool:
    """Whether a line that is no sentence names a site, a network or a mail address."""
    return bool(ADDRESS.search(line)) and not SENTENCE_END.search(line)


def is_prose(line: str) -> bool:
    return len(line) >= 60 and bool(SENTENCE_END.search(line)) and not line.endswith(("?", "!", "…", "..."))


def without_byline(lines: list[str]) -> list[str]:
    """The lines without bylines, names, dates, menus and the way ("Home › News") above the first sentence."""
    first = next((i for i, line in enumerate(lines) if SENTENCE_END.search(line)), None)
    return [
        line
        for i, line in enumerate(lines)
        if (first is not None and i >= first)
        or (
            not (is_byline(line) or is_date(line) or is_way(line))
            and not (first is not None and (is_full_name(line) or is_divided(line)))
        )
    ]


def is_way(line: str) -> bool:
    """Whether a line is the way to a page ("Home › News"), or buttons."""
    return bool(TRAIL.fullmatch(line) or BUTTONS.fullmatch(line))


def is_divided(line: str) -> bool:
    """Whether a line that is no sentence has three parts or more: a menu, a ticker, what others read."""
    parts = DIVIDER.split(line)
    lower = any(part[:1].islower() for part in parts)  # a sentence goes on so between dashes
    return len(parts) >= 3 and letters(line) < 300 and not lower and not SENTENCE_END.search(line)


def page_text(tree: HtmlElement) -> str:
    """A web page as text, as people save it: a line for each block, bullets before list items."""
    from lxml import etree

    tree = deepcopy(tree)
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
