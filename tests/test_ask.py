"""From a question to quotes that stand in their article, or an honest no."""

import os
import shutil
import threading
from datetime import date

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.sync import sync
from qa.ask import ask
from qa.types import Filters, Question
from tests.conftest import SEEDS


def quotes(answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


def test_a_fact_with_its_source(seeds) -> None:
    answer = ask(seeds, Question("Why did Donald Trump withdraw the United States from the agreement with Iran?"))
    first = answer.citations[0]
    assert answer.status == "answered"
    assert "deeming it too advantageous for Tehran" in first.quote
    assert (first.article.publisher, first.article.published) == ("Algemeiner", "2021-03-12")
    assert answer.statements[0].text == f"Algemeiner, 12 March 2021: “{first.quote}”"
    assert answer.text.startswith(f"{answer.statements[0].text} [1]")
    assert seeds.article(first.article.id).text[first.start : first.end] == first.quote


def test_every_statement_has_a_citation_and_every_citation_a_statement(seeds) -> None:
    answer = ask(seeds, Question("What did John Kirby say about Israeli settlement expansion?"))
    cited = [number for statement in answer.statements for number in statement.citations]
    assert cited == [citation.number for citation in answer.citations] == list(range(1, len(cited) + 1))


def test_a_question_in_another_language_than_the_article(seeds) -> None:
    answer = ask(
        seeds, Question("On what date did Yair Lapid speak by phone with UAE President Mohammed bin Zayed Al Nahyan?")
    )
    assert "ngày 7/7 đã có cuộc điện đàm" in quotes(answer)


def test_a_headline_is_no_second_quote_beside_a_sentence_of_its_article(seeds) -> None:
    answer = ask(seeds, Question("What did the two sides agree on?"))
    first, *others = answer.citations
    assert first.quote != first.article.title
    assert first.article.title not in [c.quote for c in others if c.article.id == first.article.id]


def test_no_answer_shows_the_nearest_passages_and_the_words_that_no_article_has(seeds) -> None:
    answer = ask(seeds, Question("What is the boiling point of ethanol?"))
    assert (answer.status, answer.statements, answer.citations, answer.text) == ("no_answer", (), (), "")
    assert "ethanol" in answer.missing_words
    assert len(answer.near_misses) == 3 and all(miss.number is None for miss in answer.near_misses)


def test_what_only_the_furniture_of_a_page_says_is_not_answered(seeds) -> None:
    answer = ask(
        seeds, Question("How many people were killed in the suicide bombing outside the courthouse in Islamabad?")
    )
    assert answer.status == "no_answer"


def test_filters(seeds) -> None:
    question = "What is said about Iran?"
    found = ask(seeds, Question(question, filters=Filters(publisher="algemeiner")), threshold=0)
    assert {c.article.publisher for c in found.citations} == {"Algemeiner"}
    found = ask(seeds, Question(question, filters=Filters(after="2022-01-01", language="en")), threshold=0)
    assert all(c.article.published >= "2022-01-01" for c in found.citations)
    assert ask(seeds, Question(question, filters=Filters(publisher="nobody"))).status == "no_answer"


def test_a_publisher_named_as_the_source_is_a_filter_that_can_be_taken_away(seeds) -> None:
    question = "According to Al Mayadeen English, why did Donald Trump withdraw from the agreement with Iran?"
    found = ask(seeds, Question(question))
    assert found.filters == Filters(publisher="Al Mayadeen English")
    assert found.search_question == "why did Donald Trump withdraw from the agreement with Iran?"
    shown = (*found.citations, *found.near_misses)
    assert shown and {c.article.publisher for c in shown} == {"Al Mayadeen English"}
    found = ask(seeds, Question(question, unfiltered=("publisher",)))
    assert (found.filters, found.citations[0].article.publisher) == (Filters(), "Algemeiner")
    found = ask(seeds, Question(question, filters=Filters(publisher="Algemeiner")))
    assert (found.filters, found.citations[0].article.publisher) == (Filters(), "Algemeiner")


def test_what_a_source_says_on_a_subject_is_asked_of_its_articles(seeds) -> None:
    found = ask(seeds, Question("What did Algemeiner say about Iran?"))
    assert found.citations and {citation.article.publisher for citation in found.citations} == {"Algemeiner"}
    assert ask(seeds, Question("What did Algemeiner say about gold mines in Ghana?")).status == "no_answer"


def test_each_part_of_a_question_may_name_its_own_source(tmp_path, make_library) -> None:
    told = {
        "Harbour Gazette": "The fire at the rope works on Monday hurt twelve people, a doctor of the hospital said.",
        "Evening Ledger": "Fifteen people were hurt in Monday's fire at the rope works, and two of them badly.",
    }
    for publisher, text in told.items():
        head = f"---\ntitle: Fire at the rope works\npublisher: {publisher}\n---\n"
        (tmp_path / f"{publisher}.md").write_text(f"{head}{text}\n")
    library = make_library()
    sync(library, [str(tmp_path)])
    asked = "How many people were hurt according to the Evening Ledger, and how many according to the Harbour Gazette?"
    found = ask(library, Question(asked), threshold=0)
    assert [(c.article.publisher, c.quote) for c in found.citations] == list(reversed(told.items()))


def test_a_follow_up_keeps_to_the_source_of_the_turn_before(seeds) -> None:
    before = "What did Algemeiner report about the agreement with Iran?"
    found = ask(seeds, Question("And about Donald Trump?", (before,)))
    assert found.filters == Filters(publisher="Algemeiner")
    assert ask(seeds, Question("Who led the Israeli delegation to the 48th JPMG?", (before,))).filters == Filters()


def test_a_follow_up_keeps_to_what_the_turns_before_it_asked_within(seeds) -> None:
    turns = ("What did Algemeiner report in March 2021 about the agreement with Iran?", "And about Donald Trump?")
    assert ask(seeds, Question("And when?", turns)).filters == Filters(
        "Algemeiner", None, None, "2021-03-01", "2021-03-31"
    )
    assert ask(seeds, Question("And in articles from April 2021?", turns)).filters == Filters(
        "Algemeiner", after="2021-04-01", before="2021-04-30"
    )
    assert ask(seeds, Question("And last week?", turns)).filters == Filters("Algemeiner")
    assert ask(seeds, Question("And when?", turns, within=Filters())).filters == Filters()  # taken away by the reader


def test_a_part_that_the_preferred_articles_do_not_answer_is_asked_of_all(tmp_path, make_library) -> None:
    told = {
        "2023-05-04": "Mina Aldous led the talks on the ferry on 3 May 2023 at the town hall.",
        "2019-02-01": "The harbour group was founded in 1987 by four pilots of the port.",
    }
    for day, text in told.items():
        (tmp_path / f"{day}.md").write_text(f"---\ntitle: News of the port, {day}\npublished: {day}\n---\n{text}\n")
    library = make_library()
    sync(library, [str(tmp_path)])
    asked = "Who led the talks on the ferry on 3 May 2023, and when was the harbour group founded?"
    found = ask(library, Question(asked))
    assert ([c.quote for c in found.citations], found.warnings) == (list(told.values()), ())


def test_a_publisher_by_its_whole_name_is_no_other_that_has_it_in_its_name(tmp_path, make_library) -> None:
    for publisher in ("The Times", "The Times of Israel"):
        (tmp_path / f"{publisher}.md").write_text(
            f"---\ntitle: The race in {publisher}\npublisher: {publisher}\n---\nMina Aldous won the race on Sunday.\n"
        )
    library = make_library()
    sync(library, [str(tmp_path)])
    found = ask(library, Question("According to The Times, who won the race?"), threshold=0)
    assert {c.article.publisher for c in found.citations} == {"The Times"}
    found = ask(library, Question("Who won the race?", filters=Filters("times of")), threshold=0)
    assert {c.article.publisher for c in found.citations} == {"The Times of Israel"}


def test_a_time_told_from_today_is_looked_for_first_but_not_demanded(seeds) -> None:
    question = Question("Why did Trump withdraw the United States from the agreement with Iran last month?")
    for today in (date(2021, 4, 10), date(2023, 4, 10)):
        assert ask(seeds, question, 0.3, today).citations[0].article.published == "2021-03-12"


def test_the_newest_article_that_answers_is_quoted(tmp_path, make_library) -> None:
    for year in (2021, 2022, 2023):
        (tmp_path / "articles").mkdir(exist_ok=True)
        (tmp_path / "articles" / f"{year}.md").write_text(
            f"---\ntitle: Tolls on the Harbour Bridge {year}\npublished: {year}-05-04\npublisher: Gazette\n---\n"
            f"The latest toll on the harbour bridge is {year - 2000} euros, the council of the city said on Monday.\n\n"
            "Lorries pay twice as much as cars do, and bicycles cross the water free of charge all year round.\n"
        )
    library = make_library()
    sync(library, [str(tmp_path / "articles")])
    answer = ask(library, Question("What is the latest news about the toll on the harbour bridge?"))
    assert answer.citations and {c.article.published for c in answer.citations} == {"2023-05-04"}


def test_a_town_is_not_taken_for_another_of_nearly_the_same_name(tmp_path, make_library) -> None:
    towns = {
        "Falubridge": (
            41,
            "The council approved it on Monday by 30 votes to 12, after two years of talks about the route.",
        ),
        "Falobridge": (
            67,
            "Work begins in spring, the mayor told residents who had asked for a tunnel under the harbour.",
        ),
        "Falebridge": (
            23,
            "Cyclists welcomed the plan; the owner of the mill by the weir has gone to court against it.",
        ),
        "Falunbridge": (
            88,
            "The province pays two thirds, since lorries from the quarry will no longer cross the old town.",
        ),
    }
    (tmp_path / "articles").mkdir()
    for town, (cost, more) in towns.items():
        (tmp_path / "articles" / f"{town}.md").write_text(
            f"---\ntitle: {town} to get a new bridge\npublished: 2023-05-04\npublisher: {town} Gazette\n---\n"
            f"{more}\n\nThe bridge will cost {cost} million euros and replace a ferry.\n"
        )
    library = make_library()
    sync(library, [str(tmp_path / "articles")])
    for question in ("How much will the new bridge in {} cost?", "Cây cầu mới ở {} sẽ tốn bao nhiêu tiền?"):
        for town, (cost, _) in towns.items():
            answer = ask(library, Question(question.format(town)))
            assert f"{cost} million euros" in answer.citations[0].quote


def test_a_quote_that_does_not_say_who_she_is_is_shown_with_the_sentence_that_does(tmp_path, make_library) -> None:
    named = "The delay had two causes, said Margit Olsen, chief engineer of the builders."
    between = "Boulders that no survey had shown held up the east tower until spring."
    said = "“The law on nesting birds is clear, and so were the birds,” she said."
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bridge.txt").write_text(
        f"New bridge opens over the estuary\n\n{named} {between} {said}\n\nThe bridge cost 118 million euros.\n"
    )
    library = make_library()
    sync(library, [str(tmp_path / "articles")])
    answer = ask(library, Question("Who said that the law on nesting birds was clear?"))
    assert [citation.quote for citation in answer.citations][:2] == [said, named]
    answer = ask(library, Question("What was clear about the law on nesting birds?"))
    assert named not in [citation.quote for citation in answer.citations]


def test_a_question_with_typing_errors_is_searched_without_them(seeds) -> None:
    answer = ask(seeds, Question("Who led the Isreali delegaton to Washigton?"))
    assert answer.search_question == "Who led the Israeli delegation to Washington?"
    assert "Orit Farkash-Hacohen" in quotes(answer)


def test_what_a_question_with_two_parts_searched_for_has_each_part_once(seeds) -> None:
    question = "Who led the Israeli delegation, and who led the American delegation?"
    assert ask(seeds, Question(question)).search_question == question
    asked = ask(seeds, Question(f"And {question[0].lower()}{question[1:]}", ("What was the JPMG?",))).search_question
    assert asked.count("American") == asked.count("Israeli") == asked.count("JPMG") == 1


def test_a_file_that_is_gone_is_not_cited(tmp_path, make_library) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    library = make_library()
    sync(library, [str(tmp_path / "seeds")])
    question = Question("Who headed the delegations at the first virtual meeting of the strategic group?")
    cited = ask(library, question).citations[0].article.path
    os.remove(cited)
    answer = ask(library, question)
    assert all(c.article.path != cited for c in (*answer.citations, *answer.near_misses))


def test_an_empty_library_does_not_answer(make_library) -> None:
    answer = ask(make_library(), Question("Who led the delegation?"))
    assert (answer.status, answer.near_misses) == ("no_answer", ())


def test_many_threads_at_once(seeds) -> None:
    question = Question("In what year was the U.S.-Israel Joint Political-Military Group founded?")
    expected = ask(seeds, question).citations
    found = []
    threads = [threading.Thread(target=lambda: found.append(ask(seeds, question).citations)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_a_follow_up_without_any_words(seeds) -> None:
    answer = ask(seeds, Question("\u200b?", ("Who led the Israeli delegation to Washington?",)))
    assert answer.status in ("answered", "no_answer")
    assert all(citation.quote for citation in (*answer.citations, *answer.near_misses))


@example(",", [])
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.text(min_size=1, max_size=80).filter(str.strip), st.lists(st.text(max_size=40), max_size=3))
def test_any_question_at_all(seeds, text: str, history: list[str]) -> None:
    answer = ask(seeds, Question(text, tuple(history)))
    for citation in (*answer.citations, *answer.near_misses):
        assert seeds.article(citation.article.id).text[citation.start : citation.end] == citation.quote
