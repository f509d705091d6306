"""Example questions come from the corpus, and the corpus answers them."""

from qa.ask import ask
from qa.suggest import suggest
from qa.types import Question


def test_every_example_is_answered(seeds) -> None:
    found = suggest(seeds)
    assert len(set(found)) == 4
    assert [ask(seeds, Question(question)).status for question in found] == ["answered"] * 4


def test_an_empty_library_has_no_examples(make_library) -> None:
    assert suggest(make_library()) == []
