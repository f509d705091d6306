"""Whether the quotes that a statement cites carry it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from index.words import words
from qa.assertions import Assertions, assertions
from qa.facts import facts, read
from qa.polarity import turned_round
from qa.roles import exchanged
from qa.values import unknown

DOUBTED = -0.45  # log odds from which a statement is not shown; how it was chosen stands in docs/quality.md
_LEAST = 3  # words; "Yes." says nothing that a quote could carry
_INSTRUCTS = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompts?|rules|previous|above|articles?|sources?)\b"
    r"|\bsystem prompt\b|\byou (?:must|are to|should) (?:say|answer|reply|respond|write)\b|\bas an? (?:ai|"
    r"language model)\b"
    r"|(?<!\w)(?:bỏ qua|phớt lờ|quên)(?!\w).{0,40}(?<!\w)(?:hướng dẫn|chỉ dẫn|chỉ thị|lệnh|quy tắc)(?!\w)"
    r"|(?<!\w)(?:hãy (?:nói|trả lời|viết) rằng|bạn phải (?:nói|trả lời|viết))(?!\w)",
    re.IGNORECASE,
)
_OF_QUOTES = re.compile(  # "The quote is from the minister": of what the model was given, not of the matter
    r"\b(?:the|this|these|that) (?:quotes?|quotations?)\b|\b(?:das|dieses|dem|diesem) zitat\b|"
    r"\b(?:la|cette) citation\b|\b(?:la|esta) cita (?:es|dice|menciona|proviene)\b|(?<!\w)(?:câu|đoạn) trích(?!\w)",
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


Doubt = Callable[[str, str | None, Quoted], float]
"""(statement, its language, quote) -> log odds that the statement tells something else than the quote, or more."""


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


def judge(statement: str, language: str | None, quotes: Sequence[Quoted], doubt: Doubt) -> Verdict:
    """Whether each part of a statement is carried by one of its quotes alone: two quotes together prove nothing.

    A part is the whole, or where that fails each of its joined clauses.
    """
    parts, reason = _carried(statement, language, quotes, doubt)
    return Verdict(tuple(sorted({place for _, places in parts for place in places})), reason)


def attribute(statement: str, language: str | None, quotes: Sequence[Quoted], doubt: Doubt) -> Verdict:
    """As `judge`, for a statement that names no quote: the fewest quotes that carry it, of these the least doubtful."""
    parts, reason = _carried(statement, language, quotes, doubt)
    doubts = [{i: doubt(part, language, quotes[i]) if len(own) > 1 else 0.0 for i in own} for part, own in parts]
    ways = product(*(places for _, places in parts))
    best = min(ways, key=lambda way: (len(set(way)), sum(own[i] for own, i in zip(doubts, way, strict=True))))
    return Verdict(tuple(sorted(set(best))), reason)


def _carried(
    statement: str, language: str | None, quotes: Sequence[Quoted], doubt: Doubt
) -> tuple[list[tuple[str, tuple[int, ...]]], str | None]:
    """The parts of a statement, each with the places of the quotes that carry it alone; none and why, if any fails."""
    if not quotes:
        return [], "no quote"
    if MARKUP.search(statement):
        return [], "markup"
    whole = [_objection(statement, language, quote, doubt) for quote in quotes]
    if None in whole:
        return [(statement, _places(whole))], None
    pieces = [piece for piece in _JOINT.split(statement) if piece.strip()]
    if len(quotes) > 1 and len(pieces) > 1:
        by_piece = [[_objection(piece, language, quote, doubt) for quote in quotes] for piece in pieces]
        if all(None in reasons for reasons in by_piece):
            return [(piece, _places(own)) for piece, own in zip(pieces, by_piece, strict=True)], None
    return [], whole[0]


def _places(reasons: Sequence[str | None]) -> tuple[int, ...]:
    return tuple(i for i, reason in enumerate(reasons) if reason is None)


def _objection(statement: str, language: str | None, quote: Quoted, doubt: Doubt) -> str | None:
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
    if told is None or len(words(told.text)) < _LEAST or told.text.endswith(":"):  # "The answer is:"
        return "empty"
    if _OF_QUOTES.search(told.text) and not _OF_QUOTES.search(quote.text):
        return "empty"
    published = date.fromisoformat(quote.published) if quote.published else None
    wrong = unknown(told, known, published) or turned_round(told, known) or exchanged(told, known)
    return wrong or ("meaning" if doubt(told.text, language, quote) >= DOUBTED else None)


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
