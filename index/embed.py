"""What turns text into vectors: the built-in multilingual-e5-small, or any embedding that LlamaIndex knows."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from index.config import EmbeddingConfig


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

    def span_tokens(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[tuple[int, int]]],
        contexts: Sequence[str] | None = None,
    ) -> list[list[np.ndarray]]:
        """For each text and each of its spans the vectors of the span's tokens, (tokens, layers, dimensions)."""


def open_embedder(config: EmbeddingConfig, cache: Path) -> Embedder:
    """The configured embedder. The built-in one keeps its model in `cache`, a folder.

    Raises EmbeddingError where the provider is not installed or cannot be reached.
    """
    if config.provider == "e5":
        from index.e5 import open_e5

        return open_e5(cache, config.threads, warn=lambda message: warnings.warn(message, stacklevel=2))
    from index.llama_embedding import LlamaEmbedder

    return LlamaEmbedder(config)
