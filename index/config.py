"""What can be configured about an index."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal

Provider = Literal["e5", "openai-like", "huggingface", "ollama"]


@dataclass(frozen=True, slots=True)
class EmbeddingConfig:
    """Which embedding makes the vectors. `e5` is built in and runs offline; the others need `model`.

    `url` and `api_key` are for servers, `threads` (default: all cores) for the built-in one.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    provider: Provider = "e5"
    model: str | None = None
    url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    threads: int | None = None


@dataclass(frozen=True, slots=True)
class IndexConfig:
    """An index: its folder, its embedding, and the size of its passages in tiktoken (cl100k) tokens."""

    home: Path = Path(".footnote")
    embedding: EmbeddingConfig = EmbeddingConfig()
    passage_tokens: int = 256
