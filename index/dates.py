"""Reads dates as pages write them."""

import re
import unicodedata
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache
from itertools import product
from typing import Any

import regex

from index.language import letters
from index.lines import BULLET

MONTH_WORD = r"(?:[^\W\d_][^\d\s,./()|:-]{2,}|[^\W\d_\x00-\u024f][^\d\s,./()|:-]{1,2})"
MONTH = rf"{MONTH_WORD}(?:\s?[/(]\s?{MONTH_WORD}\)?)?"
"""One name, or two: Arabic dates give the Levantine and the Egyptian one."""
DATES = (
    ("ymd", re.compile(r"(?<!\d)((?:19|20|25|14)\d\d)\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")),
    ("ymd", re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")),
    (
        "dmy",
        re.compile(r"(?:ngày\s)?(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?:,|\s+năm)?\s+(\d{4})", re.IGNORECASE),
    ),
    (
        "numeric",
        re.compile(r"(?<![\d/.-])(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})(?![\d/-]|[.]\d)"),
    ),
    (
        "words",
        re.compile(
            rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th|er|º|ª|\.)?,?\s+(?:de\s+|of\s+|d['’])?(?:{MONTH})[.,]?\s*(?:de\s+|del\s+)?\d{{4}}(?!\d)"
        ),
    ),
    ("words", re.compile(rf"\b(?:{MONTH_WORD})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}(?!\d)")),
    (
        "words",
        re.compile(
            rf"(?<!\d)\d{{4}}\.?\s+(?:[^\W\d_]{{1,4}}\.?\s+)?(?:{MONTH_WORD}\s+\d{{1,2}}|\d{{1,2}}\.?\s+{MONTH_WORD})(?!\d)"
        ),
    ),
)
EVENT = re.compile(r"\W*\|(?:\s?[:：]\s*[^\W\d_]|(?:.*?\b[a-zß-öø-ÿа-я]{3,}\b){3})")
"""What stands behind a date at a line's beginning: a colon and a word, or three words in small letters."""
REGIONAL = {"ar": ("ar_LB", "ar_DZ", "ar_MA"), "sr": ("sr_Latn",)}
"""Where months have other names than in the language's main form."""


def read_date(text: str, language: str | None, day_first: bool | None) -> str | None:
    """The first whole date in a text, ISO; None without one, or when it can be read in two ways."""
    text = plain_digits(text)
    for form, shape in DATES:
        for match in shape.finditer(text):
            found = by_form(form, match, language, day_first)
            if found:
                return found
    return None


def by_form(form: str, match: re.Match[str], language: str | None, day_first: bool | None) -> str | None:
    if form == "words":
        return in_words(match.group(), language)
    first, second, third = (int(part) for part in match.groups())
    if form == "ymd":
        return iso(first, second, third)
    if form == "dmy":
        return iso(third, second, first)
    year = third if third > 99 else 2000 + third
    if "." in match.group() or first > 12 or first == second:
        return iso(year, second, first)
    if second > 12:
        return iso(year, first, second)
    if day_first is None:
        return None
    return iso(year, second, first) if day_first else iso(year, first, second)


@lru_cache(4096)  # a publisher's articles share their dates, and an article's lines too
def in_words(text: str, language: str | None) -> str | None:
    """A date with its month in words, by dateparser in the article's language or in English."""
    for code in dict.fromkeys(filter(None, (language, "en"))):
        try:
            found = _date_parser(code).get_date_data(text).date_obj
        except ValueError:  # a language that dateparser does not know
            continue
        if found:
            return iso(found.year, found.month, found.day)
    return by_month_name(text, language) if language else None


def by_month_name(text: str, language: str) -> str | None:
    """A date with a month's name that Unicode's CLDR knows in the language; dateparser lacks some forms."""
    numbers = sorted(map(int, re.findall(r"\d+", text)))
    known = month_names(language)
    months = {known[word] for word in regex.findall(r"[\p{L}\p{M}]+", text.casefold()) if word in known}
    return iso(numbers[1], months.pop(), numbers[0]) if len(numbers) == 2 and len(months) == 1 else None


@cache
def weekdays(language: str) -> dict[str, int]:
    """The days of a week, from 0 for Monday, by their names in a language, in full, in small letters (CLDR)."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(language).days["format"]["wide"]
    except (UnknownLocaleError, ValueError):
        return {}
    return {name.casefold(): day for day, name in names.items()}


@cache
def month_names(language: str) -> dict[str, int]:
    """The months by their names in a language (CLDR): in full and short, as they stand in a date and alone.

    In small letters, without a point; without what is but a number. Empty for a language that is not known.
    """
    from babel import Locale, UnknownLocaleError

    names = {}
    for code in (language, *REGIONAL.get(language, ())):
        with suppress(UnknownLocaleError, ValueError):
            months = Locale.parse(code).months
            for kind, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
                names |= {name.casefold().strip("."): month for month, name in months[kind][width].items()}
    return {name: month for name, month in names.items() if not name.isdigit()}


@cache
def _date_parser(language: str) -> Any:
    """dateparser's own, kept: setting one up costs as much as reading a date with it."""
    from dateparser.date import DateDataParser

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    return DateDataParser(languages=[language], settings=settings)


def iso(year: int, month: int, day: int) -> str | None:
    """An ISO date; Thai years (Buddhist era) are moved to the common one. None for a date that is none."""
    if 2400 < year < 2700:
        year -= 543
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def plain_digits(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() and c.isdecimal() else c for c in text)


def is_date(text: str) -> bool:
    """Whether a line is a date with a label, a time or a name: no item of a list, nor what happened on a date."""
    left = without_dates(text)
    if len(text) > 50 or left == text or EVENT.match(left):
        return False
    return not BULLET.match(text) or letters("".join(filter(str.isalpha, left))) < 8


def without_dates(text: str) -> str:
    """The text with a bar in place of each date."""
    for _, shape in DATES:
        text = shape.sub("|", text)
    return text
