"""What is measured of each sentence that might answer, and what those measures weigh."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.catalog import PassageRow
from index.types import Article
from index.words import fold, rarity, stem, words
from qa.language import calendar_words, cue
from qa.types import Query

SIGNALS = (
    "sentence cosine",  # question and sentence, late pooled
    "passage cosine",
    "words in sentence",  # share of the question's words, by what they tell; only in the question's language
    "words in passage",
    "names in sentence",  # share of the question's names and numbers, in any language
    "names in passage",
    "other language",
    "other language x sentence cosine",
    "kind found",  # the sentence has what the question asks for: a number, a time, a name
    "kind missing",
    "focus in sentence",  # "how many HOURS"
    "focus missing",  # neither in the sentence nor in the passage
    "length",  # log2 of the sentence's words / 24
    "title",
)


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A passage that may answer, its article (with text), and the signals of its sentences, (sentences, signals)."""

    article: Article
    row: PassageRow
    signals: np.ndarray


def measure(query: Query, vector: np.ndarray, article: Article, row: PassageRow) -> Candidate:
    """The signals of every sentence of a passage. `vector` is the question's, (dimensions,)."""
    text = article.text
    span = row.passage.span
    cosines = row.sentence_vectors @ vector
    passage_cosine = float(row.vector @ vector)
    other = query.language is not None and article.language not in (None, query.language)
    in_passage = _Bag(f"{article.title}\n{text[span.start : span.end]}", article.language)
    passage_words, passage_names = _share(query.words, in_passage, other), _share(query.names, in_passage, False)
    rows = []
    for i, sentence in enumerate(row.passage.sentences):
        own = text[sentence.start : sentence.end]
        bag = _Bag(own, article.language)
        kind = _has_kind(query, own, article.language)
        focus = bool(query.focus) and not other and bag.has(query.focus)
        focus_gone = bool(query.focus) and not other and not focus and not in_passage.has(query.focus)
        rows.append(
            (
                cosines[i],
                passage_cosine,
                _share(query.words, bag, other),
                passage_words,
                _share(query.names, bag, False),
                passage_names,
                other,
                other * cosines[i],
                kind is True,
                kind is False,
                focus,
                focus_gone,
                np.log2((1 + len(bag.exact)) / 24),
                sentence.start == 0,
            )
        )
    return Candidate(article, row, np.array(rows, dtype=np.float32))


class _Bag:
    """The words of a text, as written and folded to stems."""

    def __init__(self, text: str, language: str | None):
        self.exact = set(words(text))
        self.folded = {stem(word, language) for word in self.exact} | {fold(word) for word in self.exact}
        self._language = language

    def has(self, word: str) -> bool:
        return word in self.exact or stem(word, self._language) in self.folded or fold(word) in self.folded


def _share(wanted: Sequence[tuple[str, float]], bag: _Bag, other_language: bool) -> float:
    """The share of the wanted words, by weight, that a text has; 0 where the languages differ or none is wanted."""
    total = sum(weight for _, weight in wanted)
    if other_language or not total:
        return 0.0
    return sum(weight for word, weight in wanted if bag.has(word)) / total


def _has_kind(query: Query, sentence: str, language: str | None) -> bool | None:
    """Whether the sentence holds a new thing of the kind asked for; None where that cannot be told."""
    if query.kind is None:
        return None
    asked = {word for word, _ in query.words} | {word for word, _ in query.names}
    if query.kind in ("number", "when"):
        figures = [w for w in words(sentence) if w[0].isdigit() and w not in asked]
        if query.kind == "number":
            return bool(figures) or bool(cue(language, "numerals").search(sentence))
        return bool(figures) or bool(calendar_words(language) & set(words(sentence)) - asked)
    names = [w for w in names_of(sentence, skip_first=True) if w not in asked]
    if not names and sentence.lower() == sentence.upper():
        return None  # a script without capitals
    return bool(names)


_CAPITAL = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,:/-]*")


def names_of(text: str, skip_first: bool) -> list[str]:
    """Lower-case words that are written with a capital or a digit; the first word tells nothing."""
    found: list[str] = []
    for i, match in enumerate(_CAPITAL.finditer(text)):
        word = match.group()
        if word[0].isdigit() or (word[0].isupper() and not (i == 0 and skip_first)):
            found.extend(words(word))
    return found


def weighted(found: Sequence[str], language: str | None) -> tuple[tuple[str, float], ...]:
    """Each word once, in order, with how much it tells."""
    return tuple((word, rarity(word, language)) for word in dict.fromkeys(found) if rarity(word, language) > 0)
