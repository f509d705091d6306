import numpy as np
import pytest

from index.e5 import E5, LAYERS
from qa.reader import CLEAR, LONGEST, SURE, Reading, load_reader, marked
from qa.token_means import load_token_means
from qa.understand import detect_language

STORM = (
    "The storm reached the coast of Quảng Ngãi on Tuesday night and damaged 4,200 houses.",
    "Provincial officials moved 18,000 people to schools before it came.",
    "Two fishermen from Lý Sơn island were still missing on Thursday.",
    "The Red Cross sent blankets, and the government promised rice for three months.",
)


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> E5:
    return E5(tmp_path_factory.getbasetemp() / "models")


def read(question: np.ndarray, passages: list[list[np.ndarray]], language: str | None = None) -> list[Reading]:
    means = load_token_means()
    return load_reader().read(question, passages, means.of_question(language), [means.of_passage("en")] * len(passages))


def odds(model: E5, question: str, sentences: tuple[str, ...] = STORM) -> np.ndarray:
    text = " ".join(sentences)
    spans = [(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in sentences]
    [tokens] = model.span_tokens([text], [spans])
    return read(model.query_tokens(question), [tokens], detect_language(question, ("en",)))[0].odds


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
        ("When did the storm reach the coast?", "How long did the storm last?"),
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
    whole, cut = read(question, [[tokens], [tokens[:LONGEST]]])
    np.testing.assert_array_equal(whole.odds, cut.odds)


def test_nothing_to_read_is_unlikely_to_answer(model) -> None:
    nothing = np.zeros((0, len(LAYERS), 384), np.float32)
    question = model.query_tokens("When did it come?")
    [some] = model.span_tokens(["It came on Tuesday."], [[(0, 19)]])
    with_nothing, alone, empty = read(question, [[some[0], nothing], [nothing], []])
    assert with_nothing.odds[1] < -5 < with_nothing.odds[0]
    assert alone.odds.tolist() == read(nothing, [some])[0].odds.tolist() == [-8.0]
    assert empty.odds.shape == (0,) and empty.answer == ()


LED = "It was led by Gen. Tal Kelman, who spoke first."
PIECES = [(0, 2), (3, 6), (7, 10), (11, 13), (14, 18), (19, 22), (23, 25), (25, 29), (29, 30), (31, 34)]


@pytest.mark.parametrize(
    ("sure", "found"),
    [
        ({5: SURE + 1, 6: 0.5, 7: 0.5}, "Tal Kelman"),
        ({6: SURE + 1}, "Kelman"),  # a piece of a word stands for the word
        ({6: SURE + 1, 7: 1.0, 8: 0.1}, "Kelman"),  # without the comma
        ({7: SURE - 0.5}, None),
        ({0: SURE + 1, 6: SURE + 1}, None),
        ({0: 0.5, 6: CLEAR + 0.6}, "Kelman"),
        ({}, None),
    ],
)
def test_what_answers_is_marked_in_whole_words_where_one_place_is_sure(sure: dict, found: str | None) -> None:
    odds = np.array([sure.get(n, -3.0) for n in range(len(PIECES))], np.float32)
    place = marked(LED, PIECES, odds)
    assert (LED[slice(*place)] if place else None) == found


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who gave out blankets?", "The Red Cross"),
        ("Which island did the missing men come from?", "Lý Sơn"),
        ("Có bao nhiêu ngôi nhà bị hư hại?", "4,200"),
    ],
)
def test_the_answer_is_marked(model, question: str, answer: str) -> None:
    text = " ".join(STORM)
    spans = [(text.index(sentence), text.index(sentence) + len(sentence)) for sentence in STORM]
    [tokens] = model.span_tokens([text], [spans])
    [reading] = read(model.query_tokens(question), [tokens], detect_language(question, ("en",)))
    best = int(reading.odds.argmax())
    start = spans[best][0]
    places = [(a - start, b - start) for a, b in model.span_places(text, spans)[best]]
    place = marked(STORM[best], places, reading.answer[best])
    assert place is not None and STORM[best][slice(*place)] == answer
