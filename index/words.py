"""Words of a text in the two forms that are searched: exact, and folded to a stem without accents."""

import math
import unicodedata
from functools import lru_cache

import regex
import Stemmer

# Scripts written without spaces: character pairs are their words (see the storage note on FTS5).
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_RUN = regex.compile(rf"(?P<unspaced>[{_UNSPACED}\p{{M}}]+)|(?:(?![{_UNSPACED}])[\p{{L}}\p{{N}}\p{{M}}])+")
_PECULIAR = regex.compile(rf"[{_UNSPACED}\p{{M}}]")
_PLAIN = regex.compile(r"[\p{L}\p{N}]+")
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip


def words(text: str) -> list[str]:
    """The words of a text, lower case and NFC, in order; pairs of characters in unspaced scripts."""
    text = unicodedata.normalize("NFC", text).casefold()
    if not _PECULIAR.search(text):
        return _PLAIN.findall(text)
    found: list[str] = []
    for match in _RUN.finditer(text):
        run = match.group()
        if match["unspaced"] and len(run) > 1:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
    return found


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The word without accents (and đ as d)."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.replace("đ", "d"))


@lru_cache(maxsize=65536)
def stem(word: str, language: str | None) -> str:
    """The folded Snowball stem of a lower-case word; only folded where the language has no stemmer."""
    name = _STEMMERS.get(language or "")
    return fold(_stemmer(name).stemWord(word) if name else word)


@lru_cache(maxsize=65536)
def rarity(word: str, language: str | None) -> float:
    """How much a lower-case word tells, 0 (every text has it) to 1, from its general frequency.

    Linear in the Zipf scale (log10 of occurrences in a billion words; wordfreq) from 7 ("of", "the") down
    to 3 (once in a million words); unlisted words and unknown languages count as rare, but for the halves of
    "couldn't". A general frequency, because a library of five articles cannot tell a function word from a name.
    """
    frequencies = _frequencies(language)
    frequency = max(frequencies.get(word, 0.0), frequencies.get(f"{word}'t", 0.0))
    zipf = math.log10(frequency) + 9 if frequency > 0 else 0.0
    return min(1.0, max(0.0, (7.0 - zipf) / 4.0))


@lru_cache(maxsize=16)
def _frequencies(language: str | None) -> dict[str, float]:
    import wordfreq  # takes a quarter of a second

    if language not in wordfreq.available_languages("small"):
        return {}
    return wordfreq.get_frequency_dict(language, "small")


@lru_cache(maxsize=8)
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name, 0)  # without a cache of its own
