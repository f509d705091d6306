"""Full disks, read-only libraries, forbidden files and wrong clocks: a clear error, an intact library."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.check import check, repair
from index.config import IndexConfig
from index.errors import EmbeddingError, LibraryError, LibraryTooNew
from index.library import Library
from index.sync import sync
from tests.hashed import HashedWords
from tests.test_sync import counts, write

ROOT = Path(__file__).parent.parent


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    place.mkdir(exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"NOT TESTED, a disk that is full or read-only: no tmpfs can be mounted ({mounted.stderr})")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "articles"
    for i in range(12):
        write(found, f"{i:02}.txt", f"Person {i}", i, 2000 + i)
    return found


def open_library(home: Path, sandbox) -> Library:
    return Library(IndexConfig(home=home), HashedWords(), sandbox)


def run(code: str, *arguments: Path, forbidden: bool = False) -> str:
    """What a process without the powers of root over permissions prints."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    if forbidden and os.geteuid() == 0:
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    return done.stdout


SYNC = """
import json, sys
from pathlib import Path
from index.config import IndexConfig
from index.errors import LibraryError
from index.library import Library
from index.sync import sync
from tests.hashed import HashedWords
try:
    library = Library(IndexConfig(home=Path(sys.argv[1])), HashedWords())
    report = sync(library, sys.argv[2:])
    print(json.dumps([[f.error for f in report.failed], {a.path: a.state for a in library.articles()}]))
except LibraryError as error:
    print(json.dumps(str(error)))
"""


def test_a_full_disk(tmp_path: Path, folder: Path, sandbox) -> None:
    """At every size the sync ends with a clear error or is done, and more room mends what it left."""
    disk = tmp_path / "disk"
    seen = set()
    for kilobytes in (150, 400, 700, 1_200, 4_000):
        with small_disk(disk, f"{kilobytes}k"):
            said = json.loads(run(SYNC, disk / "library", folder))
            seen.add("refused" if isinstance(said, str) else "done")
            if isinstance(said, str):
                assert any(word in said for word in ("disk", "space", "full", "room")), said
            subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
            library = open_library(disk / "library", sandbox)
            sync(library, [str(folder)])
            assert (len(library.articles()), check(library)) == (12, [])
            library.vectors._close()
    assert seen == {"refused", "done"}


def test_a_library_that_fills_up_keeps_answering(tmp_path: Path, folder: Path, sandbox) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, "8m"):
        library = open_library(disk / "library", sandbox)
        sync(library, [str(folder)])
        (disk / "ballast").write_bytes(b"x" * (os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize))
        for i in range(12, 40):
            write(folder, f"{i:02}.txt", f"Person {i}", i, 2000 + i)
        with pytest.raises(LibraryError):
            sync(library)
        reader = open_library(disk / "library", sandbox)
        assert len(reader.articles()) == 12
        assert len(reader.vectors.nearest(reader.embedder.query("Who met the council?")[None], 5)[0]) == 5
        (disk / "ballast").unlink()
        sync(reader)
        assert (len(reader.articles()), check(reader)) == (40, [])
        reader.vectors._close()


def test_chroma_that_could_not_be_opened_is_opened_once_it_can_be(tmp_path: Path, folder: Path, sandbox) -> None:
    sync(open_library(tmp_path / "library", sandbox), [str(folder)])
    [database] = (tmp_path / "library").glob("chroma-*/chroma.sqlite3")
    library = open_library(tmp_path / "library", sandbox)
    whole = database.read_bytes()
    library.vectors._close()
    database.write_bytes(b"no database" * 1000)
    with pytest.raises(LibraryError, match="cannot be used"):
        library.vectors.open()
    database.write_bytes(whole)
    library.vectors.open()
    assert len(library.vectors.ids()) == library.catalog.passage_count() == 12
    assert check(library) == []


def test_a_read_only_library(tmp_path: Path, folder: Path, sandbox) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, "16m"):
        run(SYNC, disk / "library", folder)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        write(folder, "new.txt", "New Person", 7, 2020)
        assert "Check" in run(SYNC, disk / "library", folder) and "permissions" in run(SYNC, disk / "library", folder)
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        again = open_library(disk / "library", sandbox)
        assert counts(sync(again)) == (1, 0, 0, 12, 0)
        assert check(again) == []
        again.vectors._close()


def test_forbidden_files_and_folders_keep_their_articles(tmp_path: Path, folder: Path, sandbox) -> None:
    write(folder, "closed/a.txt", "Closed Person", 5, 2001)
    write(folder, "listed/b.txt", "Listed Person", 6, 2002)
    home = tmp_path / "library"
    library = open_library(home, sandbox)
    sync(library, [str(folder)])
    before = library.articles()
    (folder / "closed").chmod(0)
    (folder / "listed").chmod(0o444)
    (folder / "03.txt").chmod(0)
    try:
        errors, states = json.loads(run(SYNC, home, forbidden=True))
    finally:
        (folder / "closed").chmod(0o755)
        (folder / "listed").chmod(0o755)
        (folder / "03.txt").chmod(0o644)
    assert [error.split(" (")[0] for error in errors] == [
        f"{folder}/closed cannot be listed",
        f"{folder}/03.txt: cannot be read",
        f"{folder}/listed/b.txt: cannot be read",
    ]
    assert {os.path.relpath(path, folder) for path, state in states.items() if state == "stale"} == {
        "03.txt",
        "listed/b.txt",
    }
    assert counts(sync(library)) == (0, 0, 0, 14, 0)
    assert (library.articles(), check(library)) == (before, [])


def test_a_clock_set_back(folder: Path, tmp_path: Path, sandbox) -> None:
    """Times decide nothing by their order: a file of the future or the past is read when anything of it differs."""
    library = open_library(tmp_path / "library", sandbox)
    os.utime(folder / "00.txt", (time.time() + 10**7,) * 2)
    sync(library, [str(folder)])
    write(folder, "00.txt", "Person A", 1, 2000)
    write(folder, "01.txt", "Person B", 1, 2001)
    os.utime(folder / "01.txt", (0, 0))
    assert counts(sync(library)) == (0, 2, 0, 10, 0)
    assert counts(sync(library)) == (0, 0, 0, 12, 0)


def test_an_edit_of_the_same_size_and_time_is_seen(folder: Path, tmp_path: Path, sandbox) -> None:
    library = open_library(tmp_path / "library", sandbox)
    sync(library, [str(folder)])
    path = folder / "05.txt"
    status = path.stat()
    path.write_text(path.read_text("utf-8").replace("Monday", "Friday"), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert counts(sync(library)) == (0, 1, 0, 11, 0)


def test_a_sidecar_that_goes_is_seen_whatever_its_time(folder: Path, tmp_path: Path, sandbox) -> None:
    library = open_library(tmp_path / "library", sandbox)
    beside = folder / "05.txt.meta.toml"
    beside.write_text('author = "Ann Bee"', "utf-8")
    time.sleep(0.01)
    write(folder, "05.txt", "Person 5", 5, 2005)  # later than its sidecar
    sync(library, [str(folder)])
    assert [a.author for a in library.articles() if a.author] == ["Ann Bee"]
    beside.unlink()
    assert counts(sync(library)) == (0, 1, 0, 11, 0)
    assert [a.author for a in library.articles() if a.author] == []


def test_numbers_of_files_and_times_that_are_too_large(folder: Path, tmp_path: Path, sandbox, monkeypatch) -> None:
    real = os.lstat

    def lstat(path, **options):
        status = real(path, **options)
        own = {name: getattr(status, name) for name in ("st_mode", "st_size", "st_mtime_ns")}
        return SimpleNamespace(**own, st_ino=2**64 - status.st_ino, st_ctime_ns=2**63 + status.st_ctime_ns)

    monkeypatch.setattr("index.folder.os.lstat", lstat)
    library = open_library(tmp_path / "library", sandbox)
    assert counts(sync(library, [str(folder)])) == (12, 0, 0, 0, 0)
    write(folder, "05.txt", "Person A", 5, 2005)
    assert counts(sync(library)) == (0, 1, 0, 11, 0)


def test_settings_that_may_not_be_read(tmp_path: Path) -> None:
    settings = tmp_path / "library" / "footnote.toml"
    settings.parent.mkdir()
    settings.write_text("", "utf-8")
    settings.chmod(0)
    code = "import sys; from ui.cli import main; print(main(['--home', sys.argv[1], 'doctor']))"
    assert run(f"import sys; sys.stderr = sys.stdout; {code}", settings.parent, forbidden=True).split("\n") == [
        f"footnote: {settings} cannot be read (Permission denied). Correct it or remove it.", "2", ""]  # fmt: skip


def test_a_library_of_a_newer_version_is_refused(tmp_path: Path, folder: Path, sandbox) -> None:
    library = open_library(tmp_path / "library", sandbox)
    sync(library, [str(folder)])
    run("import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA user_version = 99')",
        library.home / "catalog.sqlite")  # fmt: skip
    with pytest.raises(LibraryTooNew, match="Upgrade Footnote"):
        open_library(tmp_path / "library", sandbox)
    assert len(library.articles()) == 12


def test_a_rebuild_without_a_source_keeps_its_articles(tmp_path: Path, folder: Path, sandbox) -> None:
    """A root that is missing, or suddenly empty: its articles get new vectors, and are read again when it is back."""
    library = open_library(tmp_path / "library", sandbox)
    sync(library, [str(folder)])
    before = library.articles()
    folder.rename(tmp_path / "unmounted")

    class Other(HashedWords):
        name = "other/1"

    library = Library(library.config, Other(), sandbox)
    assert counts(sync(library, rebuild=True)) == (0, 0, 0, 12, 1)
    assert (library.articles(), library.embedder.name) == (before, "other/1")
    folder.mkdir()
    assert counts(sync(library, rebuild=True)) == (0, 0, 0, 12, 1)
    folder.rmdir()
    (tmp_path / "unmounted").rename(folder)
    assert counts(sync(library)) == (0, 12, 0, 0, 0)
    assert (library.articles(), check(library)) == (before, [])


def test_an_embedding_that_does_not_answer_leaves_the_library_as_it_was(tmp_path: Path, folder: Path, sandbox) -> None:
    library = open_library(tmp_path / "library", sandbox)
    sync(library, [str(folder)])
    before = library.articles()

    class Silent(HashedWords):
        name = "silent/1"

        def passages(self, texts, spans, contexts=None):
            raise EmbeddingError("The embedding does not answer. Start it.")

    with pytest.raises(EmbeddingError, match="does not answer"):
        sync(Library(library.config, Silent(), sandbox), rebuild=True)
    assert (library.articles(), check(library)) == (before, [])
    assert counts(sync(library)) == (0, 0, 0, 12, 0)


def test_nested_roots(tmp_path: Path, folder: Path, sandbox) -> None:
    write(folder, "deep/a.txt", "Deep Person", 5, 2001)
    library = open_library(tmp_path / "library", sandbox)
    sync(library, [str(folder / "deep")])
    assert counts(sync(library, [str(folder)])) == (12, 0, 0, 1, 0)
    assert counts(sync(library)) == (0, 0, 0, 13, 0)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE texts SET text = replace(text, 'bridges', 'bruises') WHERE rowid = 3",
        "DELETE FROM texts WHERE rowid = 3",
        "DELETE FROM words WHERE rowid = 3",
        "UPDATE passages SET stop = 100000 WHERE id = 3",
        "DELETE FROM articles WHERE rowid = 3",
        "DELETE FROM passages WHERE id = 3",
    ],
)
def test_a_catalogue_that_disagrees_with_itself_is_mended(tmp_path: Path, folder: Path, sandbox, harm: str) -> None:
    library = open_library(tmp_path / "library", sandbox)
    sync(library, [str(folder)])
    before = contents(library)
    run("import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA foreign_keys = ON');"
        "c.execute(sys.argv[2]); c.commit()", library.home / "catalog.sqlite", harm)  # fmt: skip
    assert check(library) != []
    repair(library)
    assert check(library) == []
    assert contents(library) == before


def contents(library: Library) -> list[tuple]:
    return [
        (article.path, article.text, [row.passage for row in library.catalog.passages_of(article.id)])
        for article in library.catalog.full_articles()
    ]
