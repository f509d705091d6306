"""Questions in Vietnamese that are typed without accents."""

import pytest

from qa.accents import accented
from qa.ask import ask
from qa.types import Question

TYPED = "dien dan cong nghe My Israel do ai thuc hien"
MEANT = "diễn đàn công nghệ Mỹ Israel do ai thực hiện"


def test_a_question_gets_the_accents_that_the_articles_write(seeds) -> None:
    assert accented(TYPED, seeds.catalog) == MEANT
    assert accented("bao nhieu quoc gia?", seeds.catalog) == "bao nhiêu quốc gia?"


def test_words_that_the_articles_lack_get_the_accents_of_others(seeds) -> None:
    assert accented("ong ta noi gi ve viec do?", seeds.catalog) == "ông ta nói gì về việc đó?"
    typed = "Co may con rua duoc theo doi, ai la nguoi dau tien phat hien?"
    assert accented(typed, seeds.catalog) == "Có mấy con rùa được theo dõi, ai là người đầu tiên phát hiện?"


@pytest.mark.parametrize("question", ["Ai đã ký tuyên bố?", "Who signed it?", "Wer hat das getan?", "2023?"])
def test_a_question_that_has_them_or_needs_none_is_left_alone(seeds, question: str) -> None:
    assert accented(question, seeds.catalog) == question


def test_what_was_searched_for_is_shown(seeds) -> None:
    answer = ask(seeds, Question(TYPED))
    assert answer.search_question == MEANT
    assert answer.citations[0].article.language == "vi"
