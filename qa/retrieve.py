"""Which passages may answer: nearest by vector, by best sentence and by words, and how well their sentences do."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.catalog import Catalog
from index.embed import Embedder, TokenEmbedder
from index.library import Library
from index.listing import Chosen
from index.rows import PassageRow
from index.types import Article, Passage
from qa.reader import load_reader, marked
from qa.scope import name_key
from qa.signals import FEATURES, SIGNALS, Asked, Candidate, late, measure, with_late
from qa.token_means import load_token_means, token_means_of
from qa.types import ANY, Filters, Query

T = TypeVar("T")
_DENSE = 40  # passages fetched by vector
_WORDS = 20  # and by words
_SEARCHED_WORDS = 8  # the rarest of the question's; ten cost 90 ms at 100,000 passages, five 6 ms
MEASURED = 16  # passages whose sentences are measured
READ = 8  # of these, passages whose tokens are compared and read: each costs a pass of the model


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What `benchmarks/train.py` learned; 0 for what it does not weigh.

    `sentence` weighs the SIGNALS of a sentence, (signals,). `answered`, (conditions, 1 + features), holds for each of
    the conditions of an answer, which must all be met, an intercept and weights of the FEATURES.
    """

    sentence: np.ndarray
    answered: np.ndarray

    def scores(self, signals: np.ndarray) -> np.ndarray:
        """How well each sentence answers, (sentences,): log odds up to a constant within one question."""
        return signals @ self.sentence

    def probability(self, features: np.ndarray) -> float:
        """That the best sentence answers, from its FEATURES, (features,)."""
        odds = self.answered[:, 0] + self.answered[:, 1:] @ features
        return float(np.exp(-np.logaddexp(0, -odds).sum()))


@dataclass(frozen=True, slots=True, eq=False)
class Retrieved:
    """The passages that may answer, measured, those with the best sentence first, and what weighs their signals."""

    candidates: tuple[Candidate, ...]
    weights: Weights

    def score(self, candidate: Candidate) -> float:
        """The score of a passage: that of its best sentence."""
        return float(self.weights.scores(candidate.signals).max())

    def sorted(self) -> "Retrieved":
        return replace(self, candidates=tuple(sorted(self.candidates, key=self.score, reverse=True)))


def retrieve(library: Library, query: Query, filters: Filters = ANY, limit: int | None = None) -> Retrieved:
    """The passages that may answer; with a `limit` that many, as a search result."""
    embedder = library.embedder
    asked = vector_of(embedder, query)
    measured = max(limit or 0, MEASURED)
    with library.catalog.snapshot():
        embedder = library.embedder  # refused where the vectors have been made anew by another one meanwhile
        allowed = _allowed(library.catalog, filters)
        searched = searched_with(asked, library.catalog.languages())
        dense = library.vectors.nearest(searched, max(_DENSE, measured), allowed)
        by_words = [
            id
            for id, _ in library.catalog.search_words(_searched(query, library), query.language, max(_WORDS, measured))
            if allowed is None or id in allowed
        ]
        found = [id for nearest in dense for id, _ in nearest]
        rows = library.catalog.passages([*dict.fromkeys(found + by_words)])
        rows = without_copies(library, rows, allowed)
        listed = shortlist(rows, searched, by_words, measured)
        articles = {id: library.catalog.article(id) for id in {row.article for row in listed}}
    candidates = measure(query, asked, [(articles[row.article], row) for row in listed])
    found = Retrieved(tuple(candidates), load_weights("plain")).sorted()
    if isinstance(embedder, TokenEmbedder):
        compared = _compared(embedder, query, found.candidates[:READ])
        rest = found.candidates[READ : limit or 0]
        found = replace(compared, candidates=(*compared.candidates, *rest)).sorted()
    return replace(found, candidates=found.candidates[:limit])


def vector_of(embedder: Embedder, query: Query) -> Asked:
    """The question's vector; of a follow-up half the whole text's, half its own words' in that context."""
    vector = embedder.query(query.text)
    if query.context and isinstance(embedder, TokenEmbedder):
        tokens = embedder.query_tokens(query.text, query.start)
        if len(tokens):
            own = tokens[:, -1].mean(axis=0)
            vector = vector + own / np.linalg.norm(own)
            vector /= np.linalg.norm(vector)
    return Asked(vector, query.language, token_means_of(embedder))


def searched_with(asked: Asked, languages: Collection[str]) -> np.ndarray:
    """The vectors that find passages in the question's language and in others, as there are, (1 or 2, dimensions)."""
    own = asked.language is None or asked.language in languages
    other = asked.means and any(code != asked.language for code in languages)
    found = [asked.vector] * own + [asked.without_language] * bool(other)
    return np.array(found or [asked.vector])


def _compared(embedder: TokenEmbedder, query: Query, candidates: Sequence[Candidate]) -> Retrieved:
    """The candidates with their tokens compared too."""
    read = [read_under_title(candidate.article, candidate.row.passage) for candidate in candidates]
    tokens = embedder.span_tokens([text for text, _ in read], [spans for _, spans in read])
    question = embedder.query_tokens(query.text, query.start)
    languages = [candidate.article.language for candidate in candidates]
    readings = beside(question, query.language, tokens, languages)
    compared = []
    for candidate, (text, spans), (values, answer) in zip(candidates, read, readings, strict=True):
        places = embedder.span_places(text, spans)
        marks = [
            marked(text[start:end], [(a - start, b - start) for a, b in of], odds)
            for (start, end), of, odds in zip(spans, places, answer, strict=True)
        ]
        signals = with_late(candidate.signals, values)
        compared.append(replace(candidate, signals=signals, marks=tuple(marks[1:])))
    return Retrieved(tuple(compared), load_weights("late"))


def beside(
    question: np.ndarray,
    language: str | None,
    passages: Sequence[Sequence[np.ndarray]],
    languages: Sequence[str | None],
) -> list[tuple[np.ndarray, tuple[np.ndarray, ...]]]:
    """Of each passage the signals of LATE, (sentences, LATE), and what the reader takes for the answer.

    Tokens are (tokens, layers, dimensions), those of the question, and of title and sentences of each passage.
    """
    means = load_token_means()
    of_question, of_passages = means.of_question(language), [means.of_passage(own) for own in languages]
    readings = load_reader().read(question, passages, of_question, of_passages)
    centred = question[:, -1] - of_question[-1]
    return [
        (late(centred, [tokens[:, -1] - mean[-1] for tokens in own], reading.odds), reading.answer)
        for own, mean, reading in zip(passages, of_passages, readings, strict=True)
    ]


def read_under_title(article: Article, passage: Passage) -> tuple[str, list[tuple[int, int]]]:
    """A passage's text with the article's title above it, and the places of the title and of each sentence.

    The first passage begins with the title: it gets none, and the title's place is empty.
    """
    title = article.title if passage.span.start else ""
    shift = len(title) + 1 - passage.span.start
    sentences = [(span.start + shift, span.end + shift) for span in passage.sentences]
    return f"{title}\n{article.text[passage.span.start : passage.span.end]}", [(0, len(title)), *sentences]


def without_copies(library: Library, rows: dict[int, PassageRow], allowed: set[int] | None) -> dict[int, PassageRow]:
    """The passages of the original in place of those of its copies, unless the filters exclude the original.

    Where its file is not on the disk now, those of its copies in its place.
    """
    found = dict(rows)
    copies = library.catalog.copies({row.article for row in rows.values()})
    here = {original for original in set(copies.values()) if library.is_current(original)}
    for copy, original in copies.items():
        if original not in here:
            found = {id: row for id, row in found.items() if row.article != original}
            continue
        own = {row.id: row for row in library.catalog.passages_of(original)}
        if allowed is None or not allowed.isdisjoint(own):
            found = {id: row for id, row in found.items() if row.article != copy} | own
    return found


def shortlist(
    rows: dict[int, PassageRow], vectors: np.ndarray, by_words: Sequence[int], limit: int
) -> list[PassageRow]:
    """The first of each list in turn: by passage and by best sentence, for each of the vectors, and by words."""
    if not rows:
        return []
    ids = list(rows)
    passage = np.array([vectors @ row.vector for row in rows.values()])
    sentence = np.array([(row.sentence_vectors @ vectors.T).max(axis=0) for row in rows.values()])
    lists = [[ids[i] for i in np.argsort(-near)] for near in np.hstack([passage, sentence]).T]
    lists.append([id for id in by_words if id in rows])
    return [rows[id] for id in dict.fromkeys(in_turn(lists))][:limit]


def in_turn(lists: Sequence[Sequence[T]]) -> list[T]:
    """The first of each list, then the second of each, and so on."""
    longest = max(map(len, lists), default=0)
    return [own[i] for i in range(longest) for own in lists if i < len(own)]


@lru_cache(maxsize=2)
def load_weights(kind: str) -> Weights:
    """`late` weights for an embedder that shows its tokens, `plain` ones for any other."""
    stored = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    own = stored[kind]
    return Weights(
        sentence=np.array([own["sentence"].get(name, 0.0) for name in SIGNALS], dtype=np.float32),
        answered=np.array([[of.get(name, 0.0) for name in ("intercept", *FEATURES)] for of in own["answered"]]),
    )


def _searched(query: Query, library: Library) -> list[str]:
    """The rarest words of the question; only names and figures where no article is in its language."""
    known = query.language is None or query.language in library.catalog.languages()
    wanted = (*query.words, *query.context_words) if known else query.names
    ranked = sorted(dict(wanted).items(), key=lambda pair: -pair[1])[:_SEARCHED_WORDS]
    return [word for word, weight in ranked if weight > 0.1]


def _allowed(catalog: Catalog, filters: Filters) -> set[int] | None:
    """The passages of the articles that pass the filters, None where there are none; an unknown date passes none."""
    if filters == ANY:
        return None
    return catalog.passages_from(
        Chosen(
            publishers=_named(filters.publisher, catalog.publishers),
            authors=_named(filters.author, catalog.authors),
            language=filters.language,
            after=filters.after,
            before=filters.before,
            path=filters.path,
            without=filters.without,
        )
    )


def _named(part: str | None, known: Callable[[], Sequence[str]]) -> tuple[str, ...] | None:
    """The known names that are meant by a name or a part of one, in capitals or not; None where it is not asked for.

    A whole name ("The Times") means no other that has it in it ("The Times of Israel").
    """
    if not part:
        return None
    names, key = known(), name_key(part)
    whole = tuple(name for name in names if key and name_key(name) == key)
    return whole or tuple(name for name in names if part.casefold() in name.casefold())
