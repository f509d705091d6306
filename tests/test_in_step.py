"""What keeping in step costs, and what it holds to while other processes read, write and die."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import index.sync as sync_module
from index.check import check
from index.config import IndexConfig
from index.errors import LibraryBusy
from index.library import Library
from index.sync import sync
from qa.ask import ask
from qa.types import Question
from tests.hashed import HashedWords
from tests.test_kills import ReadHere, article
from tests.test_sync import counts, write

ROOT = Path(__file__).parent.parent
OPEN = """
import sys
from pathlib import Path
from index.lock import writer_lock
from tests.test_kills import opened
library = opened(Path(sys.argv[1]))
"""


class Recording(HashedWords):
    """Keeps what it embeds."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def passages(self, texts, spans, contexts=None):
        self.embedded += texts
        return super().passages(texts, spans, contexts)


def opened(home: Path) -> Library:
    return Library(IndexConfig(home=home), Recording(), ReadHere())


@contextmanager
def process(code: str, home: Path) -> Iterator[subprocess.Popen]:
    """Another process, which is killed at the end; it has begun when it has printed a line."""
    with subprocess.Popen(
        [sys.executable, "-c", OPEN + code, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as child:  # fmt: skip
        try:
            yield child
        finally:
            child.kill()


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


def test_another_pipeline_is_gone_on_with_where_it_stopped(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(sync_module, "BATCH_PASSAGES", 1)
    for i in range(10):
        write(tmp_path / "a", f"{i}.txt", f"Person {i}", i, 2000 + i)
    before = opened(tmp_path / "library")
    sync(before, [str(tmp_path / "a")])
    texts = {a.id: a.text for a in before.catalog.full_articles()}

    library = Library(replace(before.config, passage_tokens=64), Recording(), ReadHere())
    stop = threading.Event()
    report = sync(library, stop=stop, progress=lambda done, total, name: done == 3 and stop.set())
    assert 0 < report.left < 10
    assert {a.id: a.text for a in library.catalog.full_articles()} == texts  # old and new articles, no hole
    again = sync(library)
    assert (again.updated, again.left) == (report.left, 0)
    assert counts(sync(library)) == (0, 0, 0, 10, 0)
    assert {a.id: a.text for a in library.catalog.full_articles()} == texts
    assert check(library) == []


def test_a_file_that_is_gone_is_not_cited_and_its_article_is_to_go(tmp_path: Path) -> None:
    write(tmp_path / "a", "anna.txt", "Anna Meyer", 17, 2024)
    write(tmp_path / "a", "bo.txt", "Bo Larsen", 5, 2025)
    library = opened(tmp_path / "library")
    sync(library, [str(tmp_path / "a")])
    question = Question("How many bridges did Anna Meyer and the council agree to build?")

    def cited() -> set[str]:
        answer = ask(library, question, threshold=0.0)
        return {c.article.path for c in (*answer.citations, *answer.near_misses)}

    gone = str(tmp_path / "a" / "anna.txt")
    assert gone in cited() and not library.gone.is_set()
    os.unlink(gone)
    assert gone not in cited() and library.gone.is_set()
    assert counts(sync(library)) == (0, 0, 1, 1, 0)


def test_the_lock_of_a_writer_that_was_killed_is_free(tmp_path: Path) -> None:
    write(tmp_path / "a", "anna.txt", "Anna Meyer", 17, 2024)
    library = opened(tmp_path / "library")
    code = "with writer_lock(library):\n    print('held', flush=True)\n    sys.stdin.read()"
    with process(code, library.home) as writer:
        assert writer.stdout.readline() == "held\n"
        with pytest.raises(LibraryBusy, match=str(writer.pid)):
            sync(library, [str(tmp_path / "a")])
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        assert (library.home / "writer.pid").read_text() == str(writer.pid)  # what it left
        assert counts(sync(library, [str(tmp_path / "a")])) == (1, 0, 0, 0, 0)


def test_a_reader_in_another_process_sees_what_is_written(tmp_path: Path) -> None:
    """With Chroma open, whose own readers in other processes go on showing what they read before."""
    write(tmp_path / "a", "anna.txt", "Anna Meyer", 17, 2024)
    library = opened(tmp_path / "library")
    sync(library, [str(tmp_path / "a")])
    code = """
import itertools
library.vectors.open()
for line in itertools.chain([""], sys.stdin):
    [found] = library.vectors.nearest(library.embedder.query("Bo Larsen")[None], 1)
    rows = library.catalog.passages([id for id, _ in found])
    print(*[library.article(row.article).title for row in rows.values()], flush=True)
"""
    with process(code, library.home) as reader:

        def seen() -> str:
            reader.stdin.write("\n")
            reader.stdin.flush()
            return reader.stdout.readline()

        assert reader.stdout.readline() == "Bridges for Anna Meyer\n"
        path = write(tmp_path / "a", "bo.txt", "Bo Larsen", 5, 2025)
        sync(library)
        assert seen() == "Bridges for Bo Larsen\n"
        path.unlink()
        sync(library)
        assert seen() == "Bridges for Anna Meyer\n"


def test_a_check_beside_a_writer_sees_what_it_wrote(tmp_path: Path) -> None:
    """With Chroma open, as in a server, and nothing to do for the sync before the check."""
    write(tmp_path / "a", "anna.txt", "Anna Meyer", 17, 2024)
    library = opened(tmp_path / "library")
    sync(library, [str(tmp_path / "a")])
    library.vectors.open()
    write(tmp_path / "a", "bo.txt", "Bo Larsen", 5, 2025)
    code = "from index.sync import sync\nsync(library, rebuild=True)\nprint('done', flush=True)"
    with process(code, library.home) as writer:
        assert writer.stdout.readline() == "done\n"
    assert counts(sync(library)) == (0, 0, 0, 2, 0)
    assert check(library) == []
