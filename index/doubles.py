"""Tells whether two articles are one: a reprint, a syndicated copy, a newer edition."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import product

import numpy as np
from rapidfuzz import fuzz

from index.types import Article
from index.words import stem, words

SIZE = 128
"""Hashes in a signature: the standard error of a likeness is at most 1 / (2 * sqrt(128)) = 0.044."""
SHINGLE = 4
LIKE = 0.6
"""Jaccard index of runs of SHINGLE words above which two articles are one: three quarters of them in common.

Of the pages in shared/data/pages-dev, 95% of reprints (a dateline and a notice added, a paragraph gone, a
word in a hundred changed) are above 0.69, with a word in twenty changed above 0.63; two different pages are
below 0.02, two days of a weather report below 0.61 (benchmarks/doubles.py).
"""
LIKE_AT_ONE_ADDRESS = 0.3
"""Above it, articles with the same URL are editions of one."""
BAND = 3
"""Hashes in a band. Of the 42 bands of two signatures that are LIKE alike, all differ in 4 cases of 100,000
((1 - 0.6^3)^42), of two that are 0.65 alike in 2 of a million; of two different articles (0.02) one is equal in 3,000.
"""
OTHER_NUMBERS = 0.5
"""Two texts of a pattern (weather, results, prices) differ in more than this share of their numbers, both ways."""
EXCHANGED = 2
"""Places at least where one text of a pattern has a name and the other another: a dateline is one."""
NOTICE = 12
"""Words at the end where whoever prints a text names himself."""
SPELT = 70
"""Similarity (rapidfuzz, 0 to 100) from which two names are one, written in two ways: Zelensky, Zelenskyy."""
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]{2,}")


def signature(article: Article) -> np.ndarray:
    """MinHash of the text's runs of words without its title, (SIZE,) uint32."""
    from rensa import RMinHash

    found = words(article.text.removeprefix(article.title))
    hashes = RMinHash(num_perm=SIZE, seed=1)
    hashes.update(sorted({" ".join(found[i : i + SHINGLE]) for i in range(max(1, len(found) - SHINGLE + 1))}))
    return np.array(hashes.digest(), dtype=np.uint32)


def bands(own: np.ndarray) -> list[int]:
    """Numbers of 32 bits, one for each band of a signature: articles that are alike share one (MinHash LSH)."""
    return [zlib.crc32(own[i : i + BAND].tobytes(), i) for i in range(0, len(own) - BAND + 1, BAND)]


def likeness(signatures: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Estimates of the Jaccard index, (articles,), of signatures (articles, SIZE) with one."""
    return (signatures == own).mean(axis=1)


def same(one: Article, other: Article, like: float) -> bool:
    """Whether two articles of a likeness are the same one."""
    if one.url and one.url == other.url:
        return like >= LIKE_AT_ONE_ADDRESS
    return like >= LIKE and not other_numbers(one.text, other.text) and not other_names(one, other)


def other_numbers(one: str, other: str) -> bool:
    """Whether each of two texts has numbers of its own, several and most of them."""
    first, second = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    own = min(len(first - second), len(second - first))
    return own >= 2 and own > OTHER_NUMBERS * min(len(first), len(second))


def other_names(one: Article, other: Article) -> bool:
    """Whether two texts tell the same of two people or places: where the one has a name, the other has another.

    Names are words that a text writes with a capital alone, and that the other has not at all; in scripts without
    capitals there are none.
    """
    first, second = _words(one), _words(other)
    names, others = _names(first) - _folded(second), _names(second) - _folded(first)
    if not names or not others:
        return False
    folded = [[word for word, _ in found][:-NOTICE] for found in (first, second)]
    exchanged: Counter[tuple[str, str]] = Counter()
    for action, a, b, c, d in SequenceMatcher(None, *folded).get_opcodes():
        if action == "replace":
            exchanged.update(product(names.intersection(folded[0][a:b]), others.intersection(folded[1][c:d])))
    return any(count >= EXCHANGED and fuzz.ratio(name, another) < SPELT for (name, another), count in exchanged.items())


def _words(article: Article) -> list[tuple[str, bool]]:
    """The stems of an article's words, and whether each is written with a capital."""
    return [(stem(word.lower(), article.language), word[0].isupper()) for word in _WORD.findall(article.text)]


def _names(found: Sequence[tuple[str, bool]]) -> set[str]:
    return {word for word, capital in found if capital} - {word for word, capital in found if not capital}


def _folded(found: Sequence[tuple[str, bool]]) -> set[str]:
    return {word for word, _ in found}


def newest(editions: Iterable[Article]) -> Article:
    """The edition to quote: the last published; else the longest; else the first by path."""
    by_path = sorted(editions, key=lambda article: article.path)
    return max(by_path, key=lambda article: (article.published or "", len(article.text)))
