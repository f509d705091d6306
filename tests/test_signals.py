"""What the names of a question tell of articles, and that what is weighed is measured."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.chunk import passages
from index.rows import PassageRow
from index.types import Article
from qa import retrieve
from qa.overlap import Whole
from qa.signals import FEATURES, SIGNALS, Asked, measure
from qa.understand import understand


def article(id: str, language: str, text: str) -> Article:
    return Article(id, f"{id}.txt", "", None, None, None, language, None, "", text=text)


def lacking(question: str, *articles: Article) -> list[float]:
    """How much each article lacks a name that another has, rounded; vectors tell nothing."""
    query = understand(question, (), [own.language for own in articles])
    pairs = []
    for i, own in enumerate(articles):
        [passage] = passages(own.text, own.language)
        pairs.append((own, PassageRow(i, own.id, passage, np.zeros(2), np.zeros((len(passage.sentences), 2)))))
    candidates = measure(query, Asked(np.zeros(2), query.language, None), pairs)
    return [round(float(c.signals[0][SIGNALS.index("another's name missing")]), 2) for c in candidates]


def test_a_name_is_looked_for_in_the_whole_article():
    lighthouse = article("a", "en", "The lighthouse is 41 metres high. It was built in 1862 at Kermor.")
    harbour = article("b", "en", "The harbour was dredged. Ships called again in spring.")
    assert lacking("Who built the lighthouse of Kermor?", lighthouse, harbour) == [0.0, 1.0]


def test_an_article_in_another_script_can_lack_no_name():
    lighthouse = article("a", "en", "The lighthouse is 41 metres high. It was built in 1862 at Kermor.")
    harbour = article("b", "ru", "Гавань углубили. Весной корабли вернулись.")
    assert lacking("Who built the lighthouse of Kermor?", lighthouse, harbour) == [0.0, 0.0]


def test_every_weight_is_of_something_that_is_measured():
    for own in json.loads((Path(retrieve.__file__).parent / "weights.json").read_text("utf-8")).values():
        assert own["sentence"].keys() <= set(SIGNALS)
        assert all(of.keys() <= {"intercept", *FEATURES} for of in own["answered"])


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
