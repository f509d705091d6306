"""Calibration on the library's own articles."""

from qa.ask import ask
from qa.calibrate import FALSE_ANSWERS, calibrate, question_from
from qa.types import Filters, Question
from ui.settings import load, write_threshold


def test_a_question_is_made_of_two_thirds_of_the_telling_words_of_a_sentence() -> None:
    sentence = (
        "The Harbour Bridge reopened in 2023 after nine months of expensive repairs, Mayor Aldous told reporters."
    )
    assert question_from(sentence, "en") == "What about Harbour reopened nine expensive repairs Aldous told?"
    assert question_from("It was so.", "en") is None
    assert question_from(sentence * 3, "en") is None


def test_more_is_refused_and_less_answered_the_higher_the_threshold(seeds) -> None:
    found = calibrate(seeds, 12)
    assert found.made == found.masked >= 8 and found.others == 12
    for name, sign in (("others", -1), ("masked", -1), ("false_answers", -1), ("false_refusals", 1)):
        values = [sign * getattr(rates, name) for rates in found.rates]
        assert values == sorted(values) and all(0 <= abs(value) <= 1 for value in values)
    proposed = [rates for rates in found.rates if rates.threshold == found.proposed]
    assert all(rates.false_answers <= FALSE_ANSWERS for rates in proposed)
    assert calibrate(seeds, 2).proposed is None  # too few to tell


def test_an_article_left_out_is_not_cited(seeds) -> None:
    question = Question("Why did Donald Trump withdraw the United States from the agreement with Iran?")
    path = ask(seeds, question).citations[0].article.path
    found = ask(seeds, Question(question.text, filters=Filters(without=path)), threshold=0)
    assert found.citations and all(c.article.path != path for c in found.citations)


def test_an_empty_library_proposes_nothing(make_library) -> None:
    assert calibrate(make_library(), 5).proposed is None


def test_the_threshold_is_written_and_the_rest_of_the_file_kept(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "library"
    home.mkdir()
    assert load(write_threshold(home, 0.55).parent).answer.threshold == 0.55
    (home / "footnote.toml").write_text("passage_tokens = 128  # small\n\n[answer]\nthreshold = 0.1\n")
    write_threshold(home, 0.35)
    assert (home / "footnote.toml").read_text() == "passage_tokens = 128  # small\n\n[answer]\nthreshold = 0.35\n"
