"""A library of an earlier version opens with nothing lost."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.catalog import Catalog
from index.check import check
from index.library import Library
from index.schema import MIGRATING
from index.sync import sync
from tests.test_doubles import shelf, states
from tests.test_sync import counts
from ui.cli import main

# What every version had, and what the articles of each were, as released.
COMMON = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE roots (real TEXT PRIMARY KEY, given TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    real TEXT PRIMARY KEY, shown TEXT NOT NULL, root TEXT NOT NULL REFERENCES roots(real) ON DELETE CASCADE,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
    hash TEXT NOT NULL, made_by TEXT NOT NULL, error TEXT);
CREATE INDEX files_hash ON files(hash);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, stop INTEGER NOT NULL, vector BLOB NOT NULL,
    sentences BLOB NOT NULL, sentence_vectors BLOB NOT NULL);
CREATE INDEX passages_article ON passages(article);
CREATE VIRTUAL TABLE words USING fts5(exact, folded, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, col);
"""
ARTICLES = {
    1: """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, file TEXT NOT NULL REFERENCES files(real) ON DELETE CASCADE ON UPDATE CASCADE,
    title TEXT NOT NULL, publisher TEXT, author TEXT, published TEXT, language TEXT, url TEXT,
    content_hash TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX articles_file ON articles(file);
""",
    2: """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, file TEXT NOT NULL REFERENCES files(real) ON DELETE CASCADE ON UPDATE CASCADE,
    title TEXT NOT NULL, publisher TEXT, author TEXT, published TEXT, language TEXT, url TEXT,
    content_hash TEXT NOT NULL, part TEXT NOT NULL DEFAULT '', leaves TEXT NOT NULL DEFAULT '[]', text TEXT NOT NULL);
CREATE INDEX articles_file ON articles(file);
CREATE TABLE doubles (
    article TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE, signature BLOB NOT NULL,
    copy_of TEXT REFERENCES articles(id) ON DELETE SET NULL) WITHOUT ROWID;
CREATE INDEX doubles_copy ON doubles(copy_of) WHERE copy_of IS NOT NULL;
""",
}
COPIED = {
    "meta": "key, value",
    "roots": "real, given",
    "files": "real, shown, root, size, mtime_ns, inode, hash, made_by, error",
    "articles": "id, file, title, publisher, author, published, language, url, content_hash",
    "passages": "id, article, start, stop, vector, sentences, sentence_vectors",
    "words": "rowid, exact, folded",
    "doubles": "article, signature, copy_of",
}


def set_back(library: Library, version: int) -> None:
    """Makes a library's catalogue one of an earlier version, of the same articles."""
    library.catalog.close()
    path = library.home / "catalog.sqlite"
    with closing(sqlite3.connect(library.home / "old", isolation_level=None)) as old:
        old.execute("PRAGMA journal_mode = WAL")
        old.executescript(COMMON + ARTICLES[version])
        old.execute("ATTACH ? AS now", (str(path),))
        for table, columns in COPIED.items():
            if table == "articles":
                own = f"{columns}{', part, leaves' if version > 1 else ''}"
                old.execute(
                    f"INSERT INTO articles ({own}, text) SELECT {own}, text"
                    " FROM now.articles JOIN now.texts ON article = id ORDER BY now.articles.rowid"
                )
            elif table != "doubles" or version > 1:
                old.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM now.{table}")
        if version == 1:
            old.execute("UPDATE files SET made_by = 'extract 1, chunk 1 of 256'")
        old.execute(f"PRAGMA user_version = {version}")
    for file in library.home.glob("catalog.sqlite*"):
        file.unlink()
    (library.home / "old").rename(path)


def contents(catalog: Catalog) -> dict[str, object]:
    """All that a library knows, but when each article was indexed."""
    ids, vectors = catalog.vectors()
    articles = list(catalog.full_articles())
    rows = {article.id: catalog.passages_of(article.id) for article in articles}
    return {
        "articles": articles,
        "roots": catalog.roots(),
        "files": catalog.files(),
        "copies": catalog.copies([article.id for article in articles]),
        "vectors": (ids, vectors.tolist()),
        "passages": {id: [(row.id, row.passage) for row in own] for id, own in rows.items()},
        "sentences": np.concatenate([row.sentence_vectors for own in rows.values() for row in own]).tolist(),
        "words": catalog.search_words(["council"], "en", 99),
        "embedding": catalog.meta("embedding"),
    }


def test_a_library_of_the_second_version_is_as_it_was(tmp_path: Path, make_library) -> None:
    shelf(tmp_path / "a")
    library = make_library()
    sync(library, [str(tmp_path / "a")])
    before = contents(library.catalog)
    set_back(library, 2)
    library = make_library()
    assert contents(library.catalog) == before
    assert check(library) == []
    assert counts(sync(library)) == (0, 0, 0, 5, 0)
    text = (tmp_path / "a" / "first.md").read_text("utf-8")
    (tmp_path / "a" / "again.md").write_text(text.replace("first", "again"), "utf-8")
    sync(library)
    assert (states(library)["first"], states(library)["again"]) == ("copy", "copy")  # by the bands of the migration
    (tmp_path / "a" / "first.md").rename(tmp_path / "a" / "moved.md")
    sync(library)
    assert str(tmp_path / "a" / "moved.md") in {article.path for article in library.articles()}
    assert check(library) == []


def test_a_library_of_the_first_version_learns_of_copies(tmp_path: Path, make_library) -> None:
    shelf(tmp_path / "a")
    library = make_library()
    sync(library, [str(tmp_path / "a")])
    before = contents(library.catalog)
    set_back(library, 1)
    library = make_library()
    now = contents(library.catalog)
    assert (now["copies"], set(states(library).values())) == ({}, {"indexed"})
    assert {key: now[key] for key in ("passages", "vectors", "sentences", "words", "roots", "embedding")} == {
        key: before[key] for key in ("passages", "vectors", "sentences", "words", "roots", "embedding")
    }
    assert [article.text for article in now["articles"]] == [article.text for article in before["articles"]]
    sync(library)
    assert library.articles() == [article.without_text() for article in before["articles"]]
    assert check(library) == []


def test_a_migration_tells_how_far_it_is(tmp_path: Path, make_library, monkeypatch, capsys) -> None:
    """To programs as events, to people on a terminal, and to nobody where nothing is migrated."""
    monkeypatch.setattr("index.catalog.TOLD", 2)
    shelf(tmp_path / "a")
    library = make_library()
    sync(library, [str(tmp_path / "a")])
    home = ["--home", str(library.home)]

    def lines(*arguments: str) -> tuple[list[dict], str]:
        main([*home, *arguments])
        out, messages = capsys.readouterr()
        return [json.loads(line) for line in out.splitlines()], messages

    set_back(library, 2)
    told, _ = lines("index", "--events")
    came_by = range(0, 15, 2)  # five articles, three times, but no bands for a copy
    assert told[:-1] == [{"event": "migration", "done": n, "total": 15, "message": MIGRATING} for n in came_by]
    assert [event["event"] for event in lines("index", "--events")[0]] == ["report"]
    for terminal, shown in ((True, f"footnote: {MIGRATING}"), (False, "")):
        set_back(library, 2)
        monkeypatch.setattr("sys.stderr.isatty", lambda terminal=terminal: terminal)
        assert lines("sources", "--json")[1].split("\n")[0] == shown


@pytest.mark.parametrize("version", [1, 2])
def test_a_migration_that_fails_changes_nothing(tmp_path: Path, make_library, monkeypatch, version: int) -> None:
    shelf(tmp_path / "a")
    library = make_library()
    sync(library, [str(tmp_path / "a")])
    before = contents(library.catalog)
    set_back(library, version)

    class Killed(Exception):
        pass

    def killed(self, old: int, script: str, new: int, progress, step=Catalog._step) -> None:
        step(self, old, script.replace("DROP TABLE", "nonsense; DROP TABLE"), new, progress)

    with monkeypatch.context() as patched:
        patched.setattr(Catalog, "_step", killed)
        with pytest.raises(Exception, match="nonsense"):
            make_library()
    library = make_library()
    assert contents(library.catalog)["vectors"] == before["vectors"]
    assert [article.text for article in library.catalog.full_articles()] == [a.text for a in before["articles"]]
