"""Conversations, kept in an SQLite file of the library folder."""

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index.errors import LibraryDamaged
from index.types import Article
from qa.types import Answer, Citation, Filters, Statement

FILE_NAME = "conversations.sqlite"

SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS turns (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (conversation, position)
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """A conversation in a list: its first question is its title; dates are ISO, in UTC."""

    id: str
    title: str
    created: str
    updated: str


class Conversations:
    """The conversations of one library; every call opens its own connection, so any thread may call."""

    def __init__(self, home: Path):
        self.path = Path(home) / FILE_NAME
        with self._transaction() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)

    def append(self, id: str | None, answer: Answer) -> str:
        """Adds a turn, to a new conversation where there is none of this id; returns the id."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._transaction() as connection:
            connection.execute("BEGIN IMMEDIATE")
            known = id and connection.execute("SELECT 1 FROM conversations WHERE id = ?", (id,)).fetchone()
            if not known:
                id = secrets.token_urlsafe(16)
                connection.execute("INSERT INTO conversations VALUES (?, ?, ?, ?)", (id, answer.question, now, now))
            connection.execute("UPDATE conversations SET updated = ? WHERE id = ?", (now, id))
            connection.execute(
                "INSERT INTO turns SELECT ?1, coalesce(max(position) + 1, 0), ?2 FROM turns WHERE conversation = ?1",
                (id, answer_to_json(answer)),
            )
        return str(id)

    def get(self, id: str) -> tuple[Answer, ...] | None:
        """The answers of a conversation, oldest first; None if there is none of this id."""
        with self._transaction() as connection:
            if not connection.execute("SELECT 1 FROM conversations WHERE id = ?", (id,)).fetchone():
                return None
            rows = connection.execute(
                "SELECT answer FROM turns WHERE conversation = ? ORDER BY position", (id,)
            ).fetchall()
        return tuple(answer_from_json(row[0]) for row in rows)

    def list(self, limit: int = 20) -> list[Heading]:
        """The headings, the last used first."""
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT id, title, created, updated FROM conversations ORDER BY updated DESC, rowid DESC LIMIT ?",
                (limit,),
            ).fetchall()
        return [Heading(*row) for row in rows]

    def delete(self, id: str) -> bool:
        """Removes a conversation with its turns; False if there was none of this id."""
        with self._transaction() as connection:
            return connection.execute("DELETE FROM conversations WHERE id = ?", (id,)).rowcount > 0

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=10)) as connection, connection:
                connection.execute("PRAGMA foreign_keys = ON")
                yield connection
        except sqlite3.Error as error:
            raise LibraryDamaged(
                f"The conversations in {self.path} could not be read or written ({error}); "
                "move that file away to start with an empty list."
            ) from error


def answer_to_json(answer: Answer) -> str:
    """The answer with its quotes, offsets and content hashes, without the articles' text."""
    fields = asdict(answer)
    for citation in (*fields["citations"], *fields["near_misses"]):
        citation["article"].pop("text")
    return json.dumps(fields, ensure_ascii=False)


def answer_from_json(text: str) -> Answer:
    fields = json.loads(text)
    answer = Answer(**fields)
    return replace(
        answer,
        statements=tuple(
            Statement(s["text"], tuple(s["citations"]), s.get("sources", 1)) for s in fields["statements"]
        ),
        citations=tuple(_citation(c) for c in fields["citations"]),
        near_misses=tuple(_citation(c) for c in fields["near_misses"]),
        missing_words=tuple(fields["missing_words"]),
        warnings=tuple(fields["warnings"]),
        filters=Filters(**fields.get("filters", {})),
    )


def _citation(fields: dict) -> Citation:
    span, article = fields.get("span"), fields["article"]
    article = Article(**{**article, "leaves": tuple(article.get("leaves", ()))})
    return Citation(**{**fields, "article": article, "span": tuple(span) if span else None})
