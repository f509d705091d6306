"""An embedder that is quick and always the same: words hashed into a few dimensions."""

import zlib
from collections.abc import Sequence

import numpy as np

from index.words import words


class HashedWords:
    """Texts that share words are near each other; behind the same protocol as the real one."""

    name, dimensions = "hashed-words/1", 64

    def query(self, text: str) -> np.ndarray:
        vector = np.full(self.dimensions, 1e-3, np.float32)
        for word in words(text):
            vector[zlib.crc32(word.encode()) % self.dimensions] += 1
        return vector / np.linalg.norm(vector)

    def passages(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[tuple[int, int]]],
        contexts: Sequence[str] | None = None,
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        titles = contexts or [""] * len(texts)
        return [
            (
                self.query(f"{title}\n{text}"),
                np.array([self.query(text[a:b]) for a, b in own], np.float32).reshape(-1, self.dimensions),
            )
            for text, own, title in zip(texts, spans, titles, strict=True)
        ]
