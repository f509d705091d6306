"""Which articles say the same as a quote, and which give another number or time for the same thing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.words import stem, words
from qa.assertions import assertions
from qa.dates import Day, times
from qa.figures import numbers
from qa.language import cue
from qa.overlap import Bag, share
from qa.select import Evidence
from qa.span import Place, answer_span
from qa.types import Query

_TELLING = 0.3  # how much a word of the question must tell to be needed in both sentences
_VERBATIM = 8  # words; a sentence this long is not written twice by chance


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to be shown, with those of other articles that say the same; `spans` is what answers in each."""

    evidence: tuple[Evidence, ...]
    spans: tuple[Place | None, ...]

    @property
    def sources(self) -> int:
        """How many say so independently: a copy, or a long sentence word for word, is one source with its original."""
        own: list[list[str]] = []
        for one in self.evidence:
            text = words(one.quote)
            if one.article.state != "copy" and not (len(text) >= _VERBATIM and text in own):
                own.append(text)
        return max(1, len(own))


def claims(query: Query, chosen: Sequence[Evidence], ranked: Sequence[Evidence]) -> tuple[list[Claim], bool]:
    """What is shown of the chosen sentences, and whether the articles differ.

    Of all sentences (`ranked`) those of other articles are added that surely say the same as a chosen one, and those
    that give another value for what the question asks. Where any does, the newest stands first.
    """
    pool = [*chosen, *(e for e in ranked if e not in chosen)]
    told = _Told(query)
    used: set[tuple[str, int]] = set()
    found: list[Claim] = []
    for first in chosen:
        if _key(first) in used:
            continue
        same = [first]
        for other in pool:
            if _key(other) not in used and _elsewhere(other, same) and told.agree(first, other):
                same.append(other)
        used.update(map(_key, same))
        found.append(Claim(tuple(same), tuple(_span(query, e) or e.mark for e in same)))
    if not found:
        return [], False
    best = chosen[0]
    others = [claim for claim in found[1:] if told.differ(best, claim.evidence[0])][:1]
    if not others:
        other = next((e for e in pool if _key(e) not in used and told.differ(best, e)), None)
        others = [Claim((other,), (_span(query, other),))] if other else []
    if not others:
        return found, False
    differing = sorted([found[0], *others], key=lambda claim: claim.evidence[0].article.published or "", reverse=True)
    return [*differing, *(claim for claim in found[1:] if claim not in others)], True


def _key(evidence: Evidence) -> tuple[str, int]:
    return evidence.article.id, evidence.span.start


def _elsewhere(one: Evidence, others: Sequence[Evidence]) -> bool:
    """Whether it stands in another article than the others, in the language of the first."""
    return all(one.article.id != other.article.id for other in others) and _language(one) == _language(others[0])


def _language(evidence: Evidence) -> str | None:
    return evidence.article.language


Value = Day | tuple[frozenset[float], str, bool]
"""A day; or a number in its readings, what it counts, and whether it is exact: not "more than 40", "about 40"."""


class _Told:
    """What sentences give for what is asked, each worked out once."""

    def __init__(self, query: Query):
        self._query = query
        self._values: dict[tuple[str, int], Value | None] = {}
        self._words = cache(words)

    def agree(self, one: Evidence, other: Evidence) -> bool:
        value = self._value(one)
        alike = self._words(one.quote) == self._words(other.quote)
        return alike or (value is not None and value == self._value(other))

    def differ(self, one: Evidence, other: Evidence) -> bool:
        if not _elsewhere(other, (one,)):
            return False
        values = self._value(one), self._value(other)
        if None in values or values[0] == values[1]:
            return False
        one_value, other_value = values
        if isinstance(one_value, Day) and isinstance(other_value, Day):
            return _exactness(one_value) == _exactness(other_value)  # "May 2013" says nothing against "2013"
        if isinstance(one_value, Day) or isinstance(other_value, Day):
            return False
        return one_value[1] == other_value[1] and one_value[2] and other_value[2]

    def _value(self, evidence: Evidence) -> Value | None:
        """None unless the sentence speaks of all that the question does, and is clear."""
        key = _key(evidence)
        if key not in self._values:
            whole = evidence.article.language == self._query.language and _covers(self._query, evidence)
            place = _span(self._query, evidence) if whole else None
            self._values[key] = _value(self._query, evidence, place) if place else None
        return self._values[key]


def _covers(query: Query, evidence: Evidence) -> bool:
    """Whether the sentence has every telling word of the question; never for a follow-up, which says less itself."""
    asking = cue(query.language, query.kind or "").search(query.text.casefold()) if query.kind else None
    skipped = {query.focus, *(words(asking[0]) if asking else ())}
    asked = tuple((w, weight) for w, weight in query.words if w not in skipped and weight >= _TELLING)
    return bool(asked) and not query.context and share(asked, Bag(evidence.quote, evidence.article.language)) > 0.999


def _value(query: Query, evidence: Evidence, place: Place) -> Value | None:
    """The day or the number, with its unit or what it counts, that is told; None where it may be read in two ways."""
    start, end = place
    told, language = evidence.quote[start:end], evidence.article.language
    if query.kind == "when":
        dated = times(told, language)
        return dated[0].days[0] if len(dated) == 1 and len(dated[0].days) == 1 and dated[0].days[0].year else None
    found = numbers(told, language)
    if not found:
        return None
    following = [stem(word, language) for word in words(evidence.quote[end:])[:1]]
    return found[0].readings, found[0].unit or "".join(following), _is_exact(evidence.quote[:start], language)


def _is_exact(before: str, language: str | None) -> bool:
    """Whether what stands before a number makes it neither a bound nor a round one."""
    own = assertions(language)
    bounds = (own.over, own.under) if own else ()
    return not (cue(language, "about").search(before) or any(re.search(b, before.casefold()) for b in bounds))


def _span(query: Query, evidence: Evidence) -> Place | None:
    return answer_span(query, evidence.quote, evidence.article.language)


def _exactness(day: Day) -> int:
    return sum(part is not None for part in (day.year, day.month, day.day))
