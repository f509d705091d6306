"""The commands and the JSON forms that other programs read."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from ui.cli import main

ARTICLE = {"id", "path", "title", "publisher", "author", "published", "language", "url", "content_hash"}
CITATION = {"number", "quote", "start", "end", "article"}
ANSWER = {"id", "question", "search_question", "status", "answer", "statements", "citations", "near_misses",
          "writer", "warnings", "seconds"}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture):
    """Runs a command in the repository with a library of its own: (status, objects or text, messages)."""
    home = tmp_path / "library"
    home.mkdir()
    (home / "models").symlink_to(models)
    monkeypatch.setenv("FOOTNOTE_HOME", str(home))
    monkeypatch.chdir(SEEDS.parent)

    def command(*arguments: str):
        try:
            status = main(arguments)
        except SystemExit as exit:
            status = exit.code
        out, messages = capsys.readouterr()
        if "--json" in arguments and status == 0:
            return status, [json.loads(line) for line in out.splitlines()], messages
        return status, out, messages

    return command


def test_the_whole_way(run, tmp_path: Path) -> None:
    status, (report,), _ = run("index", "--json")
    assert status == 0
    assert {k: v for k, v in report.items() if k not in ("chunks", "seconds")} == {
        "added": 5, "updated": 0, "removed": 0, "unchanged": 0, "failed": [], "articles": 5}  # fmt: skip

    status, sources, _ = run("sources", "--json")
    assert [source["path"] for source in sources] == sorted(f"seeds/{p.name}" for p in SEEDS.glob("*.txt"))
    assert all(set(source) == ARTICLE | {"state"} for source in sources)

    status, (answer,), _ = run("ask", "Who led the Israeli delegation?", "--json")
    assert set(answer) >= ANSWER and answer["status"] == "answered"
    assert all(set(c) - {"span"} == CITATION and set(c["article"]) == ARTICLE for c in answer["citations"])
    assert all(s["citations"] for s in answer["statements"])

    status, (shown,), _ = run("show", answer["citations"][0]["article"]["path"], "--json")
    first = answer["citations"][0]
    assert set(shown) == ARTICLE | {"text", "state"}
    assert shown["text"][first["start"] : first["end"]] == first["quote"]
    assert len(run("show", "--all", "--json")[1]) == 5

    status, (found,), _ = run("search", "artificial intelligence", "-k", "3", "--json")
    assert set(found) == {"id", "query", "results", "seconds"}
    assert [r["rank"] for r in found["results"]] == [1, 2, 3]
    assert set(found["results"][0]) == {"rank", "score", "text", "start", "end", "article"}

    batch = tmp_path / "questions.jsonl"
    lines = [
        {"id": "a", "question": "Who led the Israeli delegation?"},
        {
            "id": "b",
            "question": "And who welcomed them?",
            "history": ["Who led the Israeli delegation?"],
        },
        {"question": "What is said about Iran?", "filters": {"language": "vi"}},
    ]
    batch.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    status, answers, _ = run("ask", "--batch", str(batch), "--json")
    assert [a["id"] for a in answers] == ["a", "b", None]
    assert answers[1]["search_question"] != "And who welcomed them?"
    assert all(c["article"]["language"] == "vi" for c in answers[2]["citations"] + answers[2]["near_misses"])

    status, text, _ = run("ask", "What is the boiling point of ethanol?")
    assert status == 0 and text.startswith("The articles do not answer this.")
    assert run("check")[0] == 0
    golden = tmp_path / "golden.jsonl"
    lines = (SEEDS.parent / "tests/golden/seeds.jsonl").read_text(encoding="utf-8").splitlines()
    golden.write_text("\n".join(lines[:3]), encoding="utf-8")
    status, (measured,), _ = run("eval", str(golden), "--json")
    assert (status, measured["questions"], len(measured["outcomes"])) == (0, 3, 3)
    old, html = tmp_path / "old.json", tmp_path / "report.html"
    old.write_text(json.dumps(measured), encoding="utf-8")
    status, text, _ = run("eval", str(golden), "--compare", str(old), "--html", str(html))
    assert "Compared on 3 questions" in text and "better:" not in text and "worse:" not in text
    assert html.read_text(encoding="utf-8").endswith("</html>\n")
    old.write_text("{}")
    status, _, messages = run("eval", str(golden), "--compare", str(old))
    assert status == 2 and "is not the output of `footnote eval --json`" in messages
    assert run("forget", "seeds")[0] == 0
    assert run("sources", "--json")[1] == []


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("ask", "Who?"), 1, "Run `footnote index PATH` first"),
        (("index", "nowhere"), 1, "There is no file or folder nowhere"),
        (("ask", " "), 2, "no library|question is empty|There is no library"),
        (("index", "--frobnicate"), 2, "unrecognized arguments"),
        (("search", "x", "-k", "0"), 2, "at least 1"),
        (("search", "x", "-k", "ten"), 2, "argument -k: must be a whole number, at least 1"),
        (("serve", "--port", "99999"), 2, "`footnote serve --port 7861`"),
    ],
)
def test_one_clear_sentence(run, arguments: tuple[str, ...], status: int, message: str) -> None:
    import re

    got, _, messages = run(*arguments)
    assert re.search(message, messages)
    assert got == status or arguments == ("ask", " ")
    assert "Traceback" not in messages


def test_batch_errors_name_the_line(run, tmp_path: Path) -> None:
    run("index")
    batch = tmp_path / "q.jsonl"
    asked = '{"question": "What is said about Iran?", '
    bad = [
        (b"{", "This is not JSON in UTF-8 (Expecting property name"),
        (b'{"question": "\xff"}', "This is not JSON in UTF-8 ('utf-8' codec"),
        (asked + f'"id": {"9" * 5000}}}', "This is not JSON in UTF-8 (Exceeds the limit"),
        ("[" * 100_000, "This is not JSON in UTF-8 (maximum recursion"),
        ('{"q": 1}', 'There is no "'),
        ("5", 'There is no "'),
        ('{"question": "Who \\ud83d"}', "Half a character"),
        (asked + '"id": "\\ud83d"}', "Half a character"),
        (asked + '"id": [1]}', '"id" must be text or a whole number.'),
        (asked + '"history": "Who?"}', '"history" must be a list'),
        (asked + '"filters": {"colour": 1}}', "There is no filter colour"),
        (asked + '"filters": ["publisher"]}', '"filters" must be an object'),
        (asked + '"filters": 5}', '"filters" must be an object'),
        (asked + '"filters": {"publisher": 5}}', "The filter publisher must be text"),
        (asked + '"filters": {"publisher": ["A", "B"]}}', "The filter publisher must be text"),
        (asked + '"filters": {"after": "2021-3-1"}}', "The filter after must be a date like 2021-03-01"),
        (asked + '"filters": {"before": "March 2021"}}', "not “March 2021”"),
    ]  # fmt: skip
    lines = [line if isinstance(line, bytes) else line.encode() for line, _ in bad]
    good = [b'{"id": 1, "question": "Who?"}', '{"id": "é", "query": "?", "question": "Why?"}'.encode()]
    batch.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join([good[0], *lines, b"", good[1]]))
    for command in ("ask", "search"):
        status, out, messages = run(command, "--batch", str(batch), "--json")
        assert (status, [json.loads(line)["id"] for line in out.splitlines()]) == (1, [1, "é"])
        for number, ((_, message), told) in enumerate(zip(bad, messages.splitlines(), strict=True), 2):
            assert told.startswith(f"footnote: {batch}, line {number}: ") and message in told


def test_eval_refuses_what_it_can_not_use_before_it_asks(run, tmp_path: Path) -> None:
    run("index")
    questions, old = tmp_path / "q.jsonl", tmp_path / "old.json"
    questions.write_text('{"question": "Who?", "answerable": false}\n{"question": "Why?", "filters": 5}\n')
    assert f"{questions}, line 2: " in run("eval", str(questions))[2]
    row = {"question": "Who led the Israeli delegation?", "answerable": False, "filters": {"publisher": "Nobody"}}
    questions.write_text(json.dumps(row))
    assert run("eval", str(questions), "--json")[1][0]["refused_right"] == 1
    for wrong in ('{"outcomes": [{"id": 1}]}', "[" * 100_000):
        old.write_text(wrong)
        status, out, messages = run("eval", str(questions), "--compare", str(old))
        assert (status, out, "is not the output of `footnote eval --json`" in messages) == (2, "", True)
    status, out, messages = run("eval", str(questions), "--html", str(tmp_path))
    assert (status, out, f"{tmp_path} cannot be written" in messages) == (1, "", True)
    status, out, messages = run("eval", str(questions), "--html", "/dev/full")  # opens, and takes nothing
    assert (status, "refused right" in out, "/dev/full cannot be written" in messages) == (1, True, True)


def test_a_damaged_library_says_so(run) -> None:
    home = Path(os.environ["FOOTNOTE_HOME"])
    (home / "catalog.sqlite").write_bytes(b"not a database, not at all" * 200)
    status, _, messages = run("ask", "Who?")
    assert (status, "is damaged" in messages, "Traceback" in messages) == (1, True, False)


def test_a_library_of_a_newer_version_is_refused(run) -> None:
    import sqlite3

    connection = sqlite3.connect(Path(os.environ["FOOTNOTE_HOME"]) / "catalog.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    status, _, messages = run("ask", "Who?")
    assert (status, "newer version" in messages) == (1, True)


def test_as_a_process(run) -> None:
    run("index")
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "ask", "Ai dẫn đầu phái đoàn Israel tại JPMG lần thứ 48?", "--json"],
        capture_output=True, cwd=SEEDS.parent, encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["question"] == "Ai dẫn đầu phái đoàn Israel tại JPMG lần thứ 48?"


def test_events_and_ctrl_c(tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends an index run soon, keeps what is written, says what is left; the next run does the rest."""
    folder, home = tmp_path / "articles", tmp_path / "library"
    folder.mkdir()
    home.mkdir()
    (home / "models").symlink_to(models)
    for i in range(40):
        said = [f"The council of town {i} built bridge {j} over the river in {1700 + j}." for j in range(12)]
        (folder / f"{i:03}.txt").write_text(f"Bridges of town {i}\n\n{' '.join(said)}", "utf-8")
    monkeypatch.setenv("FOOTNOTE_PASSAGE_TOKENS", "32")
    command = [sys.executable, "-m", "ui.cli", "--home", str(home), "index", "--events"]
    with subprocess.Popen(
        [*command, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=SEEDS.parent
    ) as process:
        events = [json.loads(process.stdout.readline())]
        assert events == [{"event": "progress", "done": 0, "total": 40, "reading": str(folder / "000.txt"),
                           "files_per_second": None, "seconds_left": None}]  # fmt: skip
        while not events[-1]["done"]:
            events.append(json.loads(process.stdout.readline()))
        assert events[-1]["files_per_second"] > 0 and events[-1]["seconds_left"] > 0
        process.send_signal(signal.SIGINT)
        out, messages = process.communicate(timeout=60)
    report = json.loads(out.splitlines()[-1])
    assert process.returncode == 130
    assert (report["event"], report["added"] + report["left"]) == ("report", 40)
    assert 0 < report["added"] < 40 and f"{report['left']} files are left" in messages
    done = subprocess.run(command, capture_output=True, text=True, cwd=SEEDS.parent)
    last = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, last["added"], last["unchanged"]) == (0, report["left"], report["added"])


def test_a_downloaded_chat_is_verified(run, tmp_path: Path) -> None:
    from ui.conversations import answer_from_json
    from ui.export import written
    from ui.strings import ENGLISH

    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in (("a", "The bridge cost 41 million euros."), ("b", "The tunnel cost 9 million euros.")):
        (articles / f"{name}.txt").write_text(
            f"News of {name}\n\n{text}\n\nNobody complained about it.", encoding="utf-8"
        )
    run("index", str(articles))
    turns = []
    for question in ("What did the bridge cost?", "What did the tunnel cost?"):
        (answer,) = run("ask", question, "--json")[1]
        kept = {name: value for name, value in answer.items() if name not in ("answer", "filters")}
        turns.append(answer_from_json(json.dumps(kept)))
    chat = tmp_path / "chat.html"
    chat.write_text(written("html", "Chat", turns, ENGLISH), encoding="utf-8")
    status, checks, _ = run("verify", str(chat), "--json")
    assert status == 0 and {check["state"] for check in checks} == {"unchanged"}
    quote = turns[0].citations[0].quote
    (articles / "a.txt").write_text(
        "News of a\n\nThe bridge cost 43 million euros.\n\nNobody complained about it.", "utf-8"
    )
    (articles / "b.txt").unlink()
    run("index")
    status, out, messages = run("verify", str(chat))
    assert status == 1 and "do not." in messages
    assert f"“{quote}”\n    now: “The bridge cost 43 million euros.”" in out
    assert out.count("removed: ") == len(turns[1].citations) > 0
    (tmp_path / "other.json").write_text("{}")
    assert run("verify", str(tmp_path / "other.json"))[0] == 2


def test_feedback_without_a_right_answer_is_no_gold(run, tmp_path: Path) -> None:
    run("index")
    rows = [
        {"id": "1", "verdict": "down", "reason": "wrong", "question": "Who led the delegation?"},
        {"id": "2", "verdict": "down", "reason": "absent", "question": "Who won in 1998?", "answerable": False},
    ]
    (tmp_path / "feedback.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    status, (measured,), messages = run("eval", str(tmp_path / "feedback.jsonl"), "--json")
    assert status == 0 and "not what is right: 1 of" in messages
    assert measured["questions"] == 1
