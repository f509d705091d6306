"""The things an index is made of."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

EXTRACT_VERSION = 9
"""Raise it when the same file gives another Draft, so that libraries read their sources again."""

State = Literal["indexed", "stale", "copy"]


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before it has an id: what reading, cleaning and describing made of a file.

    `text` is the clean text that all offsets refer to: NFC, paragraphs separated by a blank line, the
    title (when there is one) as its first paragraph. Unknown is None, never a guess.
    `published` is an ISO date, `language` an ISO 639-1 code. `part` follows the file's path where a file holds
    several articles ("#3", the third line). `leaves` are the offsets in `text` at which the numbered pages of a
    PDF begin, and where the last one ends; empty for what has none.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    part: str = ""
    leaves: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it is indexed. `path` is as given on the command line, relative where the root was.

    `part` (the end of `path`) and `leaves` as in Draft. The state "copy": the text of another article of the
    library, which is quoted in its place.
    """

    id: str
    path: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    language: str | None
    url: str | None
    content_hash: str
    state: State = "indexed"
    text: str = ""
    part: str = ""
    leaves: tuple[int, ...] = ()

    def leaf(self, offset: int) -> int | None:
        """The number of the PDF page, from 1, on which a character of the text stands; None without pages."""
        return bisect_right(self.leaves, offset) or None

    @property
    def bare(self) -> tuple[int, ...]:
        """The numbers of the PDF pages of which the text has nothing, as of scans; white space may be between."""
        return tuple(i for i, (begin, end) in enumerate(pairwise(self.leaves), 1) if end - begin <= len("\n\n"))

    def without_text(self) -> "Article":
        return replace(self, text="")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (a Python slice) of an article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article, the unit that is embedded and searched (a chunk)."""

    span: Span
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be indexed, and why."""

    path: str
    error: str
