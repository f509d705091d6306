"""Reads sentences beside a question: a small network over the embedder's token vectors."""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

LONGEST = 120  # tokens of a sentence that are read
_UNREAD = -8.0  # for a sentence without tokens
_EPSILON = 1e-5
_SLOPE = (2 / math.pi) ** 0.5


class Reader:
    """A transformer over the tokens of a question and a passage, which attend to each other.

    Its input is what the embedder makes of each token at several of its layers: (layers, dimensions), centred
    and of unit length. Besides the usual attention each head weighs the cosines of two tokens at each layer, so
    that it knows from the start what matches. `benchmarks/train_reader.py` learned the weights, float16 arrays.
    """

    def __init__(self, weights: dict[str, np.ndarray]):
        self._weights = {name: values.astype(np.float32) for name, values in weights.items()}
        self._blocks, self._heads, _ = weights["cosines"].shape

    def read(self, question: np.ndarray, sentences: Sequence[np.ndarray]) -> np.ndarray:
        """How much likelier each sentence of a passage is to answer than none of them, (sentences,): log odds.

        Tokens are (tokens, layers, dimensions), those of the question and of each sentence.
        """
        read = [tokens[:LONGEST] for tokens in sentences]
        ends = np.cumsum([len(question), *map(len, read)])
        if not len(question) or ends[-1] == ends[0]:
            return np.full(len(sentences), _UNREAD, dtype=np.float32)
        outputs = self._outputs(np.concatenate([question, *read]), len(question))
        mixed, weigh, null = self._weights["mix"], np.logaddexp.reduce, self._weights["null"]
        odds = [
            mixed[0] * outputs[a:b, 0].mean() + mixed[1] * weigh(outputs[a:b, 1]) + mixed[2] - null[0]
            if a < b
            else _UNREAD
            for a, b in pairwise(ends)
        ]
        return np.array(odds, dtype=np.float32)

    def _outputs(self, tokens: np.ndarray, asked: int) -> np.ndarray:
        """Two values of each token, (tokens, 2): how much its sentence answers, and that it is of the answer."""
        weights = self._weights
        directions = tokens - weights["mean"]
        directions /= np.maximum(np.linalg.norm(directions, axis=-1, keepdims=True), 1e-9)
        by_layer = directions.transpose(1, 0, 2)
        cosines = by_layer @ by_layer.transpose(0, 2, 1)
        x = self._linear("into", 4 * directions.reshape(len(tokens), -1))
        x += np.repeat(weights["parts"], [asked, len(tokens) - asked], axis=0)
        x = self._norm("in", x)
        for block in range(self._blocks):
            bias = np.tensordot(weights["cosines"][block], cosines, 1)
            x = x + self._attention(block, self._norm(f"{block}.first", x), bias)
            x = x + self._linear(f"{block}.out", _gelu(self._linear(f"{block}.up", self._norm(f"{block}.second", x))))
        return self._linear("head", self._norm("last", x))

    def _attention(self, block: int, x: np.ndarray, bias: np.ndarray) -> np.ndarray:
        """Multi-head attention; `bias` is (heads, tokens, tokens)."""
        split = self._linear(f"{block}.qkv", x).reshape(len(x), 3, self._heads, -1).transpose(1, 2, 0, 3)
        queries, keys, values = split
        scores = queries @ keys.transpose(0, 2, 1) / queries.shape[-1] ** 0.5 + bias
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        context = (scores / scores.sum(axis=-1, keepdims=True)) @ values
        return self._linear(f"{block}.context", context.transpose(1, 0, 2).reshape(len(x), -1))

    def _linear(self, name: str, x: np.ndarray) -> np.ndarray:
        return x @ self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]

    def _norm(self, name: str, x: np.ndarray) -> np.ndarray:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _EPSILON)
        return scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def _gelu(x: np.ndarray) -> np.ndarray:
    """Hendrycks and Gimpel's approximation by tanh (arXiv:1606.08415)."""
    return x / 2 * (1 + np.tanh(_SLOPE * (x + 0.044715 * x * x * x)))


@lru_cache(maxsize=1)
def load_reader() -> Reader:
    """The reader that the package ships."""
    with np.load(Path(__file__).parent / "reader.npz") as stored:
        return Reader(dict(stored))
