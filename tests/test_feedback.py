"""What readers thought of answers, in a file that `footnote eval` reads."""

import json

import pytest

from index.errors import UsageError
from qa.evaluate import read_gold
from qa.types import Answer
from tests.test_render import QUOTE, answered, citation
from ui.conversations import Turn
from ui.feedback import Feedback, row
from ui.records import read_lines

REFUSED = Answer("Who?", "Who?", "no_answer", near_misses=(citation(number=None),))
ANSWERS = (REFUSED, answered(citation(), citation("Tolls paid.", 2)))
LAST = Turn("c", 1)


def test_a_row_has_the_question_in_its_conversation_and_what_was_shown():
    found = row(LAST, ANSWERS, 0, "down", "wrong")
    assert found.pop("time")
    shown = [{"quote": c.quote, "start": c.start, "end": c.end, "path": c.article.path,
              "content_hash": c.article.content_hash} for c in ANSWERS[1].citations]  # fmt: skip
    assert found == {
        "id": "c:1", "verdict": "down", "question": "What did it cost?", "history": ["Who?"],
        "status": "answered", "quotes": shown, "reason": "wrong"}  # fmt: skip


@pytest.mark.parametrize(
    ("turn", "number", "verdict", "reason", "gold", "groups", "files"),
    [
        (1, 0, "up", "", "", ((QUOTE, "Tolls paid."),), ("saved/bridge.html", "saved/bridge.html")),
        (1, 2, "up", "", "", (("Tolls paid.",),), ("saved/bridge.html",)),
        (0, 0, "up", "", "", (), ()),
        (1, 0, "down", "missing", " 43 million ", (("43 million",),), ()),
        (1, 0, "down", "absent", "", (), ()),
    ],
)
def test_eval_reads_what_was_judged(turn, number, verdict, reason, gold, groups, files):
    judged = read_gold(row(Turn("c", turn), ANSWERS, number, verdict, reason, gold))
    assert (judged.groups, judged.files) == (groups, files)


@pytest.mark.parametrize(
    ("turn", "number", "verdict", "reason"),
    [(2, 0, "up", ""), (-1, 0, "up", ""), (1, 3, "up", ""), (0, 1, "up", ""), (1, 0, "down", "x"), (1, 0, "x", "")],
)
def test_what_is_not_in_the_conversation_is_refused(turn, number, verdict, reason):
    with pytest.raises(UsageError, match="no such answer"):
        row(Turn("c", turn), ANSWERS, number, verdict, reason)


def test_a_record_ends_at_a_line_feed_alone(tmp_path):
    record = {"question": "Who\u2028paid\u0085and why?"}
    (tmp_path / "a.jsonl").write_bytes(2 * f"{json.dumps(record, ensure_ascii=False)}\r\n".encode())
    assert list(read_lines(tmp_path / "a.jsonl", "question", dict)) == [record, record]


def test_a_second_thought_replaces_the_first_and_leaves_the_rest(tmp_path):
    path = tmp_path / "feedback.jsonl"
    written = '{"question": "written\u2028by\u0085hand"}'
    path.write_text(f"{written}\nnot JSON\n", encoding="utf-8")
    feedback = Feedback(tmp_path)
    for verdict in ("up", "down"):
        feedback.put(row(LAST, ANSWERS, 0, verdict, "wrong"))
    feedback.put(row(LAST, ANSWERS, 1, "up"))
    lines = path.read_text("utf-8").split("\n")
    assert (lines[:2], lines[-1]) == ([written, "not JSON"], "")
    assert [(found["id"], found["verdict"]) for found in map(json.loads, lines[2:-1])] == [
        ("c:1", "down"),
        ("c:1:1", "up"),
    ]
