"""Whether the quotes that a statement cites carry it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from index.words import fold, rarity, stem, words
from qa.assertions import Assertions, assertions
from qa.facts import TELLING, facts, read
from qa.figures import in_digits, numbers
from qa.polarity import turned_round
from qa.roles import exchanged
from qa.values import unknown

# Thresholds chosen on one half of tests/gate/statements.jsonl; what they do on the other stands in docs/quality.md.
COSINE = 0.88  # of statement and quote
COSINE_OWN_WORDS = 0.86  # the same where all of the statement's words are the quote's
NEW_WORDS = 0.34  # share of a statement's words, by what they tell, that its quote lacks
NEAR_NEW_WORDS = 0.45  # the same where statement and quote are nearer than that, and each new word is near too
FURTHEST = 0.75  # least similarity of a new word to the quote
NEAR, NEAR_FURTHEST = 0.95, 0.66  # the same where statement and quote are so near
OTHER_COSINE = 0.82  # the same where statement and quote are of two languages
OTHER_FURTHEST = 0.45
_INSTRUCTS = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompts?|rules|previous|above|articles?|sources?)\b"
    r"|\bsystem prompt\b|\byou (?:must|are to|should) (?:say|answer|reply|respond|write)\b|\bas an? (?:ai|"
    r"language model)\b"
    r"|(?<!\w)(?:bỏ qua|phớt lờ|quên)(?!\w).{0,40}(?<!\w)(?:hướng dẫn|chỉ dẫn|chỉ thị|lệnh|quy tắc)(?!\w)"
    r"|(?<!\w)(?:hãy (?:nói|trả lời|viết) rằng|bạn phải (?:nói|trả lời|viết))(?!\w)",
    re.IGNORECASE,
)
MARKUP = re.compile(r"\ufffd|<[a-z/!]|\]\(|!\[|https?:|www\.|javascript:|[`{}\\]|\*\*|__|&[a-z#]\w*;", re.IGNORECASE)
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
    parts, reason = _carried(statement, language, quotes, measure)
    return Verdict(tuple(sorted({place for _, places in parts for place in places})), reason)


def attribute(statement: str, language: str | None, quotes: Sequence[Quoted], measure: Measure) -> Verdict:
    """As `judge`, for a statement that names no quote: the fewest quotes that carry it, of these the nearest."""
    parts, reason = _carried(statement, language, quotes, measure)

    def nearness(part: str, place: int) -> float:
        found = measure(part, quotes[place].text, ())
        return found.cosine if found else 0.0

    near = [{place: nearness(part, place) if len(places) > 1 else 0.0 for place in places} for part, places in parts]
    ways = product(*(places for _, places in parts))
    best = min(ways, key=lambda way: (len(set(way)), -sum(own[i] for own, i in zip(near, way, strict=True))))
    return Verdict(tuple(sorted(set(best))), reason)


def _carried(
    statement: str, language: str | None, quotes: Sequence[Quoted], measure: Measure
) -> tuple[list[tuple[str, tuple[int, ...]]], str | None]:
    """The parts of a statement, each with the places of the quotes that carry it alone; none and why, if any fails."""
    if not quotes:
        return [], "no quote"
    if MARKUP.search(statement):
        return [], "markup"
    whole = [_objection(statement, language, quote, measure) for quote in quotes]
    if None in whole:
        return [(statement, _places(whole))], None
    pieces = [piece for piece in _JOINT.split(statement) if piece.strip()]
    if len(quotes) > 1 and len(pieces) > 1:
        by_piece = [[_objection(piece, language, quote, measure) for quote in quotes] for piece in pieces]
        if all(None in reasons for reasons in by_piece):
            return [(piece, _places(own)) for piece, own in zip(pieces, by_piece, strict=True)], None
    return [], whole[0]


def _places(reasons: Sequence[str | None]) -> tuple[int, ...]:
    return tuple(i for i, reason in enumerate(reasons) if reason is None)


def _objection(statement: str, language: str | None, quote: Quoted, measure: Measure) -> str | None:
    """Why a quote does not carry a statement; None where it does."""
    if words(statement) == words(quote.text):
        return None
    if statement.rstrip(' "”»').endswith("?"):
        return "question"
    own, known = assertions(language), read(quote.text, quote.language)
    if own is None or known is None:
        return "language"
    if instructs(statement) or instructs(quote.text):
        return "instruction"
    told = read(_unattributed(statement, own, quote, language).strip(), language)
    if told is None or not words(told.text):
        return "empty"
    return (
        unknown(told, known, date.fromisoformat(quote.published) if quote.published else None)
        or turned_round(told, known)
        or exchanged(told, known)
        or _meaning(told.text, language, quote, measure)
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


def _meaning(said: str, language: str | None, quote: Quoted, measure: Measure) -> str | None:
    same = language == quote.language
    new, share = new_words(said, language, quote.text if same else "")
    found = measure(said, quote.text, new)
    if same:
        near = found is not None and found.cosine >= NEAR and found.furthest >= FURTHEST
        if share > (NEAR_NEW_WORDS if near else NEW_WORDS):
            return "words"
        if found and found.cosine < (COSINE if new else COSINE_OWN_WORDS):
            return "meaning"
        if found and new and found.furthest < (NEAR_FURTHEST if found.cosine >= NEAR else FURTHEST):
            return "meaning"
        return None
    if found is None or found.cosine < OTHER_COSINE or found.furthest < OTHER_FURTHEST:
        return "meaning"
    return None


def new_words(said: str, language: str | None, quote: str) -> tuple[tuple[str, ...], float]:
    """The telling words that the quote lacks, and their share of all, by what they tell."""
    known = {stem(word, language) for word in words(quote)} | {fold(word) for word in words(quote)}
    text = in_digits(said, language)
    for number in reversed(numbers(text, language)):  # with its unit, which is compared as such
        text = f"{text[: number.start]} {text[number.unit_end :]}"
    telling = {word: rarity(word, language) for word in words(text) if not word[0].isdigit()}
    telling = {word: weight for word, weight in telling.items() if weight >= TELLING}
    new = tuple(word for word in telling if stem(word, language) not in known and fold(word) not in known)
    total = sum(telling.values())
    return new, sum(telling[word] for word in new) / total if total else 0.0
