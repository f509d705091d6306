"""Measures answers on xquad-dev: passages, quotes, refusals, latency, and what each signal is worth.

    python -m benchmarks.quality [../shared/data/xquad-dev] [--every 3] [--json FILE]

Each language's articles are a library; its questions are asked there, and those of vi, de and es also of the
English library (vi-to-en ...). `--every 1` asks all questions. The libraries are kept between runs, and synced.
"""

import argparse
import json
import re
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from index.config import EmbeddingConfig, IndexConfig
from index.embed import open_embedder
from index.library import Library
from index.sync import sync
from qa.ask import Trace, trace
from qa.evaluate import Gold, Outcome, holding, judge, read_gold, summary
from qa.retrieve import Retrieved, in_turn, load_weights
from qa.select import THRESHOLD, answered, select
from qa.signals import FEATURES, SIGNALS
from qa.types import Citation

SETS = ("en", "vi", "de", "es", "vi-to-en", "de-to-en", "es-to-en")
GOALS = {"en": (0.96, 0.84), "vi": (0.94, 0.80), "de": (0.94, 0.80), "es": (0.94, 0.80)}  # hit@1, gold in the quotes
CROSS_LINGUAL = (0.70, 0.55)
READINGS = ("reading", "best reading", "reading of any", "mean reading")  # what falls away without the reader
THRESHOLDS = tuple(i / 20 for i in range(2, 19))


@dataclass(slots=True)
class Measured:
    """One set: outcomes, seconds of one query embedding beside each, and what is left without each signal."""

    outcomes: list[Outcome] = field(default_factory=list)
    embedding: list[float] = field(default_factory=list)
    without: dict[str, list["Ablated"]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ablated:
    """A question answered without a signal: right passage first, gold in the quotes, probability."""

    answerable: bool
    first: bool
    quoted: bool
    probability: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("data", type=Path, nargs="?", default=Path("../shared/data/xquad-dev"))
    arguments.add_argument("--every", type=int, default=3, help="ask every n-th question (default 3)")
    arguments.add_argument("--sets", nargs="*", default=SETS, choices=SETS)
    arguments.add_argument("--threshold", type=float, default=THRESHOLD)
    arguments.add_argument("--json", type=Path, help="write the figures to this file")
    options = arguments.parse_args()
    if not options.data.is_dir():
        raise SystemExit(f"There is no {options.data}: give the folder of xquad-dev.")
    measured = {}
    for name in options.sets:
        started = time.perf_counter()
        measured[name] = measure(options.data, name, options.every, options.threshold)
        print(f"{name}: {len(measured[name].outcomes)} questions, {time.perf_counter() - started:.0f} s", flush=True)
    figures = {
        "every": options.every,
        "threshold": options.threshold,
        "sets": {name: {**summary(own.outcomes), **_speed(own), **_spans(own)} for name, own in measured.items()},
        "thresholds": _thresholds(measured),
        "ablation": _ablation(measured),
    }
    _print(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def measure(data: Path, name: str, every: int, threshold: float) -> Measured:
    asked, _, articles = name.partition("-to-")
    library = library_of(data, articles or asked)
    measured = Measured()
    for gold in _golds(data / name / "questions.jsonl", every) + _golds(data / asked / "absent.jsonl", every):
        started = time.perf_counter()
        library.embedder.query(gold.question.text)
        measured.embedding.append(time.perf_counter() - started)
        traced = trace(library, gold.question, threshold)
        outcome = judge(library, gold, traced, in_turn([found.candidates for found in traced.found]))
        measured.outcomes.append(outcome)
        wanted = holding(library, gold)
        for signal in ("", *_weighed()):
            measured.without.setdefault(signal, []).append(_without(signal, traced, gold, wanted))
    return measured


def library_of(data: Path, language: str) -> Library:
    home = Path(tempfile.gettempdir()) / "footnote-quality" / language
    embedder = open_embedder(EmbeddingConfig(), Path(tempfile.gettempdir()) / "footnote-models")
    library = Library(IndexConfig(home=home), embedder)
    sync(library, [str((data / language / "articles").resolve())])
    return library


def _golds(path: Path, every: int) -> list[Gold]:
    return [read_gold(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()[::every]]


def _weighed() -> list[str]:
    """The signals that are weighed where tokens are compared."""
    return [name for name, weight in zip(SIGNALS, load_weights("late").sentence, strict=True) if weight]


def _without(signal: str, traced: Trace, gold: Gold, wanted: set[int]) -> Ablated:
    """The answer without a signal ("" takes none away), whatever the threshold; the weights are not learned anew."""
    found = [_reweighed(own, signal) for own in traced.found]
    ranked = in_turn([own.candidates for own in found])
    chosen = in_turn([select(own, 0.0).chosen for own in found])
    quotes = " ".join(evidence.quote for evidence in chosen).casefold()
    held = [any(g.casefold() in quotes for g in group) for group in gold.groups]
    return Ablated(
        answerable=bool(gold.groups),
        first=bool(ranked) and ranked[0].row.id in wanted,
        quoted=bool(held) and all(held),
        probability=max((answered(own) for own in found if own.candidates), default=0.0),
    )


def _reweighed(found: Retrieved, signal: str) -> Retrieved:
    if not signal:
        return found
    sentence = np.where([name == signal for name in SIGNALS], 0.0, found.weights.sentence).astype(np.float32)
    gone = READINGS if signal == "reading" else (signal,)
    decided = np.where([False, *(name in gone for name in FEATURES)], 0.0, found.weights.answered)
    return replace(found, weights=replace(found.weights, sentence=sentence, answered=decided)).sorted()


def _speed(measured: Measured) -> dict[str, float]:
    embedding = statistics.median(measured.embedding)
    whole = statistics.median(o.answer.seconds["total"] for o in measured.outcomes)
    return {"query_embedding": round(embedding, 5), "whole_by_embedding": round(whole / embedding, 2)}


def _spans(measured: Measured) -> dict[str, float | None]:
    """The share of first citations whose answer is marked, and of those marked that overlap the gold."""
    first = [(o.gold, o.answer.citations[0]) for o in measured.outcomes if o.gold.groups and o.answer.citations]
    marked = [(gold, citation) for gold, citation in first if citation.span]
    overlaps = [_overlaps(gold, citation) for gold, citation in marked]
    return {
        "spans_given": _mean(c.span is not None for _, c in first),
        "spans_right": _mean(overlaps) if marked else None,
    }


def _overlaps(gold: Gold, citation: Citation) -> bool:
    start, end = (place - citation.start for place in citation.span or (citation.start, citation.start))
    wanted = [re.escape(g) for group in gold.groups for g in group]
    return any(m.start() < end and start < m.end() for g in wanted for m in re.finditer(g, citation.quote))


def _thresholds(measured: dict[str, Measured]) -> list[dict[str, float]]:
    """False answers and false refusals of all sets together at one threshold."""
    outcomes = [outcome for own in measured.values() for outcome in own.outcomes]
    present = np.array([o.probability for o in outcomes if o.gold.groups])
    absent = np.array([o.probability for o in outcomes if not o.gold.groups])
    return [
        {
            "threshold": threshold,
            "false_answers": round(float((absent >= threshold).mean()), 4),
            "false_refusals": round(float((present < threshold).mean()), 4),
        }
        for threshold in THRESHOLDS
    ]


def _ablation(measured: dict[str, Measured]) -> list[dict[str, Any]]:
    """For each signal taken away: hit@1 and gold in the quotes, within a language and across, and refusal's area."""
    rows = []
    for signal in ("", *_weighed()):
        row: dict[str, Any] = {"without": signal or "nothing"}
        for kind, cross in (("same", False), ("cross", True)):
            cases = [c for name, own in measured.items() if ("-to-" in name) == cross for c in own.without[signal]]
            present = [case for case in cases if case.answerable]
            absent = [case.probability for case in cases if not case.answerable]
            if present:
                row[f"hit_at_1_{kind}"] = _mean(case.first for case in present)
                row[f"gold_in_quotes_{kind}"] = _mean(case.quoted for case in present)
            if present and absent:
                row[f"area_{kind}"] = _area([case.probability for case in present], absent)
        rows.append(row)
    return rows


def _area(present: Sequence[float], absent: Sequence[float]) -> float:
    differences = np.subtract.outer(np.array(present), np.array(absent))
    return round(float((differences > 0).mean() + (differences == 0).mean() / 2), 4)


def _mean(values) -> float:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else 0.0


def _print(figures: dict[str, Any]) -> None:
    print(f"\nthreshold {figures['threshold']:g}, every {figures['every']}. question")
    print(
        "set       hit@1 (goal)  gold in quotes (goal)  words  refused wrongly  answered wrongly  area   spans (right)"
    )
    for name, own in figures["sets"].items():
        hit, gold = GOALS.get(name, CROSS_LINGUAL)
        print(
            f"{name:9} {own['hit_at_1']:.3f} ({hit:.2f})  {own['gold_in_answer']:.3f} ({gold:.2f})          "
            f"{own['words_shown']:5.1f}  {own['false_refusals']:.3f}            {own['false_answers']:.3f}"
            f"             {own['area_under_curve']:.3f}"
            f"  {own['spans_given']:.2f} ({'-' if own['spans_right'] is None else own['spans_right']})"
        )
    print("\nthreshold  false answers  false refusals   (all sets)")
    for row in figures["thresholds"]:
        print(f"{row['threshold']:<9g}  {row['false_answers']:.3f}          {row['false_refusals']:.3f}")
    print("\nset       whole / query embedding   median ms: embedding, " + ", ".join(_stages(figures)))
    for name, own in figures["sets"].items():
        times = [own["query_embedding"], *(own["stages"][stage]["median"] for stage in _stages(figures))]
        print(f"{name:9} {own['whole_by_embedding']:<24}  " + ", ".join(f"{1000 * t:.1f}" for t in times))
    columns = list(figures["ablation"][0])[1:]
    print("\nwithout, weights as they are (answers forced)".ljust(46), "  ".join(columns))
    for row in figures["ablation"]:
        print(f"{row['without']:45}", "  ".join(f"{row[c]:<{len(c)}.3f}" for c in columns))


def _stages(figures: dict[str, Any]) -> list[str]:
    return list(next(iter(figures["sets"].values()))["stages"])


if __name__ == "__main__":
    main()
