"""What keeping in step costs."""

from pathlib import Path

from index.check import check
from index.config import IndexConfig
from index.library import Library
from index.sync import sync
from tests.hashed import HashedWords
from tests.test_kills import ReadHere, article
from tests.test_sync import counts, write


class Recording(HashedWords):
    """Keeps what it embeds."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def passages(self, texts, spans, contexts=None):
        self.embedded += texts
        return super().passages(texts, spans, contexts)


def opened(home: Path) -> Library:
    return Library(IndexConfig(home=home), Recording(), ReadHere())


def test_an_edit_embeds_only_the_passages_that_changed(tmp_path: Path) -> None:
    path = write(tmp_path / "a", "long.txt", "Anna", 1, 2000)
    path.write_text(article(5), "utf-8")  # of three passages
    library = opened(tmp_path / "library")
    sync(library, [str(tmp_path / "a")])
    first = list(library.embedder.embedded)
    library.embedder.embedded.clear()
    path.write_text(f"{article(5)} It was the mayor who paid.", "utf-8")
    assert counts(sync(library)) == (0, 1, 0, 0, 0)
    assert len(first) >= 3
    assert [text.endswith("It was the mayor who paid.") for text in library.embedder.embedded] == [True]
    assert check(library) == []
