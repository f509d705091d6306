"""Writes statements out of quotes: who says it, when, and the sentence itself."""

import datetime
from collections.abc import Sequence
from functools import lru_cache

from index.types import Article
from qa.types import Citation, Statement


def quote_statement(citations: Sequence[Citation], language: str | None, sources: int = 1) -> Statement:
    """`Publisher, date: “quote”`, the date in the way of `language`.

    The quote is that of the first citation; the articles of the others are named beside its own.
    """
    named = dict.fromkeys(attribution(citation.article, language) for citation in citations)
    text = f"{'; '.join(named)}: {in_quotation_marks(citations[0].quote)}"
    return Statement(text, tuple(citation.number for citation in citations if citation.number), sources)


def difference(citations: Sequence[Citation]) -> str:
    """What the articles differ in, in the order of the citations; each has a span."""
    told = []
    for citation in citations:
        start, end = citation.span or (citation.start, citation.end)
        told.append(f"{citation.quote[start - citation.start : end - citation.start]} [{citation.number}]")
    return f"The articles differ: {', '.join(told)}."


def in_quotation_marks(quote: str) -> str:
    """The quote in marks of a kind that it does not hold itself."""
    return f"‘{quote}’" if any(mark in quote for mark in '"“”') else f"“{quote}”"


def attribution(article: Article, language: str | None) -> str:
    """Who says it and when; the title where the publisher is unknown."""
    known = [article.publisher or article.title]
    if article.published:
        known.append(format_date(article.published, language))
    return ", ".join(known)


@lru_cache(maxsize=4096)
def format_date(iso: str, language: str | None) -> str:
    """An ISO date as it is written in a language ("26 June 2023"), in English where that is unknown."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date as babel_date

    date = datetime.date.fromisoformat(iso)
    try:
        locale = Locale.parse("en_GB" if language in (None, "en") else language)
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en_GB")
    return babel_date(date, "long", locale)
