"""What the words of a question tell of articles: which of them an article has, and which none has."""

import numpy as np
import pytest

from index.catalog import PassageRow
from index.chunk import passages
from index.types import Article
from qa.overlap import Whole
from qa.signals import SIGNALS, Asked, measure
from qa.understand import understand

OF_ARTICLE = (
    "words in article",
    "rarest word missing in article",
    "rarest name missing in article",
    "words in any article",
    "rarest word missing in all articles",
    "another's name missing",
)


def article(id: str, language: str, text: str) -> Article:
    return Article(id, f"{id}.txt", "", None, None, None, language, None, "", text=text)


def measured(question: str, *articles: Article) -> list[dict[str, float]]:
    """The signals of the first sentence of each article, rounded; vectors tell nothing."""
    query = understand(question, (), [own.language for own in articles])
    pairs = []
    for i, own in enumerate(articles):
        [passage] = passages(own.text, own.language)
        pairs.append((own, PassageRow(i, own.id, passage, np.zeros(2), np.zeros((len(passage.sentences), 2)))))
    candidates = measure(query, Asked(np.zeros(2), query.language, None), pairs)
    return [{name: round(float(c.signals[0][SIGNALS.index(name)]), 2) for name in OF_ARTICLE} for c in candidates]


def test_words_are_looked_for_in_the_whole_article_and_in_all_of_them():
    lighthouse = article("a", "en", "The lighthouse is 41 metres high. It was built in 1862 at Kermor.")
    harbour = article("b", "en", "The harbour was dredged. Ships called again in spring.")
    assert measured("Who built the lighthouse of Kermor?", lighthouse, harbour) == [
        {
            "words in article": 0.93,
            "rarest word missing in article": 0.17,
            "rarest name missing in article": 0.0,
            "words in any article": 0.93,
            "rarest word missing in all articles": 0.17,
            "another's name missing": 0.0,
        },
        {
            "words in article": 0.0,
            "rarest word missing in article": 1.0,
            "rarest name missing in article": 1.0,
            "words in any article": 0.93,
            "rarest word missing in all articles": 0.17,
            "another's name missing": 1.0,
        },
    ]


def test_an_article_in_another_language_can_lack_names_but_not_words():
    [own] = measured("Wie hoch ist die Zugspitze?", article("a", "fr", "Le phare de Kermor fait 41 mètres de haut."))
    assert own == dict.fromkeys(OF_ARTICLE, 0.0) | {"rarest name missing in article": 1.0}


@pytest.mark.parametrize(
    ("language", "text", "word", "had"),
    [
        ("en", "Two ferries were late.", "ferry", True),
        ("en", "The report was late.", "port", False),
        ("de", "Die Häuser brannten.", "haus", True),
        ("vi", "Quán bán phở bò.", "phở", True),
        ("vi", "Hồ ở Đà Lạt.", "đà", True),
        ("ja", "富士山は高い。", "士山", True),
        ("ja", "富士山は高い。", "高さ", False),
        ("ar", "سافر إلى الرياض.", "رياض", True),
    ],
)
def test_a_word_is_found_by_how_it_begins_in_the_spelling_of_its_script(language, text, word, had):
    assert Whole(article("a", language, text)).has(word) is had
