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
TITLE_LIMIT = 200  # characters

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

# What a search looks through: the title, and each turn's question and statements.
_SAID = """casefold(c.title || ' ' || coalesce((
    SELECT group_concat(json_extract(t.answer, '$.question') || ' ' || coalesce((
        SELECT group_concat(json_extract(s.value, '$.text'), ' ') FROM json_each(t.answer, '$.statements') s), ''), ' ')
    FROM turns t WHERE t.conversation = c.id), ''))"""


@dataclass(frozen=True, slots=True)
class Heading:
    """A conversation in a list: its title is its first question until it is renamed; dates are ISO, in UTC."""

    id: str
    title: str
    created: str
    updated: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Where an answer is kept: the conversation and its position there, from 0."""

    conversation: str
    position: int


class Conversations:
    """The conversations of one library; every call opens its own connection, so any thread may call."""

    def __init__(self, home: Path):
        self.path = Path(home) / FILE_NAME
        with self._transaction() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)

    def known_or_new(self, id: str | None) -> str:
        """`id` if there is a conversation of it, else a new one."""
        return id if id and self.heading(id) else secrets.token_urlsafe(16)

    def append(self, id: str, answer: Answer) -> Turn:
        """Adds a turn, to a new conversation where there is none of this id."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._transaction() as connection:
            connection.execute("BEGIN IMMEDIATE")
            new = (id, answer.question, now, now)
            connection.execute("INSERT INTO conversations VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING", new)
            connection.execute("UPDATE conversations SET updated = ? WHERE id = ?", (now, id))
            (position,) = connection.execute(
                "INSERT INTO turns SELECT ?1, coalesce(max(position) + 1, 0), ?2 FROM turns WHERE conversation = ?1 "
                "RETURNING position",
                (id, answer_to_json(answer)),
            ).fetchone()
        return Turn(id, position)

    def get(self, id: str) -> tuple[Answer, ...] | None:
        """The answers of a conversation, oldest first; None if there is none of this id."""
        with self._transaction() as connection:
            if not connection.execute("SELECT 1 FROM conversations WHERE id = ?", (id,)).fetchone():
                return None
            rows = connection.execute(
                "SELECT answer FROM turns WHERE conversation = ? ORDER BY position", (id,)
            ).fetchall()
        return tuple(answer_from_json(row[0]) for row in rows)

    def heading(self, id: str) -> Heading | None:
        with self._transaction() as connection:
            row = connection.execute(
                "SELECT id, title, created, updated FROM conversations WHERE id = ?", (id,)
            ).fetchone()
        return Heading(*row) if row else None

    def list(self, search: str = "", limit: int = 20, offset: int = 0) -> list[Heading]:
        """The headings, the last used first; only those whose title, questions and answers have all words of `search`.

        A word is found within another, and whatever its case.
        """
        words = search.casefold().split()
        found = " AND ".join(["instr(said, ?) > 0"] * len(words)) or "true"
        said = _SAID if words else "''"
        with self._transaction() as connection:
            connection.create_function("casefold", 1, str.casefold, deterministic=True)
            rows = connection.execute(
                "SELECT id, title, created, updated "
                f"FROM (SELECT *, rowid AS place, {said} AS said FROM conversations c) WHERE {found} "
                "ORDER BY updated DESC, place DESC LIMIT ? OFFSET ?",
                (*words, limit, offset),
            ).fetchall()
        return [Heading(*row) for row in rows]

    def rename(self, id: str, title: str) -> bool:
        """Gives a conversation another title; False if there is none of this id or the title is empty."""
        title = " ".join(title.split())[:TITLE_LIMIT]
        with self._transaction() as connection:
            changed = connection.execute(
                "UPDATE conversations SET title = ? WHERE id = ? AND ? <> ''", (title, id, title)
            )
            return changed.rowcount > 0

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
