"""Which of a question's words and names a text has."""

import re
import unicodedata
from collections.abc import Sequence

import regex

from index.types import Article
from index.words import fold, rarity, stem, words
from qa.types import Weighted


class Bag:
    """The words of a text, as written and folded to stems."""

    def __init__(self, text: str, language: str | None):
        self.exact = set(words(text))
        self.folded = {stem(word, language) for word in self.exact} | {fold(word) for word in self.exact}
        self._language = language

    def has(self, word: str) -> bool:
        return word in self.exact or stem(word, self._language) in self.folded or fold(word) in self.folded


class Whole:
    """An article, in which words are looked up by how they begin, without accents."""

    def __init__(self, article: Article):
        self.article = article
        self._text = _plain(f"{article.title}\n{article.text}".casefold())

    def has(self, word: str) -> bool:
        return any(self._begins(_plain(part)) for part in {word, stem(word, self.article.language)})

    def _begins(self, part: str) -> bool:
        return part in self._text and bool(regex.search(_BEGINNING + regex.escape(part), self._text))


_BEGINNING = r"(?<![\p{Latin}\p{Cyrillic}\p{Greek}\d])"  # other scripts are written without spaces, or join words
_ACCENT = regex.compile(r"\p{Mn}")


def _plain(text: str) -> str:
    """Without accents, as `fold` makes words, which keeps each in memory and is slow for a whole text."""
    return text if text.isascii() else _ACCENT.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d")


def share(wanted: Weighted, bag: Bag, other_language: bool = False) -> float:
    """The share of the wanted words, by weight, that a text has; 0 where the languages differ or none is wanted."""
    total = sum(weight for _, weight in wanted)
    if other_language or not total:
        return 0.0
    return sum(weight for word, weight in wanted if bag.has(word)) / total


def in_script_of(word: str, text: str) -> bool:
    """Whether a text is in Latin script as a word is, or neither is: only then could it have the word."""
    letters = [c for c in text[:400].casefold() if c.isalpha()]
    latin = 2 * sum("a" <= c <= "z" for c in letters) > len(letters)
    return ("a" <= fold(word)[:1] <= "z") == latin


_CAPITAL = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,:/-]*")


def names_of(text: str, skip_first: bool) -> list[str]:
    """Lower-case words that are written with a capital or a digit; the first word tells nothing."""
    found: list[str] = []
    for i, match in enumerate(_CAPITAL.finditer(text)):
        word = match.group()
        if word[0].isdigit() or (word[0].isupper() and not (i == 0 and skip_first)):
            found.extend(words(word))
    return found


def weighted(found: Sequence[str], language: str | None) -> Weighted:
    """Each word once, in order, with how much it tells."""
    return tuple((word, rarity(word, language)) for word in dict.fromkeys(found) if rarity(word, language) > 0)
