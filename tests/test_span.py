"""The time or number in a sentence that answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.span import answer_span
from qa.understand import understand


def told(question: str, sentence: str, language: str = "en") -> str | None:
    place = answer_span(understand(question, (), (language,)), sentence, language)
    return sentence[slice(*place)] if place else None


@pytest.mark.parametrize(
    ("question", "sentence", "language", "answer"),
    [
        ("When did the bridge reopen?", "It reopened on 26 June 2023 after repairs.", "en", "26 June 2023"),
        ("In what year was it built?", "Built in 1874, it was painted red.", "en", "1874"),
        ("How much did the repairs cost?", "The repairs cost €41 million in all.", "en", "€41 million"),
        ("How many people were hurt?", "In 2019 fire hurt 12 people on 3 ships.", "en", "12"),
        ("What percentage of voters agreed?", "Of 900 voters 54% agreed.", "en", None),  # no kind: not asked how many
        ("How many percent of voters agreed?", "Of 900 voters 54% agreed.", "en", "54%"),
        ("How many interceptions did he have?", "He had 88 tackles and four interceptions.", "en", "four"),
        ("Cầu mở cửa trở lại khi nào?", "Cầu mở lại ngày 26 tháng 6 năm 2023.", "vi", "ngày 26 tháng 6 năm 2023"),
        ("Wann wurde die Brücke eröffnet?", "Sie wurde am 3. Mai 1999 eröffnet.", "de", "3. Mai 1999"),
        ("¿Cuántos barcos se hundieron?", "Se hundieron 14 barcos en 1898.", "es", "14"),
    ],
)
def test_what_is_asked_for(question: str, sentence: str, language: str, answer: str | None) -> None:
    assert told(question, sentence, language) == answer


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did it happen?", "It began in 1914 and ended in 1918."),
        ("When did the war of 1914 end?", "The war of 1914 ended badly."),
        ("How many ships sank?", "Of 14 vessels 3 went down."),
        ("How many ships sank?", "Some sank."),
        ("How many people were hurt?", "The fire hurt twelve, or 1,200 according to others."),
        ("Who led the talks?", "Ann Lee led the talks."),  # names are not told apart by rules
        ("Why did it close?", "It closed in 1999."),
    ],
)
def test_what_is_unclear_is_left_alone(question: str, sentence: str) -> None:
    assert told(question, sentence) is None


@given(
    st.text(max_size=80), st.sampled_from(["when", "how many", "how much"]), st.sampled_from(["en", "vi", "xx", None])
)
def test_any_sentence(sentence: str, asked: str, language: str | None) -> None:
    place = answer_span(understand(f"{asked} did it", (), ("en",)), sentence, language)
    assert place is None or 0 <= place[0] < place[1] <= len(sentence)
