"""The address of a quote, and what became of it since it was cited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote as url_quote

from rapidfuzz import fuzz, process

from index.chunk import sentences_by_paragraph
from index.types import Article, Span
from qa.types import Answer, Citation

if TYPE_CHECKING:
    from index.library import Library

HASH_LENGTH = 12  # characters of the content hash that an address carries; enough to tell two versions apart
ALIKE = 60  # of 100; below it two sentences have little more in common than their language

Fate = Literal["unchanged", "moved", "edited", "removed"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a quote stands: the article, the characters, and the version (start of its content hash)."""

    article: str
    span: Span
    version: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a cited quote stands today (`mark`), and what became of it; no fate where none was looked for.

    unchanged: the article is as it was; moved: it was edited around the quote; edited: the quote is no longer in
    it, and `alike` is the sentence that resembles it most, if any does; removed: the article or its file is gone.
    """

    mark: Span | None = None
    fate: Fate | None = None
    alike: Span | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A citation of an earlier answer, looked up again. `article` is today's, with text; None if removed."""

    citation: Citation
    article: Article | None
    finding: Finding

    @property
    def now(self) -> str | None:
        """The text that stands in the quote's place today; None if nothing does."""
        span = self.finding.mark or self.finding.alike
        return self.article.text[span.start : span.end] if self.article and span else None


def address(citation: Citation) -> str:
    """The link of a chip: `#src=ARTICLE:START-END:NUMBER:VERSION`; a near miss has number 0."""
    place = place_of(citation)
    return (
        f"#src={url_quote(place.article, safe='')}:{citation.start}-{citation.end}"
        f":{citation.number or 0}:{url_quote(place.version, safe='')}"
    )


def place_of(citation: Citation) -> Address:
    article = citation.article
    return Address(article.id, Span(citation.start, citation.end), article.content_hash[:HASH_LENGTH])


def check(library: "Library", citation: Citation) -> Check:
    """Looks a citation up in the library of today."""
    place = place_of(citation)
    article = current(library, place, citation)
    return Check(citation, article, find_quote(article, place, citation.quote))


def check_answer(library: "Library", answer: Answer) -> tuple[Check, ...]:
    """The citations of an answer, each looked up again."""
    return tuple(check(library, citation) for citation in answer.citations)


def current(library: "Library", place: Address, cited: Citation | None) -> Article | None:
    """The article of an address as it is today: of its id, else of the same content, else of the same file.

    None where there is none, or its file is gone from the disk.
    """
    article = library.article(place.article)
    if article is None:
        known = library.articles()
        same = [a for a in known if a.content_hash.startswith(place.version)]
        same += [a for a in known if cited and a.path == cited.article.path]
        article = library.article(same[0].id) if same else None
    return article if article and library.is_current(article.id) else None


def find_quote(article: Article | None, place: Address, quote: str | None) -> Finding:
    """Looks a cited quote up in the article of today; never marks other words than the quoted ones."""
    if article is None:
        return Finding(fate="removed")
    start, end = place.span.start, place.span.end
    if article.content_hash[:HASH_LENGTH] == place.version:
        sound = 0 <= start < end <= len(article.text) and quote in (None, article.text[start:end])
        return Finding(place.span, "unchanged") if sound else Finding()
    if quote and quote in article.text:
        found = min(_occurrences(article.text, quote), key=lambda position: abs(position - start))
        return Finding(Span(found, found + len(quote)), "moved")
    return Finding(fate="edited", alike=_alike(article, quote) if quote else None)


def _occurrences(text: str, part: str) -> Iterable[int]:
    position = text.find(part)
    while position >= 0:
        yield position
        position = text.find(part, position + 1)


def _alike(article: Article, quote: str) -> Span | None:
    """The sentence of the article that has most in common with the quote."""
    spans: Sequence[Span] = [
        s for paragraph in sentences_by_paragraph(article.text, article.language) for s in paragraph
    ]
    texts = [article.text[span.start : span.end] for span in spans]
    best = process.extractOne(quote, texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return spans[best[2]] if best else None
