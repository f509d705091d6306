"""Turns answers and articles into HTML in which every word that comes from outside is escaped."""

import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from urllib.parse import quote as url_quote
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from index.types import Article, Span
from qa.types import Answer, Citation, Filters, Statement
from ui.conversations import Heading, Turn
from ui.output import leaves_text
from ui.quotes import Check, Fate, Finding, address
from ui.strings import ENGLISH, LANGUAGES, Say


def answer_html(
    answer: Answer, say: Say = ENGLISH, turn: Turn | None = None, checks: Sequence[Check] = ()
) -> list[str]:
    """The answer as HTML strings, one a statement, then its footnotes; or what a no-answer says.

    `checks` tell what became of its citations since; `turn` is where it is kept: with it come the tools below it.
    """
    parts = _search_question(answer, say) + _filters(answer, say)
    if answer.status == "answered":
        fates = {check.citation.number: check.finding.fate for check in checks}
        parts += _statements(answer, say, fates)
        parts.append(_footnotes(answer.citations, say))
        parts += _changes(checks, say)
    else:
        parts += _no_answer(answer, say)
    told = [warning for warning in answer.warnings if not _differing([warning])]
    parts += [f'<p class="warning">{escape(warning)}</p>' for warning in told]
    return parts + ([_tools(answer, turn, say)] if turn else [])


def _statements(answer: Answer, say: Say, fates: dict[int | None, Fate | None]) -> list[str]:
    """The statements in order; those that the answer says to differ stand side by side."""
    by_number = {citation.number: citation for citation in answer.citations}
    differing = _differing(answer.warnings)
    shown: list[tuple[bool, str]] = []
    before = ""
    for statement in answer.statements:
        differs = bool(differing & set(statement.citations))
        says = _says(statement, by_number)
        html = _statement(statement, by_number, says, says == before and not differs, say, fates)
        shown.append((differs, html))
        before = "" if differs else says
    beside = [html for differs, html in shown if differs]
    if len(beside) < 2:
        return [html for _, html in shown]
    heading = f'<h3 class="label">{say("The articles differ")}</h3>'
    first = next(i for i, (differs, _) in enumerate(shown) if differs)
    together = f'<section class="differ">{heading}<div>{"".join(beside)}</div></section>'
    ahead = [html for _, html in shown[:first]]
    return [*ahead, together, *(html for differs, html in shown[first:] if not differs)]


def _differing(warnings: Iterable[str]) -> set[int]:
    """The numbers of the citations that qa.write.difference says to differ."""
    told = [warning for warning in warnings if warning.startswith("The articles differ: ")]
    return {int(number) for warning in told for number in re.findall(r"\[(\d+)\]", warning)}


def question_html(text: str) -> str:
    return f'<h2 class="question" dir="auto">{escape(text)}</h2>'


def error_html(message: str) -> str:
    """The message of a FootnoteError; commands stand between backticks in it."""
    text = re.sub("`([^`]+)`", r"<code>\1</code>", escape(message))
    return f'<div class="error"><p>{text}</p></div>'


def _search_question(answer: Answer, say: Say) -> list[str]:
    if _bare(answer.search_question) in ("", _bare(answer.question)):
        return []
    shown = say("Searched for “{question}”", question=f"<bdi>{escape(answer.search_question)}</bdi>")
    return [f'<p class="searched">{shown}</p>']


def _filters(answer: Answer, say: Say) -> list[str]:
    """The filters taken from the question's words, each with a button that asks again without it."""
    own = answer.filters
    shown = {("publisher",): own.publisher, ("author",): own.author, ("after", "before"): _dates(own, say)}
    shown = {names: text for names, text in shown.items() if text}
    chips = []
    for names, text in shown.items():
        kept = {name for other in shown if other != names for name in other}
        dropped = " ".join(name for name in Filters.__dataclass_fields__ if name not in kept)
        label = say("Search again, not only {filter}", filter=escape(text))
        chips.append(
            f'<button type="button" class="unfilter" data-names="{dropped}" data-question="{escape(answer.question)}" '
            f'aria-label="{label}"><bdi>{escape(text)}</bdi> '
            '<span aria-hidden="true">×</span></button>'
        )
    return [f'<p class="filters">{say("Only articles")} {" ".join(chips)}</p>'] if chips else []


def _dates(filters: Filters, say: Say) -> str:
    after, before = (readable_date(d, say) if d else "" for d in (filters.after, filters.before))
    if after and before:
        return after if after == before else say("{first} to {last}", first=after, last=before)
    if after:
        return say("since {date}", date=after)
    return say("until {date}", date=before) if before else ""


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _says(statement: Statement, citations: dict[int | None, Citation]) -> str:
    """What stands before the quote of a statement: who says it and when. Empty where there is no quote."""
    for number in statement.citations:
        if number in citations and citations[number].quote in statement.text:
            return statement.text.partition(citations[number].quote)[0].rstrip('“‘„«"')
    return ""


def _statement(
    statement: Statement,
    citations: dict[int | None, Citation],
    says: str,
    repeated: bool,
    say: Say,
    fates: dict[int | None, Fate | None],
) -> str:
    """Who says it (for the eye only where it is not `repeated`), the words, and the chips of the sources."""
    cited = [citations[number] for number in statement.citations if number in citations]
    chips = [_chip(citation, say, fates.get(citation.number)) for citation in cited]
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
    several = say("{number} independent sources", number=statement.sources)
    counted = f' <span class="sources">{several}</span>' if statement.sources > 1 else ""
    return f'<p class="statement">{source}{said}{counted}</p>'


def _answering(text: str, quoted: Citation | None) -> list["Segment"]:
    """Where in the text of a statement the time or number stands that answers."""
    if quoted is None or quoted.span is None or quoted.quote not in text:
        return []
    begin = text.index(quoted.quote) - quoted.start
    return [(begin + quoted.span[0], begin + quoted.span[1], ("<b>", "</b>"))]


def _chip(citation: Citation, say: Say, fate: Fate | None) -> str:
    label = say("Source {number}: {origin}", number=citation.number, origin=", ".join(_origin(citation.article, say)))
    changed = {"edited": say("Edited since"), "removed": say("Removed since")}.get(fate or "")
    kind = f"cite {fate}" if changed else "cite"
    label += f" ({changed})" if changed else ""
    link = f'href="{escape(address(citation))}" aria-label="{escape(label)}"'
    return f'<a class="{kind}" {link}>{citation.number}</a>'


def _footnotes(citations: Sequence[Citation], say: Say) -> str:
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
            f"{escape(article.title)}</a> {facts_html(article, say, group)}</span></li>"
        )
    return f'<ul class="footnotes" aria-label="{say("Sources of this answer")}">{"".join(rows)}</ul>'


def _changes(checks: Sequence[Check], say: Say) -> list[str]:
    """What became of the quotes that no longer stand in their article: old words and new."""
    rows = []
    for check in checks:
        if check.finding.fate not in ("edited", "removed"):
            continue
        cited = check.citation
        rows.append(
            f'<li><span class="numbers">{cited.number}</span><div><p>{_fate_text(check.finding, say)}</p>'
            f"{change_html(cited.quote, check.now, cited.article.language, say)}</div></li>"
        )
    if not rows:
        return []
    heading = f'<h3 class="label">{say("Since this was answered, sources have changed")}</h3>'
    return [f'<section class="changes">{heading}<ul>{"".join(rows)}</ul></section>']


def change_html(old: str, new: str | None, language: str | None, say: Say = ENGLISH) -> str:
    """The cited words and those that stand in their place now, with what differs marked word by word."""
    attributes = language_attributes(language)
    before, after = _differences(old, new) if new else (escape(old), "")
    html = f'<p class="label">{say("When it was cited:")}</p><blockquote{attributes}>{before}</blockquote>'
    if not new:
        return html
    nearest = say("No longer in the article. The nearest words in it now:")
    return f'{html}<p class="label">{nearest}</p><blockquote{attributes}>{after}</blockquote>'


def _differences(old: str, new: str) -> tuple[str, str]:
    one, other = (re.findall(r"\s+|\w+|[^\w\s]", text) for text in (old, new))
    before, after = [], []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        gone, come = escape("".join(one[a:b])), escape("".join(other[c:d]))
        before.append(f"<del>{gone}</del>" if gone and kind != "equal" else gone)
        after.append(f"<ins>{come}</ins>" if come and kind != "equal" else come)
    return "".join(before), "".join(after)


def _no_answer(answer: Answer, say: Say) -> list[str]:
    parts = [f'<p class="no-answer">{say("The articles don’t answer this.")}</p>']
    if answer.missing_words:
        words = ", ".join(f"“<bdi>{escape(word)}</bdi>”" for word in answer.missing_words)
        parts.append(f'<p class="missing">{say("No article has {words}.", words=words)}</p>')
    if answer.near_misses:
        rows = "".join(_near_miss(citation, say) for citation in answer.near_misses)
        nearest = say("The nearest passages, which may help you to ask again")
        parts.append(f'<div class="near"><p class="near-title">{nearest}</p><ul>{rows}</ul></div>')
    return parts


# ---------------------------------------------------------------- what can be done with an answer

THUMB = (
    '<svg aria-hidden="true" viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" '
    'stroke-width="1.8" stroke-linejoin="round"><path d="M7 11v9H3v-9zM7 11l4-8c1.7 0 2.6 1 2.4 2.6L13 10h6.2c1.2 0 '
    '2 1.1 1.7 2.3l-1.6 6.2A2 2 0 0 1 17.4 20H7"/></svg>'
)

REASONS = {
    "wrong": "It does not answer the question",
    "missing": "Something is missing",
    "absent": "The articles do not answer this",
    "present": "The articles answer it",
    "unsupported": "The quote does not bear out the statement",
    "context": "It is taken out of its context",
    "stray": "The words are not part of the article",
}
OF_ANSWER, OF_NO_ANSWER, OF_QUOTE = ("wrong", "missing", "absent"), ("present",), ("unsupported", "context", "stray")


def _tools(answer: Answer, turn: Turn, say: Say) -> str:
    question = escape(answer.question)
    forms = (("md", "Markdown"), ("html", "HTML"), ("txt", "Plain text"))
    copies = "".join(f'<button type="button" class="copy" data-form="{f}">{say(n)}</button>' for f, n in forms)
    copy = f'<details class="drop"><summary>{say("Copy with footnotes")}</summary><div>{copies}</div></details>'
    asking = (
        f'<button type="button" class="again" data-question="{question}">{say("Ask again")}</button>'
        f'<button type="button" class="edit" data-question="{question}">{say("Edit question")}</button>'
    )
    reasons = OF_ANSWER if answer.status == "answered" else OF_NO_ANSWER
    return (
        f'<div class="tools" data-c="{escape(turn.conversation)}" data-turn="{turn.position}">'
        f"{copy if answer.citations else ''}{asking}{judgement_html(turn, 0, reasons, say)}</div>"
    )


def judgement_html(turn: Turn, number: int, reasons: Sequence[str], say: Say) -> str:
    """Thumbs up and down on an answer (number 0) or one of its citations, and what is asked after a thumb down."""
    name = f"reason-{turn.position}-{number}"
    choices = "".join(
        f'<label><input type="radio" name="{name}" value="{reason}"{" checked" * (reason == reasons[0])}> '
        f"{say(REASONS[reason])}</label>"
        for reason in reasons
    )
    words = "" if number else (
        f'<label class="right">{say("Words that a right answer has (optional)")}'
        '<input type="text" name="gold" maxlength="500"></label>'
    )  # fmt: skip
    asked = f'<span class="label">{say("Does the quote bear this out?")}</span> ' if number else ""
    return (
        f'<div class="judge" data-c="{escape(turn.conversation)}" data-turn="{turn.position}" data-number="{number}">'
        f'{asked}<button type="button" class="up" aria-pressed="false" aria-label="{say("Good")}">{THUMB}</button>'
        f'<button type="button" class="down" aria-pressed="false" aria-label="{say("Not good")}">{THUMB}</button>'
        f"<form hidden><fieldset><legend>{say('What was wrong?')}</legend>{choices}</fieldset>{words}"
        f'<button type="submit">{say("Send")}</button></form></div>'
    )


def _near_miss(citation: Citation, say: Say) -> str:
    article = citation.article
    return (
        f'<li><a class="near-miss" href="{escape(address(citation))}"'
        f"{language_attributes(article.language)}>{escape(_shortened(citation.quote))}</a>"
        f'<span class="of">{escape(article.title)}</span> {facts_html(article, say)}</li>'
    )


def _shortened(text: str, limit: int = 240) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


# ---------------------------------------------------------------- the article as it is read


DRAWER_HTML = """<section class="drawer" role="region" aria-label="Source article" hidden><div class="bar">
<span class="steps" hidden><button type="button" class="previous" aria-label="Previous quote">‹</button>
<span class="step" aria-live="polite"></span>
<button type="button" class="next" aria-label="Next quote">›</button></span>
<button type="button" class="close" aria-label="Close the source article">Close</button></div>
<div class="page" tabindex="0"></div></section>"""


CHANGED = "This article has changed since it was cited; the quote is still in it."
QUOTE_GONE = "This article has changed since it was cited, and the quote is no longer in it."
UNCHANGED = "Unchanged since it was cited"
BARE = "Nothing could be read on {pages}: if they are scans, run text recognition over the file and index it again."
STALE = "The file could not be read again; this is the article's last good version."
REMOVED = "This article has been removed from the library since it was cited."


def _fate_text(finding: Finding, say: Say) -> str:
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
    marked = finding.mark or finding.alike
    segments = _segments(finding.mark, [*others, *([finding.alike] if finding.alike else [])], len(article.text))
    paragraphs = list(_paragraphs(article.text))
    titled = bool(paragraphs) and _bare(article.text[slice(*paragraphs[0])]) == _bare(article.title)
    title = _marked(article.text, *paragraphs.pop(0), segments) if titled else escape(article.title)
    language = language_attributes(article.language)
    now = article.text[finding.alike.start : finding.alike.end] if finding.alike else None
    kept = ""
    if cited and finding.mark is None:
        kept = (
            f'<div class="kept">{change_html(cited.quote, now, article.language, say)}</div>'
            if now
            else _kept_quote(cited.quote, language)
        )
    told = _fate_text(finding, say) if finding.fate != "unchanged" else ""
    told = told or (say(STALE) if article.state == "stale" else "")
    bare = say(BARE, pages=leaves_text(article.bare)) if article.bare else ""
    notice = "".join(f'<p class="notice">{escape(text)}</p>' for text in (told, bare) if text)
    quote = cited.quote if cited else article.text[marked.start : marked.end] if marked else ""
    body = "".join(f"<p>{_marked(article.text, *span, segments)}</p>" for span in paragraphs)
    return (
        f'<header class="head"><h2 class="title" tabindex="-1"{language}>{title}</h2>'
        f"{facts_html(article, say)}</header>{_whereabouts(article, quote, finding, say)}{notice}{kept}"
        f'<div class="text"{language}>{body}</div>{judgement}'
    )


def unavailable_html(reason: str, say: Say = ENGLISH) -> str:
    return (
        f'<header class="head"><h2 class="title" tabindex="-1">{say("Not available")}</h2></header>'
        f'<p class="notice">{escape(say(reason))}</p>'
    )


def _kept_quote(quote: str, language: str) -> str:
    return f'<blockquote class="kept"{language}><mark>{escape(quote)}</mark></blockquote>'


def _whereabouts(article: Article, quote: str, finding: Finding, say: Say) -> str:
    original = ""
    if web_address(article.url):
        link = (article.url or "") + text_fragment(article.url or "", quote)
        original = (
            f' <a class="original" href="{escape(link)}" rel="noopener noreferrer nofollow" '
            f'target="_blank">{say("Original page")}</a>'
        )
    named = article.author and article.author != article.publisher
    author = f'<span class="author">{escape(article.author or "")}</span> ' if named else ""
    path = f'<span class="path" dir="ltr">{escape(article.path)}</span>'
    state = f' <span class="fate">{say(UNCHANGED)}</span>' if finding.fate == "unchanged" else ""
    copy = (
        f'<button type="button" class="copy-quote" data-text="{escape(citation_text(quote, article, say))}">'
        f"{say('Copy quote with citation')}</button>"
        if quote
        else ""
    )
    return f'<p class="whereabouts">{author}{path}{original}{state}</p>{copy}'


def citation_text(quote: str, article: Article, say: Say = ENGLISH) -> str:
    """A quote with its source on one line: title, publisher, date, and the web address or else the path."""
    place = article.url if web_address(article.url) else article.path
    origin = [article.title, article.publisher, readable_date(article.published, say) if article.published else None]
    return f"“{quote}” ({', '.join(part for part in [*origin, place] if part)})"


def text_fragment(url: str, quote: str) -> str:
    """What makes a browser scroll to the quote in the original: its words, or its first and last ones.

    Empty where there is no quote, or the address has a fragment of its own. https://wicg.github.io/scroll-to-text-fragment/
    """
    words = quote.split()
    if not words or "#" in url:
        return ""
    ends = [words] if len(words) <= 10 else [words[:5], words[-5:]]
    return "#:~:text=" + ",".join(url_quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)


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


def facts_html(article: Article, say: Say = ENGLISH, citations: Sequence[Citation] = ()) -> str:
    """Publisher, date, language and the PDF pages of citations on one line; what is unknown is left out."""
    facts = []
    if article.publisher:
        facts.append(f'<span class="publisher" dir="auto">{escape(article.publisher)}</span>')
    if article.published:
        day = escape(readable_date(article.published, say))
        facts.append(f'<time datetime="{escape(article.published)}">{day}</time>')
    if article.language:
        facts.append(f'<span class="language">{escape(language_name(article.language, say))}</span>')
    if leaves := sorted({article.leaf(c.start) for c in citations if article.leaves}):
        facts.append(f'<span class="leaf">{"p." if len(leaves) == 1 else "pp."} {", ".join(map(str, leaves))}</span>')
    return f'<span class="facts">{", ".join(facts)}</span>'


def _origin(article: Article, say: Say) -> list[str]:
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


# ---------------------------------------------------------------- what every page begins with


def masthead_html(say: Say = ENGLISH, page: str = "chat") -> str:
    """The name, the way between the pages, and the other languages of the interface; `page` is the current one."""
    ask = f'<a class="home" href="./">{say("New conversation" if page == "chat" else "Ask")}</a>'
    earlier = (
        f'<details class="earlier" hidden><summary>{say("Earlier")}</summary><div class="menu"></div></details>'
        if page == "chat"
        else ""
    )
    links = "".join(
        f' <a href="{path}"{" aria-current=page" * (path == page)}>{say(name)}</a>'
        for path, name in (("conversations", "Conversations"), ("sources", "Sources"))
        if (page, path) != ("chat", "conversations")  # the menu of earlier ones leads there
    )
    others = "".join(
        f' <button type="button" class="speak" lang="{code}" data-language="{code}">{name}</button>'
        for code, name in LANGUAGES.items()
        if code != say.language
    )
    name = '<a class="name home" href="./">Footnote</a>'
    return (
        f'<header class="masthead">{f"<h1>{name}</h1>" if page == "chat" else f"<p>{name}</p>"}'
        f"<p>{say('Answers from your saved articles, each with the quote it stands on.')}</p>"
        f'<nav aria-label="Footnote">{ask}{earlier}{links}{others}'
        f' <button type="button" class="keys" aria-label="{say("Keyboard")}">?</button></nav></header>'
    )


def keys_html(say: Say = ENGLISH) -> str:
    """The list of keys, shown under `?`."""
    keys = {
        "/": "Go to the question",
        "n": "In the article: next quote",
        "p": "In the article: previous quote",
        "c": "In the article: copy the quote",
        "Esc": "Close what is open",
        "?": "Show these keys",
    }
    rows = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{say(what)}</dd>" for key, what in keys.items())
    return (
        f'<dialog class="shortcuts" aria-label="{say("Keyboard")}"><h2>{say("Keyboard")}</h2><dl>{rows}</dl>'
        f'<label><input type="checkbox" class="single-keys" checked> {say("Use single keys")}</label>'
        f'<form method="dialog"><button>{say("Close")}</button></form></dialog>'
    )


# ---------------------------------------------------------------- what the chat page opens with


def welcome_html(articles: int, failures: int, examples: Sequence[str], say: Say = ENGLISH) -> str:
    """The empty conversation: what can be asked, or how an empty library gets articles."""
    if not articles:
        told = say(EMPTY, command="<code>footnote index FOLDER</code>")
        tried = f" ({say.count(failures, 'file that could not be used')})" if failures else ""
        return f'<div class="welcome"><p class="lead">{told}{tried}</p></div>'
    buttons = "".join(
        f'<li><button type="button" class="example" dir="auto">{escape(text)}</button></li>' for text in examples
    )
    asked = f'<p class="label">{say("You could ask")}</p><ul class="examples">{buttons}</ul>' if buttons else ""
    lead = say("What would you like to know from your {articles}?", articles=say.count(articles, "article"))
    return f'<div class="welcome"><p class="lead">{lead}</p>{asked}</div>'


EMPTY = "This library has no articles yet: run {command} on a folder of saved articles."


def conversation_links(headings: Iterable[Heading], say: Say = ENGLISH) -> str:
    """A list of links to conversations, and one to all of them."""
    rows = "".join(f"<li>{conversation_link(heading, say)}</li>" for heading in headings)
    listed = f'<ol class="conversations">{rows}</ol>' if rows else ""
    return f'{listed}<p><a href="conversations">{say("all conversations")}</a></p>'


def conversation_link(heading: Heading, say: Say) -> str:
    day = escape(readable_date(heading.updated[:10], say))
    return (
        f'<a class="conversation" href="./?c={url_quote(heading.id, safe="")}"><span dir="auto">'
        f'{escape(_shortened(heading.title, 90))}</span> <time datetime="{escape(heading.updated)}">{day}</time></a>'
    )


def turn_html(question: str, parts: Iterable[str]) -> str:
    """A finished question with its answer."""
    return f'<article class="turn">{question_html(question)}{"".join(parts)}</article>'
