"""Measures a warm question by stage and by the size of the library, against one query embedding in the same run.

python -m benchmarks.ask [--json] [--cache FOLDER] [--sizes 100 1000 10000] [--questions 60]
"""

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.command import library, table
from benchmarks.corpus import Made
from index.config import IndexConfig
from index.embed import TokenEmbedder, open_embedder
from index.library import Library
from qa.ask import ask
from qa.types import Answer, Question


class Clock:
    """Seconds by stage of one question; what is timed inside something timed counts once, for the inner one."""

    def __init__(self):
        self.spent: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self._inner = [0.0]

    def timed(self, stage: str, call: Callable) -> Callable:
        def run(*arguments, **named):
            self._inner.append(0.0)
            started = time.perf_counter()
            try:
                return call(*arguments, **named)
            finally:
                whole = time.perf_counter() - started
                self.spent[stage] += whole - self._inner.pop()
                self._inner[-1] += whole
                self.calls[stage] += 1

        return run


class TimedEmbedder:
    """An embedder whose calls are timed."""

    def __init__(self, embedder: TokenEmbedder, clock: Clock):
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self.query = clock.timed("embed the question", embedder.query)
        self.query_tokens = clock.timed("embed the question's tokens", embedder.query_tokens)
        self.passages = embedder.passages
        self.span_tokens = clock.timed("embed the passages that are read", embedder.span_tokens)
        self.span_places = embedder.span_places


class Timed:
    """Anything whose public methods are timed as stages; those not named count as `other`."""

    def __init__(self, whole, clock: Clock, stages: dict[str, str], other: str):
        self._whole, self._clock, self._stages, self._other = whole, clock, stages, other

    def __getattr__(self, name: str):
        found = getattr(self._whole, name)
        if not callable(found) or name == "snapshot":
            return found
        return self._clock.timed(self._stages.get(name, self._other), found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--cache", type=Path, help="the folder of `memory`'s libraries; else a fresh one")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10000], help="articles")
    parser.add_argument("--questions", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        report = measure(options.cache or Path(fresh), options.sizes, options.questions)
    print(json.dumps(report) if options.json else render(report))


def measure(cache: Path, sizes: list[int], count: int) -> dict:
    """Milliseconds by stage for each size; the sizes take turns, question by question."""
    built = {number: library(cache, number) for number in sizes}
    embedder = open_embedder(IndexConfig().embedding, cache / "models")
    clock = Clock()
    opened = {}
    for number, (home, _, _) in built.items():
        own = opened[number] = Library(IndexConfig(home=home), TimedEmbedder(embedder, clock))
        own.vectors.open()
        own.vectors = Timed(own.vectors, clock, {"nearest": "vectors"}, "vectors")
        own.catalog = Timed(own.catalog, clock, {"search_words": "words"}, "catalogue")
    questions = {number: made[:: max(1, number // count)][:count] for number, (_, _, made) in built.items()}
    for number, own in opened.items():
        for one in questions[number][:5]:
            ask(own, Question(one.question))
    seen: dict[int, list[dict[str, float]]] = {number: [] for number in sizes}
    right = dict.fromkeys(sizes, 0)
    for turn in range(count):
        for number, own in opened.items():
            one = questions[number][turn % len(questions[number])]
            other = questions[number][turn - 1].question  # its vector is not kept for the question itself
            started = time.perf_counter()
            embedder.query(f"{other} {turn}")
            reference = time.perf_counter() - started
            clock.spent.clear()
            clock.calls.clear()
            started = time.perf_counter()
            answer = ask(own, Question(one.question))
            total = time.perf_counter() - started
            rest = total - sum(clock.spent.values())
            seen[number].append(
                {"one query embedding": reference, **clock.spent, "the rest, in Python": rest, "total": total}
            )
            right[number] += _right(answer, one)
    return {"sizes": {n: _summary(seen[n], right[n] / count, len(built[n][2])) for n in sizes}, "slope": _slope(seen)}


def _right(answer: Answer, made: Made) -> bool:
    return bool(answer.citations) and made.answer in answer.citations[0].quote


def _summary(seen: list[dict[str, float]], right: float, articles: int) -> dict:
    stages = sorted({stage for one in seen for stage in one})
    by_stage = {stage: np.array([1000 * one.get(stage, 0.0) for one in seen]) for stage in stages}
    p50, p95 = ({s: float(np.percentile(v, p)) for s, v in by_stage.items()} for p in (50, 95))
    reference = p50["one query embedding"]
    return {
        "p50_ms": p50,
        "p95_ms": p95,
        "p50_in_query_embeddings": p50["total"] / reference,
        "p95_in_query_embeddings": p95["total"] / reference,
        "share_of_time": {s: float(v.sum() / by_stage["total"].sum()) for s, v in by_stage.items()},
        "first_citation_right": right,
        "articles": articles,
    }


def _slope(seen: dict[int, list[dict[str, float]]]) -> float:
    """Of log p50 over log articles: 0 where the size does not matter, 1 where twice as much takes twice as long."""
    if len(seen) < 2:
        return float("nan")
    medians = [np.median([one["total"] for one in own]) for own in seen.values()]
    return float(np.polyfit(np.log(list(seen)), np.log(medians), 1)[0])


def render(report: dict) -> str:
    sizes = report["sizes"]
    rows = [("p50 / p95, ms", *(f"{n:,} articles" for n in sizes))]
    stages = sorted({s for own in sizes.values() for s in own["p50_ms"]}, key=lambda s: (s == "total", s))
    for stage in stages:
        cells = [
            [own[kind].get(stage, 0.0) for kind in ("p50_ms", "p95_ms", "share_of_time")] for own in sizes.values()
        ]
        rows.append((stage, *(f"{p50:.1f} / {p95:.1f} ({share:.0%})" for p50, p95, share in cells)))
    for p in ("p50", "p95"):
        rows.append(
            (f"total {p} in query embeddings", *(f"{o[f'{p}_in_query_embeddings']:.1f}" for o in sizes.values()))
        )
    rows.append(("first citation right", *(f"{o['first_citation_right']:.2f}" for o in sizes.values())))
    return f"{table(rows)}\n\nlog-log slope of the median: {report['slope']:.2f}"


if __name__ == "__main__":
    main()
