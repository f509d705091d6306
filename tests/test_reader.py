import numpy as np
import pytest

from index.e5 import E5, LAYERS
from qa.reader import LONGEST, load_reader

STORM = (
    "The storm reached the coast of Quảng Ngãi on Tuesday night and damaged 4,200 houses.",
    "Provincial officials moved 18,000 people to schools before it came.",
    "Two fishermen from Lý Sơn island were still missing on Thursday.",
    "The Red Cross sent blankets, and the government promised rice for three months.",
)


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> E5:
    return E5(tmp_path_factory.getbasetemp() / "models")


def odds(model: E5, question: str, sentences: tuple[str, ...] = STORM) -> np.ndarray:
    text = " ".join(sentences)
    spans = [(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in sentences]
    [tokens] = model.span_tokens([text], [spans])
    return load_reader().read(model.query_tokens(question), tokens)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many homes were hit?", 0),
        ("Có bao nhiêu người được sơ tán?", 1),
        ("Woher kamen die Vermissten?", 2),
        ("Who gave out blankets?", 3),
    ],
)
def test_the_sentence_that_answers_is_likeliest_in_any_language(model, question: str, sentence: int) -> None:
    assert int(odds(model, question).argmax()) == sentence


@pytest.mark.parametrize(
    ("told", "not_told"),
    [
        ("How many people were moved to schools?", "How many people were killed by the storm?"),
        ("What did the Red Cross send?", "How much money did the Red Cross send?"),
        ("When did the storm reach the coast?", "When did the storm leave the coast?"),
        ("Ngư dân mất tích là người ở đâu?", "Ngư dân mất tích bao nhiêu tuổi?"),
    ],
)
def test_what_is_not_told_is_less_likely_answered_than_what_is(model, told: str, not_told: str) -> None:
    assert odds(model, told).max() > odds(model, not_told).max() + 1


def test_odds_do_not_depend_on_what_is_past_the_longest_sentence(model) -> None:
    long = " ".join(["The storm reached the coast."] * 60)
    tokens = model.span_tokens([long], [[(0, len(long))]])[0][0]
    assert len(tokens) > LONGEST
    question = model.query_tokens("When did it come?")
    np.testing.assert_array_equal(
        load_reader().read(question, [tokens]), load_reader().read(question, [tokens[:LONGEST]])
    )


def test_nothing_to_read_is_unlikely_to_answer(model) -> None:
    nothing = np.zeros((0, len(LAYERS), 384), np.float32)
    question = model.query_tokens("When did it come?")
    [some] = model.span_tokens(["It came on Tuesday."], [[(0, 19)]])
    with_nothing = load_reader().read(question, [some[0], nothing])
    assert with_nothing[1] < -5 < with_nothing[0]
    assert load_reader().read(question, [nothing]).tolist() == load_reader().read(nothing, some).tolist() == [-8.0]
    assert load_reader().read(question, []).shape == (0,)
