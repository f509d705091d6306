"""Whether the quotes that a statement cites carry it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from index.words import fold, rarity, stem, words
from qa.assertions import OFFICES, Assertions, assertions, translated_names
from qa.facts import TELLING, UNITS, Day, Facts, Figure, Name, facts, in_digits

# Thresholds chosen on one half of tests/gate/statements.jsonl; what they do on the other stands in docs/quality.md.
COSINE = 0.88  # of statement and quote
NEW_WORDS = 0.34  # share of a statement's words, by what they tell, that its quote lacks
FURTHEST = 0.75  # least similarity of a new word to the quote
OTHER_COSINE = 0.82  # the same where statement and quote are of two languages
OTHER_FURTHEST = 0.45
_BESIDE = 8  # words from one side of a verb to the other
_SAID = 0.15  # how much a word must tell to count when a clause's subject is looked for
_DENIED = 4  # words of its clause that a negation denies
_INSTRUCTS = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompts?|rules|previous|above|articles?|sources?)\b"
    r"|\bsystem prompt\b|\byou (?:must|are to|should) (?:say|answer|reply|respond|write)\b|\bas an? (?:ai|"
    r"language model)\b"
    r"|(?<!\w)(?:bỏ qua|phớt lờ|quên)(?!\w).{0,40}(?<!\w)(?:hướng dẫn|chỉ dẫn|chỉ thị|lệnh|quy tắc)(?!\w)"
    r"|(?<!\w)(?:hãy (?:nói|trả lời|viết) rằng|bạn phải (?:nói|trả lời|viết))(?!\w)",
    re.IGNORECASE,
)
MARKUP = re.compile(r"<[a-z/!]|\]\(|!\[|https?:|www\.|javascript:|[`{}\\]|\*\*|__|&[a-z#]\w*;", re.IGNORECASE)
_JOINT = re.compile(r"; |, (?:and|while|but|whereas|và|còn|trong khi|nhưng) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote, with what is known of its article."""

    text: str
    language: str | None
    publisher: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Closeness:
    """How near a statement is to a quote: the cosine of both, and the least similarity of the words given to it."""

    cosine: float
    furthest: float


Measure = Callable[[str, str, tuple[str, ...]], Closeness | None]
"""(statement, quote, words of the statement) -> closeness; None where the embedder cannot tell."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`carried_by` are the places of the quotes that carry the statement; without any, `reason` says what is wrong."""

    carried_by: tuple[int, ...]
    reason: str | None = None

    @property
    def passed(self) -> bool:
        return bool(self.carried_by)


def instructs(text: str) -> bool:
    """Whether a text speaks to a model instead of to a reader: nothing that it says is taken as said."""
    return bool(_INSTRUCTS.search(text))


def judge(statement: str, language: str | None, quotes: Sequence[Quoted], measure: Measure) -> Verdict:
    """Whether each part of a statement is carried by one of its quotes alone: two quotes together prove nothing.

    A part is the whole, or where that fails each of its joined clauses.
    """
    if not quotes:
        return Verdict((), "no quote")
    if MARKUP.search(statement):
        return Verdict((), "markup")
    whole = [_objection(statement, language, quote, measure) for quote in quotes]
    carrying = tuple(i for i, reason in enumerate(whole) if reason is None)
    if carrying:
        return Verdict(carrying)
    pieces = [piece for piece in _JOINT.split(statement) if piece.strip()]
    if len(quotes) > 1 and len(pieces) > 1:
        by_piece = [[_objection(p, language, quote, measure) for quote in quotes] for p in pieces]
        if all(None in reasons for reasons in by_piece):
            return Verdict(tuple(i for i in range(len(quotes)) if any(own[i] is None for own in by_piece)))
    return Verdict((), next(reason for reason in whole if reason))


def _objection(statement: str, language: str | None, quote: Quoted, measure: Measure) -> str | None:
    """Why a quote does not carry a statement; None where it does."""
    if words(statement) == words(quote.text):
        return None
    own, theirs = assertions(language), assertions(quote.language)
    if own is None or theirs is None:
        return "language"
    if instructs(statement) or instructs(quote.text):
        return "instruction"
    said = _unattributed(statement, own, quote, language).strip()
    if not words(said):
        return "empty"
    told, known = facts(said, language), facts(quote.text, quote.language)
    return (
        _figures(told, known, own, theirs, language == quote.language)
        or _dates(told, known, quote)
        or _names(told, known, said, language, quote)
        or _polarity(said, own, quote.text, theirs, language if language == quote.language else None)
        or _titles(told, known, said, language, quote)
        or _order(told, known, said, quote.text, own, theirs, language == quote.language)
        or (_rearranged(told, known, said, theirs, quote) if language == quote.language else None)
        or _meaning(said, language, quote, measure)
    )


def _unattributed(statement: str, own: Assertions, quote: Quoted, language: str | None) -> str:
    """The statement without "According to PUBLISHER, DATE:" where both are those of the quote's article."""
    if not quote.publisher or quote.publisher.casefold() not in statement.casefold():
        return statement
    text = statement
    if quote.published:
        day = date.fromisoformat(quote.published)
        for match in re.finditer(
            r"[\s(,]*(?:\b(?:on|of|vào|ngày|hôm)\s)?[^\s,;:()]*\d[^;:()]{0,24}?\d{4}\)?", statement
        ):
            near = statement[max(0, match.start() - len(quote.publisher) - 16) : match.end()]
            dates = facts(match[0], language).dates
            if quote.publisher.casefold() in near.casefold() and any(
                (d.year, d.month, d.day) == (day.year, day.month, day.day) for own_dates in dates for d in own_dates
            ):
                text = statement[: match.start()] + statement[match.end() :]
                break
    for form in own.source:
        text = re.sub(form.format(name=re.escape(quote.publisher)), " ", text, count=1, flags=re.IGNORECASE)
    return text.strip(" ,:")


def _figures(told: Facts, known: Facts, own: Assertions, theirs: Assertions, same_language: bool) -> str | None:
    for figure in told.figures:
        alike = [other for other in known.figures if figure.readings & other.readings]
        years = {float(day.year) for days in known.dates for day in days if day.year}
        if not alike:
            small = figure.unit == "word" and figure.readings <= {1.0}
            if small or figure.readings & years:
                continue
            return "number"
        if figure.unit == "word":
            continue
        fitting = [other for other in alike if _same_unit(figure, other)]
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
        if all(_turned(figure.around, own, other.around, theirs) for other in fitting):
            return "opposite"
    if not same_language and _mixed(told.figures, known.figures):
        return "number"
    return None


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
        given = _distinct([other for other in known if other.unit == unit])
        mine = _distinct([figure for figure in told if figure.unit == unit])
        if len(given) > 1 and not _matching(mine, given):
            return True
    return False


def _distinct(figures: Sequence[Figure]) -> list[frozenset[float]]:
    return list(dict.fromkeys(figure.readings for figure in figures if figure.unit != "word"))


def _matching(mine: Sequence[frozenset[float]], given: Sequence[frozenset[float]]) -> bool:
    return len(mine) == len(given) and all(map(frozenset.intersection, mine, given))


def _same_unit(one: Figure, other: Figure) -> bool:
    if "percent" in (one.unit, other.unit) or "point" in (one.unit, other.unit):
        return one.unit == other.unit
    if other.unit == "word":
        return True
    return one.unit is None or one.unit == other.unit


def _dates(told: Facts, known: Facts, quote: Quoted) -> str | None:
    published = date.fromisoformat(quote.published) if quote.published else None
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


def _names(told: Facts, known: Facts, said: str, language: str | None, quote: Quoted) -> str | None:
    keys = {name.key for name in known.names if name.translated}
    plain = {fold(word) for word in words(quote.text)} | {name.key for name in known.names}
    stems = {stem(word, language) for word in words(quote.text)} if language == quote.language else set()
    for name in told.names:
        if name.translated:
            if name.key not in keys:
                return "name"
            continue
        known_here = _same_name(name.key, plain) or all(_same_name(fold(w), plain) for w in words(name.key) or [""])
        inflected = name.first and any(stem(w, language) in stems for w in words(said)[:1])
        if not (name.common or known_here or inflected):
            return "name"
    folded = f" {' '.join(fold(word) for word in words(quote.text))} "
    plainly = [name for name in told.names if not name.translated and not name.common]
    for one, other in pairwise(plainly):  # "Maria Sol" and "Ivan Petrov" say nothing of a Maria Petrov
        together = said[one.place : other.place].strip() == said[one.place : one.place + len(one.key)]
        if together and f" {one.key} {other.key} " not in folded and one.key.isalpha() and other.key.isalpha():
            return "name"
    return None


def _same_name(name: str, plain: set[str]) -> bool:
    """Whether a text has the name, but for an ending: "Houthi" and "Houthis"."""
    return name in plain or any(f"{name}{end}" in plain or name == f"{other}{end}"
                                for end in ("s", "n", "an", "ian",
                                "i") for other in plain if len(other) > 3)  # fmt: skip


def _polarity(said: str, own: Assertions, quote: str, theirs: Assertions, language: str | None) -> str | None:
    """What is turned round: a denial, a plan told as a fact, a direction. `language` where both have the same."""
    part = _nearest_clauses(said, own, quote, theirs, language)
    lower, against, whole = (_MAY.sub(" ", text).casefold() for text in (said, part, quote))
    denied = bool(re.search(own.negation, lower))
    agreed = language and _denied(lower, own, language) & _denied(whole, theirs, language)
    if denied != bool(re.search(theirs.negation, against)) and not agreed:
        return "negation"
    doubted = bool(re.search(own.doubt, lower))
    if not doubted and re.search(theirs.doubt, against):
        return "doubt"
    if doubted and not re.search(theirs.doubt, whole):
        return "doubt"
    for kind in ("claim", "chance"):
        if re.search(getattr(theirs, kind), against) and not re.search(rf"{own.claim}|{getattr(own, kind)}", lower):
            return "doubt"
    if _vague(lower, own) - _vague(whole, theirs):
        return "number"
    if (re.search(theirs.partial, against) and not re.search(own.partial, lower)) or (
        re.search(own.whole, lower) and not re.search(theirs.whole, whole)
    ):
        return "part"
    if language and _denied_otherwise(lower, own, whole, theirs, language):
        return "negation"
    turned = _turned(lower, own, against, theirs) or (language and _turned(lower, own, whole, theirs))
    return "opposite" if turned else None


def _vague(text: str, own: Assertions) -> set[str]:
    return {key for key, pattern in own.amounts.items() if re.search(pattern, text)}


def _turned(said: str, own: Assertions, quote: str, theirs: Assertions) -> bool:
    """Whether one text has one of two opposites, and the other only the other."""
    for key, sides in own.opposites.items():
        pair = theirs.opposites.get(key, ("(?!)", "(?!)"))
        for i in (0, 1):
            one_sided = re.search(sides[i], said) and not re.search(sides[1 - i], said)
            if one_sided and re.search(pair[1 - i], quote) and not re.search(pair[i], quote):
                return True
    return False


def _denied_otherwise(said: str, own: Assertions, quote: str, theirs: Assertions, language: str) -> bool:
    """Whether a word is denied in one text and told in the other: the first telling ones after each negation."""
    mine, others = _denied(said, own, language), _denied(quote, theirs, language)
    if mine & others:
        return False
    unclear = not others and re.search(theirs.negation, quote)  # "rejected it"
    return bool(mine & _stems(quote, language) and not unclear) or bool(others & _stems(said, language))


def _denied(text: str, own: Assertions, language: str) -> set[str]:
    found: set[str] = set()
    for match in re.finditer(own.negation, text):
        for clause in re.split(own.breaks, text[match.end() :]):  # the first one that says something
            following = [w for w in words(clause) if w.isdigit() or rarity(w, language) >= TELLING]
            found.update(stem(word, language) for word in following[:_DENIED])
            if following:
                break
    return found


def _rearranged(told: Facts, known: Facts, said: str, theirs: Assertions, quote: Quoted) -> str | None:
    """What one language lets see: a clause told of whom another speaks of, a verb whose sides changed places."""
    crossed = _crossed(said, quote.text, quote.language, known)
    return "order" if crossed or _of_another(told, known, said, theirs, quote) else _subject(said, theirs, quote)


def _crossed(said: str, quote: str, language: str | None, known: Facts) -> bool:
    """Whether what stands on either side of a word stands on the other side of it in the quote."""
    names = {name.key for name in known.names}
    mine, theirs = words(said), words(quote)
    places: dict[str, list[int]] = {}
    for i, word in enumerate(theirs):
        places.setdefault(stem(word, language), []).append(i)
    own = [(i, stem(w, language)) for i, w in enumerate(mine) if rarity(w, language) >= TELLING]
    own = [(i, key) for i, key in own if len(places.get(key, ())) == 1]
    for (h, before), (i, pivot), (j, after) in zip(own, own[1:], own[2:], strict=False):
        (place,) = places[pivot]
        if mine[i].isdigit() or fold(mine[i]) in names or places[before][0] < place or places[after][0] > place:
            continue
        three = ((h, places[before][0]), (i, place), (j, places[after][0]))
        if j - h <= _BESIDE and all(_is_passive(mine, one) == _is_passive(theirs, other) for one, other in three):
            return True
    return False


def _is_passive(text: Sequence[str], i: int) -> bool:
    return text[max(0, i - 1)] in _BE or text[i + 1 : i + 2] == ["by"]


def _of_another(told: Facts, known: Facts, said: str, theirs: Assertions, quote: Quoted) -> bool:
    """Whether the clause of the quote that says most of one of the statement's names others than that does."""
    counted = [
        (names, _telling(quote.text[start:end], quote.language, _SAID))
        for start, end, names in _clauses(known, quote.text, theirs)
    ]
    given = {name.key for name in known.names}
    for start, end, named in _clauses(told, said, theirs):
        own = named & given
        wanted = {
            key for key in _telling(said[start:end], quote.language, _SAID) if len(key) > 2 and fold(key) not in given
        }
        if own and wanted:
            most, subjects = max(((len(wanted & clause), names) for names, clause in counted), key=lambda pair: pair[0])
            rival = max((len(wanted & clause) for names, clause in counted if names & own), default=0)
            if most > rival + 1 and subjects and not subjects & own:
                return True
    return False


def _clauses(known: Facts, text: str, theirs: Assertions) -> list[tuple[int, int, set[str]]]:
    """Start and end of each clause, and whom it speaks of: "who ran" of the name before."""
    names = [
        n for n in known.names if not n.common and (not n.first or n.translated or _followed(n, known.names, text))
    ]
    cuts = [0, *(match.start() for match in re.finditer(theirs.breaks, text, re.IGNORECASE)), len(text)]
    found = []
    for start, end in pairwise(cuts):
        own = [name for name in names if start <= name.place < end]
        if not own and _RELATIVE.match(text[start:end]):
            own = [name for name in names if name.place < start][-1:]
        found.append((start, end, {name.key for name in own}))
    return found


def _subject(said: str, theirs: Assertions, quote: Quoted) -> str | None:
    """Whether what one clause of the quote says is said of what another speaks of ("The army released ...")."""
    language = quote.language
    if _FRONTED.match(said):  # "After the inspection, ..." begins with no subject
        said = said.partition(", ")[2]
    said = next((part for part in re.split(theirs.breaks, said, flags=re.IGNORECASE) if words(part)), said)
    own = [stem(w, language) for w in words(said) if rarity(w, language) >= TELLING]
    clauses = [
        [stem(w, language) for w in words(clause) if rarity(w, language) >= TELLING]
        for clause in re.split(f"(?:{theirs.breaks})", quote.text, flags=re.IGNORECASE)
    ]
    subject = next((word for word in own if any(word in clause for clause in clauses)), None)
    rest = set(own) - {subject}
    best = max(range(len(clauses)), key=lambda i: len(rest & set(clauses[i])))
    elsewhere = subject is not None and all(subject not in clause for clause in clauses[: best + 1])
    return "order" if elsewhere and len(rest & set(clauses[best])) > 1 and clauses[best][0] not in own else None


def _nearest_clauses(said: str, own: Assertions, quote: str, theirs: Assertions, language: str | None) -> str:
    """The clauses of the quote that share a telling word with the statement; all of it across languages."""
    if language is None:
        return quote
    wanted = _content(said, language)
    clauses = [clause for clause in re.split(f"(?={theirs.breaks})", quote, flags=re.IGNORECASE) if clause.strip()]
    shared = [(len(wanted & _content(clause, language)), clause) for clause in clauses]
    most = max((count for count, _ in shared), default=0)
    near = [clause for count, clause in shared if count and count * 2 >= most]
    return " ; ".join(near) or quote


@lru_cache(maxsize=1024)
def _content(text: str, language: str | None) -> frozenset[str]:
    return _telling(text, language, TELLING)


def _telling(text: str, language: str | None, least: float) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words(text) if rarity(word, language) >= least)


def _stems(text: str, language: str | None) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words(text))


_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|is|are|be)\b.{0,40}\bby\b|\b(?:\w{2,}ed|led|held|made|won|sent|told|built|given) by\b"
    r"|(?<!\w)bởi(?!\w)|(?<!\w)(?:bị|được)(?: \w+){0,2} (?-i:[A-ZĐ])",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"\W*(?:after|before|in|on|at|among|to|since|for|with|during|because|when|if|by|from|under|sau|trước|trong|tại|từ|"
    r"vào|do|vì|để|theo|khi|nếu|ở|năm|ngày|tháng)(?!\w)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\W*(?:who|whose|which|mà|người)(?!\w)", re.IGNORECASE)
_BE = ("be", "been", "being", "is", "are", "was", "were", "bị", "được")
_PLACED = re.compile(
    r"(?:\b(?:in|at|from|on|of|near|into|for|since|during)(?: the)?|(?<!\w)(?:ở|tại|từ|của|vào|"
    r"trong))\s*$",
    re.I,
)
_MAY = re.compile(r"(?<=\w )May\b")  # the month
_AND = re.compile(r"^[\s,]*(?:(?:and|or|as well as|và|cùng|hoặc)[\s,]*)*$", re.IGNORECASE)


def _order(
    told: Facts, known: Facts, said: str, quote: str, own: Assertions, others: Assertions, same_language: bool
) -> str | None:
    """Names that changed places ("A beat B", "B beat A"), and figures that changed names."""
    (mine, placed), (theirs, given_place) = _roles(told.names, said), _roles(known.names, quote)
    tellers = _tellers(told.names, said, own), _tellers(known.names, quote, others)
    if all(tellers):  # who tells may stand first or last
        if not tellers[0] & tellers[1]:
            return "order"
        mine, theirs = (
            {k: v for k, v in roles.items() if k not in tellers[0] | tellers[1]} for roles in (mine, theirs)
        )
    if placed & theirs.keys() and given_place & mine.keys():
        return "order"
    if bool(_PASSIVE.search(said)) == bool(_PASSIVE.search(quote)):
        shared = [key for key in mine if key in theirs]
        placed = {name.key for name in told.names} - mine.keys()
        opening = {name.key for name in known.names if name.first and not _followed(name, known.names, quote)}
        lead = next((k for k in theirs if k not in placed and (k in mine or k not in opening)), None)
        if not same_language and lead and shared and lead != shared[0]:
            return "order"
        for i, first in enumerate(shared):
            for second in shared[i + 1 :]:
                if _inverted(first, second, known.names) and (
                    not same_language
                    or _together(mine[first], mine[second], said, own)
                    or _together(theirs[first], theirs[second], quote, others)
                ):
                    if _holders(told, first, second) & _holders(known, first, second):
                        continue  # "minister Ann Lee" is "Ann Lee, the minister"
                    a, b = sorted((theirs[first], theirs[second]))
                    if not _AND.match(re.sub(r"^\S+", "", quote[a:b])) or len(told.figures) > 1:
                        return "order"
    owners, given = _owners(told), _owners(known)
    owning = set().union(*given.values())
    for figure, names in owners.items():
        if figure in given and not names & given[figure] and names & owning:
            return "order"
    return None


def _inverted(first: str, second: str, names: Sequence[Name]) -> bool:
    """Whether the first name stands after the second wherever it is told."""
    return min(n.place for n in names if n.key == first) > max(n.place for n in names if n.key == second)


def _together(one: int, other: int, text: str, own: Assertions) -> bool:
    """Whether two places are in one clause."""
    between = text[min(one, other) : max(one, other)]
    return not re.search(rf"{own.breaks}|\b(?:as|with)\b", between, re.IGNORECASE)


def _followed(name: Name, names: Sequence[Name], text: str) -> bool:
    end = name.place + len(name.key)
    return any(other.place > end and text[end : other.place].isspace() for other in names)


def _titles(told: Facts, known: Facts, said: str, language: str | None, quote: Quoted) -> str | None:
    """An office given to someone else."""
    given = _titled(known.names, quote.text, quote.language)
    mine = _titled(told.names, said, language)
    return "order" if any(names.isdisjoint(given.get(office, names)) for office, names in mine.items()) else None


def _titled(names: Sequence[Name], text: str, language: str | None) -> dict[str, set[str]]:
    """The names that stand right after an office, of all that the office is given to."""
    found: dict[str, set[str]] = {}
    for one, other in pairwise(names):
        held = one.key in OFFICES and text[one.place : other.place].strip().casefold() in translated_names(language)
        if held and not other.translated:
            found.setdefault(one.key, set()).add(other.key)
    return found


def _holders(known: Facts, first: str, second: str) -> set[str]:
    """The name that stands nearest to the one of both that is an office; empty where none is."""
    office = first if first in OFFICES else second if second in OFFICES else None
    others = [name for name in known.names if not name.translated]
    if office is None or not others:
        return set()
    place = next(name.place for name in known.names if name.key == office)
    nearest = min(others, key=lambda name: abs(name.place - place))
    return {name.key for name in others if abs(name.place - nearest.place) <= len(name.key) + len(nearest.key)}


def _roles(names: Sequence[Name], text: str) -> tuple[dict[str, int], set[str]]:
    """Where each name stands first, and apart from them the names after a preposition of place.

    Without words that only begin a sentence.
    """
    found: dict[str, int] = {}
    placed: set[str] = set()
    end: int | None = None  # of the last name after a preposition, whose words are one
    for name in names:
        if (end is not None and text[end : name.place].isspace()) or _PLACED.search(text[: name.place]):
            placed.add(name.key)
            end = name.place + len(name.key)
        else:
            end = None
            if not name.common:
                found.setdefault(name.key, name.place)
    return found, placed - found.keys()


def _tellers(names: Sequence[Name], text: str, own: Assertions) -> set[str]:
    """The names of those who report what a text says."""
    found: set[str] = set()
    for name in names:
        after = re.match(rf"\S*(?: (?-i:[A-ZĐ])\S*){{0,3}}{own.reporting}", text[name.place :], re.IGNORECASE)
        before = re.search(r"(?:\baccording to|(?<!\w)theo) [^,;.]{0,60}$", text[: name.place], re.IGNORECASE)
        if after or before:
            found.add(name.key)
    return found


def _owners(known: Facts) -> dict[float, set[str]]:
    """For each figure the names that stand nearest before it where it is told."""
    found: dict[float, set[str]] = {}
    for figure in known.figures:
        before = [name for name in known.names if name.place < figure.place and not name.common]
        if before and figure.unit != "word":
            found.setdefault(max(figure.readings), set()).add(before[-1].key)
    return found


def _meaning(said: str, language: str | None, quote: Quoted, measure: Measure) -> str | None:
    same = language == quote.language
    new, share = new_words(said, language, quote.text if same else "")
    found = measure(said, quote.text, new)
    if same:
        if share > NEW_WORDS:
            return "words"
        if found and (found.cosine < COSINE or (new and found.furthest < FURTHEST)):
            return "meaning"
        return None
    if found is None or found.cosine < OTHER_COSINE or found.furthest < OTHER_FURTHEST:
        return "meaning"
    return None


def new_words(said: str, language: str | None, quote: str) -> tuple[tuple[str, ...], float]:
    """The telling words that the quote lacks, and their share of all, by what they tell."""
    known = {stem(word, language) for word in words(quote)} | {fold(word) for word in words(quote)}
    telling = {
        word: rarity(word, language)
        for word in words(in_digits(said, language))
        if not word.isdigit() and word not in UNITS
    }
    telling = {word: weight for word, weight in telling.items() if weight >= TELLING}
    new = tuple(word for word in telling if stem(word, language) not in known and fold(word) not in known)
    total = sum(telling.values())
    return new, sum(telling[word] for word in new) / total if total else 0.0
