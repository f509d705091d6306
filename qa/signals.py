"""What is measured of each sentence that might answer, and what those measures weigh."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.dates import month_names, weekdays
from index.rows import PassageRow
from index.types import Article
from index.words import words
from qa.language import cue
from qa.overlap import Bag, Whole, in_script_of, names_of, share, weighted
from qa.token_means import TokenMeans, unit, without
from qa.types import Query, Weighted

SIGNALS = (
    "sentence cosine",  # question and sentence, late pooled, without what tells their languages
    "passage cosine",
    "words in sentence",  # share of the question's words, by what they tell; only in the question's language
    "words in passage",
    "names in sentence",  # share of the question's names and numbers, in any language
    "names in passage",
    "late interaction",  # mean over the question's tokens of the best match in the sentence, centred
    "weakest tokens",  # the same over the third of the question's tokens that match worst
    "with sentence before",  # both again, a match in the sentence before counting too: it says who "he" is
    "weakest with sentence before",
    "in passage",  # and anywhere in the passage
    "weakest in passage",
    "reading",  # what the reader makes of the sentence beside the question, log odds
    "another's name missing",  # how much the rarest name tells that the article lacks and another candidate's has
    "kind found",  # the sentence has what the question asks for: a number, a time, a name
    "kind missing",
    "focus in sentence",  # "how many HOURS"
    "focus missing",  # neither in the sentence nor in the passage
    "length",  # log2 of the sentence's words / 24
    "title",
)
"""What is measured of a sentence. Which are weighed where tokens can be compared, and which where they can't, stands in
weights.json."""

FEATURES = ("score", "lead", *SIGNALS, "best reading", "reading of any", "mean reading")
"""What tells whether the best sentence answers: its score, its lead over the median sentence, its signals, and of all
readings the greatest, the one that any of them answers, and the mean by share of the probability."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A passage that may answer, its article (with text), and the signals of its sentences, (sentences, signals).

    `marks` says where in each sentence what answers stands, start and end, where that was read and is clear.
    """

    article: Article
    row: PassageRow
    signals: np.ndarray
    marks: tuple[tuple[int, int] | None, ...] = ()


@dataclass(frozen=True, eq=False)
class Asked:
    """The vector of a question, (dimensions,), and the same `without_language`, which finds passages in other
    languages: as it is, it is always nearer to those in its own.
    """

    vector: np.ndarray
    language: str | None
    means: TokenMeans | None  # None where those of the embedder are unknown

    @cached_property
    def without_language(self) -> np.ndarray:
        return without(self.vector, self.means.of_question(self.language)[-1]) if self.means else self.vector

    def cosines(self, vectors: np.ndarray, language: str | None) -> np.ndarray:
        """With vectors of passages in a language, (n, dimensions) -> (n,), all without what tells the language."""
        own = without(vectors, self.means.of_passage(language)[-1]) if self.means else vectors
        return own @ self.without_language


_RARE = 0.8  # how much a name must tell that is not told in many forms: less than once in 150,000 words


def measure(query: Query, asked: Asked, pairs: Sequence[tuple[Article, PassageRow]]) -> list[Candidate]:
    """Passages with the signals of every sentence, but for late interaction, which stays 0."""
    meant = query.names or weighted(names_of(query.context, skip_first=True), query.language)
    meant = meant or tuple((word, weight) for word, weight in query.words if weight == 1)  # typed in small letters
    lacking = _lacking(meant, {article.id: article for article, _ in pairs})
    return [_measure(query, asked, article, row, lacking[article.id]) for article, row in pairs]


def _lacking(names: Weighted, articles: dict[str, Article]) -> dict[str, float]:
    """For each article's id how much the rarest of the names tells that it lacks and another has: "Newbury", "Newburg".

    Articles in another script than a name's lack nothing, nor does anyone lack a figure, or a name that many texts
    have: they have many forms ("American", "the US").
    """
    missing = dict.fromkeys(articles, 0.0)
    rare = [(name, weight) for name, weight in names if weight >= _RARE and not name[0].isdigit()]
    wholes = [Whole(article) for article in articles.values()] if rare else []
    for name, weight in rare:
        lacking = [whole.article for whole in wholes if not whole.has(name)]
        if len(lacking) < len(wholes):
            for article in lacking:
                if in_script_of(name, article.text):
                    missing[article.id] = max(missing[article.id], weight)
    return missing


def _measure(query: Query, asked: Asked, article: Article, row: PassageRow, lacking: float) -> Candidate:
    text = article.text
    span = row.passage.span
    other = query.language is not None and article.language not in (None, query.language)
    passage_cosine, *cosines = asked.cosines(np.vstack([row.vector, row.sentence_vectors]), article.language)
    passage = Bag(f"{article.title}\n{text[span.start : span.end]}", article.language)
    of_passage = {
        "passage cosine": passage_cosine,
        "words in passage": share(query.words, passage, other),
        "names in passage": share(query.names, passage),
        "another's name missing": lacking,
    }
    rows = []
    for cosine, sentence in zip(cosines, row.passage.sentences, strict=True):
        own = text[sentence.start : sentence.end]
        bag = Bag(own, article.language)
        kind = _has_kind(query, own, article.language)
        focus = bool(query.focus) and not other and bag.has(query.focus)
        of_sentence = {
            "sentence cosine": cosine,
            "words in sentence": share(query.words, bag, other),
            "names in sentence": share(query.names, bag),
            "kind found": kind is True,
            "kind missing": kind is False,
            "focus in sentence": focus,
            "focus missing": bool(query.focus) and not other and not passage.has(query.focus),
            "length": np.log2((1 + len(bag.exact)) / 24),
            "title": sentence.start == 0,
            **dict.fromkeys(LATE, 0.0),
            **of_passage,
        }
        rows.append([of_sentence[name] for name in SIGNALS])
    return Candidate(article, row, np.array(rows, dtype=np.float32))


LATE = (
    "late interaction", "weakest tokens", "with sentence before", "weakest with sentence before",
    "in passage", "weakest in passage", "reading",
)  # fmt: skip
"""What is measured on tokens, and so only where the embedder shows them."""
_BEFORE = 0.95  # what a match in the sentence before counts


def with_late(signals: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The signals with those of LATE, (sentences, LATE), filled in."""
    filled = signals.copy()
    for name, own in zip(LATE, values.T, strict=True):
        filled[:, SIGNALS.index(name)] = own
    return filled


def late(question: np.ndarray, tokens: Sequence[np.ndarray], reading: np.ndarray) -> np.ndarray:
    """The signals of LATE for each sentence of a passage, (sentences, LATE).

    Tokens are (tokens, dimensions), of the last layer, less the mean of their language: those of the question, and of
    the title and each sentence, for which `reading` holds what the reader made of them.
    """
    return np.hstack([late_interaction(question, tokens[1:]), reading[1:, None]])


def late_interaction(question: np.ndarray, sentences: Sequence[np.ndarray]) -> np.ndarray:
    """For each sentence of a passage how well the question's tokens are matched, (sentences, 6).

    All tokens and the worst third of them, each in the sentence, in it or the one before, and in the passage.
    A token's match is the greatest cosine with a token there. Tokens are (tokens, dimensions), less the mean of
    their language, which makes up three quarters of their length. (ColBERT's MaxSim, Khattab and Zaharia 2020,
    centred.)
    """
    asked = unit(question)
    if not len(asked) or not sentences:
        return np.zeros((len(sentences), 6), dtype=np.float32)
    own = np.full((len(sentences), len(asked)), _NOTHING, dtype=np.float32)
    for i, tokens in enumerate(sentences):
        if len(tokens):
            own[i] = (asked @ unit(tokens).T).max(axis=1)
    before = np.vstack([np.full((1, len(asked)), _NOTHING, dtype=np.float32), own[:-1]])
    anywhere = np.broadcast_to(own.max(axis=0), own.shape)
    found = [_all_and_weakest(matches) for matches in (own, np.maximum(own, _BEFORE * before), anywhere)]
    return np.hstack(found).astype(np.float32)


_NOTHING = -0.2  # the match of a token with nothing to match: lower than nearly any


def _all_and_weakest(matches: np.ndarray) -> np.ndarray:
    """Mean match of all tokens and of the worst third, (sentences, 2), of matches (sentences, tokens)."""
    weakest = max(1, matches.shape[1] // 3)
    return np.stack([matches.mean(axis=1), np.sort(matches, axis=1)[:, :weakest].mean(axis=1)], axis=1)


def _has_kind(query: Query, sentence: str, language: str | None) -> bool | None:
    """Whether the sentence holds a new thing of the kind asked for; None where that cannot be told."""
    if query.kind is None:
        return None
    asked = {word for word, _ in query.words} | {word for word, _ in query.names}
    if query.kind in ("number", "when"):
        figures = [w for w in words(sentence) if w[0].isdigit() and w not in asked]
        if query.kind == "when":
            months, days = month_names(language or "en"), weekdays(language or "en")
            written = {word for word in words(sentence) if word in months or word in days}
        else:
            written = {numeral.casefold() for numeral in cue(language, "numerals").findall(sentence)}
        return bool(figures) or bool(written - asked)
    names = [w for w in names_of(sentence, skip_first=True) if w not in asked and not w[0].isdigit()]
    if not names and sentence.lower() == sentence.upper():
        return None  # a script without capitals
    return bool(names)
