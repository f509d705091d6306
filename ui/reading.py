"""Shows an article as it is read, with the quotes marked in it, and what became of them."""

import difflib
import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from urllib.parse import quote as url_quote

from index.types import Article, Span
from qa.types import Citation
from ui.output import leaves_text
from ui.quotes import Finding
from ui.strings import ENGLISH, Say
from ui.typeset import Segment, facts_html, language_attributes, marked, pages_of, readable_date, web_address


def drawer_html(say: Say = ENGLISH) -> str:
    """The empty drawer, which the script fills."""
    return (
        f'<section class="drawer" role="region" aria-label="{say("Source article")}" hidden><div class="bar">'
        f'<span class="steps" hidden><button type="button" class="previous" aria-label="{say("Previous quote")}">‹'
        f'</button> <span class="step" aria-live="polite"></span> <button type="button" class="next" '
        f'aria-label="{say("Next quote")}">›</button></span><button type="button" class="close" '
        f'aria-label="{say("Close the source article")}">{say("Close")}</button></div>'
        '<div class="page" tabindex="0"></div></section>'
    )


CHANGED = "This article has changed since it was cited; the quote is still in it."
QUOTE_GONE = "This article has changed since it was cited, and the quote is no longer in it."
UNCHANGED = "Unchanged since it was cited"
BARE = "Nothing could be read on {pages}: if they are scans, run text recognition over the file and index it again."
STALE = "The file could not be read again; this is the article's last good version."
REMOVED = "This article has been removed from the library since it was cited."


def fate_text(finding: Finding, say: Say) -> str:
    told = {"moved": CHANGED, "edited": QUOTE_GONE, "removed": REMOVED, "unchanged": UNCHANGED}
    return say(told[finding.fate]) if finding.fate else ""


NOT_SOUGHT = Finding()


def source_html(
    article: Article,
    finding: Finding = NOT_SOUGHT,
    others: Sequence[Span] = (),
    cited: Citation | None = None,
    say: Say = ENGLISH,
    judgement: str = "",
) -> str:
    """What the drawer shows: the title as heading, the facts, a notice if need be, and the text.

    `others` are the answer's further quotes in this article, marked more faintly; `cited` is shown by
    itself when it could not be found in the text, beside what stands there now. `judgement` is HTML.
    """
    shown = finding.mark or finding.alike
    faint = [*others, *([finding.alike] if finding.alike else [])]
    segments = _segments(finding.mark, faint, len(article.text), _answering(finding.mark, cited))
    paragraphs = list(_paragraphs(article.text))
    titled = bool(paragraphs) and bare(article.text[slice(*paragraphs[0])]) == bare(article.title)
    title = marked(article.text, *paragraphs.pop(0), segments) if titled else escape(article.title)
    language = language_attributes(article.language)
    now = article.text[finding.alike.start : finding.alike.end] if finding.alike else None
    kept = ""
    if cited and finding.mark is None:
        kept = (
            f'<div class="kept">{change_html(cited.quote, now, article.language, say)}</div>'
            if now
            else _kept_quote(cited.quote, language)
        )
    told = fate_text(finding, say) if finding.fate != "unchanged" else ""
    told = told or (say(STALE) if article.state == "stale" else "")
    unread = say(BARE, pages=leaves_text(article.bare)) if article.bare else ""
    notice = "".join(f'<p class="notice">{escape(text)}</p>' for text in (told, unread) if text)
    quote = cited.quote if cited else article.text[shown.start : shown.end] if shown else ""
    found = [finding.mark] if finding.mark else []
    pages = pages_of(article, found, say) if found or cited is None else pages_of(cited.article, [cited], say)
    return (
        f'<header class="head"><h2 class="title" tabindex="-1"{language}>{title}</h2>'
        f"{facts_html(article, say, found)}</header>"
        f"{_whereabouts(article, quote, finding, pages, say)}{notice}{kept}"
        f'<div class="text"{language}>{_body(article, paragraphs, segments, say)}</div>{judgement}'
    )


def unavailable_html(reason: str, say: Say = ENGLISH) -> str:
    """What the drawer shows in place of an article; the reason is plain text in the reader's language."""
    return (
        f'<header class="head"><h2 class="title" tabindex="-1">{say("Not available")}</h2></header>'
        f'<p class="notice">{escape(reason)}</p>'
    )


def _body(article: Article, paragraphs: Iterable[tuple[int, int]], segments: Sequence[Segment], say: Say) -> str:
    """The paragraphs; each page of a PDF after the first is named where it begins, between two or inside one."""
    begins = {offset: page for page, offset in enumerate(article.leaves, 1) if page > 1}
    html = []
    for start, end in paragraphs:
        ahead = [begins.pop(offset) for offset in [*begins] if offset <= start]
        inside = [offset for offset in begins if start < offset < end]
        cuts = [start, *inside, end]
        pieces = [marked(article.text, *cut, segments) for cut in pairwise(cuts)]
        breaks = ["", *(_page_break("span", begins.pop(offset), say) for offset in inside)]
        html += [_page_break("div", page, say) for page in ahead[-1:]]
        html.append(f"<p>{''.join(b + piece for b, piece in zip(breaks, pieces, strict=True))}</p>")
    return "".join(html)


def _page_break(tag: str, page: int, say: Say) -> str:
    """Where a page begins; its number is no text of the article, so that it is not copied with it."""
    named, shown = say("Page {page}", page=page), say("p. {pages}", pages=page)
    return f'<{tag} class="leaf" role="doc-pagebreak" aria-label="{named}" data-page="{shown}"></{tag}>'


def _kept_quote(quote: str, language: str) -> str:
    return f'<blockquote class="kept"{language}><mark>{escape(quote)}</mark></blockquote>'


def _whereabouts(article: Article, quote: str, finding: Finding, pages: str, say: Say) -> str:
    original = ""
    if web_address(article.url):
        page = finding.mark and article.leaf(finding.mark.start)
        link = (article.url or "") + (f"#page={page}" if page else text_fragment(article.url or "", quote))
        original = (
            f' <a class="original" href="{escape(link)}" rel="noopener noreferrer nofollow" '
            f'target="_blank">{say("Original page")}</a>'
        )
    named = article.author and article.author != article.publisher
    author = f'<span class="author">{escape(article.author or "")}</span> ' if named else ""
    path = f'<span class="path" dir="ltr">{escape(article.path)}</span>'
    state = f' <span class="fate">{say(UNCHANGED)}</span>' if finding.fate == "unchanged" else ""
    copy = (
        f'<button type="button" class="copy-quote" data-text="{escape(citation_text(quote, article, pages, say))}">'
        f"{say('Copy quote with citation')}</button>"
        if quote
        else ""
    )
    return f'<p class="whereabouts">{author}{path}{original}{state}</p>{copy}'


def citation_text(quote: str, article: Article, pages: str = "", say: Say = ENGLISH) -> str:
    """A quote with its source on one line: title, publisher, date, pages, and the web address or else the path."""
    place = article.url if web_address(article.url) else article.path
    origin = [article.title, article.publisher, readable_date(article.published, say) if article.published else None]
    return f"“{quote}” ({', '.join(part for part in [*origin, pages, place] if part)})"


def text_fragment(url: str, quote: str) -> str:
    """What makes a browser scroll to the quote in the original: its words, or its first and last ones.

    Empty where there is no quote, or the address has a fragment of its own. https://wicg.github.io/scroll-to-text-fragment/
    """
    words = quote.split()
    if not words or "#" in url:
        return ""
    ends = [words] if len(words) <= 10 else [words[:5], words[-5:]]
    return "#:~:text=" + ",".join(url_quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)


def change_html(old: str, new: str | None, language: str | None, say: Say = ENGLISH) -> str:
    """The cited words and those that stand in their place now, with what differs marked word by word."""
    attributes = language_attributes(language)
    before, after = _differences(old, new) if new else (escape(old), "")
    html = f'<p class="label">{say("When it was cited:")}</p><blockquote{attributes}>{before}</blockquote>'
    if not new:
        return html
    nearest = say("The nearest words in it now:")
    return f'{html}<p class="label">{nearest}</p><blockquote{attributes}>{after}</blockquote>'


def _differences(old: str, new: str) -> tuple[str, str]:
    one, other = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (old, new))
    before, after = [], []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        gone, come = escape("".join(one[a:b])), escape("".join(other[c:d]))
        before.append(f"<del>{gone}</del>" if gone and kind != "equal" else gone)
        after.append(f"<ins>{come}</ins>" if come and kind != "equal" else come)
    return "".join(before), "".join(after)


def bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _paragraphs(text: str) -> Iterable[tuple[int, int]]:
    """Start and end of each run of text between blank lines."""
    for match in re.finditer(r"\S.*(?:\n(?!\s*\n).*)*", text):
        yield match.start(), match.end()


MARKED, BOLD = ("<mark>", "</mark>"), ("<b>", "</b>")
ALSO_QUOTED = ('<span class="also-quoted">', "</span>")


def _answering(mark: Span | None, cited: Citation | None) -> Span | None:
    """The words of the quote that answer, where the quote stands today."""
    if not mark or not cited or not cited.span:
        return None
    moved = mark.start - cited.start
    return Span(cited.span[0] + moved, cited.span[1] + moved)


def _segments(mark: Span | None, others: Sequence[Span], length: int, bold: Span | None = None) -> list[Segment]:
    """The marked stretches in order; the main quote wins over the faint ones, and may have `bold` words in it."""
    taken = [(mark.start, mark.end, MARKED)] if mark else []
    for other in others:
        pieces = [(max(0, other.start), min(other.end, length))]
        for start, end, _ in taken:
            pieces = [piece for p in pieces for piece in ((p[0], min(p[1], start)), (max(p[0], end), p[1]))]
        taken += [(start, end, ALSO_QUOTED) for start, end in pieces if start < end]
    taken += [(bold.start, bold.end, BOLD)] if bold else []
    return sorted(taken, key=lambda segment: (segment[0], -segment[1]))
