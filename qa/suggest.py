"""Example questions made from the library's own articles."""

from collections import Counter
from itertools import islice

import regex

from index.library import Library
from qa.ask import ask
from qa.retrieve import in_turn
from qa.select import THRESHOLD
from qa.types import Question

# Asked in the article's language; English where there is no wording.
_ABOUT = {
    "en": "What is said about “{}”?",
    "vi": "Các bài viết nói gì về “{}”?",
    "de": "Was wird über „{}“ gesagt?",
    "fr": "Que dit-on de « {} » ?",
    "es": "¿Qué se dice de «{}»?",
}
_NAME = regex.compile(r"(?<=[\p{Ll},;:] )\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+){1,3}")
_ARTICLES = 40  # articles looked at; a library of many has enough in the newest
_NAMES = 3  # names tried for each


def suggest(library: Library, limit: int = 4, threshold: float = THRESHOLD) -> list[str]:
    """Questions about names, the newest articles first and each in turn; only such as the library answers.

    The name is the one that its article mentions most, those that other articles mention too counting less.
    """
    newest = sorted(library.articles(), key=lambda a: (a.published or "", a.path), reverse=True)[:_ARTICLES]
    full = [article for one in newest if (article := library.article(one.id))]
    named = [Counter(_NAME.findall(article.text)) for article in full]
    spread = Counter(name for own in named for name in own)
    asked = []
    for article, own in zip(full, named, strict=True):
        wording = _ABOUT.get(article.language or "", _ABOUT["en"])
        names = sorted(own, key=lambda name: (-own[name] / spread[name], name))[:_NAMES]
        asked.append([wording.format(name) for name in names])
    answered = (question for question in dict.fromkeys(in_turn(asked)) if _is_answered(library, question, threshold))
    return list(islice(answered, limit))


def _is_answered(library: Library, question: str, threshold: float) -> bool:
    return ask(library, Question(question), threshold).status == "answered"
