"""Example questions made from the library's own articles."""

from collections import Counter

import regex

from index.library import Library
from index.types import Article

# Asked in the article's language; English where there is no wording.
_ABOUT = {
    "en": "What is said about {}?",
    "vi": "Các bài viết nói gì về {}?",
    "de": "Was wird über {} gesagt?",
    "fr": "Que dit-on de {} ?",
    "es": "¿Qué se dice de {}?",
}
_NAME = regex.compile(r"(?<=[\p{Ll},;:] )\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){1,3}")
_ARTICLES = 40  # articles looked at; a library of many has enough in the newest


def suggest(library: Library, limit: int = 4) -> list[str]:
    """Questions about names that the articles mention most, one an article, the newest articles first."""
    articles = sorted(library.articles(), key=lambda a: (a.published or "", a.path), reverse=True)[:_ARTICLES]
    found: list[str] = []
    asked: set[str] = set()
    for article in articles:
        full = library.article(article.id)
        name = _name(full, asked) if full else None
        if name:
            asked.add(name)
            found.append(_ABOUT.get(article.language or "", _ABOUT["en"]).format(name))
        if len(found) == limit:
            break
    return found


def _name(article: Article, asked: set[str]) -> str | None:
    counted = Counter(_NAME.findall(article.text))
    return next((name for name, _ in counted.most_common(20) if name not in asked), None)
