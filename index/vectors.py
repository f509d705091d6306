"""The vectors of the passages in Chroma: derived from the catalogue, rebuilt from it whenever in doubt."""

import logging
import os
import shutil
import threading
from collections.abc import Sequence
from math import ceil
from pathlib import Path

import numpy as np

from index.catalog import Catalog
from index.errors import LibraryError

EXACT = 5_000  # passages; up to here reading all vectors takes less than loading Chroma (1 to 2 s)
_MANY = 0.2  # of the passages: if so many pass the filters, the nearest of all are sifted; reading fewer is quicker
_MORE = 2  # times as many as should be left are sifted
_BATCH = 1_000  # more stalls embedded Chroma; its own limit is 5,461 (see the storage note)
_WASTE = 0.3  # of as many vectors as there are removed since, Chroma is made anew: it gives back neither room nor time
_SMALL = 1_000  # removed vectors that are not worth it
_COLLECTION = "passages"
log = logging.getLogger(__name__)


class Vectors:
    """Nearest passages by cosine.

    Every write stands between `dirty = 1` and `dirty = 0` in the catalogue: a Chroma folder that was being
    written when the process died is not trusted but rebuilt, in a new folder, from the catalogue's vectors.
    """

    def __init__(self, home: Path, catalog: Catalog):
        self._home = home
        self._catalog = catalog
        self._client = None
        self._collection = None
        self._opened = ""  # the state of the library that the open Chroma is of
        self._lock = threading.RLock()

    @property
    def sound(self) -> bool:
        """Whether the last write was completed."""
        return self._catalog.meta("dirty") in (None, "0") and self._folder().is_dir()

    def begin(self) -> None:
        """Before a write. A Chroma folder that is not sound or cannot be opened is made anew; one that another
        process wrote to since it was opened is opened again.
        """
        if not self.sound:
            self.rebuild()
        self._catalog.set_meta("dirty", "1")
        with self._lock:
            self._reopen()
            try:
                if self._collection is None:
                    self.open()
            except LibraryError as error:
                log.warning("making the vectors anew from the catalogue: %s", error)
                self.rebuild()
                self._catalog.set_meta("dirty", "1")

    def finish(self) -> None:
        self._catalog.set_meta("dirty", "0")
        self._opened = self._state()

    def add(self, ids: Sequence[int], vectors: np.ndarray) -> None:
        """Adds or replaces vectors, float32 (n, dimensions), unit length."""
        for i in range(0, len(ids), _BATCH):
            self._do("upsert", ids=[str(id) for id in ids[i : i + _BATCH]], embeddings=vectors[i : i + _BATCH])

    def remove(self, ids: Sequence[int]) -> None:
        for i in range(0, len(ids), _BATCH):
            self._do("delete", ids=[str(id) for id in ids[i : i + _BATCH]])
        self._catalog.set_meta("removed", str(self._removed() + len(ids)))

    def compact(self) -> None:
        """Makes Chroma anew where much of it is what was removed."""
        if self._removed() >= max(_SMALL, _WASTE * self._catalog.passage_count()):
            self.rebuild()

    def _removed(self) -> int:
        return int(self._catalog.meta("removed") or 0)

    def ids(self) -> set[int]:
        with self._lock:
            self._reopen()
            return {int(id) for id in self._do("get", include=[])["ids"]}

    def get(self, ids: Sequence[int]) -> dict[int, np.ndarray]:
        """The vectors, (dimensions,), as Chroma has them, by id; those it does not have are missing."""
        if not ids:
            return {}
        with self._lock:
            self._reopen()
            found = self._do("get", ids=[str(id) for id in ids], include=["embeddings"])
        return {int(id): np.asarray(v) for id, v in zip(found["ids"], found["embeddings"], strict=True)}

    def nearest(self, vectors: np.ndarray, limit: int, among: set[int] | None = None) -> list[list[tuple[int, float]]]:
        """For each of the vectors, (n, dimensions), unit length: (passage id, cosine), best first; only those `among`
        when given.

        Ids that the catalogue no longer knows may be among them: the caller asks the catalogue. The search is
        exact, over the catalogue's vectors, while the Chroma folder cannot be used or is written to, in a small
        library as long as nobody has opened Chroma, and where few passages come into question.
        """
        share = 1.0 if among is None else len(among) / max(self._catalog.passage_count(), 1)
        large = self._collection is not None or self._catalog.passage_count() > EXACT
        if large and share >= _MANY and self.sound:
            try:
                found = self.stored(vectors, limit if among is None else ceil(_MORE * limit / share))
                if among is not None:
                    found = [[pair for pair in nearest if pair[0] in among][:limit] for nearest in found]
                enough = among is None or all(len(nearest) == limit for nearest in found)
                if enough and self._catalog.is_latest():
                    return found
            except LibraryError as error:
                if self._catalog.is_latest():
                    log.warning("searching without Chroma until the next `footnote check --repair`: %s", error)
        return self.exact(vectors, limit, among)

    def stored(self, vectors: np.ndarray, limit: int) -> list[list[tuple[int, float]]]:
        """As `nearest`, as Chroma has them at this moment."""
        with self._lock:
            self._reopen()
            found = self._do("query", query_embeddings=vectors, n_results=limit, include=["distances"])
        return [
            [(int(id), 1 - distance) for id, distance in zip(ids, distances, strict=True)]
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def exact(self, vectors: np.ndarray, limit: int, among: set[int] | None = None) -> list[list[tuple[int, float]]]:
        """As `nearest`, over the catalogue's vectors; only those `among` when given."""
        ids, own = self._catalog.vectors(among)
        if not ids:
            return [[] for _ in vectors]
        cosines = vectors @ own.T
        best = np.argsort(-cosines, axis=1)[:, :limit]
        return [[(ids[i], float(one[i])) for i in order] for one, order in zip(cosines, best, strict=True)]

    def rebuild(self) -> None:
        """Makes a new Chroma folder from the catalogue; the old ones go first: a full disk has no room for two."""
        with self._lock:
            self._close()
            self._catalog.set_meta("dirty", "1")
            self._catalog.set_meta("chroma", str(int(self._catalog.meta("chroma") or 0) + 1))
            self._catalog.set_meta("removed", "0")
            for folder in self._home.glob("chroma-*"):
                shutil.rmtree(folder, ignore_errors=True)
            ids, vectors = self._catalog.vectors()
            self.open(new=True)
            self.add(ids, vectors)
            self.finish()

    def _state(self) -> str:
        return f"{self._catalog.revision} in {self._folder()}"

    def _folder(self) -> Path:
        return self._home / f"chroma-{self._catalog.meta('chroma') or 0}"

    def _do(self, action: str, **arguments):
        with self._lock:
            if self._collection is None:
                self.open()
            collection = self._collection
        try:
            return getattr(collection, action)(**arguments)
        except BaseException as error:
            if not _is_of_chroma(error):
                raise
            raise _damaged(self._folder(), error) from error

    def open(self, new: bool = False) -> None:
        """Opens Chroma; done by itself when it is first needed. Its folder is there already, unless it is `new`."""
        if not new and not self._folder().is_dir():
            raise _damaged(self._folder(), FileNotFoundError("there is no such folder"))
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings

        SharedSystemClient.clear_system_cache()  # else what another library of this process opened long ago is shared
        settings = Settings(anonymized_telemetry=False, is_persistent=True)
        state = self._state()  # as it is before: what is written meanwhile may or may not be seen
        try:
            self._client = chromadb.PersistentClient(path=str(self._folder()), settings=settings)
            self._collection = self._client.get_or_create_collection(
                _COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )
        except BaseException as error:
            self._forget()
            if not _is_of_chroma(error):
                raise
            raise _damaged(self._folder(), error) from error
        self._opened = state

    def _reopen(self) -> None:
        """An open Chroma that another process wrote to shows what it read before: it is opened again when needed."""
        if self._opened != self._state():
            self._close()

    def _close(self) -> None:
        if self._client is not None:
            self._forget()

    def _forget(self) -> None:
        """Chroma keeps what it opened, and what it failed to open, and would hand it out again."""
        from chromadb.api.shared_system_client import SharedSystemClient

        self._client = self._collection = None
        self._opened = ""
        SharedSystemClient.clear_system_cache()


def _is_of_chroma(error: BaseException) -> bool:
    """Chroma raises errors of many kinds, some without a class of their own; a panic in its Rust is no Exception."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _damaged(folder: Path, error: Exception) -> LibraryError:
    return LibraryError(
        f"The vectors in {folder} cannot be used ({type(error).__name__}: {error}). "
        "Run `footnote check --repair`; they are rebuilt from the catalogue."
    )
