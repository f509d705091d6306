"""Whether a statement says of each what its quote says of it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.words import fold, rarity, stem, words
from qa.assertions import Assertions
from qa.facts import TELLING, Facts, Name, Reading
from qa.names import OFFICES, translated_names
from qa.polarity import telling

_BESIDE = 8  # words from one side of a verb to the other
_SAID = 0.15  # how much a word must tell to count when a clause's subject is looked for


def exchanged(said: Reading, quote: Reading) -> str | None:
    """What a statement says of another than its quote does, by the order of names, figures and words; None if nothing.

    Where both are in one language also a clause told of whom another speaks of, a verb whose sides changed places.
    """
    same = said.language == quote.language
    moved = _titles(said, quote) or _order(said, quote)
    return moved or (_rearranged(said, quote) if same else None)


def _rearranged(said: Reading, quote: Reading) -> str | None:
    return "order" if _crossed(said, quote) or _of_another(said, quote) or _subject(said, quote) else None


def _crossed(said: Reading, quote: Reading) -> bool:
    """Whether what stands on either side of a word stands on the other side of it in the quote."""
    language, own, be = said.language, said.asserts, said.asserts.be
    if own.inverts and _fronted(said) != _fronted(quote):  # "2022 wuchs der Umsatz"
        return False
    names = {name.key for name in quote.facts.names}
    mine, theirs = words(said.text), words(quote.text)
    places: dict[str, list[int]] = {}
    for i, word in enumerate(theirs):
        places.setdefault(stem(word, language), []).append(i)
    telling_words = [(i, stem(w, language)) for i, w in enumerate(mine) if rarity(w, language) >= TELLING]
    telling_words = [(i, key) for i, key in telling_words if len(places.get(key, ())) == 1]
    for (h, before), (i, pivot), (j, after) in zip(telling_words, telling_words[1:], telling_words[2:], strict=False):
        (place,) = places[pivot]
        if re.match(own.reporting, mine[i]):  # who tells may stand first or last
            continue
        if mine[i].isdigit() or fold(mine[i]) in names or places[before][0] < place or places[after][0] > place:
            continue
        three = ((h, places[before][0]), (i, place), (j, places[after][0]))
        if j - h <= _BESIDE and all(
            _is_passive(mine, one, be) == _is_passive(theirs, other, be) for one, other in three
        ):
            return True
    return False


def _is_passive(text: Sequence[str], i: int, be: Sequence[str]) -> bool:
    return text[max(0, i - 1)] in be or text[i + 1 : i + 2] == ["by"]


def _of_another(said: Reading, quote: Reading) -> bool:
    """Whether the clause of the quote that says most of one of the statement's names others than that does."""
    told, known, theirs = said.facts, quote.facts, quote.asserts
    counted = [
        (names, telling(quote.text[start:end], quote.language, _SAID))
        for start, end, names in _clauses(known, quote.text, theirs)
    ]
    given = {name.key for name in known.names}
    for start, end, named in _clauses(told, said.text, theirs):
        own = named & given
        wanted = {
            key
            for key in telling(said.text[start:end], quote.language, _SAID)
            if len(key) > 2 and fold(key) not in given
        }
        if own and wanted:
            most, subjects = max(((len(wanted & clause), names) for names, clause in counted), key=lambda pair: pair[0])
            rival = max((len(wanted & clause) for names, clause in counted if names & own), default=0)
            if most > rival + 1 and subjects and not subjects & own:
                return True
    return False


def _fronted(reading: Reading) -> bool:
    return bool(re.match(rf"\W*{reading.asserts.fronted}(?!\w)", reading.text, re.IGNORECASE))


def _clauses(known: Facts, text: str, theirs: Assertions) -> list[tuple[int, int, set[str]]]:
    """Start and end of each clause, and whom it speaks of: "who ran" of the name before."""
    names = [
        n
        for n in known.names
        if not (n.common or n.noun) and (not n.first or n.translated or _followed(n, known.names, text))
    ]
    cuts = [0, *(match.start() for match in re.finditer(theirs.breaks, text, re.IGNORECASE)), len(text)]
    found = []
    for start, end in pairwise(cuts):
        own = [name for name in names if start <= name.place < end]
        if not own and re.match(rf"\W*{theirs.relative}(?!\w)", text[start:end], re.IGNORECASE):
            own = [name for name in names if name.place < start][-1:]
        found.append((start, end, {name.key for name in own}))
    return found


def _subject(statement: Reading, quote: Reading) -> bool:
    """Whether what one clause of the quote says is said of what another speaks of ("The army released ...")."""
    said, language, theirs = statement.text, quote.language, quote.asserts
    if _fronted(statement):  # "After the inspection, ..." begins with no subject
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
    return elsewhere and len(rest & set(clauses[best])) > 1 and clauses[best][0] not in own


def _order(statement: Reading, quoted: Reading) -> str | None:
    """Names that changed places ("A beat B", "B beat A"), and figures that changed names."""
    told, known, own, others = statement.facts, quoted.facts, statement.asserts, quoted.asserts
    said, quote, same_language = statement.text, quoted.text, statement.language == quoted.language
    (mine, placed), (theirs, given_place) = _roles(told.names, said, own), _roles(known.names, quote, others)
    tellers = _tellers(told.names, said, own), _tellers(known.names, quote, others)
    if all(tellers):  # who tells may stand first or last
        if not tellers[0] & tellers[1]:
            return "order"
        mine, theirs = (
            {k: v for k, v in roles.items() if k not in tellers[0] | tellers[1]} for roles in (mine, theirs)
        )
    if placed & theirs.keys() and given_place & mine.keys():
        return "order"
    if bool(re.search(own.passive, said, re.I)) == bool(re.search(others.passive, quote, re.I)):
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
                    if (
                        not re.match(rf"[\s,]*(?:(?:{others.joined})[\s,]*)*$", re.sub(r"^\S+", "", quote[a:b]), re.I)
                        or len(told.figures) > 1
                    ):
                        return "order"
    owners, given = _owners(statement), _owners(quoted)
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


def _titles(said: Reading, quote: Reading) -> str | None:
    """An office given to someone else."""
    given, mine = _titled(quote), _titled(said)
    return "order" if any(names.isdisjoint(given.get(office, names)) for office, names in mine.items()) else None


def _titled(reading: Reading) -> dict[str, set[str]]:
    """The names that stand right after an office, of all that the office is given to."""
    found: dict[str, set[str]] = {}
    called = translated_names(reading.language)
    for one, other in pairwise(reading.facts.names):
        held = one.key in OFFICES and reading.text[one.place : other.place].strip().casefold() in called
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


def _roles(names: Sequence[Name], text: str, own: Assertions) -> tuple[dict[str, int], set[str]]:
    """Where each name stands first, and apart from them the names after a preposition of place.

    Without words that only begin a sentence.
    """
    found: dict[str, int] = {}
    placed: set[str] = set()
    end: int | None = None  # of the last name after a preposition, whose words are one
    for name in names:
        if (end is not None and text[end : name.place].isspace()) or re.search(
            rf"(?:{own.placed})\s*$", text[: name.place], re.I
        ):
            placed.add(name.key)
            end = name.place + len(name.key)
        else:
            end = None
            if not (name.common or name.noun):
                found.setdefault(name.key, name.place)
    return found, placed - found.keys()


def _tellers(names: Sequence[Name], text: str, own: Assertions) -> set[str]:
    """The names of those who report what a text says."""
    found: set[str] = set()
    for name in names:
        after = re.match(rf"\S*(?: (?-i:[A-ZĐ])\S*){{0,3}}{own.reporting}", text[name.place :], re.IGNORECASE)
        before = re.search(r"(?:\baccording to|(?<!\w)theo) [^,;.]{0,60}$", text[: name.place], re.IGNORECASE)
        behind = re.search(rf"[,»”\"]{own.reporting}[^,;.:]{{0,24}}$", text[: name.place], re.IGNORECASE)
        if after or before or behind:
            found.add(name.key)
    return found


def _owners(reading: Reading) -> dict[float, set[str]]:
    """For each figure the names that stand nearest before it where it is told.

    In a clause without a name ("and may sell two of them") also the one that the sentence begins with.
    """
    found: dict[float, set[str]] = {}
    names = [name for name in reading.facts.names if not (name.common or name.noun)]
    breaks = list(re.finditer(reading.asserts.breaks, reading.text, re.IGNORECASE))
    for figure in reading.facts.figures:
        before = [name for name in names if name.place < figure.place]
        if before and figure.unit != "word":
            last = next((m for m in reversed(breaks) if m.end() <= figure.place), None)
            shared = last and before[-1].place < last.start() and re.fullmatch(reading.asserts.joined, last[0], re.I)
            owners = {before[-1].key} | ({before[0].key} if shared else set())
            found.setdefault(max(figure.readings), set()).update(owners)
    return found
