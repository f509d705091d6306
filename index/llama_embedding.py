"""The seam to LlamaIndex: its embeddings as ours, and ours as one of its."""

from collections.abc import Sequence
from importlib import import_module

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from index.config import EmbeddingConfig
from index.embed import Embedder
from index.errors import EmbeddingError, UsageError

# provider: (module, class, name of the model argument, name of the address argument)
_PROVIDERS = {
    "openai-like": ("llama_index.embeddings.openai_like", "OpenAILikeEmbedding", "model_name", "api_base"),
    "huggingface": ("llama_index.embeddings.huggingface", "HuggingFaceEmbedding", "model_name", None),
    "ollama": ("llama_index.embeddings.ollama", "OllamaEmbedding", "model_name", "base_url"),
}


class LlamaEmbedder:
    """A LlamaIndex embedding in the place of the built-in one; passages and sentences are embedded apart."""

    def __init__(self, config: EmbeddingConfig, model: BaseEmbedding | None = None):
        self._model = model or _load(config)
        self.name = f"{config.provider}/{config.model}"
        self.dimensions = len(self.query("?"))

    def query(self, text: str) -> np.ndarray:
        return _unit(self._ask("get_query_embedding", text))

    def passages(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[tuple[int, int]]],
        contexts: Sequence[str] | None = None,
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        flat = [_under(context, text) for context, text in zip(contexts or [""] * len(texts), texts, strict=True)]
        for text, own in zip(texts, spans, strict=True):
            flat.extend(text[start:end] for start, end in own)
        vectors = _unit(self._ask("get_text_embedding_batch", flat))
        found, at = [], len(texts)
        for i, own in enumerate(spans):
            found.append((vectors[i], vectors[at : at + len(own)]))
            at += len(own)
        return found

    def _ask(self, method: str, argument):
        try:
            return getattr(self._model, method)(argument)
        except Exception as error:  # each provider has errors of its own
            raise EmbeddingError(
                f"The embedding {self.name} failed ({type(error).__name__}: {error}). "
                "Check [embedding] in footnote.toml and that its server answers."
            ) from error


class FootnoteEmbedding(BaseEmbedding):
    """Footnote's embedder as a LlamaIndex embedding, for anyone's pipeline."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **settings):
        super().__init__(model_name=embedder.name, **settings)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._embedder.query(query).tolist()

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [vector.tolist() for vector, _ in self._embedder.passages(texts, [[] for _ in texts])]


def _load(config: EmbeddingConfig) -> BaseEmbedding:
    if not config.model:
        raise UsageError(f'[embedding] provider "{config.provider}" needs a model: set FOOTNOTE_EMBEDDING_MODEL.')
    module, name, model_argument, url_argument = _PROVIDERS[config.provider]
    arguments = {model_argument: config.model}
    if config.url and url_argument:
        arguments[url_argument] = config.url
    if config.provider == "openai-like":
        arguments["api_key"] = config.api_key or "none"
    try:
        return getattr(import_module(module), name)(**arguments)
    except ImportError as error:
        raise EmbeddingError(
            f'The embedding provider "{config.provider}" is not installed: pip install "footnote[{config.provider}]".'
        ) from error


def _under(context: str, text: str) -> str:
    return f"{context}\n{text}" if context else text


def _unit(vectors) -> np.ndarray:
    found = np.asarray(vectors, dtype=np.float32)
    return found / np.maximum(np.linalg.norm(found, axis=-1, keepdims=True), 1e-12)
