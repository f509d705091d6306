"""Whether a quote has the figures, dates and names of a statement."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from index.words import fold, stem, words
from qa.dates import Day
from qa.facts import TELLING, Figure, Reading, facts
from qa.figures import ARTICLES
from qa.polarity import telling, turned


def unknown(said: Reading, quote: Reading, published: date | None) -> str | None:
    """What of a statement its quote, published at that day, does not have; None where it has all."""
    return _figures(said, quote) or _part(said, quote) or _dates(said, quote, published) or _names(said, quote)


def _figures(said: Reading, quote: Reading) -> str | None:
    told, known, own, theirs = said.facts, quote.facts, said.asserts, quote.asserts
    same_language = said.language == quote.language
    for figure in told.figures:
        alike = [other for other in known.figures if figure.readings & other.readings]
        years = {float(day.year) for days in known.dates for day in days if day.year}
        if not alike:
            small = figure.unit == "word" and figure.readings <= {1.0}
            if not (small or figure.readings & years):
                return "number"
        if figure.unit == "word":
            if figure.readings <= {1.0} and (
                _more_than_one(figure, known.figures)
                if same_language
                else said.language in ARTICLES and not alike and _untold(told.figures, known.figures)
            ):
                return "number"
            continue
        if not alike:
            continue
        given = {other.unit for other in known.figures}
        fitting = [other for other in alike if _same_unit(figure, other, given)]
        if not fitting:
            return "unit"
        if not any(figure.bound == other.bound or other.unit == "word" for other in fitting):
            return "bound"
        if figure.role and all(other.role and other.role != figure.role for other in fitting):
            return "number"
        if not (figure.part or figure.among) and all(other.part for other in fitting):
            return "part"
        if same_language:
            rest = [other for other in known.figures if other not in alike]
            if all(_belongs(figure, fitting, rest, radius) for radius in ("near", "next_to")):
                return "number"
            own_counted = {other.counted for other in fitting}
            if figure.counted and all(own_counted) and figure.counted in {o.counted for o in rest} - own_counted:
                return "number"
        if all(turned(figure.around, own, other.around, theirs) for other in fitting):
            return "opposite"
    if not same_language and _mixed(told.figures, known.figures):
        return "number"
    return None


def _part(said: Reading, quote: Reading) -> str | None:
    """Whether what a quote says of a part alone ("of whom 5 died") is said without the part's figure."""
    if said.language != quote.language:
        return None
    told = telling(said.text, said.language, TELLING)
    for clause in re.split(r"[;.] ", quote.text):
        for begun in re.finditer(quote.asserts.thereof, clause, re.IGNORECASE):
            before, after = clause[: begun.start()], clause[begun.end() :].split(", ")[0]
            figures = facts(after, quote.language).figures[:1]
            own = telling(after, quote.language, TELLING) - telling(before, quote.language, TELLING)
            counts = [figure for figure in figures if figure.unit != "word"]
            if counts and own & told and not any(counts[0].readings & figure.readings for figure in said.facts.figures):
                return "part"
    return None


def _more_than_one(figure: Figure, known: Sequence[Figure]) -> bool:
    """Whether a quote counts more of what a statement has one of: "a driver" of "two drivers"."""
    counted = [max(other.readings) for other in known if figure.counted and other.counted == figure.counted]
    return bool(counted) and min(counted) > 1


def _untold(told: Sequence[Figure], known: Sequence[Figure]) -> bool:
    """Whether a quote counts something that its translation does not: "Ein Fahrer" may be its "two drivers"."""
    counts = [other for other in known if other.unit is None and max(other.readings) > 1 and not _is_year(other)]
    return any(not any(figure.readings & other.readings for figure in told) for other in counts)


def _belongs(figure: Figure, alike: Sequence[Figure], rest: Sequence[Figure], radius: str) -> bool:
    """Whether the words around a figure are rather those around another one of the quote."""

    def shared(others: Sequence[Figure]) -> int:
        return max((len(getattr(figure, radius) & getattr(other, radius)) for other in others), default=0)

    return shared(rest) > shared(alike)


def _mixed(told: Sequence[Figure], known: Sequence[Figure]) -> bool:
    """Whether a translation keeps only some of several figures of one unit, or tells them in another order."""
    if _matching(_distinct(told), _distinct(known)):
        return False
    for unit in {figure.unit for figure in told} - {"word"}:
        given = _distinct([other for other in known if other.unit == unit and not _is_year(other)])
        mine = _distinct([figure for figure in told if figure.unit == unit and not _is_year(figure)])
        if len(given) > 1 and not _matching(mine, given):
            return True
    return False


def _is_year(figure: Figure) -> bool:
    """Whether a figure may be one; which years are told is seen by themselves."""
    return figure.unit is None and all(1000 <= reading <= 2100 and reading.is_integer() for reading in figure.readings)


def _distinct(figures: Sequence[Figure]) -> list[frozenset[float]]:
    return list(dict.fromkeys(figure.readings for figure in figures if figure.unit != "word"))


def _matching(mine: Sequence[frozenset[float]], given: Sequence[frozenset[float]]) -> bool:
    return len(mine) == len(given) and all(map(frozenset.intersection, mine, given))


def _same_unit(one: Figure, other: Figure, given: set[str | None]) -> bool:
    """Whether a figure of a statement has the unit of one in a quote, of whose units `given` are all."""
    if {"percent", "point"} & {one.unit, other.unit}:
        return one.unit == other.unit
    if "age" in (one.unit, other.unit):  # "65", and in Vietnamese "65 tuổi"
        return {one.unit, other.unit} <= {"age", "year", None}
    if (
        other.unit is None and not other.counted and one.unit in given - {"word"}
    ):  # "85 million dollars, after 12 million"
        return True
    return other.unit == "word" or one.unit is None or one.unit == other.unit


def _dates(said: Reading, quote: Reading, published: date | None) -> str | None:
    told, known = said.facts, quote.facts
    given = [day for days in known.dates for day in days]
    years = {int(r) for figure in known.figures for r in figure.readings if r.is_integer() and 1000 <= r <= 2100}
    for days in told.dates:
        if not any(_known_day(day, given, years, published) for day in days):
            return "date"
    return None


def _known_day(day: Day, given: Sequence[Day], years: set[int], published: date | None) -> bool:
    for other in given:
        if day.weekday is not None:
            whole = other.year and other.month and other.day
            if day.weekday == other.weekday or (
                whole and date(other.year, other.month, other.day).weekday() == day.weekday
            ):
                return True
            continue
        if other.weekday is not None:
            continue
        year = other.year or (published.year if published else None)
        if (
            (day.year is None or day.year == year or (other.year is None and day.year in years))
            and (day.month is None or day.month == other.month)
            and (day.day is None or day.day == other.day)
        ):
            return True
    return False


def _names(said: Reading, quote: Reading) -> str | None:
    told, known, language = said.facts, quote.facts, said.language
    plain = {fold(word) for word in words(quote.text)} | {name.key for name in known.names}
    stems = {stem(word, language) for word in words(quote.text)} if language == quote.language else set()
    for name in told.names:
        if name.translated:
            if name.key not in known.called:
                return "name"
            continue
        known_here = _same_name(name.key, plain) or all(_same_name(fold(w), plain) for w in words(name.key) or [""])
        inflected = name.first and any(stem(w, language) in stems for w in words(said.text)[:1])
        inflected = inflected or (name.noun and stem(name.key, language) in stems)
        if not (name.common or known_here or inflected):
            return "name"
    folded = f" {' '.join(fold(word) for word in words(quote.text))} "
    plainly = [name for name in told.names if not (name.translated or name.common or name.noun)]
    for one, other in pairwise(plainly):  # "Maria Sol" and "Ivan Petrov" say nothing of a Maria Petrov
        together = said.text[one.place : other.place].strip() == said.text[one.place : one.place + len(one.key)]
        if together and f" {one.key} {other.key} " not in folded and one.key.isalpha() and other.key.isalpha():
            return "name"
    return None


def _same_name(name: str, plain: set[str]) -> bool:
    """Whether a text has the name, but for an ending: "Houthi" and "Houthis"."""
    return name in plain or any(f"{name}{end}" in plain or name == f"{other}{end}"
                                for end in ("s", "n", "an", "ian",
                                "i") for other in plain if len(other) > 3)  # fmt: skip
