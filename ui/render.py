"""Turns answers and articles into HTML in which every word that comes from outside is escaped."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import quote as url_quote
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from index.types import Article, Span
from qa.types import Answer, Citation, Filters, Statement

HASH_LENGTH = 12  # characters of the content hash that an address carries; enough to tell two versions apart


def answer_html(answer: Answer) -> list[str]:
    """The answer as HTML strings, one a statement, then its footnotes; or what a no-answer says."""
    parts = _search_question(answer) + _filters(answer)
    if answer.status == "answered":
        by_number = {citation.number: citation for citation in answer.citations}
        before = ""
        for statement in answer.statements:
            says = _says(statement, by_number)
            parts.append(_statement(statement, by_number, says, repeated=says == before))
            before = says
        parts.append(_footnotes(answer.citations))
    else:
        parts += _no_answer(answer)
    return parts + [f'<p class="warning">{escape(warning)}</p>' for warning in answer.warnings]


def question_html(text: str) -> str:
    return f'<h2 class="question" dir="auto">{escape(text)}</h2>'


def error_html(message: str) -> str:
    """The message of a FootnoteError; commands stand between backticks in it."""
    text = re.sub("`([^`]+)`", r"<code>\1</code>", escape(message))
    return f'<div class="error"><p>{text}</p></div>'


def _search_question(answer: Answer) -> list[str]:
    if _bare(answer.search_question) in ("", _bare(answer.question)):
        return []
    return [f'<p class="searched">Searched for “<bdi>{escape(answer.search_question)}</bdi>”</p>']


def _filters(answer: Answer) -> list[str]:
    """The filters taken from the question's words, each with a button that asks again without it."""
    own = answer.filters
    shown = {("publisher",): own.publisher, ("author",): own.author, ("after", "before"): _dates(own)}
    shown = {names: text for names, text in shown.items() if text}
    chips = []
    for names, text in shown.items():
        kept = {name for other in shown if other != names for name in other}
        dropped = " ".join(name for name in Filters.__dataclass_fields__ if name not in kept)
        chips.append(
            f'<button type="button" class="unfilter" data-names="{dropped}" data-question="{escape(answer.question)}" '
            f'aria-label="Search again, not only {escape(text)}"><bdi>{escape(text)}</bdi> '
            '<span aria-hidden="true">×</span></button>'
        )
    return [f'<p class="filters">Only articles {" ".join(chips)}</p>'] if chips else []


def _dates(filters: Filters) -> str:
    if filters.after and filters.before:
        if filters.after == filters.before:
            return readable_date(filters.after)
        return f"{readable_date(filters.after)} to {readable_date(filters.before)}"
    if filters.after:
        return f"since {readable_date(filters.after)}"
    return f"until {readable_date(filters.before)}" if filters.before else ""


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _says(statement: Statement, citations: dict[int | None, Citation]) -> str:
    """What stands before the quote of a statement: who says it and when. Empty where there is no quote."""
    for number in statement.citations:
        if number in citations and citations[number].quote in statement.text:
            return statement.text.partition(citations[number].quote)[0].rstrip('“‘„«"')
    return ""


def _statement(statement: Statement, citations: dict[int | None, Citation], says: str, repeated: bool) -> str:
    """Who says it (for the eye only where it is not `repeated`), the words, and the chips of the sources."""
    cited = [citations[number] for number in statement.citations if number in citations]
    chips = [_chip(citation) for citation in cited]
    quoted = next((citation for citation in cited if citation.quote in statement.text), None)
    language = language_attributes(quoted.article.language) if quoted else ' dir="auto"'
    kind = "says same" if repeated else "says"
    source = f'<span class="{kind}" dir="auto">{escape(says)}</span>' if says else ""
    text = statement.text.removeprefix(says)
    cut = text.rfind(" ") + 1
    if len(text) - cut > 24:  # too long to be kept on one line with the chip
        cut = len(text)
    bold = _answering(text, quoted)
    last = _marked(text, cut, len(text), bold)
    tail = f'<span class="tail">{last}{"".join(chips[:1])}</span>{"".join(chips[1:])}'
    said = f'<span class="said"{language}>{_marked(text, 0, cut, bold)}{tail}</span>'
    counted = f' <span class="sources">{statement.sources} independent sources</span>' if statement.sources > 1 else ""
    return f'<p class="statement">{source}{said}{counted}</p>'


def _answering(text: str, quoted: Citation | None) -> list["Segment"]:
    """Where in the text of a statement the time or number stands that answers."""
    if quoted is None or quoted.span is None or quoted.quote not in text:
        return []
    begin = text.index(quoted.quote) - quoted.start
    return [(begin + quoted.span[0], begin + quoted.span[1], ("<b>", "</b>"))]


def _chip(citation: Citation) -> str:
    label = f"Source {citation.number}: {', '.join(_origin(citation.article))}"
    link = f'href="{escape(address(citation))}" aria-label="{escape(label)}"'
    return f'<a class="cite" {link}>{citation.number}</a>'


def _footnotes(citations: Sequence[Citation]) -> str:
    """One line an article: its numbers, title, publisher, date and language."""
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article.id, []).append(citation)
    rows = []
    for group in by_article.values():
        article = group[0].article
        numbers = " ".join(str(citation.number) for citation in group)
        link = f'href="{escape(address(group[0]))}"{language_attributes(article.language)}'
        rows.append(
            f'<li><span class="numbers">{numbers}</span><span><a class="title" {link}>'
            f"{escape(article.title)}</a> {facts_html(article, group)}</span></li>"
        )
    return f'<ul class="footnotes" aria-label="Sources of this answer">{"".join(rows)}</ul>'


def _no_answer(answer: Answer) -> list[str]:
    parts = ['<p class="no-answer">The articles don’t answer this.</p>']
    if answer.missing_words:
        words = ", ".join(f"“<bdi>{escape(word)}</bdi>”" for word in answer.missing_words)
        parts.append(f'<p class="missing">No article has {words}.</p>')
    if answer.near_misses:
        rows = "".join(_near_miss(citation) for citation in answer.near_misses)
        parts.append(
            '<div class="near"><p class="near-title">The nearest passages, which may help you to ask again'
            f"</p><ul>{rows}</ul></div>"
        )
    return parts


def _near_miss(citation: Citation) -> str:
    article = citation.article
    return (
        f'<li><a class="near-miss" href="{escape(address(citation))}"'
        f"{language_attributes(article.language)}>{escape(_shortened(citation.quote))}</a>"
        f'<span class="of">{escape(article.title)}</span> {facts_html(article)}</li>'
    )


def _shortened(text: str, limit: int = 240) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


# ---------------------------------------------------------------- the address of a quote


@dataclass(frozen=True, slots=True)
class Address:
    """Where a quote stands: the article, the characters, and the version (start of its content hash)."""

    article: str
    span: Span
    version: str


def address(citation: Citation) -> str:
    """The link of a chip: `#src=ARTICLE:START-END:NUMBER:VERSION`; a near miss has number 0."""
    article = citation.article
    version = article.content_hash[:HASH_LENGTH]
    return (
        f"#src={url_quote(article.id, safe='')}:{citation.start}-{citation.end}"
        f":{citation.number or 0}:{url_quote(version, safe='')}"
    )


def same_place(citation: Citation, place: Address) -> bool:
    return (
        citation.article.id == place.article
        and (citation.start, citation.end) == (place.span.start, place.span.end)
        and citation.article.content_hash[:HASH_LENGTH] == place.version
    )


# ---------------------------------------------------------------- the article as it is read


DRAWER_HTML = (
    '<section class="drawer" role="region" aria-label="Source article" hidden>'
    '<button type="button" class="close" aria-label="Close the source article">Close</button>'
    '<div class="page" tabindex="0"></div></section>'
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a kept quote stands now, if anywhere, and what the reader must know about it."""

    mark: Span | None = None
    notice: str | None = None


CHANGED = "This article has changed since it was cited; the quote is still in it."
QUOTE_GONE = "This article has changed since it was cited, and the quote is no longer in it."
STALE = "The file could not be read again; this is the article's last good version."
REMOVED = "This article has been removed from the library since it was cited."


def find_quote(article: Article | None, place: Address, quote: str | None) -> Finding:
    """Looks a cited quote up in the article of today; never marks other words than the quoted ones."""
    if article is None:
        return Finding(notice=REMOVED)
    start, end = place.span.start, place.span.end
    if article.content_hash[:HASH_LENGTH] == place.version:
        return Finding(mark=place.span) if 0 <= start < end <= len(article.text) else Finding()
    if quote and quote in article.text:
        found = min(_occurrences(article.text, quote), key=lambda position: abs(position - start))
        return Finding(Span(found, found + len(quote)), CHANGED)
    return Finding(notice=QUOTE_GONE)


def _occurrences(text: str, part: str) -> Iterable[int]:
    position = text.find(part)
    while position >= 0:
        yield position
        position = text.find(part, position + 1)


def source_html(
    article: Article, finding: Finding = Finding(), others: Sequence[Span] = (), quote: str | None = None
) -> str:
    """What the drawer shows: the title as heading, the facts, a notice if need be, and the text.

    `others` are the answer's further quotes in this article, marked more faintly; `quote` is shown by
    itself when it could not be found in the text.
    """
    segments = _segments(finding.mark, others, len(article.text))
    paragraphs = list(_paragraphs(article.text))
    titled = bool(paragraphs) and _bare(article.text[slice(*paragraphs[0])]) == _bare(article.title)
    title = _marked(article.text, *paragraphs.pop(0), segments) if titled else escape(article.title)
    language = language_attributes(article.language)
    kept = _kept_quote(quote, language) if quote and finding.mark is None else ""
    told = finding.notice or (STALE if article.state == "stale" else None)
    notice = f'<p class="notice">{escape(told)}</p>' if told else ""
    body = "".join(f"<p>{_marked(article.text, *span, segments)}</p>" for span in paragraphs)
    return (
        f'<header class="head"><h2 class="title" tabindex="-1"{language}>{title}</h2>'
        f"{facts_html(article)}</header>{_whereabouts(article)}{notice}{kept}"
        f'<div class="text"{language}>{body}</div>'
    )


def unavailable_html(reason: str) -> str:
    return (
        '<header class="head"><h2 class="title" tabindex="-1">Not available</h2></header>'
        f'<p class="notice">{escape(reason)}</p>'
    )


def _kept_quote(quote: str, language: str) -> str:
    return f'<blockquote class="kept"{language}><mark>{escape(quote)}</mark></blockquote>'


def _whereabouts(article: Article) -> str:
    original = ""
    if web_address(article.url):
        original = (
            f' <a class="original" href="{escape(article.url or "")}" rel="noopener noreferrer nofollow" '
            'target="_blank">Original page</a>'
        )
    named = article.author and article.author != article.publisher
    author = f'<span class="author">{escape(article.author or "")}</span> ' if named else ""
    path = f'<span class="path" dir="ltr">{escape(article.path)}</span>'
    return f'<p class="whereabouts">{author}{path}{original}</p>'


def web_address(url: str | None) -> bool:
    """Whether the address may become a link: http or https, with a host."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _paragraphs(text: str) -> Iterable[tuple[int, int]]:
    """Start and end of each run of text between blank lines."""
    for match in re.finditer(r"\S.*(?:\n(?!\s*\n).*)*", text):
        yield match.start(), match.end()


MARKED = ("<mark>", "</mark>")
ALSO_QUOTED = ('<span class="also-quoted">', "</span>")

Segment = tuple[int, int, tuple[str, str]]  # start, end, and the tags around it


def _segments(mark: Span | None, others: Sequence[Span], length: int) -> list[Segment]:
    """The marked stretches in order, without overlap; the main quote wins over the faint ones."""
    taken = [(mark.start, mark.end, MARKED)] if mark else []
    for other in others:
        pieces = [(max(0, other.start), min(other.end, length))]
        for start, end, _ in taken:
            pieces = [piece for p in pieces for piece in ((p[0], min(p[1], start)), (max(p[0], end), p[1]))]
        taken += [(start, end, ALSO_QUOTED) for start, end in pieces if start < end]
    return sorted(taken)


def _marked(text: str, start: int, end: int, segments: Sequence[Segment]) -> str:
    html, position = [], start
    for first, last, (opening, closing) in segments:
        first, last = max(first, start), min(last, end)
        if first < last:
            html += [escape(text[position:first]), opening, escape(text[first:last]), closing]
            position = last
    return "".join(html) + escape(text[position:end])


# ---------------------------------------------------------------- publisher, date and language


def facts_html(article: Article, citations: Sequence[Citation] = ()) -> str:
    """Publisher, date, language and the PDF pages of citations on one line; what is unknown is left out."""
    facts = []
    if article.publisher:
        facts.append(f'<span class="publisher" dir="auto">{escape(article.publisher)}</span>')
    if article.published:
        facts.append(f'<time datetime="{escape(article.published)}">{escape(readable_date(article.published))}</time>')
    if article.language:
        facts.append(f'<span class="language">{escape(language_name(article.language))}</span>')
    if leaves := sorted({article.leaf(c.start) for c in citations if article.leaves}):
        facts.append(f'<span class="leaf">{"p." if len(leaves) == 1 else "pp."} {", ".join(map(str, leaves))}</span>')
    return f'<span class="facts">{", ".join(facts)}</span>'


def _origin(article: Article) -> list[str]:
    """Publisher (else the title) and date, as plain text."""
    origin = [article.publisher or article.title]
    return [*origin, readable_date(article.published)] if article.published else origin


def readable_date(iso: str, locale: str = "en_GB") -> str:
    """ "26 June 2023"; what is not an ISO date is returned as it is."""
    try:
        return format_date(date.fromisoformat(iso), format="long", locale=locale)
    except ValueError:
        return iso


def language_name(code: str) -> str:
    """ "Vietnamese" for "vi"; an unknown code is returned as it is."""
    try:
        return Locale.parse(code, sep="-").get_display_name("en") or code
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


# ---------------------------------------------------------------- what the chat page opens with


def welcome_html(articles: int, failures: int, examples: Sequence[str]) -> str:
    """The empty conversation: what can be asked, or how an empty library gets articles."""
    if not articles:
        tried = f" {count(failures, 'file')} could not be read." if failures else ""
        return (
            '<div class="welcome"><p class="lead">This library has no articles yet: run '
            f"<code>footnote index FOLDER</code> on a folder of saved articles.{tried}</p></div>"
        )
    buttons = "".join(
        f'<li><button type="button" class="example" dir="auto">{escape(text)}</button></li>' for text in examples
    )
    asked = f'<p class="label">You could ask</p><ul class="examples">{buttons}</ul>' if buttons else ""
    return (
        f'<div class="welcome"><p class="lead">What would you like to know from your '
        f"{count(articles, 'article')}?</p>{asked}</div>"
    )


def conversation_links(conversations: Iterable[tuple[str, str, str]]) -> str:
    """A list of links; each conversation is its id, its title and its ISO date. Empty if there are none."""
    rows = "".join(
        f'<li><a class="conversation" href="./?c={url_quote(id, safe="")}"><span dir="auto">'
        f'{escape(_shortened(title, 90))}</span> <time datetime="{escape(day)}">'
        f"{escape(readable_date(day[:10]))}</time></a></li>"
        for id, title, day in conversations
    )
    return f'<ol class="conversations">{rows}</ol>' if rows else ""


def turn_html(question: str, parts: Iterable[str]) -> str:
    """A finished question with its answer."""
    return f'<article class="turn">{question_html(question)}{"".join(parts)}</article>'


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
