"""Gives a question in Vietnamese that was typed without accents the accents that the articles write."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from index.catalog import Catalog
from index.language import rank_languages
from index.words import fold, rarity, words

_VIETNAMESE = "vi"
_SHARE = 0.5  # of the words that must look Vietnamese
_SURE = 0.8  # probability of another language that tells against it: so 98% of 849 such questions are known, and 0.4%
# of 1,274 in German, Spanish, French, Portuguese, Indonesian, Italian and Dutch mistaken, none of 875 in English
_FOREIGN = 0.6  # rarity in English from which a word does not count as English
_PASSAGES = 20  # in which the articles' own writing is looked up
PAIRS = Path(__file__).parent / "vietnamese_pairs.txt"
"""Words that stand side by side, with how often; benchmarks/train_accents.py wrote it."""
BEGIN = "^"  # stands before a text's first word
_UNHEARD = 1e-9  # the frequency of a word of which nothing is known
_WORD = re.compile(r"[^\W\d_]+")


def accented(text: str, catalog: Catalog) -> str:
    """The question with its accents; as it was where it has some, or does not look Vietnamese.

    Of the ways to write its words the likeliest is taken (Viterbi). How likely a word is after another is the mean of
    how often it follows in the passages that have most of the words, how often in Vietnamese texts, and of how
    common it is (Jelinek and Mercer 1980, "Interpolated estimation of Markov source parameters").
    """
    typed = [match.group().casefold() for match in _WORD.finditer(text)]
    if not text.isascii() or not typed or _VIETNAMESE not in catalog.languages():
        return text
    foreign = [word for word in typed if rarity(word, "en") > _FOREIGN]
    if len(foreign) < _SHARE * len(typed) or sum(word in _written() for word in foreign) < _SHARE * len(typed):
        return text
    language, sure = next(iter(rank_languages(text)), (None, 0.0))
    if language != _VIETNAMESE and sure >= _SURE:
        return text
    forms = iter(_likeliest(typed, _as_in(catalog, typed)))

    def form(match: re.Match[str]) -> str:
        own = next(forms)
        return own.capitalize() if match.group()[0].isupper() else own

    return _WORD.sub(form, text)


@cache
def _written() -> dict[str, dict[str, float]]:
    """The ways to write each Vietnamese word without accents, with how frequent each is."""
    import wordfreq

    found: dict[str, dict[str, float]] = defaultdict(dict)
    for word, frequency in wordfreq.get_frequency_dict(_VIETNAMESE, "small").items():
        found[fold(word)][word] = frequency
    return dict(found)


class _Counts:
    """How often words stand in a text, and side by side."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()

    def after(self, before: str, word: str) -> float:
        """The share of what follows a word."""
        return self.pairs[before, word] / (1 + self.words[before])

    def among(self, word: str) -> float:
        """The share of all words."""
        return self.words[word] / (1 + self.words.total())


@cache
def _in_general() -> _Counts:
    counts = _Counts()
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        before, word, times = line.split()
        counts.pairs[before, word] = int(times)
        counts.words[before] += int(times)
    return counts


def _as_in(catalog: Catalog, typed: Sequence[str]) -> _Counts:
    """How the passages that have most of the words write them."""
    counts = _Counts()
    for row in catalog.passages([id for id, _ in catalog.search_words(typed, _VIETNAMESE, _PASSAGES)]).values():
        article = catalog.article(row.article)
        own = words(article.text[row.passage.span.start : row.passage.span.end]) if article else []
        counts.words.update(own)
        counts.pairs.update(pairwise(own))
    return counts


def _likeliest(typed: Sequence[str], here: _Counts) -> list[str]:
    forms = defaultdict(set)
    for word in here.words:
        forms[fold(word)].add(word)
    best: dict[str, tuple[float, list[str]]] = {BEGIN: (0.0, [])}
    for word in typed:
        general = _written().get(word, {})
        reached = {}
        for form in {*general, *forms[word]} or {word}:
            common = (general.get(form, _UNHEARD) + here.among(form)) / 2
            reached[form] = max(
                (score + math.log(here.after(before, form) + _in_general().after(before, form) + common), [*way, form])
                for before, (score, way) in best.items()
            )
        best = reached
    return max(best.values())[1]
