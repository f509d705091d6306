"""The catalogue: SQLite tables of files, articles, passages, words and vectors; the only source of truth."""

import itertools
import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import filelock
import numpy as np

from index.errors import LibraryDamaged, LibraryError, LibraryTooNew
from index.listing import STATES, Chosen, Counts, Listed, Listing, Totals, Wanted
from index.rows import (
    WITH_TEXT,
    WITHOUT_TEXT,
    FileRow,
    PassageRow,
    article_of,
    bands_json,
    passage_of,
    searched_by,
    vectors_of,
)
from index.schema import MIGRATING, MIGRATIONS, SCHEMA, SCHEMA_VERSION
from index.stages import Progress
from index.types import Article, Failure
from index.words import stem
from index.writer import Writer

PUBLISHERS_COUNTED = 200  # of the publishers of some articles, the commonest
COUNTS_KEPT = 100  # of choices of articles
TOLD = 500  # articles after which the progress of a migration is told; a large library has a thousand a second


class Catalog:
    """One library's catalogue. Reads may come from any thread; writes go through `writing`."""

    def __init__(self, path: Path, progress: Progress | None = None):
        """Opens it; `progress` is told of a migration, how far it is and what it is, where one is due."""
        self.path = path
        self._local = threading.local()
        self._languages: tuple[int, tuple[str, ...]] = (-1, ())
        self._counted: tuple[int, dict[Wanted, Counts]] = (-1, {})
        with self._errors():
            self._prepare(progress or (lambda *_: None))

    # --- reading

    @property
    def revision(self) -> int:
        """Grows with every change."""
        return int(self.meta("revision") or 0)

    def meta(self, key: str) -> str | None:
        row = self._row("SELECT value FROM meta WHERE key = ?", key)
        return row[0] if row else None

    def roots(self) -> list[tuple[str, str]]:
        """(real path, path as given) of each source root."""
        return [tuple(row) for row in self._rows("SELECT real, given FROM roots ORDER BY given")]

    def files(self) -> dict[str, FileRow]:
        """Every known file by its real path."""
        columns = "real, shown, root, size, mtime_ns, inode, hash, made_by, error"
        return {row[0]: FileRow(*row) for row in self._rows(f"SELECT {columns} FROM files")}

    def failures(self) -> list[Failure]:
        rows = self._rows("SELECT shown, error FROM files WHERE error IS NOT NULL ORDER BY shown")
        return [Failure(*row) for row in rows]

    def articles(self) -> list[Article]:
        """All articles without their text, by path."""
        return [article_of(row) for row in self._rows(f"{WITHOUT_TEXT} ORDER BY a.path, a.rowid")]

    def article_count(self) -> int:
        return self._row("SELECT count(*) FROM articles")[0]

    def totals(self) -> Totals:
        """The library as a whole."""
        found = self._counts(Wanted())
        return Totals(
            found.articles,
            self._row("SELECT count(*) FROM files WHERE error IS NOT NULL")[0],
            tuple(name for name, _ in found.publishers),
            self.languages(),
            tuple(
                state
                for state, condition in STATES.items()
                if self._row(f"SELECT 1 FROM articles WHERE {condition} LIMIT 1")
            ),
        )

    def listing(self, wanted: Wanted, page: int, size: int) -> Listing:
        """Page `page`, from 1, of `size` articles each, by path; the last page where there are fewer."""
        counts = self._counts(wanted)
        page = max(1, min(page, -(-counts.articles // size)))
        numbers = self._first(wanted, size, (page - 1) * size)
        rows = self._rows(
            f"{WITHOUT_TEXT} WHERE a.rowid IN (SELECT value FROM json_each(?)) ORDER BY a.path, a.rowid",
            json.dumps(numbers),
        )
        words = [word.casefold() for word, _ in wanted.words]
        failing = " AND ".join(["error IS NOT NULL", *["instr(fold(shown || ' ' || error), ?)"] * len(words)])
        failures = self._rows(f"SELECT shown, error FROM files WHERE {failing} ORDER BY shown LIMIT ?", *words, size)
        return Listing(
            counts,
            page,
            tuple(self._listed(article_of(row)) for row in rows),
            self._row(f"SELECT count(*) FROM files WHERE {failing}", *words)[0],
            tuple(Failure(*row) for row in failures),
        )

    def full_articles(self) -> Iterator[Article]:
        """All articles with their text, by path, one at a time."""
        for article in self.articles():
            full = self.article(article.id)
            if full:
                yield full

    def article(self, id: str) -> Article | None:
        row = self._row(f"{WITH_TEXT} WHERE a.id = ?", id)
        return article_of(row) if row else None

    def articles_of(self, real: str) -> list[Article]:
        """The articles, with text, that one file holds."""
        return [article_of(row) for row in self._rows(f"{WITH_TEXT} WHERE a.file = ? ORDER BY a.rowid", real)]

    def copies(self, among: Collection[str]) -> dict[str, str]:
        """The ids of those articles that are copies, each with that of the article quoted in its place."""
        sql = "SELECT article, copy_of FROM doubles WHERE article IN (SELECT value FROM json_each(?)) AND copy_of <> ''"
        return dict(self._rows(sql, json.dumps(list(among))))

    def file_of(self, article: str) -> str | None:
        """The real path of an article's file."""
        row = self._row("SELECT file FROM articles WHERE id = ?", article)
        return row[0] if row else None

    def passages(self, ids: Sequence[int]) -> dict[int, PassageRow]:
        """The current passages among `ids`."""
        marks = ",".join("?" * len(ids))
        rows = self._rows(f"SELECT * FROM passages WHERE id IN ({marks})", *ids)
        return {row[0]: passage_of(row) for row in rows}

    def passages_of(self, article: str) -> list[PassageRow]:
        rows = self._rows("SELECT * FROM passages WHERE article = ? ORDER BY start", article)
        return [passage_of(row) for row in rows]

    def passage_count(self) -> int:
        return self._row("SELECT count(*) FROM passages")[0]

    def passage_ids(self, articles: Sequence[str]) -> set[int]:
        """The passages of some articles."""
        sql = "SELECT id FROM passages WHERE article IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._rows(sql, json.dumps(list(articles)))}

    def passages_from(self, chosen: Chosen) -> set[int]:
        """The passages of the articles chosen."""
        condition, values = chosen.condition()
        sql = f"SELECT id FROM passages WHERE article IN (SELECT id FROM articles WHERE {condition})"
        return {row[0] for row in self._rows(sql, *values)}

    def vectors(self, among: set[int] | None = None) -> tuple[list[int], np.ndarray]:
        """Ids and vectors, float32 (passages, dimensions), of all passages or of those `among`."""
        if among is None:
            rows = self._rows("SELECT id, vector FROM passages ORDER BY id")
        else:
            sql = "SELECT id, vector FROM passages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
            rows = self._rows(sql, json.dumps(sorted(among)))
        if not rows:
            return [], np.empty((0, 0), np.float32)
        return [row[0] for row in rows], vectors_of(b"".join(row[1] for row in rows)).reshape(len(rows), -1)

    def languages(self) -> tuple[str, ...]:
        """The languages of the articles, the commonest first; counted once for each revision."""
        revision = self.revision
        if self._languages[0] != revision:
            sql = "SELECT language FROM articles WHERE language IS NOT NULL GROUP BY language ORDER BY count(*) DESC"
            self._languages = (revision, tuple(row[0] for row in self._rows(sql)))
        return self._languages[1]

    def not_anew(self) -> list[str]:
        """The articles, by their ids, whose passages have no new vectors yet."""
        sql = "SELECT id FROM articles WHERE id NOT IN (SELECT article FROM passages_anew) ORDER BY rowid"
        return [row[0] for row in self._rows(sql)]

    def next_passage(self) -> int:
        return self._row("SELECT coalesce(max(id), 0) + 1 FROM passages")[0]

    def search_words(self, query: Sequence[str], language: str | None, limit: int) -> list[tuple[int, float]]:
        """Passage ids with BM25 scores (higher is better), best first, for any of the query's words.

        A word matches as it is written, or by its folded stem at half the weight.
        """
        if not query:
            return []
        terms = {f'exact:"{w}" OR folded:"{stem(w, language)}"' for w in query}
        sql = "SELECT rowid, -bm25(words, 1.0, 0.5) FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
        return [tuple(row) for row in self._rows(sql, " OR ".join(sorted(terms)), limit)]

    def passages_with(self, word: str, language: str | None) -> int:
        """How many passages have a word, as written or by its stem."""
        sql = "SELECT max(doc) FROM vocabulary WHERE (term = ? AND col = 'exact') OR (term = ? AND col = 'folded')"
        return self._row(sql, word, stem(word, language))[0] or 0

    def words_from(self, first: str) -> list[tuple[str, int]]:
        """The words, as written, that begin with a letter, and how many passages have each."""
        sql = "SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ? AND col = 'exact'"
        return [tuple(row) for row in self._rows(sql, first, chr(ord(first) + 1))]

    def publishers(self) -> tuple[str, ...]:
        """Everyone who published an article."""
        return tuple(row[0] for row in self._rows("SELECT DISTINCT publisher FROM articles WHERE publisher <> ''"))

    def authors(self) -> tuple[str, ...]:
        """Everyone who wrote one, as the bylines have it."""
        return tuple(row[0] for row in self._rows("SELECT DISTINCT author FROM articles WHERE author <> ''"))

    def newest(self) -> str | None:
        """The ISO date of the article that was published last; None where none has a date."""
        return self._row("SELECT max(published) FROM articles")[0]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads of this thread inside see one state of the library."""
        connection = self._connection()
        with self._errors():
            connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.rollback()

    def is_latest(self) -> bool:
        """Whether nothing was written, in the catalogue or in Chroma, since this thread's snapshot began."""
        sql = "SELECT * FROM meta ORDER BY key"
        with self._errors(), closing(sqlite3.connect(self.path, timeout=30)) as beside:
            return beside.execute(sql).fetchall() == self._rows(sql)

    # --- writing

    @contextmanager
    def writing(self, revised: bool = True) -> Iterator[Writer]:
        """One transaction; everything or nothing. `revised`: it is a change of what is searched."""
        connection = self._connection()
        with self._errors():
            connection.execute("BEGIN IMMEDIATE")
            try:
                writer = Writer(connection)
                yield writer
                writer.link_copies()
                if revised:
                    writer.set_meta("revision", str(self.revision + 1))
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    def set_meta(self, key: str, value: str) -> None:
        """A note that is no change of the articles: the revision stays."""
        with self._errors(), self._connection() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def integrity(self) -> list[str]:
        """What SQLite itself finds wrong; empty when all is well."""
        return [row[0] for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]

    def empty_files(self) -> dict[str, str]:
        """Files that were read but have no article: real path and path as shown."""
        sql = "SELECT real, shown FROM files WHERE error IS NULL AND real NOT IN (SELECT file FROM articles)"
        return dict(self._rows(sql))

    def wordless(self) -> set[str]:
        """The articles that have a passage without words."""
        sql = "SELECT article FROM passages WHERE id NOT IN (SELECT rowid FROM words)"
        return {row[0] for row in self._rows(sql)}

    def close(self) -> None:
        """Closes this thread's connection."""
        if hasattr(self._local, "connection"):
            self._local.connection.close()
            del self._local.connection

    # --- details

    def _first(self, wanted: Wanted, number: int, after: int) -> list[int]:
        """The numbers (rowid) of some articles by path. Where a condition chooses, one pass over the table is quicker
        than a look into it for each entry of an index.
        """
        condition, values = wanted.condition()
        table = "articles" if wanted == Wanted() else "articles NOT INDEXED"
        sql = f"SELECT rowid FROM {table} WHERE {condition} ORDER BY path, rowid LIMIT ? OFFSET ?"
        return [row[0] for row in self._rows(sql, *values, number, after)]

    def _counts(self, wanted: Wanted) -> Counts:
        """Counted in one pass; kept until the next revision, since who turns pages asks for the same again."""
        revision = self.revision
        if self._counted[0] != revision or len(self._counted[1]) > COUNTS_KEPT:
            self._counted = (revision, {})
        kept = self._counted[1]
        if wanted not in kept:
            condition, values = wanted.condition()
            rows = self._rows(
                f"WITH found AS (SELECT publisher, published FROM articles NOT INDEXED WHERE {condition})"
                " SELECT 'article', '', count(*) FROM found"
                " UNION ALL SELECT 'month', substr(published, 1, 7) month, sum(number)"
                " FROM (SELECT published, count(*) number FROM found GROUP BY published)"
                " WHERE month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]' GROUP BY month"
                " UNION ALL SELECT * FROM (SELECT 'publisher', publisher, count(*) FROM found"
                " WHERE publisher <> '' GROUP BY publisher ORDER BY count(*) DESC, publisher LIMIT ?)",
                *values, PUBLISHERS_COUNTED,
            )  # fmt: skip
            of = {kind: tuple((name, number) for own, name, number in rows if own == kind) for kind, *_ in rows}
            kept[wanted] = Counts(of["article"][0][1], of.get("month", ()), of.get("publisher", ()))
        return kept[wanted]

    def _listed(self, article: Article) -> Listed:
        sql = """SELECT a.indexed, (SELECT count(*) FROM passages WHERE article = a.id), d.copy_of
            FROM articles a LEFT JOIN doubles d ON d.article = a.id WHERE a.id = ?"""
        indexed, passages, copy_of = self._row(sql, article.id)
        original = self._row(f"{WITHOUT_TEXT} WHERE a.id = ?", copy_of) if copy_of else None
        return Listed(article, passages, indexed, article_of(original) if original else None)

    def _prepare(self, progress: Progress) -> None:
        connection = self._connection()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise LibraryTooNew(
                f"The library {self.path.parent} was made by a newer version of Footnote. "
                "Upgrade Footnote, or choose another folder with FOOTNOTE_HOME."
            )
        if version == 0:
            connection.execute("PRAGMA journal_mode = WAL")
            self._step(0, SCHEMA, SCHEMA_VERSION)
        for old in range(version or SCHEMA_VERSION, SCHEMA_VERSION):
            self._step(old, MIGRATIONS[old], old + 1, progress)

    def _step(self, old: int, script: str, new: int, progress: Progress = lambda *_: None) -> None:
        """From one schema version to another, whole or not at all; done by one of several processes that try."""
        connection = self._connection()
        with filelock.FileLock(self.path.with_suffix(".lock")):
            if connection.execute("PRAGMA user_version").fetchone()[0] == old:
                if old:
                    self._count(script.count("counted("), progress)
                connection.execute("PRAGMA foreign_keys = OFF")  # a table that is replaced takes no others with it
                connection.execute("PRAGMA legacy_alter_table = ON")  # and they go on meaning the one of its name
                try:
                    connection.executescript(f"BEGIN IMMEDIATE;{script}PRAGMA user_version = {new};COMMIT;")
                except BaseException:
                    connection.rollback()
                    raise
                finally:
                    connection.execute("PRAGMA legacy_alter_table = OFF")
                    connection.execute("PRAGMA foreign_keys = ON")

    def _count(self, passes: int, progress: Progress) -> None:
        """Lets `progress` know of each TOLD articles that a migration has come by, in its passes over all."""
        connection = self._connection()
        total = passes * connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        seen = itertools.count(1)

        def counted(value: object) -> object:
            done = next(seen)
            if done % TOLD == 0:
                progress(done, total, MIGRATING)
            return value

        connection.create_function("counted", 1, counted)
        progress(0, total, MIGRATING)

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.create_function("fold", 1, str.casefold, deterministic=True)
            connection.create_function("searched", 5, searched_by, deterministic=True)
            connection.create_function("bands", 1, bands_json, deterministic=True)
            self._local.connection = connection
        return self._local.connection

    def _rows(self, sql: str, *values) -> list[tuple]:
        with self._errors():
            return self._connection().execute(sql, values).fetchall()

    def _row(self, sql: str, *values) -> tuple | None:
        with self._errors():
            return self._connection().execute(sql, values).fetchone()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise LibraryError(
                f"The library {self.path.parent} cannot be used ({error}). "
                "Check the free disk space and the folder's permissions, then try again."
            ) from error
        except sqlite3.DatabaseError as error:
            raise LibraryDamaged(
                f"The catalogue {self.path} is damaged ({error}). Delete the folder {self.path.parent} "
                "and run `footnote index` with your sources again; the articles themselves are untouched."
            ) from error
