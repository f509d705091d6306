"""Typing errors in questions."""

import pytest

from qa.spelling import mend


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("Who led the Isreali delegaton to Washigton?", "Who led the Israeli delegation to Washington?"),
        ("What did the goverment discuss?", "What did the government discuss?"),
    ],
)
def test_typing_errors_are_mended_from_the_words_of_the_library(seeds, question: str, mended: str) -> None:
    assert mend(question, "en", seeds.catalog) == mended


@pytest.mark.parametrize(
    "question",
    [
        "What is the boiling point of ethanol?",
        "Who led the Israeli delegation to Washington?",
        "Where is Wellington, and who led Austria?",  # names that exist, near to ones of the library
        "Wer ist Kowalczuk?",
        "Why couldn't the delegation, or Hawai’i's, come?",  # parts of a word are none
    ],
)
def test_words_that_exist_are_left_alone(seeds, question: str) -> None:
    assert mend(question, "en", seeds.catalog) == question


def test_nothing_is_mended_in_a_language_whose_words_are_not_known(seeds) -> None:
    assert mend("Isreali delegaton", "xx", seeds.catalog) == "Isreali delegaton"
    assert mend("Isreali", None, seeds.catalog) == "Isreali"


def test_names_of_sources_are_left_alone(seeds) -> None:
    assert mend("Isreali", "en", seeds.catalog, frozenset({"isreali"})) == "Isreali"
