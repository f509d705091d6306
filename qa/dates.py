"""Dates as they are written."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import regex

from index.dates import month_names, weekdays

_BEFORE_MONTH = {
    "en": "in|since|until|during|mid|early|late|last|next",
    "de": "im|seit|bis|anfang|mitte|ende|letzten|kommenden",
    "es": "en|desde|hasta|de|pasado|próximo",
    "fr": "en|depuis|début|fin|mi|de",
}
_BEFORE_DAY = "ngày|hôm|sáng|trưa|chiều|tối|đêm|vào|từ|đến|tới|sang"  # "sáng 12/9"; "1/3" alone is a third
_TO = regex.compile(r"(?<![\w.,/])(\d{1,2})\.?(?:\s?[–-]\s?|\s(?:to|and|bis|und|al|y|au|et|đến)\s)$")
_SPAN = 16  # characters of " 12. und " and the like, at most
_DIGIT = re.compile(r"\d")
_UNLESS_ORDINAL = {  # "lần thứ tư" is the fourth time, "sáng thứ tư" and "thứ Tư" a Wednesday
    "vi": r"(?<=(?-i:thứ [A-Z]\w+)|(?<!\w)(?:hôm|sáng|trưa|chiều|tối|đêm|vào|ngày|từ|đến) thứ \w+|chủ nhật)"
}
_YEAR = re.compile(r"(?<![\w.,$€£/-])(?:1\d{3}|20\d\d)(?![\w%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Day:
    """A date, as far as it is told; `weekday` counts from Monday, 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that stands in a text from `start` to `end`, in all its readings (3/4/2023 has two)."""

    start: int
    end: int
    days: tuple[Day, ...]


def dates(text: str, language: str | None) -> list[Dated]:
    """The dates and days of the week of a text in a language (ISO 639-1), in order; no bare years."""
    found: list[Dated] = []
    for pattern, read in _date_forms(language):
        for match in pattern.finditer(text):
            days = tuple(day for day in read(match) if _possible(day))
            if days and all(match.end() <= other.start or other.end <= match.start() for other in found):
                found.append(Dated(match.start(), match.end(), days))
    found += _begun(text, found)
    return sorted(found, key=lambda dated: dated.start)


def _begun(text: str, found: list[Dated]) -> list[Dated]:
    """The first days of "12 to 26 September", whose month and year stand with the last."""
    first = []
    for dated in found:
        day = _DIGIT.search(text, dated.start, dated.end)
        before = _TO.search(text, max(0, day.start() - _SPAN), day.start()) if day and dated.days[0].day else None
        if before and int(before[1]) < dated.days[0].day:
            days = tuple(replace(own, day=int(before[1])) for own in dated.days)
            first.append(Dated(before.start(1), before.end(1), days))
    return first


def times(text: str, language: str | None) -> list[Dated]:
    """The dates of a text and the years that stand alone, in order; no days of the week."""
    found = [dated for dated in dates(text, language) if dated.days[0].weekday is None]
    for match in _YEAR.finditer(text):
        if all(match.end() <= other.start or other.end <= match.start() for other in found):
            found.append(Dated(match.start(), match.end(), (Day(int(match[0])),)))
    return sorted(found, key=lambda dated: dated.start)


@lru_cache(maxsize=16)
def _date_forms(language: str | None):
    """Patterns of dates, the longest first, each with what reads its match."""
    code = language or "en"
    names = month_names("en") | month_names(code)
    days = weekdays(code) or weekdays("en")
    own = "|".join(sorted((re.escape(n) for n in names if len(n) > 2), key=len, reverse=True))
    year = r"(?P<y>1\d{3}|20\d\d)"

    def full(m):
        return [Day(int(m["y"]) if m["y"] else None, names[m["m"].casefold()], int(m["d"]) if m["d"] else None)]

    def alone(m):
        return [Day(month=names[m["m"].casefold()])]

    def numeric(m):
        a, b, y = int(m["a"]), int(m["b"]), int(m["y"]) if m["y"] else None
        return [Day(y, b, a), Day(y, a, b)] if code == "en" and a != b else [Day(y, b, a)]

    def iso(m):
        return [Day(int(m["y"]), int(m["m"]), int(m["d"]) if m["d"] else None)]

    def vietnamese(m):
        return [Day(int(m["y"]) if m["y"] else None, int(m["m"]), int(m["d"]) if m["d"] else None)]

    def weekday(m):
        return [Day(weekday=days[" ".join(m[0].casefold().split())])]

    flags = re.IGNORECASE
    forms = [
        (re.compile(rf"(?<![\d/.-]){year}-(?P<m>\d\d)(?:-(?P<d>\d\d))?(?![\d/-])"), iso),
        (re.compile(rf"(?<![\d/.,-])(?P<a>\d{{1,2}})[./-](?P<b>\d{{1,2}})[./-]{year}(?![\d/])"), numeric),
        (
            regex.compile(
                rf"(?:(?<!\w)(?:ngày|hôm)\s|(?<=(?<!\w)(?:{_BEFORE_DAY})\s(?:\d{{1,2}}\s?[–-]\s?)?|\())"
                rf"(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})(?:[/-]{year})?(?![\d/])",
                flags,
            ),
            lambda m: [Day(int(m["y"]) if m["y"] else None, int(m["b"]), int(m["a"]))],
        ),
        (
            re.compile(
                rf"(?<!\w)(?:(?:ngày|mùng|hôm)\s)?(?:(?P<d>\d{{1,2}})\s)?tháng\s(?P<m>\d{{1,2}})"
                rf"(?:(?:[/,]?\s?(?:năm\s)?){year})?(?![\d/])",
                flags,
            ),
            vietnamese,
        ),
        (
            re.compile(
                rf"(?<![\w.,])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s(?:of|de|"
                rf"del))?\s(?P<m>{own})\.?(?!\w)(?:,?\s(?:de\s|del\s)?{year})?(?!\w)",
                flags,
            ),
            full,
        ),
        (
            re.compile(
                rf"(?<!\w)(?P<m>{own})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\w]|[.,]\d)(?:,?\s{year})?(?!\w)", flags
            ),
            full,
        ),
        (re.compile(rf"(?<!\w)(?P<m>{own})\.?,?\s(?:of\s|de\s)?(?P<d>(?!)x)?{year}(?!\w)", flags), full),
        # a month alone, where what stands before it shows that it is one
        (regex.compile(rf"(?<=(?<!\w)(?:{_BEFORE_MONTH.get(code, '(?!)')})[ -])(?P<m>{own})(?!\w)", flags), alone),
        (
            regex.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, days))})(?!\w){_UNLESS_ORDINAL.get(code, '')}", flags),
            weekday,
        ),
    ]
    return tuple(forms)


def _possible(day: Day) -> bool:
    try:
        date(day.year or 2000, day.month or 1, day.day or 1)
    except ValueError:
        return False
    return True
