"""Following the sources: what changes on the disk is in the index soon, whatever way it changed."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.check import check
from index.config import IndexConfig
from index.library import Library
from index.lock import writer_lock
from index.sync import sync
from index.watch import Watcher
from tests.hashed import HashedWords
from tests.test_sync import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "articles"
    write(found, "a.txt", "Anna Meyer", 3, 2024)
    write(found, "deep/b.txt", "Bo Larsen", 5, 2025)
    return found


@pytest.fixture
def library(tmp_path: Path, folder: Path, sandbox) -> Library:
    """In the folder that it follows, as `footnote index .` makes it."""
    library = Library(IndexConfig(home=folder / ".footnote"), HashedWords(), sandbox)
    sync(library, [str(folder)])
    return library


@pytest.fixture
def events(library: Library) -> Iterator[list[str]]:
    events: list[str] = []
    watcher = Watcher(library, events.append)
    watcher.start()
    until(lambda: events)
    time.sleep(0.3)
    yield events
    watcher.stop()


def until(true: Callable[[], object], seconds: float = 30) -> float:
    """Waits until something is so; returns how long it took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds, "not within the time"
        time.sleep(0.05)
    return time.monotonic() - started


def texts(library: Library) -> dict[str, str]:
    return {Path(a.path).name: a.text for a in library.catalog.full_articles()}


def test_each_way_of_changing(library: Library, folder: Path, events: list[str], tmp_path: Path) -> None:
    write(folder, "a.txt", "Anna Meyer", 17, 2024)
    until(lambda: "build 17 bridges" in texts(library)["a.txt"])

    write(folder, ".a.txt.swap", "Anna Meyer", 18, 2024).replace(folder / "a.txt")  # as editors save
    until(lambda: "build 18 bridges" in texts(library)["a.txt"])

    (folder / "deep").rename(tmp_path / "out")
    until(lambda: set(texts(library)) == {"a.txt"})
    (tmp_path / "out").rename(folder / "in")
    until(lambda: set(texts(library)) == {"a.txt", "b.txt"})
    write(folder, "in/c.txt", "Chi Tran", 1, 2026)  # within a folder that came later
    until(lambda: set(texts(library)) == {"a.txt", "b.txt", "c.txt"})
    assert events[-1].startswith("Up to date") or until(lambda: events[-1].startswith("Up to date"))
    assert check(library) == []


def test_a_burst_of_files_is_few_syncs(library: Library, folder: Path, events: list[str]) -> None:
    before = len(events)
    for i in range(300):
        write(folder, f"burst/{i:03}.txt", f"Person {i}", i, 1000 + i)
    until(lambda: len(texts(library)) == 302, 60)
    until(lambda: events[-1].startswith("Up to date"))
    assert sum(event.startswith("Up to date") for event in events[before:]) <= 4


def test_an_own_library_in_the_folder_is_no_change(library: Library, events: list[str]) -> None:
    """The library folder lies in the source root: writing to it must not set off the next sync."""
    revision, before = library.revision, len(events)
    with library.catalog.writing() as writer:
        writer.set_meta("note", "written")
    time.sleep(2)
    assert (library.revision, len(events)) == (revision + 1, before)


def test_a_root_that_goes_and_comes_back(library: Library, folder: Path, events: list[str], tmp_path: Path) -> None:
    second = tmp_path / "second"
    write(second, "x.txt", "Xenia Yu", 9, 2020)
    with library.catalog.writing() as writer:
        writer.put_root(str(second), str(second))
    until(lambda: "x.txt" in texts(library))  # a root that is new is followed
    second.rename(tmp_path / "unmounted")
    until(lambda: "1 failed" in events[-1])
    assert "x.txt" in texts(library)
    (tmp_path / "unmounted").rename(second)
    write(second, "x.txt", "Xenia Yu", 10, 2020)
    until(lambda: "build 10 bridges" in texts(library)["x.txt"])


def test_a_cited_file_that_is_gone_is_removed_without_an_event(library: Library, folder: Path, monkeypatch) -> None:
    monkeypatch.setattr("index.watch._POLL", 3600)
    monkeypatch.setattr(Watcher, "_changes", lambda self, roots: iter(lambda: self._stop.wait(0.1), True))
    events: list[str] = []
    watcher = Watcher(library, events.append)
    watcher.start()
    until(lambda: events)
    (article,) = (a for a in library.articles() if a.path.endswith("b.txt"))
    shutil.rmtree(folder / "deep")
    time.sleep(0.5)
    assert library.article(article.id) is not None
    assert not library.is_current(article.id)
    until(lambda: library.article(article.id) is None)
    watcher.stop()


def test_another_writer_is_waited_for(library: Library, folder: Path, events: list[str]) -> None:
    with writer_lock(library):
        (library.home / "writer.pid").write_text("4711")
        write(folder, "c.txt", "Chi Tran", 1, 2026)
        until(lambda: "process 4711" in events[-1])
    until(lambda: "c.txt" in texts(library))


def test_of_this_process_nobody_is_told_that_it_is_another(library: Library, folder: Path, events: list[str]) -> None:
    with writer_lock(library):
        write(folder, "c.txt", "Chi Tran", 1, 2026)
        time.sleep(4)  # longer than a writer waits for another
    until(lambda: "c.txt" in texts(library))
    assert not any("Another Footnote" in event for event in events)
