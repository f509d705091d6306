"""Measures Footnote against a stock LlamaIndex pipeline (VectorStoreIndex on Chroma) with the same embedder.

python -m benchmarks.stock [--json] [--articles 300] [--rounds 2] [--cache FOLDER] [--texts FOLDER]

Needs `pip install -e ".[bench]"`.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from benchmarks.command import table
from index.config import IndexConfig
from index.embed import Embedder, open_embedder
from index.library import Library
from index.llama_embedding import FootnoteEmbedding
from index.sync import sync
from qa.retrieve import retrieve
from qa.types import Question
from qa.understand import understand

LANGUAGES = ("en", "vi", "de", "es")
Search = Callable[[str], tuple[str, str]]  # a question -> file name and text of the first passage


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the answers that are right, the file that has one."""

    text: str
    gold: tuple[str, ...]
    file: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--articles", type=int, default=300, help="made articles, for the times of indexing")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--questions", type=int, default=150, help="of each language")
    parser.add_argument("--cache", type=Path, help="where the articles and the model are kept; else a fresh folder")
    parser.add_argument("--texts", type=Path, default=corpus.TEXTS, help="folder of LANGUAGE/articles, questions.jsonl")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        cache = options.cache or Path(fresh)
        report = measure(cache, options.articles, options.rounds, options.texts, options.questions)
    print(json.dumps(report) if options.json else render(report))
    if not any(report["found"].values()):
        print(f"no questions in {options.texts}: first hits and queries are not measured", file=sys.stderr)


def measure(cache: Path, number: int, rounds: int, texts: Path, count: int) -> dict:
    """Seconds of indexing (medians, in turns), and per language first hits and query milliseconds (in turns)."""
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    embedder = open_embedder(IndexConfig().embedding, cache / "models")
    embedder.passages(["Warm."], [[]])
    folder = cache / f"articles-{number}"
    corpus.write(folder, number)
    pipelines = {
        "footnote": footnote,
        "stock": lambda home, source, model: stock(home, source, model, None),
        "stock, passages of 256": lambda home, source, model: stock(home, source, model, 256),
    }
    seconds: dict[str, list[float]] = {name: [] for name in pipelines}
    for _ in range(rounds):
        for name, build in pipelines.items():
            with tempfile.TemporaryDirectory() as home:
                started = time.perf_counter()
                build(Path(home), folder, embedder)
                seconds[name].append(time.perf_counter() - started)
    found = {name: {} for name in pipelines}
    for language in LANGUAGES:
        source = texts / language
        if not source.is_dir():
            continue
        asked = read_questions(source / "questions.jsonl", count)
        with tempfile.TemporaryDirectory() as homes:
            searches = {
                name: build(Path(homes, str(i)), source / "articles", embedder)
                for i, (name, build) in enumerate(pipelines.items())
            }
            for name, figures in compare(searches, asked).items():
                found[name][language] = figures
    return {"articles": number, "index_seconds": {n: statistics.median(s) for n, s in seconds.items()}, "found": found}


def compare(searches: dict[str, Search], asked: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """First hits (the first passage is of the right file and has a right answer), its words, and the time."""
    times = {name: [] for name in searches}
    hits = {name: [] for name in searches}
    files = {name: [] for name in searches}
    words = {name: [] for name in searches}
    for question in asked:
        for name, search in searches.items():
            started = time.perf_counter()
            file, text = search(question.text)
            times[name].append(1000 * (time.perf_counter() - started))
            files[name].append(file == question.file)
            hits[name].append(file == question.file and any(gold in text for gold in question.gold))
            words[name].append(len(text.split()))
    return {
        name: {
            "first_hit": statistics.mean(hits[name]),
            "right_article_first": statistics.mean(files[name]),
            "words_of_first_passage": statistics.mean(words[name]),
            "query_ms": statistics.median(times[name]),
        }
        for name in searches
    }


def read_questions(path: Path, count: int) -> list[Asked]:
    """`count` questions, evenly from the whole file."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    records = records[:: max(1, len(records) // count)][:count]
    return [Asked(record["question"], tuple(record["gold"]), record["file"]) for record in records]


def footnote(home: Path, source: Path, embedder: Embedder) -> Search:
    library = Library(IndexConfig(home=home), embedder)
    sync(library, [str(source)])
    library.vectors.open()

    def search(question: str) -> tuple[str, str]:
        query = understand(question, (), library.catalog.languages())
        first = retrieve(library, query, Question(question).filters, 10).candidates[0]
        span = first.row.passage.span
        return Path(first.article.path).name, first.article.text[span.start : span.end]

    return search


def stock(home: Path, source: Path, embedder: Embedder, size: int | None) -> Search:
    """LlamaIndex as its tutorial has it; `size` is of its passages in tokens, None its default of 1024."""
    import chromadb
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    collection = chromadb.PersistentClient(path=str(home)).get_or_create_collection("articles")
    store = ChromaVectorStore(chroma_collection=collection)
    index = VectorStoreIndex.from_documents(
        SimpleDirectoryReader(str(source), recursive=True).load_data(),
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=FootnoteEmbedding(embedder),
        transformations=[SentenceSplitter(chunk_size=size) if size else SentenceSplitter()],
    )
    retriever = index.as_retriever(similarity_top_k=10)

    def search(question: str) -> tuple[str, str]:
        first = retriever.retrieve(question)[0]
        return first.node.metadata["file_name"], first.node.get_content()

    return search


def render(report: dict) -> str:
    names = list(report["found"])
    rows = [("", *names)]
    rows.append(
        (f"indexing {report['articles']} made articles, s", *(f"{report['index_seconds'][n]:.1f}" for n in names))
    )
    labels = {
        "first_hit": "first passage has the answer",
        "right_article_first": "right article first",
        "words_of_first_passage": "words of the first passage",
        "query_ms": "query, median ms",
    }
    for key, label in labels.items():
        for language in report["found"][names[0]]:
            digits = 3 if key in ("first_hit", "right_article_first") else 1
            rows.append((f"{label}, {language}", *(f"{report['found'][n][language][key]:.{digits}f}" for n in names)))
    return table(rows)


if __name__ == "__main__":
    main()
