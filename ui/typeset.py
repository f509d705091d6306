"""Shows article facts in HTML: publisher, date, language and pages, and text with stretches of it marked."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from html import escape
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from index.types import Article, Span
from qa.types import Citation
from ui.strings import ENGLISH, Say


def facts_html(article: Article, say: Say = ENGLISH, quoted: Sequence[Citation | Span] = ()) -> str:
    """Publisher, date, language and the PDF pages of what is quoted on one line; what is unknown is left out."""
    facts = []
    if article.publisher:
        facts.append(f'<span class="publisher" dir="auto">{escape(article.publisher)}</span>')
    if article.published:
        day = escape(readable_date(article.published, say))
        facts.append(f'<time datetime="{escape(article.published)}">{day}</time>')
    if article.language:
        facts.append(f'<span class="language">{escape(language_name(article.language, say))}</span>')
    if pages := pages_of(article, quoted, say):
        facts.append(f'<span class="pages">{pages}</span>')
    return f'<span class="facts">{", ".join(facts)}</span>'


def pages_of(article: Article, quoted: Sequence[Citation | Span], say: Say = ENGLISH) -> str:
    """ "p. 3" or "pp. 3, 4": the PDF pages that the quoted stretches stand on; empty for what has no pages."""
    on = {
        page
        for place in quoted
        if article.leaves
        for page in range(article.leaf(place.start) or 1, (article.leaf(max(place.start, place.end - 1)) or 1) + 1)
    }
    pages = ", ".join(map(str, sorted(on)))
    return pages and say("p. {pages}" if len(on) == 1 else "pp. {pages}", pages=pages)


def origin(article: Article, say: Say) -> list[str]:
    """Publisher (else the title) and date, as plain text."""
    origin = [article.publisher or article.title]
    return [*origin, readable_date(article.published, say)] if article.published else origin


def readable_date(iso: str, say: Say = ENGLISH) -> str:
    """ "26 June 2023"; what is not an ISO date is returned as it is."""
    try:
        locale = "en_GB" if say.language == "en" else say.language
        return format_date(date.fromisoformat(iso), format="long", locale=locale)
    except ValueError:
        return iso


def readable_month(iso: str, say: Say = ENGLISH) -> str:
    """ "June 2023" for "2023-06"."""
    return format_date(date.fromisoformat(f"{iso}-01"), format="LLLL y", locale=say.language)


@lru_cache(maxsize=512)
def language_name(code: str, say: Say = ENGLISH) -> str:
    """ "Vietnamese" for "vi"; an unknown code is returned as it is."""
    try:
        return Locale.parse(code, sep="-").get_display_name(say.language) or code
    except (UnknownLocaleError, ValueError, TypeError):
        return code


def language_attributes(code: str | None) -> str:
    """` lang="ar" dir="rtl"`, with the space before; only dir="auto" where the language is unknown."""
    try:
        locale = Locale.parse(code or "", sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return ' dir="auto"'
    direction = "rtl" if locale.character_order == "right-to-left" else "ltr"
    return f' lang="{escape(code or "")}" dir="{direction}"'


def web_address(url: str | None) -> bool:
    """Whether the address may become a link: http or https, with a host."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def shortened(text: str, limit: int = 240) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


Segment = tuple[int, int, tuple[str, str]]  # start, end, and the tags around it


def marked(text: str, start: int, end: int, segments: Sequence[Segment]) -> str:
    """The text as HTML with its segments in their tags; a segment may hold those that come after it, none overlap."""
    html, position = [], start
    for number, (first, last, (opening, closing)) in enumerate(segments, 1):
        first, last = max(first, position), min(last, end)
        if first < last:
            html += [escape(text[position:first]), opening, marked(text, first, last, segments[number:]), closing]
            position = last
    return "".join(html) + escape(text[position:end])
