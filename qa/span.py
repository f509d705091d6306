"""Where in a sentence the time or the number stands that a question asks for, if that is clear."""

import re
from collections.abc import Iterable
from functools import lru_cache

from index.words import fold, rarity, stem, words
from qa.language import cue
from qa.period import date_pattern
from qa.types import Query

_SCALE = (
    r"hundred|thousand|million|billion|trillion|nghìn|ngàn|triệu|tỷ|tỉ|tausend|millionen|million|milliarden|milliarde|"
    r"mille|millions|milliards?|mil|millones|millón|mil millones"
)
_CURRENCY = r"us\$|\$|€|£|¥|euros?|dollars?|pounds?|usd|eur|đồng|đô la|dólares|libras|pfund|livres"
_PERCENT = r"%|percent|per cent|phần trăm|prozent|por ciento|pour cent"
_NUMBER = re.compile(
    rf"(?<![\w.,/-])(?:(?:{_CURRENCY})\s?)?\d+(?:[.,\s]\d{{3}})*(?:[.,]\d+)?(?:[ -](?:{_SCALE})(?!\w))*"
    rf"(?:\s?(?:{_PERCENT}))?(?:\s(?:{_CURRENCY})(?!\w))?(?![\w%])",
    re.IGNORECASE,
)
_ASKS_PERCENT = re.compile(r"percent|per cent|phần trăm|prozent|porcentaje|por ciento|pourcentage|pour cent|%", re.I)
_YEAR = re.compile(r"(?<![\w.,$€£/-])(?:1\d{3}|20\d\d)(?![\w%]|[.,]\d)")
_UNIT = 3  # words after a number among which what is counted must stand
_ARTICLE = 0.3  # a number in words that tells less than this is as often an article or another word

Place = tuple[int, int]


def answer_span(query: Query, sentence: str, language: str | None) -> Place | None:
    """Start and end in the sentence of what is asked for; None where there is none, or more than one.

    Only times and numbers: rules over capitals find the person asked for in three of four sentences at best.
    """
    if query.kind == "number":
        found = _numbers(query, sentence, language)
    elif query.kind == "when":
        found = _times(sentence, language)
    else:
        return None
    asked = {fold(word) for word in words(query.text)}
    new = [(start, end) for start, end in found if not asked & {fold(w) for w in words(sentence[start:end])}]
    return new[0] if len({sentence[start:end] for start, end in new}) == 1 else None


def _numbers(query: Query, sentence: str, language: str | None) -> list[Place]:
    """The numbers that count what is asked for; all of them where none stands before its word."""
    times = _times(sentence, language)
    all_ = [m for m in _NUMBER.finditer(sentence) if not any(s < m.end() and m.start() < e for s, e in times)]
    if _ASKS_PERCENT.search(query.text):
        return [m.span() for m in all_ if re.search(rf"(?:{_PERCENT})", m[0], re.I)]
    if query.focus:
        wanted = stem(query.focus, language)
        own = [m.span() for m in all_ if wanted in _after(sentence, m.end(), language)]
        own += _written(sentence, wanted, language)
        if own:
            return own
    return [*(m.span() for m in all_), *_written(sentence, None, language)]


def _written(sentence: str, wanted: str | None, language: str | None) -> list[Place]:
    """Numbers in words; with `wanted` those that stand right before that stem, else all but articles."""
    found = list(cue(language, "numerals").finditer(sentence))
    if wanted:
        return [m.span() for m in found if wanted in _after(sentence, m.end(), language)[:2]]
    return [m.span() for m in found if rarity(m[0].casefold(), language) >= _ARTICLE]


def _after(sentence: str, end: int, language: str | None) -> list[str]:
    return [stem(word, language) for word in words(sentence[end : end + 60])[:_UNIT]]


def _times(sentence: str, language: str | None) -> list[Place]:
    """Dates and years, the longest where they overlap."""
    pattern = _dates(language)
    found = [m.span() for m in pattern.finditer(sentence)] if pattern else []
    found += [m.span() for m in _YEAR.finditer(sentence)]
    return _apart(found)


@lru_cache(maxsize=16)
def _dates(language: str | None) -> re.Pattern[str] | None:
    pattern = date_pattern(language)
    return re.compile(rf"(?<![\w/.-]){pattern}", re.IGNORECASE) if pattern else None


def _apart(found: Iterable[Place]) -> list[Place]:
    kept: list[Place] = []
    for start, end in sorted(set(found), key=lambda place: place[0] - place[1]):
        if all(end <= s or e <= start for s, e in kept):
            kept.append((start, end))
    return sorted(kept)
