"""Measures `footnote index` as a whole command against the bare embedder on the same passages, and by stage.

python -m benchmarks.index [--json] [--articles 2000] [--rounds 2] [--cache FOLDER]
"""

import argparse
import json
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import corpus
from benchmarks.command import Run, index, table
from index.chunk import passages
from index.config import IndexConfig
from index.e5 import E5, PASSAGE
from index.extract import extract, find_body
from index.library import Library
from index.read import read
from index.rows import FileRow, PassageRow
from index.types import Article, Draft, Passage


@dataclass(frozen=True, slots=True)
class Bare:
    """The embedder alone on all passages of the articles: wall and processor seconds, tokens (with `<s>`, `</s>`)."""

    seconds: float
    processor_seconds: float
    tokens: int


Read = list[tuple[Path, Draft, tuple[Passage, ...]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--cache", type=Path, help="where the articles and the model are kept; else a fresh folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        report = measure(options.cache or Path(fresh), options.articles, options.rounds)
    print(json.dumps(report) if options.json else render(report))


def measure(cache: Path, number: int, rounds: int) -> dict:
    """Medians of `rounds` in which the whole command and the bare embedder take turns; stages by processor time."""
    folder = cache / f"articles-{number}"
    corpus.write(folder, number)
    embedder = E5(cache / "models")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    stages, articles = read_by_stage(files)
    runs, alone = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as home:
            runs.append(index(Path(home), folder, cache / "models"))
        alone.append(embed(embedder, articles))
    stages |= write_by_stage(embedder, articles)
    stages["embed"] = statistics.median(bare.processor_seconds for bare in alone)
    return _summary(runs, alone, stages)


def _summary(runs: list[Run], alone: list[Bare], stages: dict[str, float]) -> dict:
    tokens, articles = alone[0].tokens, runs[0].articles
    whole = [tokens / run.seconds for run in runs]
    bare = [tokens / one.seconds for one in alone]
    spent = statistics.median(run.processor_seconds for run in runs)
    stages["start, catalogue look-ups, threads"] = max(0.0, spent - sum(stages.values()))
    return {
        "articles": articles,
        "passages": runs[0].passages,
        "tokens": tokens,
        "tokens_per_second": statistics.median(whole),
        "articles_per_second": statistics.median(articles / run.seconds for run in runs),
        "embedder_tokens_per_second": statistics.median(bare),
        "ratio": statistics.median(a / b for a, b in zip(whole, bare, strict=True)),
        "ratio_of_processor_time": statistics.median(one.processor_seconds for one in alone) / spent,
        "peak_mib": max(run.peak_mib for run in runs),
        "processor_seconds": stages,
    }


def read_by_stage(files: list[Path]) -> tuple[dict[str, float], Read]:
    """Processor seconds of each step from file to passages, one file after the other, and what came of it."""
    extract(files[0])  # loads what is loaded once
    spent = dict.fromkeys(("read", "clean", "describe", "divide into passages"), 0.0)
    found = []
    for path in files:
        times = [time.process_time()]
        (page,) = read(path)
        times.append(time.process_time())
        find_body(page)
        times.append(time.process_time())
        (draft,) = extract(path)
        times.append(time.process_time())
        own = passages(draft.text, draft.language)
        times.append(time.process_time())
        reading, cleaning, all_three, dividing = np.diff(times)
        describing = max(0.0, all_three - reading - cleaning)
        for stage, seconds in zip(spent, (reading, cleaning, describing, dividing), strict=True):
            spent[stage] += float(seconds)
        found.append((path, draft, own))
    return spent, found


def embed(embedder: E5, articles: Read) -> Bare:
    """All passages with their sentences, as the pipeline has them embedded but in one call."""
    places = [(draft, p) for _, draft, own in articles for p in own]
    texts = [draft.text[p.span.start : p.span.end] for draft, p in places]
    titles = [draft.title or "" for draft, _ in places]
    spans = [[(s.start - p.span.start, s.end - p.span.start) for s in p.sentences] for _, p in places]
    tokens = sum(
        len(embedder._tokenizer(f"{PASSAGE}{title}\n", text).ids) + 2 for title, text in zip(titles, texts, strict=True)
    )
    started, processor = time.perf_counter(), time.process_time()
    embedder.passages(texts, spans, titles)
    return Bare(time.perf_counter() - started, time.process_time() - processor, tokens)


def write_by_stage(embedder: E5, articles: Read) -> dict[str, float]:
    """Processor seconds of writing passages to Chroma and to the catalogue; the vectors are random."""
    chance = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as home:
        library = Library(IndexConfig(home=Path(home)), embedder)
        library.vectors.rebuild()
        rows, number = [], 0
        for path, draft, own in articles:
            article = Article(path.name, str(path), draft.title or "", draft.publisher, draft.author, draft.published,
                              draft.language, draft.url, "", text=draft.text)  # fmt: skip
            vectors = chance.normal(size=(len(own), 384)).astype(np.float32)
            parts = [chance.normal(size=(len(p.sentences), 384)).astype(np.float32) for p in own]
            rows.append(
                (article, [PassageRow(number + i, article.id, p, vectors[i], parts[i]) for i, p in enumerate(own)])
            )
            number += len(own)
        new = [row for _, own in rows for row in own]
        times = [time.process_time()]
        for i in range(0, len(new), 256):
            library.vectors.add(
                [row.id for row in new[i : i + 256]], np.array([row.vector for row in new[i : i + 256]])
            )
        times.append(time.process_time())
        with library.catalog.writing() as writer:
            writer.put_root("/", "/")
            for article, own in rows:
                writer.put_file(FileRow(article.path, article.path, "/", 0, 0, 0, "", ""))
                writer.put_article(article, article.path, own)
        times.append(time.process_time())
    chroma, catalogue = np.diff(times)
    return {"write to Chroma": float(chroma), "write to the catalogue": float(catalogue)}


def render(report: dict) -> str:
    rows = [
        ("", "whole command", "bare embedder"),
        ("tokens/s", f"{report['tokens_per_second']:,.0f}", f"{report['embedder_tokens_per_second']:,.0f}"),
        ("ratio, by the wall", f"{report['ratio']:.2f}", "1"),
        ("ratio, by processor time", f"{report['ratio_of_processor_time']:.2f}", "1"),
        ("articles/s", f"{report['articles_per_second']:.1f}", ""),
        ("peak memory, MiB", f"{report['peak_mib']:.0f}", ""),
    ]
    spent = report["processor_seconds"]
    rows += [(f"share of {stage}", f"{s / sum(spent.values()):.1%}", "") for stage, s in spent.items()]
    note = f"{report['articles']} articles, {report['passages']} passages, {report['tokens']:,} tokens"
    return f"{table(rows)}\n\n{note}"


if __name__ == "__main__":
    main()
