"""How answers are measured."""

from index.types import Article
from qa.evaluate import Outcome, read_gold, summary
from qa.types import Answer, Citation

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


def test_summary() -> None:
    absent = {"question": "q?", "answerable": False}
    found = summary([
        outcome(RECORD, "about ten of them", True, True),
        outcome(RECORD, "ten", True, False),
        outcome(RECORD, None, False, False),
        outcome(absent, None, False, False),
        outcome(absent, "no", False, False),
    ])  # fmt: skip
    assert found == {
        "questions": 5, "answerable": 3, "answered_right": 0.3333, "gold_in_answer": 0.6667,
        "right_article_cited": 0.3333, "false_refusals": 0.3333, "unanswerable": 2, "refused_right": 0.5,
        "offsets_exact": 1.0, "words_shown": 2.0, "seconds_median": 0.5, "seconds_p95": 0.5,
    }  # fmt: skip
