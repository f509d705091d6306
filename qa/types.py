"""What is asked and what is answered."""

from dataclasses import dataclass, field
from typing import Literal

from index.types import Article

Status = Literal["answered", "no_answer"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the articles searched must be; None means any. Dates are ISO and inclusive.

    `path` and `without` are what the paths searched begin with, and those left out.
    """

    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    after: str | None = None
    before: str | None = None
    path: str | None = None
    without: str | None = None

    def stated(self) -> dict[str, str]:
        """Each thing that they ask for, by its name."""
        return {name: value for name in self.__dataclass_fields__ if (value := getattr(self, name)) is not None}


ANY = Filters()


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the earlier questions of the conversation (oldest first), and filters.

    `unfiltered` names filters that must not be taken from the question's own words; `said` is what the answer before
    quoted first, and `within` its filters, where that is known.
    """

    text: str
    history: tuple[str, ...] = ()
    filters: Filters = ANY
    id: str | None = None
    unfiltered: tuple[str, ...] = ()
    said: str = ""
    within: Filters | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands: `article.text[start:end] == quote`. A near miss has no number.

    `span` is where in the article the time or number stands that answers, within the quote; None where unclear.
    """

    number: int | None
    quote: str
    start: int
    end: int
    article: Article
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the numbers of the citations that carry it.

    `sources` counts the articles that say so independently: copies of one another are one.
    """

    text: str
    citations: tuple[int, ...]
    sources: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown: statements with citations, or no answer with the nearest passages.

    `filters` are those taken from the question's own words. `seconds` maps a stage (always `total`) to its wall time;
    `usage` counts the tokens (tiktoken's cl100k_base) that a model read and wrote, and what they cost where prices are
    configured; `left_out` what it wrote that the quotes do not carry, by reason.
    """

    question: str
    search_question: str
    status: Status
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    near_misses: tuple[Citation, ...] = ()
    missing_words: tuple[str, ...] = ()
    writer: str = "quotes"
    warnings: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    id: str | None = None
    filters: Filters = ANY
    usage: dict[str, float] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Plain text, each statement followed by its markers: `... [1] [2]`."""
        return "\n".join(
            " ".join([statement.text, *(f"[{number}]" for number in statement.citations)])
            for statement in self.statements
        )


Kind = Literal["who", "when", "where", "number"]
Weighted = tuple[tuple[str, float], ...]  # words, each with how much it tells, 0 to 1


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched: with what an earlier turn adds, its words, and what kind of thing it asks for.

    `words` and `names` (capitalised words and figures) are lower case, each with how much it tells, 0 to 1.
    `context` is what a follow-up takes over from earlier turns; the question itself begins in `text` at `start`.
    `filters` are those of this part of a question that names a source for each of its parts.
    """

    text: str
    language: str | None
    words: Weighted
    names: Weighted
    kind: Kind | None = None
    focus: str = ""
    context: str = ""
    context_words: Weighted = ()
    filters: Filters = ANY

    @property
    def start(self) -> int:
        return len(self.context) + 1 if self.context else 0
