"""What may be shown: quotes that stand in their article as it is indexed now."""

from collections.abc import Iterable

from index.library import Library
from qa.types import Citation


def holds(library: Library, citation: Citation) -> bool:
    """Whether the quote is in the article's text at its place, and the article's file still on the disk."""
    article = library.article(citation.article.id)
    return (
        article is not None
        and citation.quote != ""
        and article.text[citation.start : citation.end] == citation.quote
        and library.is_current(article.id)
    )


def sound(library: Library, citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Those citations that hold."""
    return tuple(citation for citation in citations if holds(library, citation))
