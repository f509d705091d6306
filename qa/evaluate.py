"""Measures a library on questions with gold answers."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.library import Library
from qa.ask import ask
from qa.select import THRESHOLD
from qa.types import Answer, Question


@dataclass(frozen=True, slots=True)
class Gold:
    """A question and what a right answer holds: one of each group of strings, from one of the files.

    Without groups the articles do not answer.
    """

    question: Question
    groups: tuple[tuple[str, ...], ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went."""

    gold: Gold
    answer: Answer
    gold_in_answer: bool
    right_file: bool
    offsets_exact: bool

    @property
    def right(self) -> bool:
        if not self.gold.groups:
            return self.answer.status == "no_answer"
        return self.gold_in_answer and self.right_file


def read_gold(record: dict) -> Gold:
    """From a line of the file: question, history, gold (or gold_all: groups), file, answerable."""
    files = record.get("file") or ()
    groups = tuple(tuple(group) for group in record.get("gold_all") or ([record["gold"]] if record.get("gold") else ()))
    return Gold(
        Question(record["question"], tuple(record.get("history") or ()), id=record.get("id")),
        groups if record.get("answerable", True) else (),
        (files,) if isinstance(files, str) else tuple(files),
    )


def evaluate(library: Library, golds: Iterable[Gold], threshold: float = THRESHOLD) -> list[Outcome]:
    """Asks every question and compares the quotes with the gold."""
    return [_outcome(library, gold, ask(library, gold.question, threshold)) for gold in golds]


def _outcome(library: Library, gold: Gold, answer: Answer) -> Outcome:
    quotes = " ".join(citation.quote for citation in answer.citations)
    shown = (*answer.citations, *answer.near_misses)
    return Outcome(
        gold,
        answer,
        gold_in_answer=all(any(_folded(g) in _folded(quotes) for g in group) for group in gold.groups),
        right_file=any(_same_file(c.article.path, file) for c in answer.citations for file in gold.files),
        offsets_exact=all(library.article(c.article.id).text[c.start : c.end] == c.quote for c in shown),
    )


def summary(outcomes: Sequence[Outcome]) -> dict[str, float | int | None]:
    """Shares (0 to 1), counts, words and seconds; null where there was nothing to measure."""
    present = [o for o in outcomes if o.gold.groups]
    absent = [o for o in outcomes if not o.gold.groups]
    answered = [o for o in outcomes if o.answer.status == "answered"]
    times = sorted(o.answer.seconds["total"] for o in outcomes)
    return {
        "questions": len(outcomes),
        "answerable": len(present),
        "answered_right": _share(o.right for o in present),
        "gold_in_answer": _share(o.gold_in_answer for o in present),
        "right_article_cited": _share(o.right_file for o in present),
        "false_refusals": _share(o.answer.status == "no_answer" for o in present),
        "unanswerable": len(absent),
        "refused_right": _share(o.right for o in absent),
        "offsets_exact": _share(o.offsets_exact for o in outcomes),
        "words_shown": _mean(sum(len(c.quote.split()) for c in o.answer.citations) for o in answered),
        "seconds_median": statistics.median(times) if times else None,
        "seconds_p95": times[int(0.95 * (len(times) - 1))] if times else None,
    }


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else None


_share = _mean


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _same_file(path: str, file: str) -> bool:
    """Whether two paths end alike: the library may have been indexed from elsewhere."""
    return (
        path == file
        or path.endswith("/" + file)
        or file.endswith("/" + path)
        or path.split("/")[-1] == file.split("/")[-1]
    )
