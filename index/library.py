"""An open library folder: the catalogue, its vectors and the embedder that made them."""

import logging
import os
import threading
from pathlib import Path

from index.catalog import Catalog
from index.config import EmbeddingConfig, IndexConfig
from index.embed import Embedder, open_embedder
from index.errors import EmbeddingMismatch, FootnoteError, LibraryError
from index.listing import Listing, Totals, Wanted
from index.sandbox import Sandbox
from index.stages import Progress
from index.types import Article, Failure
from index.vectors import Vectors

log = logging.getLogger(__name__)


class Library:
    """What questions are asked of. Safe to use from several threads; writing is `index.sync`'s."""

    def __init__(
        self,
        config: IndexConfig,
        embedder: Embedder | None = None,
        sandbox: Sandbox | None = None,
        progress: Progress | None = None,
    ):
        """Opens it; `progress` is told where a library of an earlier version is brought into the form of this one."""
        self.config = config
        self.home = config.home
        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"The library folder {self.home} cannot be made ({error.strerror}). "
                "Choose another with FOOTNOTE_HOME or --home."
            ) from error
        self.catalog = Catalog(self.home / "catalog.sqlite", progress)
        self.vectors = Vectors(self.home, self.catalog)
        self.sandbox = sandbox or Sandbox()
        self.gone = threading.Event()
        """Set when an article was to be cited whose file is gone: who follows the sources removes it."""
        self._embedder = embedder
        self._beside: Embedder | None = None
        self._opening = threading.Lock()

    @property
    def embedder(self) -> Embedder:
        """Opened at the first use. Raises EmbeddingMismatch where another one made the library's vectors."""
        embedder = self.configured
        made_by = self.catalog.meta("embedding")
        if made_by not in (None, embedder.name):
            raise EmbeddingMismatch(
                f"The library {self.home} was made with the embedding {made_by}, not {embedder.name}. "
                "Run `footnote index --rebuild` to make it anew, or set [embedding] back; "
                "where it was made anew just now, start this program again."
            )
        return embedder

    @property
    def configured(self) -> Embedder:
        """The embedder that is configured now, whatever made the library's vectors."""
        with self._opening:
            if self._embedder is None:
                self._embedder = open_embedder(self.config.embedding, self.home / "models")
            return self._embedder

    @property
    def reading(self) -> Embedder:
        """The built-in embedder, whose tokens the reader knows: the configured one, or one beside it."""
        embedder = self.configured
        if self.config.embedding.provider == EmbeddingConfig().provider:
            return embedder
        with self._opening:
            if self._beside is None:
                self._beside = open_embedder(EmbeddingConfig(), self.home / "models")
            return self._beside

    def warm_up(self, vectors: bool) -> None:
        """Opens the embedder in a thread beside the caller, and Chroma (`vectors`) for many questions to come."""

        def open_both() -> None:
            try:
                _ = self.embedder
                if vectors:
                    self.vectors.open()
            except FootnoteError as error:
                log.debug("warming up: %s", error)  # the first question raises it again

        threading.Thread(target=open_both, name="warm-up", daemon=True).start()

    @property
    def revision(self) -> int:
        """Grows with each change of the index."""
        return self.catalog.revision

    def articles(self) -> list[Article]:
        """All articles, without their text, by path."""
        return self.catalog.articles()

    def totals(self) -> Totals:
        """How many articles and failed files there are, and what articles can be chosen by."""
        return self.catalog.totals()

    def listing(self, wanted: Wanted, page: int, size: int) -> Listing:
        """A page of the articles wanted, by path; pages count from 1."""
        with self.catalog.snapshot():
            return self.catalog.listing(wanted, page, size)

    def article(self, id: str) -> Article | None:
        """An article with its text."""
        return self.catalog.article(id)

    def failures(self) -> list[Failure]:
        """The files that could not be read, with the reason."""
        return self.catalog.failures()

    def roots(self) -> list[tuple[str, str]]:
        """(real path, path as given) of each source root."""
        return self.catalog.roots()

    def is_current(self, article: str) -> bool:
        """Whether the article's file is still on the disk; sets `gone` when it is not."""
        file = self.catalog.file_of(article)
        current = file is not None and os.path.isfile(file)
        if not current:
            self.gone.set()
        return current


def starter_corpus() -> Path:
    """The articles that come with Footnote: `seeds/` here or beside the packages, else those in the wheel."""
    package = Path(__file__).resolve().parent
    candidates = [Path("seeds"), package.parent / "seeds", package / "starter"]
    return next(folder for folder in candidates if folder.is_dir())
