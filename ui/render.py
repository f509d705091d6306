"""Shows answers in HTML in which every word that comes from outside is escaped."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from qa.types import Answer, Citation, Filters, Statement
from ui import frame
from ui.conversations import Turn
from ui.quotes import Check, Fate, address
from ui.reading import BOLD, bare, change_html, fate_text
from ui.strings import ENGLISH, Say
from ui.typeset import Segment, facts_html, language_attributes, marked, origin, readable_date, shortened


def answer_html(
    answer: Answer, say: Say = ENGLISH, turn: Turn | None = None, checks: Sequence[Check] = ()
) -> list[str]:
    """The answer as HTML strings, one a statement, then its footnotes; or what a no-answer says.

    `checks` tell what became of its citations since; `turn` is where it is kept: with it come the tools below it.
    """
    parts = _understood(answer, say, follows=bool(turn and turn.position))
    if answer.status == "answered":
        fates = {check.citation.number: check.finding.fate for check in checks}
        parts += _statements(answer, say, fates)
        parts.append(_footnotes(answer.citations, say))
        parts += _changes(checks, say)
    else:
        parts += _no_answer(answer, say)
    told = [warning for warning in answer.warnings if not _differing([warning])]
    parts += [f'<p class="warning">{escape(say.told(warning))}</p>' for warning in told]
    return parts + ([_tools(answer, turn, say)] if turn else [])


def growing_html(answer: Answer, say: Say = ENGLISH) -> list[str]:
    """The beginning of `answer_html` while the answer is being written: its statements so far."""
    return _understood(answer, say) + _statements(answer, say, {})


def writing_html(answer: Answer, say: Say = ENGLISH) -> list[str]:
    """Says that more may come, where a model writes."""
    return [f'<p class="searching">{say("Writing …")}</p>'] if answer.writer != "quotes" else []


def _understood(answer: Answer, say: Say, follows: bool = False) -> list[str]:
    """What was searched for, where that is not just the question, and in which articles."""
    return _search_question(answer, say, follows) + _filters(answer, say)


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


HISTORY = "history"  # the name of the earlier questions, among those of filters that a reader takes away


def question_html(text: str) -> str:
    return f'<h2 class="question" dir="auto">{escape(text)}</h2>'


def searching_html(say: Say = ENGLISH) -> str:
    return f'<p class="searching">{say("Searching the articles …")}</p>'


def error_html(message: str, say: Say = ENGLISH) -> str:
    """The message of a FootnoteError; commands stand between backticks in it."""
    text = re.sub("`([^`]+)`", r"<code>\1</code>", escape(say.told(message)))
    return f'<div class="error"><p>{text}</p></div>'


def _search_question(answer: Answer, say: Say, follows: bool) -> list[str]:
    """The question as it was searched, and a button that leaves out the earlier questions that it `follows`."""
    if bare(answer.search_question) in ("", bare(answer.question)):
        return []
    shown = say("Searched for “{question}”", question=f"<bdi>{escape(answer.search_question)}</bdi>")
    alone = (
        f' <button type="button" class="unfilter" data-names="{HISTORY}" data-question="{escape(answer.question)}">'
        f'{say("Search for this question alone")} <span aria-hidden="true">×</span></button>'
    )
    return [f'<p class="searched">{shown}{alone * follows}</p>']


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


def _says(statement: Statement, citations: dict[int | None, Citation]) -> str:
    """What stands before the quote of a statement: who says it and when. Empty where there is no quote."""
    for number in statement.citations:
        if number in citations and citations[number].quote in statement.text:
            return statement.text.rpartition(citations[number].quote)[0].rstrip('“‘„«"')
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
    last = marked(text, cut, len(text), bold)
    tail = f'<span class="tail">{last}{"".join(chips[:1])}</span>{"".join(chips[1:])}'
    said = f'<span class="said"{language}>{marked(text, 0, cut, bold)}{tail}</span>'
    several = say("{number} independent sources", number=statement.sources)
    counted = f' <span class="sources">{several}</span>' if statement.sources > 1 else ""
    return f'<p class="statement">{source}{said}{counted}</p>'


def _answering(text: str, quoted: Citation | None) -> list[Segment]:
    """Where in the text of a statement the time or number stands that answers."""
    if quoted is None or quoted.span is None or quoted.quote not in text:
        return []
    begin = text.rindex(quoted.quote) - quoted.start
    return [(begin + quoted.span[0], begin + quoted.span[1], BOLD)]


def _chip(citation: Citation, say: Say, fate: Fate | None) -> str:
    label = say("Source {number}: {origin}", number=citation.number, origin=", ".join(origin(citation.article, say)))
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
            f'<li><span class="numbers">{cited.number}</span><div><p>{fate_text(check.finding, say)}</p>'
            f"{change_html(cited.quote, check.now, cited.article.language, say)}</div></li>"
        )
    if not rows:
        return []
    heading = f'<h3 class="label">{say("Since this was answered, sources have changed")}</h3>'
    return [f'<section class="changes">{heading}<ul>{"".join(rows)}</ul></section>']


def _no_answer(answer: Answer, say: Say) -> list[str]:
    parts = [f'<p class="no-answer">{say("The articles don’t answer this.")}</p>']
    if answer.missing_words:
        parts.append(f'<p class="missing">{say("No article has {words}.", words=_quoted(answer.missing_words))}</p>')
    if answer.near_misses:
        rows = "".join(_near_miss(citation, say) for citation in answer.near_misses)
        nearest = say("The nearest passages, which may help you to ask again")
        parts.append(f'<div class="near"><p class="near-title">{nearest}</p><ul>{rows}</ul></div>')
    tries = "".join(f"<li>{what}</li>" for what in _tries(answer, say))
    parts.append(f'<div class="tries"><p class="label">{say("What you can try")}</p><ul>{tries}</ul></div>')
    return parts


def _tries(answer: Answer, say: Say) -> list[str]:
    """What a reader whose question found no answer can do next, as HTML."""
    tries = []
    if answer.filters.stated():
        text = say("Search all articles, without the filter")
        names = " ".join(Filters.__dataclass_fields__)
        tries.append(
            f'<button type="button" class="unfilter" data-names="{names}" '
            f'data-question="{escape(answer.question)}">{text}</button>'
        )
    if answer.missing_words:
        tries.append(say("Use other words for those that no article has."))
    tries.append(say("Ask for one thing at a time, in a whole sentence with the names it is about."))
    return [*tries, f'<a href="sources">{say("See which articles there are")}</a>']


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“<bdi>{escape(word)}</bdi>”" for word in words)


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
    "present": "The articles do answer this",
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
    download = frame.download_html(turn.conversation, say)
    reasons = OF_ANSWER if answer.status == "answered" else OF_NO_ANSWER
    return (
        f'<div class="tools" data-c="{escape(turn.conversation)}" data-turn="{turn.position}">'
        f"{copy + download if answer.citations else download}{asking}{judgement_html(turn, 0, reasons, say)}</div>"
    )


def judgement_html(turn: Turn, number: int, reasons: Sequence[str], say: Say) -> str:
    """Thumbs up and down on an answer (number 0) or one of its citations, and what is asked after a thumb down."""
    name = f"reason-{turn.position}-{number}"
    legend = say("What was wrong?" if len(reasons) > 1 else REASONS[reasons[0]])
    choices = f'<input type="hidden" name="{name}" value="{reasons[0]}">'
    if len(reasons) > 1:
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
        f'{asked}<span class="thumbs">'
        f'<button type="button" class="up" aria-pressed="false" aria-label="{say("Good")}">{THUMB}</button>'
        f'<button type="button" class="down" aria-pressed="false" aria-label="{say("Not good")}">{THUMB}</button>'
        f"</span><form hidden><fieldset><legend>{legend}</legend>{choices}</fieldset>{words}"
        f'<button type="submit">{say("Send")}</button></form></div>'
    )


def _near_miss(citation: Citation, say: Say) -> str:
    article = citation.article
    return (
        f'<li><a class="near-miss" href="{escape(address(citation))}"'
        f"{language_attributes(article.language)}>{escape(shortened(citation.quote))}</a>"
        f'<span class="of">{escape(article.title)}</span> {facts_html(article, say)}</li>'
    )


def turn_html(question: str, parts: Iterable[str]) -> str:
    """A finished question with its answer."""
    return f'<article class="turn">{question_html(question)}{"".join(parts)}</article>'


def waiting_html(question: str, say: Say = ENGLISH) -> str:
    """A question whose answer is still being made."""
    return f'<div class="waiting">{turn_html(question, [searching_html(say)])}</div>'
