"""Which sentences answer a question, and whether any does."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from index.types import Article, Span
from qa.retrieve import Retrieved, Weights
from qa.signals import FEATURES, SIGNALS

THRESHOLD = 0.5  # default of `[answer] threshold`; how it was chosen stands in docs/quality.md
_ENOUGH = 0.9  # sentences are added until they hold the answer with this probability ...
_SENTENCES = 3  # ... or there are so many ...
_WORDS = 100  # ... or the answer would get longer than this
_NEAR_MISSES = 3
_BEFORE = 3  # sentences before a quote that may tell who "she" is
_FOUND, _MISSING = SIGNALS.index("kind found"), SIGNALS.index("kind missing")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer; `share` is its probability of being the best among those at hand.

    `mark` is where in it what answers stands, start and end, where the reader found it.
    """

    article: Article
    span: Span
    score: float
    share: float
    mark: tuple[int, int] | None = None

    @property
    def quote(self) -> str:
        return self.article.text[self.span.start : self.span.end]


@dataclass(frozen=True, slots=True)
class Selection:
    """The sentences that answer (none when `probability` is under the threshold) and the nearest ones."""

    probability: float
    chosen: tuple[Evidence, ...]
    nearest: tuple[Evidence, ...]


def select(found: Retrieved, threshold: float = THRESHOLD) -> Selection:
    """The sentences that answer. `probability` is that of the articles answering at all, calibrated."""
    if not found.candidates:
        return Selection(0.0, (), ())
    ranked = rank(found)
    probability = answered(found)
    nearest = _different(ranked)
    if probability < threshold:
        return Selection(probability, (), nearest)
    chosen: list[Evidence] = []
    for evidence in ranked:
        words = sum(len(e.quote.split()) for e in [*chosen, evidence])
        if chosen and (words > _WORDS or len(chosen) == _SENTENCES):
            break
        for one in (evidence, _completing(evidence, ranked, found)):
            if one and len(chosen) < _SENTENCES and not any(_told(one, other) for other in chosen):
                chosen.append(one)
        if sum(e.share for e in chosen) >= _ENOUGH:
            break
    return Selection(probability, tuple(chosen), nearest)


def _completing(evidence: Evidence, ranked: Sequence[Evidence], found: Retrieved) -> Evidence | None:
    """The nearest sentence before that has the kind of thing asked for, where the quote has none: who "she" is."""
    for candidate in found.candidates:
        spans = candidate.row.passage.sentences
        if candidate.article.id != evidence.article.id or evidence.span not in spans:
            continue
        at = spans.index(evidence.span)
        named = [spans[i] for i in range(max(0, at - _BEFORE), at) if candidate.signals[i, _FOUND]]
        if candidate.signals[at, _MISSING] and named:
            return next(e for e in ranked if e.article.id == evidence.article.id and e.span == named[-1])
    return None


def rank(found: Retrieved) -> list[Evidence]:
    """All sentences of the candidates, best first."""
    values = np.concatenate([found.weights.scores(candidate.signals) for candidate in found.candidates])
    shares = np.exp(values - values.max())
    shares /= shares.sum()
    sentences = [
        (candidate.article, span, mark)
        for candidate in found.candidates
        for span, mark in zip_longest(candidate.row.passage.sentences, candidate.marks)
    ]
    evidence = [
        Evidence(article, span, float(value), float(share), mark)
        for (article, span, mark), value, share in zip(sentences, values, shares, strict=True)
    ]
    return sorted(evidence, key=lambda one: -one.score)


def answered(found: Retrieved) -> float:
    """The probability that the best sentence answers: the product of those of its conditions, each logistic."""
    signals = np.concatenate([candidate.signals for candidate in found.candidates])
    return found.weights.probability(features(signals, found.weights))


def features(signals: np.ndarray, weights: Weights) -> np.ndarray:
    """FEATURES of a question, (features,), from the signals of all its sentences, (sentences, signals)."""
    values = weights.scores(signals)
    readings = signals[:, SIGNALS.index("reading")]
    shares = np.exp(values - values.max())
    shares /= shares.sum()
    own = dict(zip(SIGNALS, signals[values.argmax()].tolist(), strict=True))
    own |= {"score": values.max(), "lead": values.max() - np.median(values)}
    own |= {"best reading": readings.max(), "reading of any": np.logaddexp.reduce(readings)}
    own["mean reading"] = shares @ readings
    return np.array([own[name] for name in FEATURES])


def _different(ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    for evidence in ranked:
        if not any(_same(evidence, other) for other in found):
            found.append(evidence)
        if len(found) == _NEAR_MISSES:
            break
    return tuple(found)


def _told(one: Evidence, chosen: Evidence) -> bool:
    """Whether it adds nothing to a chosen one: the same words, or the headline, which its footnote shows anyway."""
    headline = one.quote.casefold().split() == one.article.title.casefold().split()
    return _same(one, chosen) or (headline and one.article.id == chosen.article.id)


def _same(one: Evidence, other: Evidence) -> bool:
    return one.quote.casefold().split() == other.quote.casefold().split()
