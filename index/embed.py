"""What turns text into vectors: the built-in multilingual-e5-small, or any embedding that LlamaIndex knows."""

import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from index.config import EmbeddingConfig
from index.stages import Stopped
from index.types import Article, Passage

EMBEDDED_AT_ONCE = 64  # passages; about a second on two cores, which is what a stop has to wait for

Embedded = tuple[np.ndarray, np.ndarray]  # vectors of a passage (dimensions,), of its sentences (sentences, dimensions)


class Embedder(Protocol):
    """All vectors are float32, unit length. `name` identifies them: vectors of two names do not compare."""

    name: str
    dimensions: int

    def query(self, text: str) -> np.ndarray:
        """The vector (dimensions,) of a question."""

    def passages(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[tuple[int, int]]],
        contexts: Sequence[str] | None = None,
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """For each text its vector (dimensions,) and those of its spans (spans, dimensions).

        A span is (start, end) in its text; a context is a title that the text stands under.
        """


@runtime_checkable
class TokenEmbedder(Embedder, Protocol):
    """An embedder that also shows the vectors of single tokens, of several of its layers; the last one's it pools."""

    def query_tokens(self, text: str, start: int = 0) -> np.ndarray:
        """The vectors of a question's tokens from character `start` on, (tokens, layers, dimensions), as they are."""

    def span_tokens(self, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]) -> list[list[np.ndarray]]:
        """For each text and each of its spans the vectors of the span's tokens, (tokens, layers, dimensions)."""

    def span_places(self, text: str, spans: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
        """Start and end of each token of each span of a text: of those that `span_tokens` gives the vectors of."""


def open_embedder(config: EmbeddingConfig, cache: Path) -> Embedder:
    """The configured embedder. The built-in one keeps its model in `cache`, a folder.

    Raises EmbeddingError where the provider is not installed or cannot be reached.
    """
    if config.provider == "e5":
        from index.e5 import open_e5

        return open_e5(cache, config.threads, warn=lambda message: warnings.warn(message, stacklevel=2))
    from index.llama_embedding import LlamaEmbedder

    return LlamaEmbedder(config)


def embed(embedder: Embedder, places: Sequence[tuple[Article, Passage]], stop: threading.Event) -> list[Embedded]:
    """The vectors of passages, each of an article (with its text), in order; like lengths are embedded together.

    Raises Stopped once `stop` is set.
    """
    vectors: dict[int, Embedded] = {}
    order = sorted(range(len(places)), key=lambda i: places[i][1].span.end - places[i][1].span.start)
    for first in range(0, len(order), EMBEDDED_AT_ONCE):
        if stop.is_set():
            raise Stopped
        own = order[first : first + EMBEDDED_AT_ONCE]
        some = [places[i] for i in own]
        embedded = embedder.passages(
            [article.text[p.span.start : p.span.end] for article, p in some],
            [[(s.start - p.span.start, s.end - p.span.start) for s in p.sentences] for _, p in some],
            [article.title for article, _ in some],
        )
        vectors.update(zip(own, embedded, strict=True))
    return [vectors[i] for i in range(len(places))]
