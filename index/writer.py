"""What is written to the catalogue in one transaction."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np

from index.doubles import LIKE, LIKE_AT_ONE_ADDRESS, likeness, newest, same, signature
from index.rows import WITH_TEXT, FileRow, PassageRow, article_of, blob_of, searched_by
from index.schema import BEGIN_ANEW, TAKE_ANEW
from index.types import Article
from index.words import fold, stem, words


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
        searched = searched_by(article.title, article.publisher, article.author, article.published, path)
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
        vectors = blob_of(row.vector), spans, blob_of(row.sentence_vectors)
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
        row = self._run(f"{WITH_TEXT} WHERE a.id = ? AND d.copy_of IS NULL", (id,)).fetchone()
        return article_of(row) if row else None

    def _drop_bands(self, id: str) -> None:
        self._run(
            "DELETE FROM bands WHERE article = ?1 AND band IN"
            " (SELECT value FROM doubles, json_each(bands(signature)) WHERE article = ?1)",
            (id,),
        )
