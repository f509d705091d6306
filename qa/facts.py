"""What a sentence says that can be checked, in one form for all languages: figures, dates, names."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import regex

from index.words import fold, rarity, stem, words
from qa.assertions import Assertions, assertions
from qa.dates import Day, dates
from qa.figures import ARTICLES, FRACTIONS, in_digits, is_scale, numbers
from qa.names import OFFICES, translated_names

TELLING = 0.3  # how much a word must tell to be one that says something
_COMMON = 0.5  # a word that tells less and begins a sentence is not taken for a name
_COMPARED = ("en", "de", "fr")  # languages whose words are counted, to tell a word of one from a name
_FAR_LESS = 0.4  # forty times less: 1.6 on the Zipf scale
_COUNTS = 0.1  # how much the word after a figure must tell to be what it counts
_PART = 40  # characters from a part's figure to the whole's, at most
_NEAR = 3  # words on either side that a figure belongs to
_ROLES = {"from": "from", "từ": "from", "by": "by", "thêm": "by"}  # what else stands before a figure is "to"
_WORDS = {
    "en": {"both": 2, "twice": 2, "once": 1, "thrice": 3, "dozen": 12, "half": 0.5, "pair": 2, "couple": 2, "a": 1,
    "an": 1,
           "single": 1, "double": 2, "doubled": 2, "triple": 3, "tripled": 3},
    "vi": {"đôi": 2, "cả hai": 2, "gấp đôi": 2, "nửa": 0.5, "một nửa": 0.5, "chục": 10, "tá": 12, "đầu tiên": 1,
    "lần đầu": 1,
           "một": 1, "thứ nhất": 1, "thứ nhì": 2, "thứ tư": 4, "duy nhất": 1},
}  # fmt: skip
_CLOCK = re.compile(
    r"(?<![\w:.,/])(\d{1,2})(?:(?::|h|\.(?=\d\d\s?[ap]\.?m))(\d\d)?)?\s?(?:giờ(?:\s(\d\d))?\s?)?"
    r"(a\.?m\b\.?|p\.?m\b\.?|sáng|trưa|chiều|tối|đêm)?(?![\w:])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: what it may be read as (4.000 is four thousand or four), its unit, whether it is a bound.

    `role` is "from" or "to" where it is one end of a change, "by" where its size; `near` are the stems of the telling
    words around it, `next_to` of these the nearest on either side, and `around` is that text, lower case; `counted`
    is the stem of the word after it, `part` whether only a part of so many is meant ("12 of the 40"), `among` the same
    read loosely; `place` is where it begins in the text. The unit "word" is that of what may be another word too ("a",
    "first").
    """

    readings: frozenset[float]
    unit: str | None = None
    bound: str | None = None
    role: str | None = None
    near: frozenset[str] = frozenset()
    next_to: frozenset[str] = frozenset()
    around: str = ""
    counted: str = ""
    part: bool = False
    among: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised word, folded, or the key of a name that is translated; `place` as in Figure.

    `common`: a common word that begins a sentence, so perhaps no name; `noun`: a word that its language writes so.
    """

    key: str
    place: int
    translated: bool = False
    first: bool = False
    common: bool = False
    noun: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What one text says; each of `dates` is one date in all its readings (3/4/2023 has two).

    `called`: the keys of all translated names, those without a capital ("the central bank") too.
    """

    figures: tuple[Figure, ...]
    dates: tuple[tuple[Day, ...], ...]
    names: tuple[Name, ...]
    called: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its facts, and how its language (ISO 639-1) asserts."""

    text: str
    language: str | None
    facts: Facts
    asserts: Assertions


def read(text: str, language: str | None) -> Reading | None:
    """None in a language whose ways to assert are not known."""
    own = assertions(language)
    return None if own is None else Reading(text, language, facts(text, language), own)


@lru_cache(maxsize=512)
def facts(text: str, language: str | None) -> Facts:
    """The figures, dates and names of a text in a language (ISO 639-1)."""
    found = dates(text, language)
    for dated in found:
        text = text[: dated.start] + " " * (dated.end - dated.start) + text[dated.end :]
    text = in_digits(text, language)
    pattern, keys = _translated_pattern(language), _translated(language)
    called = (
        frozenset(keys[match[0].strip(".").casefold()] for match in pattern.finditer(text)) if pattern else frozenset()
    )
    return Facts(_figures(text, language), tuple(dated.days for dated in found), _names(text, language), called)


def _figures(text: str, language: str | None) -> tuple[Figure, ...]:
    own = assertions(language)
    found = []
    for match in _CLOCK.finditer(text):
        if match[2] or match[4] or match[3]:
            hour = int(match[1]) + int(match[2] or match[3] or 0) / 60
            late = (match[4] or "").casefold().startswith(("p", "ch", "t", "đ")) and hour < 12
            found.append(Figure(frozenset({hour + 12 if late else hour}), "clock", place=match.start()))
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    for number in numbers(text, language):
        before = text[max(0, number.start - 24) : number.start].casefold()
        wider = text[max(0, number.start - 48) : number.start].casefold()
        bound = None
        if own:
            bound = "over" if re.search(own.over, before) else "under" if re.search(own.under, before) else None
        role = re.search(r"(?<!\w)(from|to|by|từ|lên|xuống|đến|tới|còn|thêm)\s*(?:us\$|[$€£¥])?\s*$", before)
        left = words(re.split(r"[,;:](?!\d)", text[: number.start])[-1])[-_NEAR:]
        right = words(re.split(r"[,;:](?!\d)", text[number.unit_end :])[0])[:_NEAR]
        sides = [[stem(w, language) for w in side if rarity(w, language) >= TELLING] for side in (left, right)]
        first = number.ordinal and number.readings == {1.0}  # is said in many ways
        found.append(
            Figure(
                number.readings,
                "word" if first else number.unit,
                bound,
                _ROLES.get(role[1], "to") if role else None,
                frozenset(sides[0] + sides[1]),
                frozenset(sides[0][-1:] + sides[1][:1]),
                " ".join([*left, *right]),
                _counted(right, language),
                bool(own and re.search(own.part, wider)),
                bool(own and re.search(own.among, wider)),
                number.start,
            )
        )
    for word, value in _said(language).items():
        for match in re.finditer(rf"(?<!\w){word}(?!\w)", text, re.IGNORECASE):
            counted = _counted(words(text[match.end() : match.end() + 40]), language)
            found.append(Figure(frozenset({float(value)}), unit="word", counted=counted, place=match.start()))
    found.sort(key=lambda figure: figure.place)
    for i, (figure, whole) in enumerate(pairwise(found)):  # what is told of "12 of the 40 mines" is told of the twelve
        if whole.part and figure.unit is None and whole.place - figure.place <= _PART:
            found[i] = replace(
                figure, near=figure.near | whole.near, next_to=figure.next_to | whole.next_to, counted=whole.counted
            )
    return tuple(found)


def _said(language: str | None) -> dict[str, float]:
    """Patterns of what else tells a number, articles too, with the number."""
    code = language or ""
    articles = {ARTICLES[code]: 1} if code in ARTICLES else {}
    return {**_WORDS.get(code, {}), **FRACTIONS.get(code, {}), **articles}


def _counted(following: list[str], language: str | None) -> str:
    """The stem of what so many are of; empty before a word that only joins others."""
    return stem(following[0], language) if following and rarity(following[0], language) >= _COUNTS else ""


_CAPITAL = regex.compile(r"\p{Lu}[\p{L}\p{M}\p{N}'’.-]*|\p{L}*\d+\p{L}+[\w-]*|\p{L}+-?\d[\w-]*")


def _names(text: str, language: str | None) -> tuple[Name, ...]:
    own = assertions(language)
    found: list[Name] = []

    def take(match: regex.Match) -> str:
        word = match[0].strip(".")
        small = not any(c.isupper() for c in word)
        key = _translated(language)[word.casefold()]
        if (small and key not in OFFICES) or (word.casefold() == "us" and word != "US"):
            return match[0]
        found.append(Name(key, match.start(), True))
        return " " * len(match[0])

    pattern = _translated_pattern(language)
    rest = pattern.sub(take, text) if pattern else text
    for match in _CAPITAL.finditer(rest):
        word = match[0].strip(".'’-")
        word = regex.sub(r"['’]s$", "", word)
        if regex.match(r"\p{Lu}['’]\p{Ll}", word) or is_scale(word):  # "L'usine", "Mio."
            continue
        if len(word) < 2 or regex.fullmatch(
            r"\d+(?:st|nd|rd|th|s|m|k|bn|mn|km|kg|h\d*|ha|tr)?|k?m[23]|usd|eur|gbp|vnd", word, regex.I
        ):
            continue
        first = not regex.search(r"[\p{L}\p{N}]", text[: match.start()])
        first = first or bool(regex.search(r"[.!?:]\s*[\"“‘'«]*$|^\s*[\"“‘'«]+$", text[: match.start()]))
        common = first and (rarity(word.casefold(), language) < _COMMON or _native(word, text[match.end() :], language))
        common = common and not (own and regex.match(rf"(?:{own.surnames})\s\p{{Lu}}", text[match.start() :], regex.I))
        noun = bool(own and regex.search(own.nouns, text[: match.start()], regex.I))
        common = common or (noun and _native(word, "", language))
        found.append(Name(fold(word.casefold()), match.start(), first=first, common=common, noun=noun))
    return tuple(sorted(found, key=lambda name: name.place))


def _native(word: str, after: str, language: str | None) -> bool:
    """Whether a word that begins a sentence is one of its language: others use it far less, as they don't a name."""
    lower = word.casefold()
    if language == "vi" and not word.isascii():  # "Bão Mira"; its surnames are known
        return rarity(lower, language) < 1 and all(rarity(lower, other) == 1 for other in _COMPARED)
    others = [other for other in _COMPARED if other != language]
    alone = not regex.match(r"[\s-]*\p{Lu}", after)
    return alone and all(rarity(lower, language) + _FAR_LESS <= rarity(lower, other) for other in others)


@lru_cache(maxsize=16)
def _translated(language: str | None) -> dict[str, str]:
    return translated_names(language)


@lru_cache(maxsize=16)
def _translated_pattern(language: str | None):
    names = sorted(map(regex.escape, _translated(language)), key=len, reverse=True)
    return (
        regex.compile(rf"(?<!\w)(?:{'|'.join(names)})(?:(?<=u\.s|u\.k)\.)?(?!\w)", regex.IGNORECASE) if names else None
    )
