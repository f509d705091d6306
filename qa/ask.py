"""The story of a question: understand, retrieve, select, write, verify."""

import time
from dataclasses import replace

from index.library import Library
from index.words import rarity
from qa.retrieve import in_turn, retrieve
from qa.select import THRESHOLD, Evidence, Selection, select
from qa.types import Answer, Citation, Query, Question, Statement
from qa.understand import parts, understand
from qa.verify import sound
from qa.write import quote_statement

_MISSING = 0.45  # how much a word must tell to be named as one that no article has


def ask(library: Library, question: Question, threshold: float = THRESHOLD) -> Answer:
    """Answers from the library's articles, or says that they don't answer.

    A question that asks several things is answered part by part. Raises LibraryError where the library
    cannot be used.
    """
    clock = _Clock()
    languages = library.catalog.languages()
    queries = [understand(part, history, languages) for part, history in parts(question.text, question.history)]
    clock.lap("understand")
    found = [retrieve(library, query, question.filters) for query in queries]
    clock.lap("retrieve")
    selections = [select(candidates, threshold) for candidates in found]
    clock.lap("select")
    chosen = _merged([s.chosen for s in selections])
    citations = sound(library, (_citation(evidence, i + 1) for i, evidence in enumerate(chosen)))
    citations = tuple(replace(citation, number=i + 1) for i, citation in enumerate(citations))
    statements = tuple(quote_statement(citation, queries[0].language) for citation in citations)
    nearest = _merged([s.nearest for s in selections])[:3] if not citations else []
    near_misses = sound(library, (_citation(evidence, None) for evidence in nearest))
    clock.lap("verify")
    return Answer(
        question=question.text,
        search_question=" ".join(query.text for query in queries),
        status="answered" if statements else "no_answer",
        statements=statements,
        citations=citations,
        near_misses=near_misses,
        missing_words=() if citations else _missing(library, queries),
        warnings=_warnings(queries, selections, statements),
        seconds=clock.total(),
        id=question.id,
    )


def _merged(lists: list[tuple[Evidence, ...]]) -> list[Evidence]:
    """The sentences of all parts, each once; the best of every part comes before the second of any."""
    return list({(evidence.article.id, evidence.span): evidence for evidence in in_turn(lists)}.values())


def _citation(evidence: Evidence, number: int | None) -> Citation:
    span = evidence.span
    return Citation(number, evidence.quote, span.start, span.end, evidence.article.without_text())


def _missing(library: Library, queries: list[Query]) -> tuple[str, ...]:
    """The telling words of the question, as it was put, that no article has."""
    catalog = library.catalog
    words = {word: query.language for query in queries for word, _ in query.words}
    return tuple(
        word
        for word, language in words.items()
        if rarity(word, language) >= _MISSING and not catalog.passages_with(word, language)
    )


def _warnings(queries: list[Query], selections: list[Selection], statements: tuple[Statement, ...]) -> tuple[str, ...]:
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
        self._laps[stage] = round(now - self._last, 4)
        self._last = now

    def total(self) -> dict[str, float]:
        return {"total": round(time.perf_counter() - self._start, 4), **self._laps}
