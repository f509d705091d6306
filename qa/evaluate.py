"""Measures a library on questions with gold answers."""

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from index.errors import UsageError
from index.library import Library
from index.types import Article
from qa.ask import Trace, trace
from qa.question import read_question
from qa.retrieve import in_turn, retrieve
from qa.select import THRESHOLD
from qa.signals import Candidate
from qa.types import Answer, Question, Statement
from qa.write import in_quotation_marks

if TYPE_CHECKING:
    from qa.rephrase import Rephrasing

DEPTH = 10  # passages searched for the figures on retrieval


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
    """How one question went.

    `ranks` (from 1) are those of the passages that hold the gold among those found; `relevant` says how many there
    are in the library. `probability` is that of the articles answering.
    """

    gold: Gold
    answer: Answer
    gold_in_answer: bool
    right_file: bool
    offsets_exact: bool
    ranks: tuple[int, ...] = ()
    relevant: int = 0
    probability: float = 0.0

    @property
    def right(self) -> bool:
        if not self.gold.groups:
            return self.answer.status == "no_answer"
        return self.gold_in_answer and self.right_file

    @property
    def words(self) -> int:
        """How many are shown."""
        return sum(len(citation.quote.split()) for citation in self.answer.citations)


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of an outcome, to be compared with a later run. `rank` is that of the first right passage."""

    id: str | None
    question: str
    answerable: bool
    right: bool
    status: str
    gold_in_answer: bool
    right_article: bool
    rank: int | None
    probability: float
    words: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Change:
    """The same question in two runs."""

    old: Row
    new: Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is better and what is worse in the second of two runs; figures by name, old and new."""

    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    compared: int
    figures: tuple[tuple[str, float | None, float | None], ...]


def read_gold(record: dict) -> Gold:
    """From a line of the file: question, history, gold (or gold_all: groups), file, answerable.

    A string or a number stands for a list of one. UsageError, which names the question, for anything else, and where
    an answerable question has no gold.
    """
    try:
        question = read_question(record)
    except UsageError as error:
        raise UsageError(f"{_named(record)}: {error}") from error
    gold = record.get("gold_all") or ([record["gold"]] if record.get("gold") else [])
    groups = tuple(_strings(record, "gold", group) for group in (gold if isinstance(gold, list) else [gold]))
    answerable = record.get("answerable", bool(groups))
    if answerable and not groups:
        raise UsageError(f'{_named(record)}: it has no "gold". Give it, or "answerable": false.')
    return Gold(question, groups if answerable else (), _strings(record, "file", record.get("file") or []))


def _strings(record: dict, name: str, value: object) -> tuple[str, ...]:
    found = [value] if isinstance(value, str | int | float) else value
    if not isinstance(found, list) or not all(isinstance(one, str | int | float) and str(one).strip() for one in found):
        raise UsageError(f'{_named(record)}: "{name}" must be text, or a list of texts.')
    return tuple(map(str, found))


def _named(record: dict) -> str:
    return f"The question “{record['question']}”"


def evaluate(
    library: Library,
    golds: Iterable[Gold],
    threshold: float = THRESHOLD,
    search: bool = True,
    writer: "Rephrasing | None" = None,
) -> list[Outcome]:
    """Asks every question and compares quotes and passages with the gold.

    With `search` each question is searched for too, DEPTH passages deep, which takes twice as long as asking;
    without, the passages are the few that the answer was chosen from. A `writer` puts the quotes into its own words.
    """
    outcomes = []
    for gold in golds:
        traced = trace(library, gold.question, threshold, writer=writer)
        found = traced.found
        if search:
            within = traced.answer.filters.stated()
            filters = [replace(query.filters, **within, **gold.question.filters.stated()) for query in traced.queries]
            asked = zip(traced.queries, filters, strict=True)
            found = tuple(retrieve(library, query, own, DEPTH) for query, own in asked)
        ranked = {candidate.row.id: candidate for candidate in in_turn([own.candidates for own in found])}
        outcomes.append(judge(library, gold, traced, list(ranked.values())[:DEPTH]))
    return outcomes


def judge(library: Library, gold: Gold, traced: Trace, ranked: Sequence[Candidate]) -> Outcome:
    """How a question went whose passages were `ranked` so."""
    answer = traced.answer
    quotes = " ".join(citation.quote for citation in answer.citations)
    shown = (*answer.citations, *answer.near_misses)
    meant = _meant(library, gold)
    wanted = _holding(library, gold, meant)
    return Outcome(
        gold,
        answer,
        gold_in_answer=all(any(_folded(g) in _folded(quotes) for g in group) for group in gold.groups),
        right_file=not gold.files or not {a.path for a in meant}.isdisjoint(c.article.path for c in answer.citations),
        offsets_exact=all(library.article(c.article.id).text[c.start : c.end] == c.quote for c in shown),
        ranks=tuple(i for i, candidate in enumerate(ranked, 1) if candidate.row.id in wanted),
        relevant=len(wanted),
        probability=round(traced.probability, 4),
    )


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Shares (0 to 1), counts, words and seconds; null where there was nothing to measure."""
    present = [o for o in outcomes if o.gold.groups]
    absent = [o for o in outcomes if not o.gold.groups]
    answered = [o for o in outcomes if o.answer.status == "answered"]
    stages = {stage for o in outcomes for stage in o.answer.seconds}
    total = _times(outcomes, "total")
    return {
        "questions": len(outcomes),
        "answerable": len(present),
        "answered_right": _mean(o.right for o in present),
        "gold_in_answer": _mean(o.gold_in_answer for o in present),
        "right_article_cited": _mean(o.right_file for o in present),
        "false_refusals": _mean(o.answer.status == "no_answer" for o in present),
        "unanswerable": len(absent),
        "refused_right": _mean(o.right for o in absent),
        "false_answers": _mean(not o.right for o in absent),
        "area_under_curve": _area([o.probability for o in present], [o.probability for o in absent]),
        "offsets_exact": _mean(o.offsets_exact for o in outcomes),
        "words_shown": _mean(o.words for o in answered),
        **_written(answered),
        **{f"hit_at_{k}": _mean(bool(o.ranks) and o.ranks[0] <= k for o in present) for k in (1, 3, 5, DEPTH)},
        "mrr": _mean(1 / o.ranks[0] if o.ranks else 0.0 for o in present),
        "ndcg_at_10": _mean(_gain(o) for o in present),
        "seconds_median": total["median"],
        "seconds_p95": total["p95"],
        "stages": {stage: _times(outcomes, stage) for stage in sorted(stages - {"total"})},
    }


def _written(answered: Sequence[Outcome]) -> dict[str, Any]:
    """What a model made of it: words, the share of answers in its words, statements shown, and not by reason."""
    if not any(o.answer.usage for o in answered):
        return {}
    reasons = sum((Counter(o.answer.left_out) for o in answered), Counter())
    return {
        "words_told": _mean(len(o.answer.text.split()) for o in answered),
        "rephrased": _mean(o.answer.writer != "quotes" for o in answered),
        "statements_rephrased": sum(not _quotes(o.answer, s) for o in answered for s in o.answer.statements),
        "statements_not_shown": sum(reasons.values()),
        **{f"not_shown_{reason.replace(' ', '_')}": count for reason, count in sorted(reasons.items())},
    }


def _quotes(answer: Answer, statement: Statement) -> bool:
    """Whether a statement is a quote, as they are written without a model."""
    cited = (c for c in answer.citations if c.number in statement.citations)
    return any(statement.text.endswith(in_quotation_marks(citation.quote)) for citation in cited)


def row(outcome: Outcome) -> Row:
    return Row(
        outcome.gold.question.id,
        outcome.gold.question.text,
        bool(outcome.gold.groups),
        outcome.right,
        outcome.answer.status,
        outcome.gold_in_answer,
        outcome.right_file,
        outcome.ranks[0] if outcome.ranks else None,
        outcome.probability,
        outcome.words,
        outcome.answer.seconds["total"],
    )


def run_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The summary and a row for each question (`outcomes`): what `compare` reads."""
    return {**summary(outcomes), "outcomes": [asdict(row(outcome)) for outcome in outcomes]}


def compare(old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    """Two runs as `run_json` gives them: question by question, matched by id, else by text (the same text in turn).

    Better is right instead of wrong, else the first right passage ranked higher. Raises KeyError or TypeError where
    one is no such run.
    """
    before, after = (_by_key(Row(**fields) for fields in run["outcomes"]) for run in (old, new))
    changes = [Change(before[key], row) for key, row in after.items() if key in before]
    figures = [name for name, value in new.items() if isinstance(value, float) and name in old]
    return Comparison(
        tuple(change for change in changes if _standing(change.new) > _standing(change.old)),
        tuple(change for change in changes if _standing(change.new) < _standing(change.old)),
        len(changes),
        tuple((name, old[name], new[name]) for name in figures),
    )


def _by_key(rows: Iterable[Row]) -> dict[tuple[str, int], Row]:
    """Rows by id, else text, and which of those of that text they are: "And when?" is asked in many conversations."""
    seen: Counter[str] = Counter()
    found = {}
    for one in rows:
        key = str(one.id or one.question)
        found[key, seen[key]] = one
        seen[key] += 1
    return found


def _standing(row: Row) -> tuple[bool, float]:
    return row.right, 1 / row.rank if row.rank else 0.0


def holding(library: Library, gold: Gold) -> set[int]:
    """The passages that hold a gold string, of the files that answer, of all where none are named."""
    return _holding(library, gold, _meant(library, gold))


def _holding(library: Library, gold: Gold, articles: Sequence[Article]) -> set[int]:
    wanted = [_folded(g) for group in gold.groups for g in group]
    found = set()
    for article in articles if wanted else ():
        text = library.article(article.id).text
        for passage in library.catalog.passages_of(article.id):
            span = passage.passage.span
            own = _folded(text[span.start : span.end])
            if any(g in own for g in wanted):
                found.add(passage.id)
    return found


def _gain(outcome: Outcome) -> float:
    """nDCG at DEPTH with gain 1 for each passage that holds the gold (Järvelin and Kekäläinen 2002)."""
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(outcome.relevant, DEPTH) + 1))
    return sum(1 / math.log2(rank + 1) for rank in outcome.ranks) / ideal if ideal else 0.0


def _area(present: Sequence[float], absent: Sequence[float]) -> float | None:
    """The chance that a question that is answered looks likelier than one that isn't; ties count half."""
    if not present or not absent:
        return None
    won = sum((p > a) + (p == a) / 2 for p in present for a in absent)
    return round(won / (len(present) * len(absent)), 4)


def _times(outcomes: Sequence[Outcome], stage: str) -> dict[str, float | None]:
    times = sorted(o.answer.seconds[stage] for o in outcomes if stage in o.answer.seconds)
    if not times:
        return {"median": None, "p95": None}
    return {"median": statistics.median(times), "p95": times[int(0.95 * (len(times) - 1))]}


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _meant(library: Library, gold: Gold) -> list[Article]:
    """The articles of the gold's files, all where none are named: the library may have been indexed from elsewhere.

    Those whose paths end as a file does, or are its end; where there are none, those of its name.
    """
    articles = library.articles() if gold.groups or gold.files else []
    paths = {article.path for article in articles}
    found = set()
    for file in gold.files:
        alike = {path for path in paths if f"/{path}".endswith(f"/{file}") or f"/{file}".endswith(f"/{path}")}
        found |= alike or {path for path in paths if path.split("/")[-1] == file.split("/")[-1]}
    return [article for article in articles if article.path in found] if gold.files else articles
