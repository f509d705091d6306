"""While a library is made anew it answers as before, whatever stops that and whoever reads."""

import multiprocessing
import signal
import threading
from pathlib import Path

import pytest

import index.rebuild
import index.sync as sync_module
from index.check import check
from index.errors import EmbeddingError, EmbeddingMismatch
from index.library import Library
from index.sync import sync
from tests.hashed import HashedWords
from tests.test_in_step import process
from tests.test_kills import ReadHere, article, opened, sync_and_die


class Other(HashedWords):
    """Of another name and other dimensions; keeps what it embeds, and fails after so many texts."""

    name, dimensions = "other/1", 32

    def __init__(self, texts: int = 10_000) -> None:
        self.embedded: list[str] = []
        self._texts = texts

    def passages(self, texts, spans, contexts=None):
        if len(self.embedded) >= self._texts:
            raise EmbeddingError("The embedding does not answer. Start it.")
        self.embedded += texts
        return super().passages(texts, spans, contexts)


@pytest.fixture
def home(tmp_path: Path, monkeypatch) -> Path:
    """A library of eight articles in 15 passages, which is made anew some passages at a time."""
    monkeypatch.setattr(sync_module, "BATCH_PASSAGES", 3)
    monkeypatch.setattr(index.rebuild, "BATCH_PASSAGES", 3)
    (tmp_path / "a").mkdir()
    for number in range(8):
        (tmp_path / "a" / f"{number}.txt").write_text(article(number), "utf-8")
    sync(opened(tmp_path / "library"), [str(tmp_path / "a")])
    return tmp_path / "library"


def told(library: Library) -> list[tuple]:
    """All that a library knows of its articles, read in one moment, and what is found."""
    with library.catalog.snapshot():
        articles = [
            (own.id, own.path, own.text, [row.passage for row in library.catalog.passages_of(own.id)])
            for own in library.catalog.full_articles()
        ]
        [nearest] = library.vectors.nearest(library.embedder.query("Person5 met the council")[None], 99)
        rows = library.catalog.passages([id for id, _ in nearest])
        words = library.catalog.search_words(["council"], "en", 99)
    found = sorted((row.article, row.passage.span.start, len(row.vector)) for row in rows.values())
    return [articles, found, len(words)]


@pytest.mark.parametrize("call", [150, 400, 700, 1_000, 1_300, 1_600])
def test_one_that_is_killed_leaves_the_library_as_it_was_and_is_gone_on_with(home: Path, call: int) -> None:
    before = told(opened(home))
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.test_kills", "chromadb"])
    child = processes.Process(target=sync_and_die, args=(home, call, True))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    library = opened(home)
    assert told(library) == before
    sync(library)
    assert (told(library), check(library), library.catalog.meta("anew")) == (before, [], None)


def test_vectors_of_two_embeddings_never_meet(home: Path) -> None:
    before = told(opened(home))
    config = opened(home).config
    fails = Library(config, Other(texts=6), ReadHere())
    with pytest.raises(EmbeddingError):
        sync(fails, rebuild=True)
    assert told(opened(home)) == before  # by the old vectors
    (Path(before[0][0][1])).write_text(article(9), "utf-8")  # an edit meanwhile, embedded as before
    sync(opened(home))
    before = told(opened(home))
    assert check(opened(home)) == []
    library = Library(config, Other(), ReadHere())
    with pytest.raises(EmbeddingMismatch, match="--rebuild"):
        _ = library.embedder
    sync(library)  # goes on
    kept = set(fails.embedder.embedded) & set(library.embedder.embedded)
    assert len(library.embedder.embedded) < len(before[1]) and not kept
    articles, found, words = before
    assert told(library) == [articles, [(id, start, 32) for id, start, _ in found], words]
    assert check(library) == []
    with pytest.raises(EmbeddingMismatch):
        told(opened(home))


def test_one_that_is_stopped_leaves_all_for_the_next(home: Path) -> None:
    library, stop = opened(home), threading.Event()
    before = told(library)
    report = sync(library, rebuild=True, stop=stop, progress=lambda done, total, name: done == 3 and stop.set())
    assert (report.left, told(library)) == (8, before)
    assert sync(library).updated == 8
    assert (told(library), check(library)) == (before, [])


def test_a_reader_in_another_process_sees_no_hole(home: Path) -> None:
    """With Chroma open; the reader looks again and again, and prints what it saw that was not as in the beginning."""
    code = """
from tests.test_rebuild import told
library.vectors.open()
first, looks = told(library), 0
print("begun", flush=True)
while not (library.home / "done").exists():
    assert told(library) == first
    looks += 1
print(looks, flush=True)
"""
    with process(code, home) as reader:
        assert reader.stdout.readline() == "begun\n"
        for _ in range(3):
            sync(opened(home), rebuild=True)
        (home / "done").touch()
        assert int(reader.stdout.readline()) > 5
