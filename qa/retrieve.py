"""Which passages may answer: nearest by vector, by best sentence and by words, and how well their sentences do."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.catalog import PassageRow
from index.library import Library
from index.types import Article
from index.words import rarity
from qa.signals import SIGNALS, Candidate, measure
from qa.types import Filters, Query

_DENSE = 40  # passages fetched by vector
_WORDS = 20  # and by words
_SEARCHED_WORDS = 8  # the rarest of the question's; ten cost 90 ms at 100,000 passages, five 6 ms
_MEASURED = 12  # passages whose sentences are measured


def retrieve(library: Library, query: Query, filters: Filters = Filters(), limit: int = _MEASURED) -> list[Candidate]:
    """The passages that may answer, measured, those with the best sentence first."""
    vector = library.embedder.query(query.text)
    with library.catalog.snapshot():
        allowed = _allowed(library, filters)
        if allowed is None:
            dense = library.vectors.nearest(vector, max(_DENSE, limit))
        else:
            dense = library.vectors.exact(vector, max(_DENSE, limit), allowed)
        by_words = [
            id
            for id, _ in library.catalog.search_words(_searched(query, library), query.language, max(_WORDS, limit))
            if allowed is None or id in allowed
        ]
        rows = library.catalog.passages([*dict.fromkeys([id for id, _ in dense] + by_words)])
        listed = shortlist(rows, vector, by_words, limit)
        articles: dict[str, Article] = {}
        for row in listed:
            if row.article not in articles:
                articles[row.article] = library.catalog.article(row.article)
    measured = [measure(query, vector, articles[row.article], row) for row in listed]
    return sorted(measured, key=lambda c: -scores(c.signals).max())


def shortlist(rows: dict[int, PassageRow], vector: np.ndarray, by_words: Sequence[int], limit: int) -> list[PassageRow]:
    """The first of each list in turn: by passage vector, by best sentence, by words."""
    passage = {id: float(row.vector @ vector) for id, row in rows.items()}
    sentence = {id: float((row.sentence_vectors @ vector).max()) for id, row in rows.items()}
    lists = [
        sorted(rows, key=passage.__getitem__, reverse=True),
        sorted(rows, key=sentence.__getitem__, reverse=True),
        [id for id in by_words if id in rows],
    ]
    longest = max(map(len, lists), default=0)
    mixed = [own[i] for i in range(longest) for own in lists if i < len(own)]
    return [rows[id] for id in dict.fromkeys(mixed)][:limit]


def scores(signals: np.ndarray) -> np.ndarray:
    """How well each sentence answers, (sentences,): log odds up to a constant within one question."""
    return signals @ weights()["sentence"]


@lru_cache(maxsize=1)
def weights() -> dict[str, np.ndarray]:
    """The weights that `benchmarks/train.py` learned, in the order of SIGNALS."""
    stored = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    return {
        "sentence": np.array([stored["sentence"][name] for name in SIGNALS], dtype=np.float32),
        "answered": stored["answered"],
    }


def _searched(query: Query, library: Library) -> list[str]:
    """The rarest words of the question; only names and figures where no article is in its language."""
    known = query.language is None or query.language in library.catalog.languages()
    wanted = query.words if known else query.names
    ranked = sorted(wanted, key=lambda pair: -pair[1])[:_SEARCHED_WORDS]
    return [word for word, _ in ranked if rarity(word, query.language) > 0.1]


def _allowed(library: Library, filters: Filters) -> set[int] | None:
    """The passages of the articles that pass the filters; None where there are none."""
    if filters == Filters():
        return None
    articles = [article.id for article in library.articles() if passes(article, filters)]
    return library.catalog.passage_ids(articles)


def passes(article: Article, filters: Filters) -> bool:
    """Whether an article is what the filters ask for; an unknown date passes no date filter."""
    date = article.published
    return (
        (filters.publisher is None or filters.publisher.casefold() in (article.publisher or "").casefold())
        and (filters.author is None or filters.author.casefold() in (article.author or "").casefold())
        and (filters.language is None or filters.language == article.language)
        and (filters.path is None or article.path.startswith(filters.path))
        and (filters.after is None or (date is not None and date >= filters.after))
        and (filters.before is None or (date is not None and date <= filters.before))
    )
