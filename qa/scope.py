"""Which articles a question speaks of: those of a publisher or author named in it, or of a time."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.words import fold, rarity, words
from qa.period import ago, bounds, read_period, when
from qa.scope_words import scopes
from qa.types import ANY, Filters

Names = Callable[[], Sequence[str]]
_COMMON = 0.75  # a name of one word that tells less than this ("Time", "Nature") must be written with a capital
_SHORT = 4  # letters of a word that stands for a name, at least
_MONTH = 31  # days
_ARTICLES = ("the", "le", "la", "les", "der", "die", "das", "dem", "den", "el", "los", "las", "báo", "tờ", "trang")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question says of the articles it is asked of.

    `filters` are demanded by its wording, `preferred` only looked for first; `newest` asks for the latest article
    that answers. `text` is the question as it is searched, without what says nothing else, `worded` as it was put but
    for that; `words` (lower case) are those of it that speak of articles and sources, not of their subject.
    """

    text: str
    worded: str
    filters: Filters = ANY
    preferred: Filters = ANY
    newest: bool = False
    words: frozenset[str] = frozenset()


def read_scope(
    question: str,
    language: str | None,
    publishers: Names,
    authors: Names,
    today: date,
    newest: Callable[[], str | None],
) -> Scope:
    """What the wording tells, conservatively. The known names are only called for where the wording wants one.

    A publisher counts where it is said to report ("according to X", "what did X say"), not where it is what is
    asked about ("who owns X?"). A date counts where it is that of articles ("articles from March 2021"); else it is
    as likely that of an event: a time told from today ("last week") is preferred, and articles of the month after a
    day or month that is told with its year. Without a year a date is the last one up to the `newest` article's, an ISO
    date: libraries end at some time. Two publishers named are no filter.
    """
    own, cuts = scopes(language), []
    filters = ANY
    for field, patterns, known in (("publisher", own.source, publishers), ("author", own.byline, authors)):
        found = {}
        worded = _first(patterns, question, language, r"\w.{0,80}?")
        names = known() if worded else ()
        for name in _likely(names, question):
            match = _first(patterns, question, language, _name_pattern(name))
            if match and _is_meant(match, name, language):
                found[name] = match
        for name, short in [] if found else _short_names(names, question):
            if match := _first(patterns, question, language, short):
                found[name] = match
        found = _longest(found)
        if len({name_key(name) for name in found}) == 1 and filters == ANY:
            name, match = next(iter(found.items()))
            filters = replace(filters, **{field: name})
            cuts.append(match)
    dated = _first(own.dated, question, language)
    if dated:
        cuts.append(dated)
    told = (text for m in cuts for group, text in m.groupdict().items() if group.startswith("when") and text)
    stated = next(told, None)
    period = read_period(stated, language, today, _latest(today, newest())) if stated else None
    if period:
        filters = replace(filters, after=period.after, before=period.before)
    elif dated:
        cuts.remove(dated)
    preferred = ANY
    if period is None and ago(language):
        recent = re.search(rf"(?<!\w)(?:{bounds(language)} )?{ago(language)}", question, re.IGNORECASE)
        since = read_period(recent[0], language, today) if recent else None
        if since and since.after != today.isoformat():  # "today" mostly means nowadays
            preferred = Filters(after=since.after, before=since.before)
        elif since is None:
            preferred = _soon_after(question, language, today)
    newest = _first(own.newest, question, language)
    said = {word for match in [*cuts, newest] if match for word in _about_articles(match)}
    text, worded = _without(question, cuts, own.said), _without(question, cuts)
    subject = _first(own.subject, text, language)
    if subject and not _likely(publishers(), subject[0]):
        text = _without(text, [subject], own.said)
        text = text if text.endswith("?") else f"{text.rstrip(' .!')}?"  # "Tell me about it."
    return Scope(text, worded, filters, preferred, newest is not None, frozenset(said))


def _latest(today: date, newest: str | None) -> date:
    """The day of the newest article; today where there is none, or its date is yet to come."""
    return min(today, date.fromisoformat(newest)) if newest else today


def _soon_after(question: str, language: str | None, today: date) -> Filters:
    """Articles that told of a day or month of the question when it was news; any where it names none with its year."""
    found = re.search(rf"(?<!\w){when(language)}", question, re.IGNORECASE)
    period = read_period(found[0], language, today) if found and re.search(r"\d{4}", found[0]) else None
    if period is None or period.after is None or period.before is None:
        return ANY
    first, last = date.fromisoformat(period.after), date.fromisoformat(period.before)
    if (last - first).days >= _MONTH:
        return ANY
    return Filters(after=period.after, before=(last + timedelta(_MONTH)).isoformat())


def _about_articles(match: re.Match[str]) -> list[str]:
    """The words of what was matched, but for those that may stand between ("articles ABOUT THE BRIDGE since May")."""
    found = words(match[0])
    named = match.string[match.start("name") : match.end()] if "name" in match.re.groupindex else ""
    return [*found[:1], *found[-1:], *words(named), *words(match.groupdict().get("cut") or "")]


def _first(patterns: Sequence[str], question: str, language: str | None, name: str = "(?!)") -> re.Match[str] | None:
    known = {
        "name": f"(?P<name>{name})",
        "when": f"(?P<when>{when(language) or '(?!)'})",
        "ago": f"(?P<when_ago>{ago(language) or '(?!)'})",
    }
    found = (re.search(pattern.format(**known), question, re.IGNORECASE) for pattern in patterns)
    return next((match for match in found if match), None)


def _likely(known: Sequence[str], question: str) -> list[str]:
    """The names all of whose words the question has, with or without their accents."""
    own = set(words(question))
    own |= {fold(word) for word in own}
    return [name for name in known if (needed := _telling(name)) and all(w in own or fold(w) in own for w in needed)]


def _telling(name: str) -> list[str]:
    found = words(name)
    return found[1:] if len(found) > 1 and found[0] in _ARTICLES else found


def name_key(name: str) -> tuple[str, ...]:
    """What a name has in common with other spellings of it: "The Guardian" is "Guardian"."""
    return tuple(fold(word) for word in _telling(name))


def _name_pattern(name: str) -> str:
    """The name as written or without accents, with or without its article; whole words."""
    found = _telling(name)
    spelt = [r"[\W_]+".join(map(re.escape, own)) for own in (found, [fold(w) for w in found])]
    return rf"(?<!\w)(?:(?:{'|'.join(_ARTICLES)}) )?(?:{'|'.join(dict.fromkeys(spelt))})(?!\w)"


def _short_names(known: Sequence[str], question: str) -> list[tuple[str, str]]:
    """The names that the question may have for short, "the Echo", and the pattern of that: their first or last word,
    with an article before and a capital, where no other name has it.
    """
    of, own = {name: _telling(name) for name in known}, set(words(question))
    count = Counter(word for telling in of.values() for word in set(telling))
    return [
        (name, rf"(?<!\w)(?:{'|'.join(_ARTICLES)}) (?-i:{re.escape(word.capitalize())})(?!\w)")
        for name, telling in of.items()
        for word in dict.fromkeys((*telling[:1], *telling[-1:]))
        if word in own and len(telling) > 1 and count[word] == 1 and len(word) >= _SHORT
    ]


def _is_meant(match: re.Match[str], name: str, language: str | None) -> bool:
    found = _telling(name)
    return len(found) > 1 or rarity(found[0], language) >= _COMMON or match["name"].lower() != match["name"]


def _longest(found: dict[str, re.Match[str]]) -> dict[str, re.Match[str]]:
    """Without names that are part of another one ("BBC" in "BBC News")."""
    return {
        name: match
        for name, match in found.items()
        if not any(other != name and set(_telling(name)) < set(_telling(other)) for other in found)
    }


def _without(question: str, matches: Sequence[re.Match[str]], said: str | None = None) -> str:
    """The question without the cuts, and with what is `said` for what a source reports; as it was where there are
    none, or nothing would be left to ask.
    """
    put = {"cut": ""} if said is None else {"cut": "", "reports": said}
    spans = sorted((*m.span(group), new) for m in matches for group, new in put.items() if m.groupdict().get(group))
    if not spans:
        return question
    rest, end = "", 0
    for start, stop, new in spans:
        new = new if question[:start].strip(" ¿") else new[:1].upper() + new[1:]
        rest, end = rest + question[end : max(start, end)] + new, max(stop, end)
    rest = re.sub(r"\s+(?=[?.,])", "", " ".join((rest + question[end:]).split())).strip(" ,")
    return rest if len(words(rest)) > 1 else question
