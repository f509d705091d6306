"""The Sources page: which articles the library has, and which files it could not use."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from html import escape
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from index.listing import Counts, Listed, Listing, Totals, Wanted
from index.types import Article, Failure, Span
from qa.types import Answer, Citation
from ui import frame, quotes, reading, render, typeset
from ui.conversations import Turn
from ui.output import leaves_text
from ui.strings import ENGLISH, Say

if TYPE_CHECKING:
    from index.library import Library

PAGE = 100  # rows
PUBLISHERS_CHARTED = 8
CHARTED_FROM = 10  # articles; fewer are seen at a glance
MONTHS_CHARTED = 36  # with more months between the first and the last article, years are charted

PAGE_HTML = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · Footnote</title>
<link rel="icon" href="favicon.ico">
<link rel="stylesheet" href="footnote/page.css">
<script src="footnote/page.js" defer></script>
</head>
<body class="plain" data-words="{words}">
{masthead}
<main>{body}</main>
{keys}
</body>
</html>
"""

STATES = {
    "indexed": "Indexed",
    "stale": "Unreadable now; last good version",
    "copy": "Copy of another article",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader wants to see of the sources: words, filters ("" is any; dates are ISO) and a page, from 1."""

    q: str = ""
    publisher: str = ""
    language: str = ""
    after: str = ""
    before: str = ""
    state: str = ""
    page: int = 1

    @property
    def chosen(self) -> bool:
        return replace(self, page=1) != Choice()

    def link(self, **changes: object) -> str:
        """The address of the page with something chosen otherwise."""
        wanted = {name: value for name, value in asdict(replace(self, **changes)).items() if value not in ("", 1)}
        return f"sources?{urlencode(wanted)}" if wanted else "sources"


def wanted(choice: Choice, languages: Sequence[str]) -> Wanted:
    """What the library is asked for; a word also means the `languages` of the library whose English name has it."""
    names = {code: typeset.language_name(code).casefold() for code in languages}
    words = choice.q.casefold().split()
    return Wanted(
        tuple((word, tuple(code for code, name in names.items() if word in name)) for word in words),
        choice.publisher,
        choice.language,
        choice.after,
        choice.before,
        choice.state,
    )


def sources_page(
    listing: Listing,
    totals: Totals,
    choice: Choice = Choice(),
    syncing: str = "",
    say: Say = ENGLISH,
    forms: str = "",
) -> str:
    """The page for one choice: what was found, of what there is.

    `forms` is HTML: what can be done to the sources.
    """
    pages = max(1, ceil(listing.counts.articles / PAGE))
    choice = replace(choice, page=listing.page)
    title = say("Sources")
    counted = _counted(listing.counts.articles, totals.articles, totals.failures, choice.chosen, say, bool(forms))
    nothing = f"<p>{say('No article matches.')}</p>" if totals.articles else ""
    return page_html(
        title,
        (
            f'<h1>{title}</h1><p class="counted" role="status">{counted}</p>'
            + _syncing(syncing, say)
            + (_search_form(choice, totals, say) if totals.articles or totals.failures else "")
            + forms
            + _charts(listing.counts, choice, say)
            + (_table(listing.rows, say) if listing.rows else nothing)
            + _pager(choice, pages, say)
            + (_failures(listing.failures, listing.failed, say) if listing.failures else "")
            + reading.drawer_html(say)
        ),
        say,
        "sources",
    )


def _syncing(message: str, say: Say) -> str:
    """What the work on the sources has come to; the page's script keeps it up to date while it goes on."""
    busy = " data-busy" if message.endswith("…") else ""
    return f'<p class="syncing" role="status"{busy}>{escape(say.told(message))}</p>'


def article_page(article: Article | None, source: str, say: Say = ENGLISH) -> str:
    """An article alone, for a link opened in a tab of its own."""
    title = escape(article.title) if article else say("Not in the library")
    source = source.replace("<h2", "<h1", 1).replace("</h2>", "</h1>", 1)
    return page_html(title, f'<div class="page alone">{source}</div>', say)


def page_html(title: str, body: str, say: Say = ENGLISH, page: str = "") -> str:
    """A whole page; title and body must be escaped. `page` is the current one of the masthead's links."""
    words = escape(json.dumps(say.words, ensure_ascii=False))
    masthead = frame.masthead_html(say, page)
    return PAGE_HTML.format(
        title=title, body=body, language=say.language, words=words, masthead=masthead, keys=frame.keys_html(say)
    )


def source_of(
    library: "Library",
    id: str,
    place: quotes.Address | None,
    conversation: str = "",
    answers: Sequence[Answer] = (),
    say: Say = ENGLISH,
    turn: int | None = None,
) -> tuple[Article | None, str]:
    """The article of an address, and what the drawer shows of it.

    `answers` are those of the `conversation` that cites it: they keep the quote, and the answer's other quotes. `turn`
    is the position of the one that was opened from, where that is known.
    """
    position, cited, others = _citation_at(place, answers, turn)
    article = quotes.current(library, place, cited) if place else library.article(id)
    finding = quotes.find_quote(article, place, cited.quote if cited else None) if place else quotes.Finding()
    shown = article or (cited.article if cited else None)
    if shown is None:
        return None, reading.unavailable_html(say(reading.REMOVED), say)
    unchanged = article and cited and article.content_hash == cited.article.content_hash
    judgement = ""
    if cited and cited.number:
        judgement = render.judgement_html(Turn(conversation, position), cited.number, render.OF_QUOTE, say)
    return article, reading.source_html(shown, finding, others if unchanged else (), cited, say, judgement)


def _citation_at(
    place: quotes.Address | None, answers: Sequence[Answer], turn: int | None
) -> tuple[int, Citation | None, list[Span]]:
    """The citation that has this address, the position of its answer, and that answer's other quotes there.

    That of the turn, where it has one, else the last.
    """
    for position in sorted(range(len(answers)), key=lambda position: (position == turn, position), reverse=True):
        answer = answers[position]
        for citation in (*answer.citations, *answer.near_misses):
            if place and quotes.place_of(citation) == place:
                cited = (citation.article.id, citation.article.content_hash)
                others = [
                    Span(other.start, other.end)
                    for other in answer.citations
                    if other is not citation and (other.article.id, other.article.content_hash) == cited
                ]
                return position, citation, others
    return 0, None, []


def _counted(found: int, articles: int, failures: int, chosen: bool, say: Say, manage: bool) -> str:
    if not articles and not failures:
        return say(frame.EMPTY if manage else frame.EMPTY_ELSEWHERE, command="<code>footnote index FOLDER</code>")
    counted = say.count(articles, "article")
    if chosen:
        counted = say("{found} of {articles}", found=f"{found:,}", articles=counted)
    return counted + (f", {say.count(failures, 'file that could not be used')}" if failures else "")


def _search_form(choice: Choice, totals: Totals, say: Say) -> str:
    offered = "".join(f'<option value="{escape(name)}"></option>' for name in totals.publishers)
    languages = {code: typeset.language_name(code, say) for code in totals.languages}
    states = {state: say(STATES[state]) for state in totals.states}
    filters = (
        f"<label>{say('Publisher')}"
        f'<input name="publisher" list="publishers" maxlength="200" value="{escape(choice.publisher)}"></label>'
        f'<datalist id="publishers">{offered}</datalist>'
        + _select("language", say("Language"), languages, choice.language, say)
        + _select("state", say("State"), states, choice.state, say)
        + f'<label>{say("From")}<input type="date" name="after" value="{escape(choice.after)}"></label>'
        f'<label>{say("To")}<input type="date" name="before" value="{escape(choice.before)}"></label>'
    )
    return (
        '<form class="search" role="search" action="sources" method="get">'
        f'<label for="q">{say("Search titles, publishers, dates and paths")}</label>'
        f'<span><input id="q" name="q" type="search" maxlength="200" value="{escape(choice.q)}">'
        f'<button type="submit">{say("Search")}</button></span><details class="narrow"'
        f"{' open' * replace(choice, q='').chosen}><summary>{say('Filters')}</summary><div>{filters}</div>"
        "</details></form>"
    )


def _select(name: str, label: str, options: dict[str, str], chosen: str, say: Say) -> str:
    rows = "".join(
        f'<option value="{escape(value)}"{" selected" * (value == chosen)}>{escape(text)}</option>'
        for value, text in sorted(options.items(), key=lambda option: option[1])
    )
    return f'<label>{label}<select name="{name}"><option value="">{say("Any")}</option>{rows}</select></label>'


def _charts(counts: Counts, choice: Choice, say: Say) -> str:
    """How many articles a month (or a year) and a publisher, where there is something to compare."""
    if counts.articles < CHARTED_FROM:
        return ""
    publishers = counts.publishers[:PUBLISHERS_CHARTED]
    return f'<div class="charts">{_by_time(dict(counts.months), say)}{_by_publisher(publishers, choice, say)}</div>'


def _by_time(months: dict[str, int], say: Say) -> str:
    if len(months) < 2:
        return ""
    first, last = (int(m[:4]) * 12 + int(m[5:7]) - 1 for m in (min(months), max(months)))
    if last - first < MONTHS_CHARTED:
        bars = [
            (typeset.readable_month(month, say), months.get(month, 0))
            for month in (f"{m // 12:04}-{m % 12 + 1:02}" for m in range(first, last + 1))
        ]
    else:
        bars = [
            (year, sum(number for month, number in months.items() if month.startswith(year)))
            for year in (f"{y:04}" for y in range(first // 12, last // 12 + 1))
        ]
    highest, width = max(number for _, number in bars), 300 / len(bars)
    drawn = "".join(
        f'<rect x="{i * width:.2f}" y="{60 - 60 * number / highest:.2f}" width="{max(width - 1, width * 0.7):.2f}" '
        f'height="{60 * number / highest:.2f}"><title>{name}: {number:,}</title></rect>'
        for i, (name, number) in enumerate(bars)
    )
    label = say("Articles by month")
    told = "; ".join(f"{name}: {number:,}" for name, number in bars if number)
    return (
        f'<figure><figcaption>{label}</figcaption><svg viewBox="0 0 300 60" role="img" preserveAspectRatio="none" '
        f'aria-label="{label}: {told}">{drawn}</svg><p class="ends"><span>{bars[0][0]}</span> '
        f"<span>{bars[-1][0]}</span></p></figure>"
    )


def _by_publisher(counted: Sequence[tuple[str, int]], choice: Choice, say: Say) -> str:
    if len(counted) < 2:
        return ""
    rows = "".join(
        f'<li><a href="{escape(choice.link(publisher=name, page=1))}"><bdi>{escape(name)}</bdi></a> '
        f'<span>{number:,}</span><svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{100 * number / counted[0][1]:.1f}" height="4"/></svg></li>'
        for name, number in counted
    )
    return f"<figure><figcaption>{say('Articles by publisher')}</figcaption><ol>{rows}</ol></figure>"


def _table(rows: Sequence[Listed], say: Say) -> str:
    heads = [say(head) for head in ("Title", "Publisher", "Date", "Language", "State", "Passages", "File")]
    return _rows(say("Articles"), heads, (_row(row, say) for row in rows))


def _row(row: Listed, say: Say) -> str:
    article = row.article
    date = escape(typeset.readable_date(article.published, say)) if article.published else ""
    language = escape(typeset.language_name(article.language, say)) if article.language else ""
    publisher = f"<bdi>{escape(article.publisher)}</bdi>" if article.publisher else ""
    bare = f"; {say('nothing on {pages}', pages=leaves_text(article.bare))}" if article.bare else ""
    return (
        f'<th scope="row" role="rowheader">{_link(article, article.title)}</th>'
        f'<td role="cell" class="publisher">{publisher}</td> <td role="cell" class="short">{date}</td> '
        f'<td role="cell" class="short">{language}</td> '
        f'<td role="cell" class="stated {escape(article.state)}">{_state(row, say)}{escape(bare)}</td> '
        f'<td role="cell" class="short passages" data-name="{say("Passages")}">{row.passages:,}</td>'
        f'<td role="cell" class="path">{escape(article.path)}</td>'
    )


def _link(article: Article, text: str) -> str:
    address = f"article?{urlencode({'id': article.id})}"
    return f'<a class="open" href="{escape(address)}"{typeset.language_attributes(article.language)}>{escape(text)}</a>'


def _state(row: Listed, say: Say) -> str:
    """The state, of what a copy is one, and when that was found."""
    state = escape(say(STATES[row.article.state]) if row.article.state in STATES else row.article.state)
    if row.original:
        state += f": {_link(row.original, row.original.title)}"
    if row.indexed:
        when = datetime.fromisoformat(row.indexed).astimezone()
        state += f' <time datetime="{escape(row.indexed)}">{when:%Y-%m-%d %H:%M}</time>'
    return state


def _failures(failures: Sequence[Failure], failed: int, say: Say) -> str:
    rows = (
        f'<th scope="row" role="rowheader" class="path">{escape(failure.path)}</th>'
        f'<td role="cell" class="reason">{escape(say.told(failure.error))}</td>'
        for failure in failures
    )
    title = say("Files that could not be used")
    left = failed - len(failures)
    more = f"<p>{say('{number} more: search for their names or reasons.', number=f'{left:,}')}</p>" if left else ""
    return f"<h2>{title}</h2>{_rows(title, (say('File'), say('Reason')), rows)}{more}"


def _rows(label: str, heads: Sequence[str], rows: Iterable[str]) -> str:
    """A table whose roles are written out: the stylesheet makes it a list of cards on a phone."""
    head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in heads)
    body = "".join(f'<tr role="row">{row}</tr>' for row in rows)
    return (
        f'<div class="table" tabindex="0" role="region" aria-label="{label}"><table role="table">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody>'
        "</table></div>"
    )


def _pager(choice: Choice, pages: int, say: Say) -> str:
    if pages == 1:
        return ""

    def link(number: int, text: str, rel: str) -> str:
        return f'<a rel="{rel}" href="{escape(choice.link(page=number))}">{text}</a> ' if 1 <= number <= pages else ""

    back, on = link(choice.page - 1, say("Previous"), "prev"), link(choice.page + 1, say("Next"), "next")
    told = say("Page {page} of {pages}", page=f"{choice.page:,}", pages=f"{pages:,}")
    return f'<nav class="pager" aria-label="{say("Pages")}">{back}<span>{told}</span> {on}</nav>'
