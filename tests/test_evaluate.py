"""How answers are measured."""

import json
import re
from dataclasses import replace

import pytest

from index.errors import UsageError
from index.sync import sync
from index.types import Article
from qa.evaluate import Outcome, compare, evaluate, holding, read_gold, run_json, summary
from qa.types import Answer, Citation, Statement
from qa.write import quote_statement
from ui.report import report_html

ARTICLE = Article("a", "seeds/x.txt", "T", None, None, None, "en", None, "h")
RECORD = {"id": 1, "question": "q?", "gold": ["ten", "10"], "file": "seeds/x.txt", "answerable": True}


def outcome(record: dict, quote: str | None, gold: bool, file: bool) -> Outcome:
    citations = (Citation(1, quote, 0, len(quote), ARTICLE),) if quote else ()
    answer = Answer("q?", "q?", "answered" if quote else "no_answer", citations=citations, seconds={"total": 0.5})
    return Outcome(read_gold(record), answer, gold, file, True)


def test_a_record_may_hold_groups_several_files_or_no_answer() -> None:
    assert read_gold(RECORD).groups == (("ten", "10"),)
    assert read_gold({**RECORD, "gold_all": [["a"], ["b"]], "file": ["x", "y"]}).groups == (("a",), ("b",))
    assert read_gold({**RECORD, "gold_all": [["a"], ["b"]], "file": ["x", "y"]}).files == ("x", "y")
    assert read_gold({"question": "q?", "answerable": False, "gold": []}).groups == ()


def test_a_text_or_a_number_is_a_list_of_one() -> None:
    assert read_gold({"question": "q?", "gold": "forty-one", "file": "x"}).groups == (("forty-one",),)
    assert read_gold({"question": "q?", "gold": 41}).groups == (("41",),)
    assert read_gold({"question": "q?", "gold_all": ["a b", ["c", "d"]]}).groups == (("a b",), ("c", "d"))


@pytest.mark.parametrize(
    "record",
    [{"answerable": True}, {"gold": [""]}, {"gold": {"a": 1}}, {"gold": "a", "file": {"a": 1}}, {"history": "abc"}],
)
def test_what_is_no_gold_is_an_error_that_names_the_question(record: dict) -> None:
    with pytest.raises(UsageError, match="The question “How many\\?”: "):
        read_gold({"question": "How many?", **record})


OUTCOMES = [
    replace(outcome(RECORD, "about ten of them", True, True), ranks=(1, 3), relevant=2, probability=0.9),
    replace(outcome({**RECORD, "id": 2}, "ten", True, False), ranks=(4,), relevant=1, probability=0.6),
    replace(outcome({**RECORD, "id": 3}, None, False, False), relevant=1, probability=0.3),
    replace(outcome({"id": 4, "question": "q?", "answerable": False}, None, False, False), probability=0.1),
    replace(outcome({"id": 5, "question": "q?", "answerable": False}, "no", False, False), probability=0.6),
]


def test_summary() -> None:
    assert summary(OUTCOMES) == {
        "questions": 5, "answerable": 3, "answered_right": 0.3333, "gold_in_answer": 0.6667,
        "right_article_cited": 0.3333, "false_refusals": 0.3333, "unanswerable": 2, "refused_right": 0.5,
        "false_answers": 0.5, "area_under_curve": 0.75,  # 4.5 of 6 pairs
        "offsets_exact": 1.0, "words_shown": 2.0,
        "hit_at_1": 0.3333, "hit_at_3": 0.3333, "hit_at_5": 0.6667, "hit_at_10": 0.6667,
        "mrr": 0.4167,  # (1 + 1/4) / 3
        "ndcg_at_10": pytest.approx((1.5 / (1 + 1 / 1.58496) + 1 / 2.32193) / 3, abs=1e-4),
        "seconds_median": 0.5, "seconds_p95": 0.5, "stages": {},
    }  # fmt: skip
    assert summary([])["area_under_curve"] is None


def test_what_a_model_made_of_it_is_counted() -> None:
    """Statements in a model's own words are told from quotes that stand in for what it could not say."""
    told = replace(
        OUTCOMES[0].answer, writer="small", usage={"prompt_tokens": 90, "reply_tokens": 12}, left_out={"number": 2},
        statements=(Statement("There are ten.", (1,)), quote_statement(OUTCOMES[0].answer.citations, "en")),
        seconds={"total": 2.0, "write": 1.5, "first_sentence": 0.5},
    )  # fmt: skip
    quoted = replace(
        OUTCOMES[1].answer, usage={"prompt_tokens": 80, "reply_tokens": 9}, left_out={"number": 1, "no key": 3},
        statements=(quote_statement(OUTCOMES[1].answer.citations, "en"),), seconds={"total": 1.0, "write": 0.9},
    )  # fmt: skip
    found = summary([replace(OUTCOMES[0], answer=told), replace(OUTCOMES[1], answer=quoted), *OUTCOMES[2:4]])
    assert {name: found[name] for name in found if name not in summary(OUTCOMES)} == {
        "words_told": 6.5, "rephrased": 0.5, "statements_rephrased": 1, "statements_not_shown": 6,
        "not_shown_no_key": 3, "not_shown_number": 3,
    }  # fmt: skip
    assert found["stages"] == {
        "first_sentence": {"median": 0.5, "p95": 0.5}, "write": {"median": 1.2, "p95": 0.9}}  # fmt: skip
    assert found["words_shown"] == 2.5  # of the quotes, whoever tells them


def test_two_runs_are_compared_question_by_question() -> None:
    old = json.loads(json.dumps(run_json(OUTCOMES)))
    changed = [replace(OUTCOMES[0], right_file=False), replace(OUTCOMES[1], ranks=(2,)), *OUTCOMES[2:]]
    found = compare(old, run_json(changed))
    assert [change.new.id for change in found.better] == [2]
    assert [(change.old.right, change.new.right) for change in found.worse] == [(True, False)]
    assert found.compared == 5
    assert ("right_article_cited", 0.3333, 0.0) in found.figures
    with pytest.raises(KeyError):
        compare({"questions": 5}, run_json(changed))


def test_the_same_text_asked_twice_is_compared_in_turn() -> None:
    record = {"question": "And when?", "gold": ["ten"]}
    first, second = outcome(record, "ten", True, True), outcome(record, None, False, False)
    found = compare(run_json([first, second]), run_json([first, second]))
    assert (found.better, found.worse, found.compared) == ((), (), 2)


def test_the_report_is_whole_and_holds_no_foreign_markup() -> None:
    hostile = replace(OUTCOMES[2], gold=read_gold({**RECORD, "id": 3, "question": "<script>alert(1)</script>"}))
    outcomes = [*OUTCOMES[:2], hostile, *OUTCOMES[3:]]
    changed = [replace(OUTCOMES[0], right_file=False), *outcomes[1:]]
    html = report_html(changed, 0.4, compare(run_json(outcomes), run_json(changed)))
    assert html.count("<svg") == html.count("</svg>") == 3
    assert "<script" not in html and "&lt;script&gt;" in html
    assert not re.search(r"https?:|url\(|@import|src=", html)
    assert "right, now wrong" in html
    assert report_html([], 0.4).startswith("<!doctype html>")


def test_passages_are_ranked_and_found_in_the_library(seeds) -> None:
    record = {
        "question": "Who is Director General of the Israeli Ministry of Defense?", "gold": ["Amir Eshel"],
        "file": next(a.path for a in seeds.articles() if a.title.startswith("Joint Statement")),
    }  # fmt: skip
    (found,) = evaluate(seeds, [read_gold(record)])
    assert found.right and found.relevant >= len(found.ranks) >= 1 and found.ranks[0] == 1
    assert 0.4 < found.probability <= 1


def test_a_passage_found_for_two_parts_counts_once_and_gold_needs_no_file(seeds) -> None:
    question = "Who is Director General of the Israeli Ministry of Defense, and who headed the Israeli delegation?"
    (found,) = evaluate(seeds, [read_gold({"question": question, "gold": "Amir Eshel"})])
    assert found.right_file and found.relevant >= len(found.ranks) == len(set(found.ranks)) >= 1


def test_a_file_of_the_same_name_in_another_folder_is_another_one(tmp_path, make_library) -> None:
    for paper, winner in (("gazette", "Mina Aldous"), ("herald", "Jon Pell")):
        (tmp_path / paper).mkdir()
        (tmp_path / paper / "race.txt").write_text(f"The race of the {paper}\n\n{winner} won the race on Sunday.\n")
    library = make_library()
    sync(library, [str(tmp_path)])
    for file, number in (("herald/race.txt", 1), ("race.txt", 2), ("elsewhere/race.txt", 2), ("other.txt", 0)):
        gold = read_gold({"question": "Who won the race?", "gold": ["won the race"], "file": file})
        assert len(holding(library, gold)) == number
