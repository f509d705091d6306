"""Times that a text speaks of, as periods of whole days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from index.dates import month_names
from qa.language import Times, times

_YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class Period:
    """From `after` to `before`, ISO dates, both inclusive; None is open."""

    after: str | None
    before: str | None


@lru_cache(maxsize=16)
def when(language: str | None) -> str | None:
    """A pattern of times ("before 3 May 2023", "since 2022", "last week") for a question in a language.

    Lower case, without groups of its own. None for a language whose times are not known.
    """
    own = times(language)
    if own is None:
        return None
    prepositions = "|".join((own.before, own.after, own.since, own.until, own.within))
    day = _bare(_date(language or ""))
    alone = rf"(?!(?:{own.doubtful})\b(?!,? \d))"
    return rf"(?:(?:{_bare(prepositions)}) |{alone})(?:{ago(language)}|{day}(?:{_to(own)}{day})?)"


@lru_cache(maxsize=16)
def ago(language: str | None) -> str | None:
    """A pattern of times that are told from today: "yesterday", "last week", "the past 3 days"."""
    own = times(language)
    if own is None:
        return None
    unit = f"(?:{'|'.join(own.units)})"
    forms = (
        own.today,
        own.yesterday,
        *(form.format(unit=unit, n=r"\d{1,3}") for form in (own.this, own.last, own.past)),
    )
    within = f"(?:(?:{own.within}) )?"
    return rf"{within}(?:{_bare('|'.join(forms))})(?!\w)"


def tells_time(text: str, language: str | None) -> bool:
    """Whether a question in a language speaks of a time."""
    pattern = when(language)
    return bool(pattern and re.search(rf"(?<!\w){pattern}", text, re.IGNORECASE))


@lru_cache(maxsize=16)
def bounds(language: str | None) -> str:
    """A pattern of what stands before a time that ends or begins a period: "since", "before"."""
    own = times(language)
    return f"(?:{_bare('|'.join((own.before, own.after, own.since, own.until)))})" if own else "(?!)"


def read_period(text: str, language: str | None, today: date, latest: date | None = None) -> Period | None:
    """The period that a text which matches `when` speaks of; None where it is ambiguous or no date.

    A date without its year is the last one up to `latest`, by default today.
    """
    own = times(language)
    if own is None:
        return None
    text = " ".join(text.casefold().split())
    relation, rest = _relation(text, own)
    span = _told_from(rest, own, today) or _told_from(text, own, today)
    if span is None:
        day = _bare(_date(language or ""))
        ends = re.fullmatch(rf"(?P<first>{day}){_to(own)}(?P<last>{day})", rest)
        span = _calendar(ends["last"] if ends else rest, language or "", latest or today)
        if ends and span:  # "from March to May 2021"
            begun = _calendar(ends["first"], language or "", span[1])
            span = (begun[0], span[1]) if begun and begun[0] <= span[1] else None
            relation = "within" if relation in ("since", "until") else relation
    if span is None:
        return None
    first, last = span
    return {
        "before": Period(None, (first - timedelta(1)).isoformat()),
        "after": Period((last + timedelta(1)).isoformat(), None),
        "since": Period(first.isoformat(), None),
        "until": Period(None, last.isoformat()),
        "within": Period(first.isoformat(), last.isoformat()),
    }[relation]


def _to(own: Times) -> str:
    """A pattern of what stands between the first and the last date of a period."""
    return rf"(?: (?:{own.to}) | ?[–-] ?)"


def _relation(text: str, own: Times) -> tuple[str, str]:
    for name in ("before", "after", "since", "until", "within"):
        match = re.match(rf"(?:{getattr(own, name)}) ", text)
        if match:
            return name, text[match.end() :]
    return "within", text


def _told_from(text: str, own: Times, today: date) -> tuple[date, date] | None:
    """The first and the last day of "yesterday", "this month", "the past 3 weeks"; weeks begin on Monday."""
    if re.fullmatch(own.today, text):
        return today, today
    if re.fullmatch(own.yesterday, text):
        return today - timedelta(1), today - timedelta(1)
    for i, unit in enumerate(own.units):
        past = re.fullmatch(own.past.format(unit=unit, n=r"(?P<n>\d{1,3})"), text)
        if past:
            return today - timedelta((1, 7, 30, 365)[i] * int(past["n"])), today
        for back, form in ((0, own.this), (1, own.last)):
            if i and re.fullmatch(form.format(unit=unit), text):
                return _unit(today, i, back)
    return None


def _unit(today: date, unit: int, back: int) -> tuple[date, date]:
    """This week, month or year (`unit` 1, 2, 3), or the one before."""
    if unit == 1:
        monday = today - timedelta(today.weekday() + 7 * back)
        return monday, monday + timedelta(6)
    if unit == 3:
        return date(today.year - back, 1, 1), date(today.year - back, 12, 31)
    first = today.replace(day=1)
    return _month(*((first - timedelta(1)).timetuple()[:2] if back else first.timetuple()[:2]))


def _month(year: int, month: int) -> tuple[date, date]:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(1)


@lru_cache(maxsize=16)
def _date(language: str) -> str:
    """A calendar date with groups: day, month (a name or a number) and year, as far as they are told."""
    own = times(language)
    assert own is not None
    names = "|".join(sorted(map(re.escape, month_names(language)), key=len, reverse=True))
    month = rf"(?:{own.month}|{names})" if own.month != "(?!)" else f"(?:{names})"
    day, link, year = r"\d{1,2}", f"(?:{own.link})", rf"{own.year}{_YEAR}"
    forms = (
        rf"{_YEAR}-\d\d(?:-\d\d)?",
        rf"(?:ngày )?{day}[./-]\d{{1,2}}[./-]{_YEAR}",
        rf"(?:ngày )?{day}{link}{month}(?:{link}{year})?",
        rf"{month} {day}(?:st|nd|rd|th)?(?:,? {_YEAR})?",
        rf"{month}{link}{year}",
        rf"(?!mar\b){month}",  # "noticias del mar Rojo"
        year,
    )
    return rf"(?:{'|'.join(forms)})(?![\w]|[./-]\d)"


def _calendar(text: str, language: str, latest: date) -> tuple[date, date] | None:
    """The first and the last day of a calendar date; without a year the last such date up to `latest`."""
    numbers = re.search(rf"(?:^|\D)(\d{{1,2}})[./-](\d{{1,2}})[./-]({_YEAR})$", text)
    try:
        if re.fullmatch(rf"{_YEAR}-\d\d-\d\d", text):
            return date.fromisoformat(text), date.fromisoformat(text)
        if re.fullmatch(rf"{_YEAR}-\d\d", text):
            return _month(int(text[:4]), int(text[5:]))
        if numbers:
            day = _day_of(int(numbers[1]), int(numbers[2]), int(numbers[3]), language)
            return (day, day) if day else None
        return _in_words(text, language, latest)
    except ValueError:  # 31 February, a thirteenth month
        return None


def _day_of(first: int, second: int, year: int, language: str) -> date | None:
    """The day of 3/5/2023; None where English could mean either."""
    own = times(language)
    if (own and own.day_first) or first > 12:
        return date(year, second, first)
    return date(year, first, second) if second > 12 or first == second else None


def _in_words(text: str, language: str, latest: date) -> tuple[date, date] | None:
    found = re.search(rf"{_YEAR}$", text)
    year = int(found[0]) if found else None
    rest = text[: found.start()] if found else text
    own = times(language)
    assert own is not None
    numbered = re.search(own.month, rest)
    names = month_names(language)
    word = next((w for w in re.findall(r"[^\W\d_]+", rest) if w in names), None)
    month = int(numbered[1]) if numbered else names[word] if word else None
    if month is None:
        return (date(year, 1, 1), date(year, 12, 31)) if year else None
    digits = re.search(r"\d{1,2}", rest[: numbered.start()] if numbered else rest)
    day = int(digits[0]) if digits else 1
    if year is None:
        year = latest.year if date(latest.year, month, day) <= latest else latest.year - 1
    return (date(year, month, day), date(year, month, day)) if digits else _month(year, month)


def _bare(pattern: str) -> str:
    """The pattern without capturing groups."""
    return re.sub(r"\((?!\?)", "(?:", pattern)
