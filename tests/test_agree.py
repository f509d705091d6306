"""What several articles say of the same thing."""

from pathlib import Path

import pytest

from index.library import Library
from index.sync import sync
from qa.ask import ask
from qa.types import Question

FILL = {  # so different that the articles are no copies of each other
    "gazette": "Ferries had carried passengers across the water in the meantime, and many had learned to like them.",
    "ledger": "The mayor thanked the divers at a supper in the old town hall, where a choir of schoolchildren sang.",
    "post": "Two cranes from the shipyard stood on the quay all winter, and gulls made their nests in the higher one.",
}
ARTICLES = {
    "gazette": ("The Harbour Gazette", "2023-06-26", "The repairs of the harbour bridge cost 41 million euros in all."),
    "ledger": ("Evening Ledger", "2023-07-02", "The repairs of the harbour bridge had cost 43 million euros, it said."),
    "post": ("Morning Post", "2023-06-28", "Repairs of the harbour bridge cost the city 41 million euros, he told us."),
}
QUESTION = Question("How much did the repairs of the harbour bridge cost?")


@pytest.fixture
def library(tmp_path: Path, make_library) -> Library:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, (publisher, day, fact) in ARTICLES.items():
        (folder / f"{name}.md").write_text(
            f"---\ntitle: News of the harbour from the {name}\npublisher: {publisher}\npublished: {day}\n---\n"
            f"{fact}\n\n{FILL[name]} So the {name} has it.\n"
        )
    library = make_library()
    sync(library, [str(folder)])
    return library


def test_the_same_fact_is_one_statement_and_another_number_a_difference(library) -> None:
    answer = ask(library, QUESTION, threshold=0)
    first, second = answer.statements[:2]
    by_number = {c.number: c for c in answer.citations}
    publishers = [{by_number[n].article.publisher for n in s.citations} for s in (first, second)]
    assert publishers == [{"Evening Ledger"}, {"The Harbour Gazette", "Morning Post"}]  # the newest first
    assert (first.sources, second.sources) == (1, 2)
    assert answer.warnings == ("The articles differ: 43 million euros [1], 41 million euros [2].",)
    for citation in answer.citations:
        article = library.article(citation.article.id)
        assert article.text[citation.start : citation.end] == citation.quote
        start, end = citation.span or (citation.start, citation.end)
        assert citation.start <= start < end <= citation.end
    assert [library.article(c.article.id).text[slice(*c.span)] for c in answer.citations[:3]] == [
        "43 million euros", "41 million euros", "41 million euros"]  # fmt: skip


def test_a_sentence_copied_word_for_word_is_one_source(library, tmp_path: Path) -> None:
    for path in (tmp_path / "articles").iterdir():
        if path.stem != "gazette":
            path.write_text(path.read_text().replace(ARTICLES[path.stem][2], ARTICLES["gazette"][2]))
    sync(library, [str(tmp_path / "articles")])
    first = ask(library, QUESTION, threshold=0).statements[0]
    assert (len(first.citations), first.sources) == (3, 1)


def test_other_things_are_not_called_different(library, tmp_path: Path) -> None:
    (tmp_path / "articles" / "ledger.md").write_text(
        "---\ntitle: The lighthouse\npublished: 2023-07-02\n---\nThe repairs of the lighthouse cost 2 million euros.\n"
    )
    sync(library, [str(tmp_path / "articles")])
    assert ask(library, QUESTION, threshold=0).warnings == ()


@pytest.mark.parametrize("fact", ["cost more than 40 million euros", "cost about 42 million euros"])
def test_a_bound_or_a_round_number_is_no_other_value(library, tmp_path: Path, fact: str) -> None:
    ledger = tmp_path / "articles" / "ledger.md"
    ledger.write_text(ledger.read_text().replace("had cost 43 million euros", fact))
    sync(library, [str(tmp_path / "articles")])
    assert ask(library, QUESTION, threshold=0).warnings == ()


def test_a_difference_is_told_between_two_articles_also_where_one_tells_it_twice(library, tmp_path: Path) -> None:
    ledger = tmp_path / "articles" / "ledger.md"
    ledger.write_text(
        ledger.read_text().replace("it said.", "it said. The repairs of the harbour bridge cost 43 million euros.")
    )
    sync(library, [str(tmp_path / "articles")])
    answer = ask(library, QUESTION, threshold=0)
    assert [w.replace("[2]", "[n]").replace("[3]", "[n]") for w in answer.warnings] == [
        "The articles differ: 43 million euros [1], 41 million euros [n]."
    ]


def test_how_many_when_asks_for_the_number(library, tmp_path: Path) -> None:
    facts = {
        "gazette": "41 people were hurt when the harbour bridge fell on 3 May 2023.",
        "ledger": "It was said on 9 June 2023 that 43 people were hurt when the harbour bridge fell.",
        "post": "The harbour bridge is closed.",
    }
    for name, fact in facts.items():
        path = tmp_path / "articles" / f"{name}.md"
        path.write_text(path.read_text().replace(ARTICLES[name][2], fact))
    sync(library, [str(tmp_path / "articles")])
    warnings = ask(library, Question("How many people were hurt when the harbour bridge fell?"), threshold=0).warnings
    assert warnings == ("The articles differ: 43 [1], 41 [2].",)
