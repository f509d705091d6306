"""What the vectors of all tokens of a language have in common: it tells the language, and nothing of the matter.

Taken off, texts in different languages can be compared (Libovický et al. 2020, "On the Language Neutrality of
Pre-trained Multilingual Representations"). `benchmarks/train_reader.py` takes the means.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.embed import Embedder

PATH = Path(__file__).parent / "token_means.npz"


@dataclass(frozen=True, slots=True, eq=False)
class TokenMeans:
    """Of each language (ISO 639-1) the mean of the tokens of questions and of passages, (layers, dimensions).

    That of no language, "", is the mean over all of them: it stands for those that are unknown.
    """

    questions: dict[str, np.ndarray]
    passages: dict[str, np.ndarray]

    def of_question(self, language: str | None) -> np.ndarray:
        return self.questions.get(language or "", self.questions[""])

    def of_passage(self, language: str | None) -> np.ndarray:
        return self.passages.get(language or "", self.passages[""])


def without(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Vectors, (..., dimensions), without their part in the direction of a mean, (dimensions,); unit length."""
    direction = mean / np.linalg.norm(mean)
    return unit(vectors - (vectors @ direction)[..., None] * direction)


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors, (..., dimensions), at unit length; those of none stay."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def token_means_of(embedder: Embedder) -> TokenMeans | None:
    """Those of the built-in model; None for any other."""
    return load_token_means() if embedder.name.startswith("multilingual-e5-small/") else None


@lru_cache(maxsize=1)
def load_token_means() -> TokenMeans:
    with np.load(PATH) as stored:
        languages = [str(code) for code in stored["languages"]]
        return TokenMeans(
            *({code: own.astype(np.float32) for code, own in zip(languages, stored[kind], strict=True)}
              for kind in ("questions", "passages"))
        )  # fmt: skip


def write(means: TokenMeans) -> None:
    """Writes the file of those that the package ships."""
    languages = sorted(means.questions)
    found = {kind: np.stack([getattr(means, kind)[code] for code in languages]) for kind in ("questions", "passages")}
    np.savez_compressed(PATH, languages=languages, **{kind: own.astype(np.float16) for kind, own in found.items()})
