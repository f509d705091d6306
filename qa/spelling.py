"""Mends words of a question that no article has and no language knows, where the library has nearly the same."""

import re

from index.catalog import Catalog
from index.words import rarity, words

_SHORTEST = 5  # letters; shorter words have too many neighbours
_LONG = 8  # letters; from here on two edits are forgiven
_FREQUENT = 2  # passages that must have the word
_COMMONER = 2.5  # in powers of ten: how much commoner the mended word must be, where the other one is in use at all


def mend(text: str, language: str | None, catalog: Catalog, known: frozenset[str] = frozenset()) -> str:
    """The question with its typing errors corrected; as it was where none is sure.

    A word is left alone when an article has it, when it is among the `known` (lower case), or when it is
    in use in its language ("Austria" is no error for "Australia"; wordfreq): then it may be right and the library
    just doesn't answer. So is every word of a language whose words are not known.
    """

    def mended(match: re.Match[str]) -> str:
        word, own = match.group(), match.group().casefold()
        rare = rarity(own, language) == 1 == rarity(own, "en")  # a commoner word needs no look into the library
        doubtful = rare and len(own) >= _SHORTEST and words(word) == [own] and own not in known
        return _mended(word, language, catalog) if doubtful and not catalog.passages_with(own, language) else word

    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", mended, text) if _in_use("", language) is not None else text


def _mended(word: str, language: str | None, catalog: Catalog) -> str:
    from rapidfuzz.distance import OSA

    own = word.casefold()
    edits = 2 if len(own) >= _LONG else 1
    near = [
        (OSA.distance(own, other), -passages, other)
        for other, passages in catalog.words_from(own[0])
        if passages >= _FREQUENT and abs(len(own) - len(other)) <= edits
    ]
    near = sorted(found for found in near if found[0] <= edits and found[2][0].isalpha())
    if not near or (len(near) > 1 and near[0][:2] == near[1][:2]):
        return word
    best = near[0][2]
    if (_in_use(own, language) or 0) > max(0.0, (_in_use(best, language) or 0) - _COMMONER):
        return word
    return best.capitalize() if word[0].isupper() else best


def _in_use(word: str, language: str | None) -> float | None:
    """The Zipf frequency of a word in its language or in English, whichever is higher; None for other languages."""
    import wordfreq

    if language not in wordfreq.available_languages("best"):
        return None
    return max(wordfreq.zipf_frequency(word, own, "best") for own in {language, "en"}) if word else 0.0
