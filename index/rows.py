"""Rows of the catalogue's tables, as SQL asks for them and as they are kept."""

import json
from dataclasses import dataclass

import numpy as np

from index.doubles import bands
from index.folder import FoundFile
from index.types import Article, Passage, Span

_ARTICLE = """SELECT a.id, a.path || a.part, a.title, a.publisher, a.author, a.published, a.language, a.url,
    a.content_hash,
    CASE WHEN f.error IS NOT NULL THEN 'stale' WHEN d.copy_of IS NOT NULL THEN 'copy' ELSE 'indexed' END,
    {text}, a.part, a.leaves
    FROM articles a JOIN files f ON f.real = a.file LEFT JOIN doubles d ON d.article = a.id"""
WITHOUT_TEXT = _ARTICLE.format(text="''")
WITH_TEXT = _ARTICLE.format(text="coalesce(t.text, '')") + " LEFT JOIN texts t ON t.article = a.id"


@dataclass(frozen=True, slots=True)
class FileRow(FoundFile):
    """A source file as it was last seen. `made_by` names the versions of the pipeline that read it."""

    hash: str
    made_by: str
    error: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PassageRow:
    """A passage with its vector (dimensions,) and its sentences' vectors (sentences, dimensions), unit length."""

    id: int
    article: str
    passage: Passage
    vector: np.ndarray
    sentence_vectors: np.ndarray


def article_of(row: tuple) -> Article:
    return Article(*row[:-1], leaves=tuple(json.loads(row[-1])))


def searched_by(title: str, publisher: str | None, author: str | None, published: str | None, path: str) -> str:
    """What an article is searched by in a list, its case folded."""
    return "\n".join(filter(None, (title, publisher, author, published, path))).casefold()


def bands_json(signature: bytes) -> str:
    return json.dumps(bands(np.frombuffer(signature, dtype=np.uint32)))


def blob_of(vectors: np.ndarray) -> bytes:
    """Half precision: a cosine changes by less than 1e-4, the library is half the size."""
    return vectors.astype(np.float16).tobytes()


def vectors_of(blob: bytes) -> np.ndarray:
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32)


def passage_of(row: tuple) -> PassageRow:
    id, article, start, stop, vector, sentences, sentence_vectors = row
    spans = np.frombuffer(sentences, dtype=np.int32).reshape(-1, 2).tolist()
    own = vectors_of(vector)
    return PassageRow(
        id,
        article,
        Passage(Span(start, stop), tuple(Span(*span) for span in spans)),
        own,
        vectors_of(sentence_vectors).reshape(-1, own.size),
    )
