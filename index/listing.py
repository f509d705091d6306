"""Lists of articles: what a reader wants to see of them, and what is shown."""

import json
from dataclasses import dataclass

from index.types import Article, Failure

_STALE = "file IN (SELECT real FROM files WHERE error IS NOT NULL)"
_COPY = "id IN (SELECT article FROM doubles WHERE copy_of IS NOT NULL)"
STATES = {"stale": _STALE, "copy": f"{_COPY} AND NOT {_STALE}", "indexed": f"NOT {_COPY} AND NOT {_STALE}"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles; "" is any, dates are ISO and inclusive.

    Each of the `words` stands in the title, publisher, author, date or path, or the article is in one of the
    languages that the word names.
    """

    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    publisher: str = ""
    language: str = ""
    after: str = ""
    before: str = ""
    state: str = ""

    def condition(self) -> tuple[str, list[str]]:
        """Of a row of the catalogue's table `articles`, in SQL, with the values of its marks."""
        parts, values = ["1"], []
        for word, languages in self.words:
            marks = ",".join("?" * len(languages))
            parts.append(f"(instr(searched, ?) OR language IN ({marks}))")
            values += [word.casefold(), *languages]
        if self.publisher:
            parts.append(
                "publisher IN (SELECT publisher FROM (SELECT DISTINCT publisher FROM articles WHERE publisher <> '')"
                " WHERE fold(publisher) = ?)"
            )
            values.append(self.publisher.casefold())
        if self.state:
            parts.append(STATES.get(self.state, "0"))
        for value, condition in (
            (self.language, "language = ?"),
            (self.after, "substr(published, 1, 10) >= ?"),
            (self.before, "published <> '' AND substr(published, 1, 10) <= ?"),
        ):
            if value:
                parts.append(condition)
                values.append(value)
        return " AND ".join(parts), values


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles that a question is asked of; None is any, dates are ISO and inclusive.

    By one of the publishers and one of the authors; `path` begins their paths, `without` begins none of them.
    """

    publishers: tuple[str, ...] | None = None
    authors: tuple[str, ...] | None = None
    language: str | None = None
    after: str | None = None
    before: str | None = None
    path: str | None = None
    without: str | None = None

    def condition(self) -> tuple[str, list[str]]:
        """Of a row of the catalogue's table `articles`, in SQL, with the values of its marks."""
        parts, values = ["1"], []
        for condition, value in (
            ("publisher IN (SELECT value FROM json_each(?))", self.publishers),
            ("author IN (SELECT value FROM json_each(?))", self.authors),
            ("language = ?", self.language),
            ("published >= ?", self.after),
            ("published <= ?", self.before),
            ("instr(path || part, ?) = 1", self.path),
            ("instr(path || part, ?) <> 1", self.without),
        ):
            if value is not None:
                parts.append(condition)
                values.append(value if isinstance(value, str) else json.dumps(value))
        return " AND ".join(parts), values


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list. `indexed` is an ISO time in UTC, "" where it is not known; `original` that of a copy."""

    article: Article
    passages: int = 0
    indexed: str = ""
    original: Article | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles there are, in each month ("2023-06", by time) and of each publisher, the commonest first."""

    articles: int = 0
    months: tuple[tuple[str, int], ...] = ()
    publishers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A page (its number from 1) of the articles found, their counts, and the first of the `failed` files found."""

    counts: Counts = Counts()
    page: int = 1
    rows: tuple[Listed, ...] = ()
    failed: int = 0
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Of the whole library: how many articles and failed files, and what there is to choose from."""

    articles: int = 0
    failures: int = 0
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
