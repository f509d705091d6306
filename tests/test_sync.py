"""The index equals the folder, whatever happened to it."""

import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import index.sync as sync_module
from index.check import check, repair
from index.config import IndexConfig
from index.errors import EmbeddingMismatch, LibraryBusy, LibraryError, SourceError
from index.library import Library
from index.lock import writer_lock
from index.stages import AHEAD
from index.sync import forget, sync
from index.vectors import Vectors

STORY = (
    "{0} met the council on Monday. The council agreed to build {1} bridges over the river Tamar.\n\n"
    "Work on the first of them begins in {2}, a spokesman said after the meeting in the town hall."
)


def write(folder: Path, name: str, *words: object) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"Bridges for {words[0]}\n\n" + STORY.format(*words), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "articles"
    write(found, "a.txt", "Anna Meyer", 3, 2024)
    write(found, "b.txt", "Bo Larsen", 5, 2025)
    return found


def counts(report) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.removed, report.unchanged, len(report.failed)


def test_add_change_remove(folder: Path, make_library) -> None:
    library = make_library()
    assert counts(sync(library, [str(folder)])) == (2, 0, 0, 0, 0)
    assert counts(sync(library)) == (0, 0, 0, 2, 0)
    ids = {a.path: a.id for a in library.articles()}
    write(folder, "a.txt", "Anna Meyer", 4, 2024)
    write(folder, "c.txt", "Chi Tran", 1, 2026)
    (folder / "b.txt").unlink()
    assert counts(sync(library)) == (1, 1, 1, 0, 0)
    after = {a.path: a.id for a in library.articles()}
    assert sorted(os.path.basename(p) for p in after) == ["a.txt", "c.txt"]
    assert after[str(folder / "a.txt")] == ids[str(folder / "a.txt")]
    assert "build 4 bridges" in library.article(after[str(folder / "a.txt")]).text
    assert library.catalog.search_words(["larsen"], "en", 5) == []
    assert check(library) == []


def test_a_moved_file_keeps_its_article_and_costs_no_embedding(folder: Path, make_library) -> None:
    library = make_library()
    sync(library, [str(folder)])
    before = {a.title: a.id for a in library.articles()}
    (folder / "deep").mkdir()
    (folder / "a.txt").rename(folder / "deep" / "z.txt")
    library._embedder = None  # opening it again would be needed only to embed
    report = sync(library)
    assert library._embedder is None
    assert counts(report)[0] == 0 and counts(report)[2] == 0
    assert {a.title: a.id for a in library.articles()} == before
    assert str(folder / "deep" / "z.txt") in [a.path for a in library.articles()]


def test_a_renamed_file_is_read_again_where_its_name_counts(folder: Path, make_library) -> None:
    library = make_library()
    (folder / "b.txt").rename(folder / "c.txt")
    (folder / "c.txt").write_text(f"# Chi Tran builds\n\n{STORY.format('Chi Tran', 1, 2026)}", "utf-8")
    (folder / "d.txt").write_text(STORY.format("Dora Lang", 2, 2027), "utf-8")
    sync(library, [str(folder)])
    before = {a.path: a for a in library.articles()}
    assert [a.title for a in before.values()] == ["Bridges for Anna Meyer", "# Chi Tran builds", "d.txt"]
    for old, new in (("a.txt", "z.txt"), ("c.txt", "c.md"), ("d.txt", "e.txt")):
        (folder / old).rename(folder / new)
    assert counts(sync(library)) == (0, 3, 0, 0, 0)
    found = [(a.title, a.id) for a in library.articles()]
    ids = [a.id for a in before.values()]
    assert found == [("Chi Tran builds", ids[1]), ("e.txt", ids[2]), ("Bridges for Anna Meyer", ids[0])]
    assert check(library) == []


def test_a_touched_file_is_unchanged(folder: Path, make_library) -> None:
    library = make_library()
    sync(library, [str(folder)])
    os.utime(folder / "a.txt", (1, 1))
    assert counts(sync(library)) == (0, 0, 0, 2, 0)


def test_a_file_that_fails_is_named_and_keeps_its_last_good_version(folder: Path, make_library) -> None:
    library = make_library()
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "notes.xyz").write_text("?")
    report = sync(library, [str(folder)])
    assert counts(report) == (2, 0, 0, 0, 2)
    assert sorted(f.path for f in report.failed) == [str(folder / "bad.pdf"), str(folder / "notes.xyz")]
    assert all(f.path in f.error for f in report.failed)
    (folder / "a.txt").write_bytes(b"")
    report = sync(library)
    assert str(folder / "a.txt") in [f.path for f in report.failed]
    assert {a.path: a.state for a in library.articles()}[str(folder / "a.txt")] == "stale"
    write(folder, "a.txt", "Anna Meyer", 9, 2024)
    sync(library)
    assert {a.state for a in library.articles()} == {"indexed"}


def test_a_missing_or_suddenly_empty_root_changes_nothing(folder: Path, make_library) -> None:
    library = make_library()
    sync(library, [str(folder)])
    for name in ("a.txt", "b.txt"):
        (folder / name).unlink()
    report = sync(library)
    assert counts(report) == (0, 0, 0, 2, 1) and "--allow-empty" in report.failed[0].error
    assert check(library) == [report.failed[0].error]
    shutil.rmtree(folder)
    report = sync(library)
    assert counts(report) == (0, 0, 0, 2, 1) and "footnote forget" in report.failed[0].error
    assert check(library) == [report.failed[0].error]
    folder.mkdir()
    assert counts(sync(library, allow_empty=True)) == (0, 0, 2, 0, 0)
    assert check(library) == []


def test_forget(folder: Path, make_library) -> None:
    library = make_library()
    sync(library, [str(folder)])
    assert forget(library, str(folder)) == 2
    assert (library.articles(), library.roots(), check(library)) == ([], [], [])
    with pytest.raises(SourceError, match="footnote sources"):
        forget(library, "nowhere")


def test_folders_of_the_same_relative_name_are_two(tmp_path: Path, make_library, monkeypatch) -> None:
    library = make_library()
    write(tmp_path / "one", "a.txt", "Anna Meyer", 3, 2024)
    write(tmp_path / "two", "a.txt", "Bo Larsen", 5, 2025)
    (tmp_path / "other").mkdir()
    for name in ("one", "two", "two", "one"):
        monkeypatch.chdir(tmp_path / name)
        sync(library, ["."])
    assert library.catalog.roots() == [(str(tmp_path / "one"), "."), (str(tmp_path / "two"), str(tmp_path / "two"))]
    assert [a.path for a in library.articles()] == [str(tmp_path / "two" / "a.txt"), "a.txt"]
    monkeypatch.chdir(tmp_path / "two")
    assert forget(library, ".") == 1
    assert ([given for _, given in library.roots()], [a.path for a in library.articles()]) == (["."], ["a.txt"])
    monkeypatch.chdir(tmp_path / "other")
    assert forget(library, ".") == 1
    assert (library.articles(), check(library)) == ([], [])


def test_one_writer_at_a_time(folder: Path, make_library) -> None:
    library = make_library()
    with writer_lock(library), pytest.raises(LibraryBusy, match=str(os.getpid())):
        sync(library, [str(folder)])


def test_an_unknown_path_is_refused(make_library) -> None:
    with pytest.raises(SourceError, match="There is no file or folder nowhere"):
        sync(make_library(), ["nowhere"])


def test_another_embedding_is_refused_until_rebuilt(folder: Path, make_library, embedder) -> None:
    sync(make_library(), [str(folder)])

    class Other:
        name, dimensions = "other/1", embedder.dimensions
        query, passages = staticmethod(embedder.query), staticmethod(embedder.passages)

    other = Library(make_library().config, Other())
    with pytest.raises(EmbeddingMismatch, match="--rebuild"):
        _ = other.embedder
    ids = [article.id for article in other.articles()]
    assert counts(sync(other, rebuild=True)) == (0, 2, 0, 0, 0)
    assert (other.embedder.name, check(other)) == ("other/1", [])
    assert [article.id for article in other.articles()] == ids


@pytest.mark.parametrize("damage", ["deleted", "dirty", "garbage"])
def test_damaged_vectors_are_found_and_rebuilt_without_embedding(folder: Path, make_library, damage: str) -> None:
    library = make_library()
    sync(library, [str(folder)])
    chroma = next(library.home.glob("chroma-*"))
    if damage == "deleted":
        shutil.rmtree(chroma)
    elif damage == "dirty":
        library.vectors.begin()
    else:
        (chroma / "chroma.sqlite3").write_bytes(b"not a database" * 100)
    opened = make_library()
    assert check(opened) != []
    vector = opened.embedder.query("Who met the council?")
    assert len(opened.vectors.nearest(vector[None], 5)[0]) == 2  # exact, from the catalogue
    opened._embedder = None
    repair(opened)
    assert (opened._embedder, check(make_library())) == (None, [])


def test_check_tells_a_wrong_vector_from_one_that_an_approximate_search_passes_over(
    tmp_path: Path, make_library, monkeypatch
) -> None:
    for i in range(20):
        write(tmp_path / "articles", f"{i:02}.txt", f"Person {i}", i, 2000 + i)
    library = make_library()
    sync(library, [str(tmp_path / "articles")])
    found = Vectors.stored
    ids = [str(id) for id in sorted(library.vectors.ids())]
    with monkeypatch.context() as patch:
        passed_over = {int(id) for id in ids[:1]}

        def stored(*given) -> list[list[tuple[int, float]]]:
            return [[one for one in nearest if one[0] not in passed_over] for nearest in found(*given)]

        patch.setattr(Vectors, "stored", stored)
        assert check(library) == []
        passed_over.update(int(id) for id in ids[1:3])
        assert check(library) == ["vectors: 3 of 20 passages are not found by their own vector"]
    other = np.eye(library.embedder.dimensions, dtype=np.float32)[0]
    library.vectors._collection.update(ids=ids[:1], embeddings=[other])
    assert check(library) == [f"vectors: passage {ids[0]} has another than in the catalogue"]


def test_vectors_that_are_mostly_removed_ones_are_made_anew(folder: Path, make_library, embedder, monkeypatch) -> None:
    monkeypatch.setattr("index.vectors._SMALL", 4)
    library = make_library()
    sync(library, [str(folder)])
    first = library.vectors._folder()
    for year in range(2000, 2003):
        write(folder, "a.txt", f"Person {year}", 1, year)
        sync(library)
    assert library.vectors._folder() == first
    write(folder, "a.txt", "Person", 1, 2004)
    sync(library)
    assert library.vectors._folder() != first and not first.exists()
    assert library.vectors.nearest(embedder.query("Person")[None], 9)[0]
    assert check(library) == []


def test_a_chroma_folder_that_is_gone_is_not_taken_for_an_empty_one(folder: Path, make_library, embedder) -> None:
    library = make_library()
    sync(library, [str(folder)])
    shutil.rmtree(library.vectors._folder())
    other = make_library()
    with pytest.raises(LibraryError, match="check --repair"):
        other.vectors.open()
    assert not other.vectors.sound
    assert len(other.vectors.nearest(embedder.query("Anna Meyer")[None], 9)[0]) == 2
    sync(other)
    assert other.vectors.sound and check(other) == []


def test_a_reader_sees_what_another_library_object_wrote(folder: Path, make_library) -> None:
    writer, reader = make_library(), make_library()
    sync(writer, [str(folder)])
    vector = reader.embedder.query("Chi Tran")
    reader.vectors.open()
    assert len(reader.vectors.nearest(vector[None], 9)[0]) == 2
    write(folder, "c.txt", "Chi Tran", 1, 2026)
    sync(writer)
    assert len(reader.vectors.nearest(vector[None], 9)[0]) == 3


@pytest.mark.parametrize("failing", ["reading", "embedding", "writing"])
def test_an_error_in_any_stage_stops_all_and_keeps_what_was_written(
    folder: Path, make_library, embedder, monkeypatch, failing: str
) -> None:
    monkeypatch.setattr(sync_module, "BATCH_PASSAGES", 1)
    for i in range(12):
        write(folder, f"c{i:02}.txt", f"Chi {i}", i, 2000 + i)

    class Stopped(Exception):
        pass

    def until(calls: int, run):
        left = iter(range(calls))

        def once(*arguments):
            if next(left, None) is None:
                raise Stopped
            return run(*arguments)

        return once

    library = make_library()
    if failing == "reading":
        monkeypatch.setattr(library.sandbox, "extract", until(5, library.sandbox.extract))
    elif failing == "embedding":
        library._embedder = replace_passages(embedder, until(5, embedder.passages))
    else:
        monkeypatch.setattr(library.vectors, "add", until(1 + 5, library.vectors.add))  # the first makes the folder
    before = threading.active_count()
    with pytest.raises(Stopped):
        sync(library, [str(folder)])
    assert threading.active_count() == before
    monkeypatch.undo()
    opened = make_library()
    assert len(opened.articles()) == 5
    assert counts(sync(opened)) == (9, 0, 0, 5, 0)
    assert check(opened) == []


def replace_passages(embedder, passages):
    class Other:
        name, dimensions = embedder.name, embedder.dimensions
        query = staticmethod(embedder.query)

    Other.passages = staticmethod(passages)
    return Other()


def test_reading_waits_for_writing(folder: Path, make_library, monkeypatch) -> None:
    monkeypatch.setattr(sync_module, "BATCH_PASSAGES", 1)
    for i in range(20):
        write(folder, f"c{i:02}.txt", f"Chi {i}", i, 2000 + i)
    library = make_library()
    read, ahead = [], []
    add = library.vectors.add

    def slow_add(ids, vectors):
        ahead.append(len(read) - len(library.articles()))
        return add(ids, vectors)

    monkeypatch.setattr(library.vectors, "add", slow_add)
    sync(library, [str(folder)], progress=lambda done, total, name: name and read.append(name))
    assert len(library.articles()) == 22
    # each queue holds AHEAD and one more; reading, dividing, embedding and writing have one each in hand
    assert max(ahead) <= 3 * (AHEAD + 1) + 4


class Folder(RuleBasedStateMachine):
    """Random edits; after every sync the index holds what the folder holds."""

    names = st.sampled_from(["a.txt", "b.txt", "c.txt", "sub/d.txt"])
    embedder = None
    sandbox = None
    place = None

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(self.place.mktemp("folder"))
        self.folder = self.base / "articles"
        self.library = Library(IndexConfig(home=self.base / "library"), self.embedder, self.sandbox)
        write(self.folder, "keep.txt", "Kim", 1, 2020)
        sync(self.library, [str(self.folder)])

    @rule(name=names, number=st.integers(1, 99))
    def edit(self, name: str, number: int) -> None:
        write(self.folder, name, f"Person {number}", number, 1900 + number)

    @rule(name=names)
    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    @rule(old=names, new=names)
    def move(self, old: str, new: str) -> None:
        if (self.folder / old).exists():
            (self.folder / new).parent.mkdir(exist_ok=True)
            (self.folder / old).replace(self.folder / new)

    @rule()
    def reopen(self) -> None:
        self.library = Library(self.library.config, self.embedder, self.sandbox)

    @invariant()
    def the_index_equals_the_folder(self) -> None:
        sync(self.library)
        wanted = {str(p): p.read_text().split("\n\n") for p in self.folder.rglob("*.txt")}
        assert {a.path: a.text.split("\n\n") for a in self.library.catalog.full_articles()} == wanted
        assert check(self.library) == []


def test_random_edits(embedder, sandbox, tmp_path_factory) -> None:
    Folder.embedder, Folder.sandbox, Folder.place = embedder, sandbox, tmp_path_factory
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Folder, settings=settings(max_examples=8, stateful_step_count=8, suppress_health_check=list(HealthCheck))
    )
