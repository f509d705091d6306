"""The catalogue: SQLite tables of files, articles, passages, words and vectors; the only source of truth."""

import itertools
import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import filelock
import numpy as np

from index.doubles import LIKE, LIKE_AT_ONE_ADDRESS, bands, likeness, newest, same, signature
from index.errors import LibraryDamaged, LibraryError, LibraryTooNew
from index.folder import FoundFile
from index.listing import STATES, Chosen, Counts, Listed, Listing, Totals, Wanted
from index.schema import BEGIN_ANEW, MIGRATING, MIGRATIONS, SCHEMA, SCHEMA_VERSION, TAKE_ANEW
from index.stages import Progress
from index.types import Article, Failure, Passage, Span
from index.words import fold, stem, words

PUBLISHERS_COUNTED = 200  # of the publishers of some articles, the commonest
COUNTS_KEPT = 100  # of choices of articles
TOLD = 500  # articles after which the progress of a migration is told; a large library has a thousand a second
_ARTICLE = """SELECT a.id, a.path || a.part, a.title, a.publisher, a.author, a.published, a.language, a.url,
    a.content_hash,
    CASE WHEN f.error IS NOT NULL THEN 'stale' WHEN d.copy_of IS NOT NULL THEN 'copy' ELSE 'indexed' END,
    {text}, a.part, a.leaves
    FROM articles a JOIN files f ON f.real = a.file LEFT JOIN doubles d ON d.article = a.id"""
_WITHOUT_TEXT = _ARTICLE.format(text="''")
_WITH_TEXT = _ARTICLE.format(text="coalesce(t.text, '')") + " LEFT JOIN texts t ON t.article = a.id"


@dataclass(frozen=True, slots=True)
class FileRow(FoundFile):
    """A source file as it was last seen. `made_by` names the versions of the pipeline that read it."""

    hash: str
    made_by: str
    error: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PassageRow:
    """A passage with its vector (dimensions,) and its sentences' vectors (sentences, dimensions), unit length."""

    id: int
    article: str
    passage: Passage
    vector: np.ndarray
    sentence_vectors: np.ndarray


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
        return [_article(row) for row in self._rows(f"{_WITHOUT_TEXT} ORDER BY a.path, a.rowid")]

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
            f"{_WITHOUT_TEXT} WHERE a.rowid IN (SELECT value FROM json_each(?)) ORDER BY a.path, a.rowid",
            json.dumps(numbers),
        )
        words = [word.casefold() for word, _ in wanted.words]
        failing = " AND ".join(["error IS NOT NULL", *["instr(fold(shown || ' ' || error), ?)"] * len(words)])
        failures = self._rows(f"SELECT shown, error FROM files WHERE {failing} ORDER BY shown LIMIT ?", *words, size)
        return Listing(
            counts,
            page,
            tuple(self._listed(_article(row)) for row in rows),
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
        row = self._row(f"{_WITH_TEXT} WHERE a.id = ?", id)
        return _article(row) if row else None

    def articles_of(self, real: str) -> list[Article]:
        """The articles, with text, that one file holds."""
        return [_article(row) for row in self._rows(f"{_WITH_TEXT} WHERE a.file = ? ORDER BY a.rowid", real)]

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
        return {row[0]: _passage_row(row) for row in rows}

    def passages_of(self, article: str) -> list[PassageRow]:
        rows = self._rows("SELECT * FROM passages WHERE article = ? ORDER BY start", article)
        return [_passage_row(row) for row in rows]

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
        return [row[0] for row in rows], _vector(b"".join(row[1] for row in rows)).reshape(len(rows), -1)

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
    def writing(self, revised: bool = True) -> Iterator["Writer"]:
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
        original = self._row(f"{_WITHOUT_TEXT} WHERE a.id = ?", copy_of) if copy_of else None
        return Listed(article, passages, indexed, _article(original) if original else None)

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
            connection.create_function("searched", 5, _searched, deterministic=True)
            connection.create_function("bands", 1, _bands, deterministic=True)
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


class Writer:
    """The writes of one transaction."""

    def __init__(self, connection: sqlite3.Connection):
        self._run = connection.execute
        self._unlinked: set[str] = set()  # articles that may be copies, or originals of some

    def set_meta(self, key: str, value: str) -> None:
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def put_root(self, real: str, given: str) -> None:
        self._run(
            "INSERT INTO roots VALUES (?, ?) ON CONFLICT(real) DO UPDATE SET given = excluded.given", (real, given)
        )

    def drop_root(self, real: str) -> None:
        """Forgets a source root and everything that came from it."""
        for file in self._run("SELECT real FROM files WHERE root = ?", (real,)).fetchall():
            self.drop_file(file[0])
        self._run("DELETE FROM roots WHERE real = ?", (real,))

    def put_file(self, row: FileRow) -> None:
        """Adds the file or brings its row up to date; its articles stay."""
        self._run(
            "INSERT INTO files VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT(real) DO UPDATE SET shown=excluded.shown,"
            " root=excluded.root, size=excluded.size, mtime_ns=excluded.mtime_ns, inode=excluded.inode,"
            " hash=excluded.hash, made_by=excluded.made_by, error=excluded.error",
            (row.real, row.shown, row.root, row.size, row.mtime_ns, row.inode, row.hash, row.made_by, row.error),
        )
        self._run(
            "UPDATE articles SET path = ?1, searched = searched(title, publisher, author, published, ?1 || part)"
            " WHERE file = ?2 AND path <> ?1",
            (row.shown, row.real),
        )

    def move_file(self, old: str, new: FileRow) -> None:
        """The same content under another path: the articles keep their ids."""
        self._run("UPDATE files SET real = ? WHERE real = ?", (new.real, old))
        self.put_file(new)

    def distrust_file(self, real: str) -> None:
        """The next sync reads the file again and makes its articles anew."""
        self._run("UPDATE files SET made_by = '' WHERE real = ?", (real,))

    def drop_file(self, real: str) -> None:
        for article in self._run("SELECT id FROM articles WHERE file = ?", (real,)).fetchall():
            self.drop_article(article[0])
        self._run("DELETE FROM files WHERE real = ?", (real,))

    def put_article(self, article: Article, file: str, passages: Iterable[PassageRow]) -> None:
        """Replaces the article of this id, its passages and their words."""
        self.drop_article(article.id)
        shown = self._run("SELECT shown FROM files WHERE real = ?", (file,)).fetchone()[0]
        path = shown + article.part
        searched = _searched(article.title, article.publisher, article.author, article.published, path)
        self._run(
            "INSERT INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (article.id, file, shown, article.title, article.publisher,
             article.author, article.published, article.language, article.url, article.content_hash, article.part,
             json.dumps(article.leaves), searched, datetime.now(UTC).isoformat(timespec="seconds")),
        )  # fmt: skip
        self._run("INSERT INTO texts VALUES (?,?)", (article.id, article.text))
        self._run("INSERT INTO doubles VALUES (?,?,NULL)", (article.id, signature(article).tobytes()))
        self._unlinked.add(article.id)
        for row in passages:
            span = row.passage.span
            self._put_passage("passages", row)
            found = words(f"{article.title}\n{article.text[span.start : span.end]}")
            self._run(
                "INSERT INTO words(rowid, exact, folded) VALUES (?,?,?)",
                (row.id, " ".join(found), " ".join(fold(stem(w, article.language)) for w in found)),
            )

    def drop_article(self, id: str) -> None:
        self._unlinked |= {row[0] for row in self._run("SELECT article FROM doubles WHERE copy_of = ?", (id,))}
        self._unlinked.discard(id)
        self._drop_bands(id)
        self._run("DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE article = ?)", (id,))
        self._run("DELETE FROM articles WHERE id = ?", (id,))

    def begin_anew(self, embedding: str) -> None:
        """Makes room for all vectors made anew by an embedding; those that it has made already stay."""
        if self._run("SELECT value FROM meta WHERE key = 'anew'").fetchone() != (embedding,):
            for statement in BEGIN_ANEW:
                self._run(statement)
            self.set_meta("anew", embedding)

    def put_anew(self, passages: Iterable[PassageRow]) -> None:
        """Keeps passages with new vectors beside those that are searched."""
        for row in passages:
            self._put_passage("passages_anew", row)

    def take_anew(self) -> None:
        """Puts the new vectors in the place of all; Chroma has none of them, and every file is to be read again."""
        for statement in TAKE_ANEW:
            self._run(statement)
        self._run("UPDATE OR REPLACE meta SET key = 'embedding' WHERE key = 'anew'")
        self.set_meta("dirty", "1")
        self._run("UPDATE files SET made_by = ''")

    def link_copies(self) -> None:
        """Links each article that is new, or has lost its original, with the others that are the same one."""
        self._run(
            "INSERT OR IGNORE INTO bands SELECT value, article FROM doubles, json_each(bands(signature))"
            " WHERE article IN (SELECT value FROM json_each(?)) ORDER BY 1, 2",  # in order: each page once
            (json.dumps(list(self._unlinked)),),
        )
        for id in sorted(self._unlinked):
            own = self._original(id)
            if own is None:
                continue
            family = [other for other in self._like(own) if same(own, *other)]
            if not family:
                continue
            chosen = newest([own, *(article for article, _ in family)]).id
            copies = [article.id for article, _ in family] if chosen == own.id else [own.id]
            for copy in copies:  # those held against the chosen one; others of the family may be like this one alone
                self._drop_bands(copy)
                self._run("UPDATE doubles SET copy_of = ? WHERE article = ? OR copy_of = ?", (chosen, copy, copy))

    def _put_passage(self, table: str, row: PassageRow) -> None:
        span = row.passage.span
        spans = np.array([(s.start, s.end) for s in row.passage.sentences], dtype=np.int32).tobytes()
        vectors = _blob(row.vector), spans, _blob(row.sentence_vectors)
        self._run(f"INSERT INTO {table} VALUES (?,?,?,?,?,?,?)", (row.id, row.article, span.start, span.end, *vectors))

    def _like(self, article: Article) -> list[tuple[Article, float]]:
        """The other originals that may be the same article, by a band or the address, and how alike each is."""
        rows = self._run(
            "SELECT d.article, d.signature, coalesce(a.url = ?2, 0) FROM doubles d JOIN articles a ON a.id = d.article"
            " WHERE d.copy_of IS NULL AND d.article IN (SELECT article FROM bands WHERE band IN"
            " (SELECT value FROM doubles, json_each(bands(signature)) WHERE article = ?1)"
            " UNION SELECT id FROM articles WHERE url = ?2) ORDER BY d.article",
            (article.id, article.url),
        ).fetchall()
        signatures = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.uint32).reshape(len(rows), -1)
        like = likeness(signatures, signatures[[row[0] for row in rows].index(article.id)])
        return [
            (other, float(value))
            for (id, _, at_one_address), value in zip(rows, like, strict=True)
            if id != article.id and value >= (LIKE_AT_ONE_ADDRESS if at_one_address else LIKE)
            for other in [self._original(id)]
            if other
        ]

    def _original(self, id: str) -> Article | None:
        """An article with its text, unless it is a copy."""
        row = self._run(f"{_WITH_TEXT} WHERE a.id = ? AND d.copy_of IS NULL", (id,)).fetchone()
        return _article(row) if row else None

    def _drop_bands(self, id: str) -> None:
        self._run(
            "DELETE FROM bands WHERE article = ?1 AND band IN"
            " (SELECT value FROM doubles, json_each(bands(signature)) WHERE article = ?1)",
            (id,),
        )


def _article(row: tuple) -> Article:
    return Article(*row[:-1], leaves=tuple(json.loads(row[-1])))


def _searched(title: str, publisher: str | None, author: str | None, published: str | None, path: str) -> str:
    """What an article is searched by in a list, its case folded."""
    return "\n".join(filter(None, (title, publisher, author, published, path))).casefold()


def _bands(signature: bytes) -> str:
    return json.dumps(bands(np.frombuffer(signature, dtype=np.uint32)))


def _blob(vectors: np.ndarray) -> bytes:
    """Half precision: a cosine changes by less than 1e-4, the library is half the size."""
    return vectors.astype(np.float16).tobytes()


def _vector(blob: bytes) -> np.ndarray:
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32)


def _passage_row(row: tuple) -> PassageRow:
    id, article, start, stop, vector, sentences, sentence_vectors = row
    spans = np.frombuffer(sentences, dtype=np.int32).reshape(-1, 2).tolist()
    own = _vector(vector)
    return PassageRow(
        id,
        article,
        Passage(Span(start, stop), tuple(Span(*span) for span in spans)),
        own,
        _vector(sentence_vectors).reshape(-1, own.size),
    )
