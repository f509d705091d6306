"""The story of a question: understand, retrieve, select, write, verify."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from index.library import Library
from index.words import rarity
from qa.accents import accented
from qa.agree import claims
from qa.period import tells_time
from qa.retrieve import Retrieved, in_turn, retrieve
from qa.scope import Scope, read_scope
from qa.select import THRESHOLD, Evidence, Selection, rank, select
from qa.span import Place
from qa.spelling import mend
from qa.types import ANY, Answer, Citation, Filters, Query, Question, Statement
from qa.understand import detect_language, leans_on_history, parts, understand
from qa.verify import sound
from qa.write import difference, quote_statement

if TYPE_CHECKING:
    from qa.rephrase import Rephrasing as Writer
    from qa.rewrite import Rewriting

_LANGUAGES = 2  # into which a question that finds nothing is translated at most
_MISSING = 0.45  # how much a word must tell to be named as one that no article has


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """An answer and how it came about, for each thing that the question asks."""

    answer: Answer
    queries: tuple[Query, ...]
    found: tuple[Retrieved, ...]
    selections: tuple[Selection, ...]

    @property
    def probability(self) -> float:
        """That the articles answer: of the part that they answer best."""
        return max((selection.probability for selection in self.selections), default=0.0)


def ask(
    library: Library,
    question: Question,
    threshold: float = THRESHOLD,
    today: date | None = None,
    writer: "Writer | None" = None,
) -> Answer:
    """Answers from the library's articles, or says that they don't answer.

    A question that asks several things is answered part by part. `today` is what "last week" is told from. A `writer`
    may put the quotes into words of its own. Raises LibraryError where the library cannot be used.
    """
    return trace(library, question, threshold, today, writer).answer


def answers(
    library: Library,
    question: Question,
    threshold: float = THRESHOLD,
    today: date | None = None,
    writer: "Writer | None" = None,
) -> Iterator[Answer]:
    """The answer as it grows, whole in the end; arguments and errors as for `ask`."""
    return (grown.answer for grown in traces(library, question, threshold, today, writer))


def trace(
    library: Library,
    question: Question,
    threshold: float = THRESHOLD,
    today: date | None = None,
    writer: "Writer | None" = None,
) -> Trace:
    """Answers as `ask` does, and shows how."""
    *_, last = traces(library, question, threshold, today, writer)
    return last


def traces(
    library: Library,
    question: Question,
    threshold: float = THRESHOLD,
    today: date | None = None,
    writer: "Writer | None" = None,
) -> Iterator[Trace]:
    """The answer as it grows while a writer writes it, whole in the end; without one once."""
    clock, usage = _Clock(), Counter()
    tried = []
    for way in _ways(library, question, today or date.today(), writer.search if writer else None, usage):
        clock.lap("understand")
        tried.append((way, *_searched(library, way.queries, question.filters, way.scope, threshold, clock)))
        if any(selection.chosen for selection in tried[-1][2]):
            break
    else:  # nobody's words find an answer: the reader's own tell what is nearest
        tried = [one for one in tried if not one[0].by_model]
    way, found, selections = tried[-1]
    queries, scope = way.queries, way.scope
    statements, citations, differences, parts_told = _written(library, way.language, queries, found, selections)
    nearest = _merged([s.nearest for s in selections])[:3] if not citations else []
    near_misses = sound(library, (_citation(evidence, None) for evidence in nearest))
    clock.lap("verify")
    answer = Answer(
        question=question.text,
        search_question=_search_question(question, way),
        status="answered" if statements else "no_answer",
        statements=statements,
        citations=citations,
        near_misses=near_misses,
        missing_words=() if citations else _missing(library, queries),
        warnings=(*differences, *_warnings(queries, selections, statements)),
        seconds=clock.total(),
        id=question.id,
        filters=scope.filters,
        usage=writer.model.config.priced(usage) if writer else {},
    )
    whole = Trace(answer, tuple(queries), tuple(found), tuple(selections))
    if writer is None or not statements or differences:  # what differs is shown word for word
        yield whole
        return
    before = clock.total()
    for written in writer.write(question, way.language, library.reading, statements, citations, parts_told):
        first = {k: round(before["total"] + v, 4) for k, v in written.seconds.items() if k == "first_sentence"}
        seconds = {**before, **written.seconds, **first, "total": clock.total()["total"]}
        spent = writer.model.config.priced(usage + Counter(written.usage))
        shown, cited = written.statements, written.citations
        if written.done:  # a file may have gone or changed while it was written
            cited = sound(library, cited)
            shown = tuple(s for s in shown if {c.number for c in cited}.issuperset(s.citations))
            cited = tuple(c for c in cited if any(c.number in s.citations for s in shown))
        grown = replace(
            answer,
            status="no_answer" if written.done and not shown else answer.status,
            statements=shown,
            citations=cited,
            writer=written.writer,
            warnings=(*answer.warnings, *written.warnings),
            seconds=seconds,
            usage=spent,
            left_out=written.left_out,
        )
        yield replace(whole, answer=grown)


@dataclass(frozen=True, slots=True)
class _Way:
    """What is asked, part by part, and of which articles; `language` is the reader's."""

    queries: tuple[Query, ...]
    scope: Scope
    language: str | None
    by_model: bool = False


def _ways(
    library: Library, question: Question, today: date, search: "Rewriting | None", usage: Counter[str]
) -> Iterator[_Way]:
    """The ways to search, until one finds an answer: a follow-up as a model puts it, as it is, in other languages."""
    plain = _understood(library, question, today)
    languages = library.catalog.languages()
    if any(query.filters != ANY for query in plain.queries):  # a model would leave out who is asked for what
        search = None
    if search and question.history and leans_on_history(question.text, plain.language):
        alone = search.alone(replace(question, text=plain.scope.text), plain.language, usage)
        if alone:
            asked = parts(alone)
            queries = [understand(part, asked[:i], languages) for i, part in enumerate(asked)]
            yield replace(plain, queries=tuple(queries), by_model=True)
    yield plain
    for other in [code for code in languages if search and code and code != plain.language][:_LANGUAGES]:
        told = search.translated(" ".join(query.text for query in plain.queries), plain.language, other, usage)
        if told:
            yield replace(plain, queries=(understand(told, (), (other,)),), by_model=True)


def _understood(library: Library, question: Question, today: date) -> _Way:
    """What the reader's own words ask for; a follow-up keeps to the articles of the turn before."""
    catalog = library.catalog
    languages = catalog.languages()
    history = tuple(accented(turn, catalog) for turn in question.history)
    question = replace(question, text=accented(question.text, catalog), history=history)

    def scope_of(text: str, language: str | None = None) -> Scope:
        language = language or detect_language(text, languages)
        return read_scope(text, language, catalog.publishers, catalog.authors, today, catalog.newest)

    own, before = scope_of(question.text), [scope_of(turn) for turn in question.history]
    language = detect_language(question.text, languages)
    divided = parts(question.text)
    sources = [scope_of(part, language) for part in divided] if len(divided) > 1 else []
    if len({source.filters for source in sources} - {ANY}) > 1:  # "how many according to X, and how many to Y?"
        own = replace(own, text=question.text, filters=ANY)
    else:
        sources = []
    if leans_on_history(question.text, language):
        within = _within(history, before, languages) if question.within is None else question.within
        if own.filters.after or own.filters.before or tells_time(own.text, language):
            within = replace(within, after=None, before=None)
        own = replace(own, filters=_both(within, own.filters))
    taken = dict.fromkeys([*question.unfiltered, *question.filters.stated()])
    own = replace(own, filters=replace(own.filters, **taken))
    unsearched = own.words.union(*(scope.words for scope in (*before, *sources)))
    own = replace(own, text=own.text if sources else mend(own.text, language, catalog, unsearched))
    asked = [source.text for source in sources] or parts(own.text)
    worded = [source.worded for source in sources] or parts(own.worded)
    worded = worded if len(worded) == len(asked) else asked
    before_it = tuple(scope.worded for scope in before)
    queries = [
        understand(part, (*before_it, *worded[:i]), languages, unsearched, question.said, language, put)
        for i, (part, put) in enumerate(zip(asked, worded, strict=True))
    ]
    if sources:
        by_part = zip(queries, sources, strict=True)
        queries = [replace(query, filters=replace(source.filters, **taken)) for query, source in by_part]
    return _Way(tuple(queries), own, queries[0].language)


def _within(history: Sequence[str], before: Sequence[Scope], languages: Sequence[str]) -> Filters:
    """The filters that the earlier questions asked within, those of a follow-up on top of those of the turn before."""
    filters = ANY
    for turn, scope in zip(history, before, strict=True):
        follows = leans_on_history(turn, detect_language(turn, languages))
        filters = _both(filters, scope.filters) if follows else scope.filters
    return filters


def _searched(
    library: Library, queries: Sequence[Query], given: Filters, scope: Scope, threshold: float, clock: "_Clock"
) -> tuple[list[Retrieved], list[Selection]]:
    """What is found for each part among the articles that are preferred, else among all that pass the filters."""
    demanded = _both(scope.filters, given)
    found: dict[int, Retrieved] = {}
    selections: dict[int, Selection] = {}
    for filters in dict.fromkeys((_both(scope.preferred, demanded), demanded)):
        for i, query in enumerate(queries):
            if i in selections and selections[i].chosen:
                continue
            found[i] = retrieve(library, query, _both(_both(filters, query.filters), given))
            clock.lap("retrieve")
            selections[i] = _newest(found[i], threshold) if scope.newest else select(found[i], threshold)
            clock.lap("select")
    return list(found.values()), list(selections.values())


def _both(first: Filters, second: Filters) -> Filters:
    """Both filters; the second rules where both say something of the same thing."""
    return replace(first, **second.stated())


def _newest(found: Retrieved, threshold: float) -> Selection:
    """What the newest article that answers says."""
    dates = sorted({c.article.published for c in found.candidates if c.article.published}, reverse=True)
    for day in dates:
        of_day = tuple(c for c in found.candidates if c.article.published == day)
        selection = select(replace(found, candidates=of_day), threshold)
        if selection.chosen:
            return selection
    return select(found, threshold)


def _search_question(question: Question, way: _Way) -> str:
    """What was searched for, nothing twice; the question itself where nothing was taken over, left out or mended."""
    queries = way.queries
    if way.scope.text == question.text and not queries[0].context and not way.by_model:
        return question.text
    return " ".join([queries[0].text, *(query.text[query.start :] for query in queries[1:])])


def _written(
    library: Library,
    language: str | None,
    queries: Sequence[Query],
    found: Sequence[Retrieved],
    selections: Sequence[Selection],
) -> tuple[tuple[Statement, ...], tuple[Citation, ...], list[str], int]:
    """The statements of all parts with their citations, as far as they hold, and what the articles differ in.

    The first statements are those that stand first for a part each; the last value is how many.
    """
    made = [
        claims(query, selection.chosen, rank(own) if own.candidates else ())
        for query, own, selection in zip(queries, found, selections, strict=True)
    ]
    differing = [claim for own, differ in made if differ for claim in own[:2]]
    statements: list[Statement] = []
    citations: list[Citation] = []
    placed: dict[tuple[str, int], Citation] = {}
    firsts = [own[0] for own, _ in made if own]
    first_told = 0
    for claim in in_turn([own for own, _ in made]):
        carrying = [_citation(e, None, span) for e, span in zip(claim.evidence, claim.spans, strict=True)]
        carrying = [c for c in sound(library, carrying) if (c.article.id, c.start) not in placed]
        numbered = [replace(c, number=len(citations) + i) for i, c in enumerate(carrying, 1)]
        if numbered:
            citations += numbered
            placed |= {(c.article.id, c.start): c for c in numbered}
            statements.append(quote_statement(numbered, language, min(claim.sources, len(numbered))))
            first_told += any(claim is first for first in firsts)
    shown = [placed.get((c.evidence[0].article.id, c.evidence[0].span.start)) for c in differing]
    pairs = [(one, other) for one, other in zip(shown[::2], shown[1::2], strict=True) if one and other]
    return tuple(statements), tuple(citations), [difference(pair) for pair in pairs], first_told


def _merged(lists: list[tuple[Evidence, ...]]) -> list[Evidence]:
    """The sentences of all parts, each once; the best of every part comes before the second of any."""
    return list({(evidence.article.id, evidence.span): evidence for evidence in in_turn(lists)}.values())


def _citation(evidence: Evidence, number: int | None, answering: Place | None = None) -> Citation:
    span = evidence.span
    told = (span.start + answering[0], span.start + answering[1]) if answering else None
    return Citation(number, evidence.quote, span.start, span.end, evidence.article.without_text(), told)


def _missing(library: Library, queries: Sequence[Query]) -> tuple[str, ...]:
    """The telling words of the question, as it was put, that no article has."""
    catalog = library.catalog
    words = {word: query.language for query in queries for word, _ in query.words}
    return tuple(
        word
        for word, language in words.items()
        if rarity(word, language) >= _MISSING and not catalog.passages_with(word, language)
    )


def _warnings(
    queries: Sequence[Query], selections: Sequence[Selection], statements: tuple[Statement, ...]
) -> tuple[str, ...]:
    if not statements:
        return ()
    return tuple(
        f"The articles do not answer this part: {query.text}"
        for query, selection in zip(queries, selections, strict=True)
        if not selection.chosen
    )


class _Clock:
    """Wall time of each stage, in seconds."""

    def __init__(self):
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = round(self._laps.get(stage, 0.0) + now - self._last, 4)
        self._last = now

    def total(self) -> dict[str, float]:
        return {"total": round(time.perf_counter() - self._start, 4), **self._laps}
