"""Conversations in a real SQLite file."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.errors import LibraryDamaged
from index.types import Article
from qa.types import Answer, Citation, Statement
from ui.conversations import FILE_NAME, Conversations, Turn, answer_from_json, answer_to_json

ARTICLE = Article("a1", "saved/a.html", "Tựa đề", "Báo Vịnh", None, "2023-06-26", "vi", None, "c0ffee")


def answer(question: str) -> Answer:
    return Answer(
        question,
        question + "!",
        "answered",
        (Statement("41 triệu.", (1,)),),
        (Citation(1, "41 triệu.", 5, 14, ARTICLE),),
        (Citation(None, "Gần.", 20, 24, ARTICLE),),
        ("xylophone",),
        warnings=("slow",),
        seconds={"total": 0.05},
    )


def begun(conversations: Conversations, question: str) -> str:
    return conversations.append(conversations.known_or_new(None), answer(question)).conversation


def test_an_answer_survives_as_json():
    assert answer_from_json(answer_to_json(answer("Bao nhiêu?"))) == answer("Bao nhiêu?")


def test_a_conversation_survives_a_restart(tmp_path):
    id = begun(Conversations(tmp_path), "First?")
    assert Conversations(tmp_path).append(id, answer("Second?")) == Turn(id, 1)
    again = Conversations(tmp_path)
    assert again.get(id) == (answer("First?"), answer("Second?"))
    assert [(h.id, h.title) for h in again.list()] == [(id, "First?")]


def test_the_last_used_is_listed_first(tmp_path):
    conversations = Conversations(tmp_path)
    ids = [begun(conversations, f"Question {n}?") for n in range(3)]
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE conversations SET updated = '2999-01-01' WHERE id = ?", (ids[0],))
    assert [h.id for h in conversations.list()] == [ids[0], ids[2], ids[1]]
    assert len(conversations.list(limit=2)) == 2


def test_ids_cannot_be_guessed_and_an_unknown_one_begins_a_new_conversation(tmp_path):
    conversations = Conversations(tmp_path)
    id = conversations.known_or_new("invented")
    assert id != "invented" and len(id) >= 20
    assert conversations.get(id) is None
    assert conversations.append(id, answer("First?")) == Turn(id, 0)
    assert conversations.known_or_new(id) == id


def test_deleting_takes_the_turns_along(tmp_path):
    conversations = Conversations(tmp_path)
    id = begun(conversations, "First?")
    assert (conversations.delete(id), conversations.delete(id)) == (True, False)
    assert conversations.get(id) is None and conversations.list() == []
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        assert connection.execute("SELECT count(*) FROM turns").fetchone() == (0,)


def test_titles_questions_and_answers_are_searched_and_titles_changed(tmp_path):
    conversations = Conversations(tmp_path)
    bridge = begun(conversations, "Bao nhiêu tiền?")
    conversations.append(bridge, answer("And WHO paid?"))
    other = begun(conversations, "100% of_it?")

    def found(search: str) -> list[str]:
        return [heading.id for heading in conversations.list(search)]

    assert found("NHIÊU who") == found("tiền paid") == [bridge]
    assert found("41 triệu") == [other, bridge]
    assert found("%") == found("100 _it") == [other]
    assert found("statements") == found("a1") == []  # what the answers are stored with is not searched
    assert conversations.rename(bridge, "  The\nbridge ") and not conversations.rename("invented", "x")
    assert not conversations.rename(bridge, "   ")
    assert conversations.heading(bridge).title == "The bridge" and conversations.heading("invented") is None
    assert [h.id for h in conversations.list(limit=1, offset=1)] == [bridge]


def test_many_threads_may_append_to_one_conversation(tmp_path):
    conversations = Conversations(tmp_path)
    id = begun(conversations, "First?")
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: conversations.append(id, answer(f"Question {n}?")), range(40)))
    questions = [turn.question for turn in conversations.get(id)]
    assert sorted(questions[1:]) == sorted(f"Question {n}?" for n in range(40))


def test_a_damaged_file_is_named_with_the_remedy(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"not a database" * 100)
    with pytest.raises(LibraryDamaged, match="move that file away"):
        Conversations(tmp_path)
