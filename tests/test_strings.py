"""The words of the interface."""

import ast
import re
from pathlib import Path

import pytest

from ui.strings import ENGLISH, TABLE, Say, chosen

ROOT = Path(__file__).parent.parent
TERMINAL = {"cli.py", "indexing.py", "output.py", "settings.py"}  # whose `say` prints


@pytest.mark.parametrize(
    ("cookie", "accept", "language"),
    [
        ("", "", "en"),
        ("", "vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("", "fr, en;q=0.5, vi;q=0.7", "vi"),
        ("", "de;q=x, *", "en"),
        ("a=b; language=en", "vi", "en"),
        ("language=vi", "en", "vi"),
        ("language=<script>", "en", "en"),
    ],
)
def test_the_reader_chooses_the_language(cookie, accept, language):
    assert chosen(cookie, accept) == Say(language)


def test_what_is_not_translated_is_said_in_english():
    vietnamese = Say("vi")
    assert vietnamese("Sources") == "Nguồn"
    assert vietnamese("Words {of} nobody", of="{x}") == "Words {x} nobody"
    assert [ENGLISH.count(n, "file that could not be used") for n in (1, 2)] == [
        "1 file that could not be used", "2 files that could not be used"]  # fmt: skip


def test_messages_of_other_rooms_are_said_with_what_stands_in_them():
    vietnamese = Say("vi")
    assert vietnamese.told("a {b}.txt: nothing in it.") == "a {b}.txt: tệp trống."
    assert vietnamese.told("The model m did not answer in time. The rest is quotes.") == (
        "Mô hình m không trả lời kịp. Phần còn lại là trích dẫn nguyên văn."
    )
    assert vietnamese.told("Nobody foresaw this.") == ENGLISH.told("Nobody foresaw this.") == "Nobody foresaw this."


def strings_of(*rooms: str) -> set[str]:
    """Every string in the code, what is filled in while it runs as `{}`."""
    found = set()
    for path in (path for room in rooms for path in (ROOT / room).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                found.add("".join(v.value if isinstance(v, ast.Constant) else "{}" for v in node.values))
    return found


def test_every_translation_is_of_words_in_use_with_the_same_places():
    source = "".join([*strings_of("ui"), (ROOT / "ui/static/page.js").read_text("utf-8")])
    for english in TABLE["vi"]["interface"]:
        assert english in source or english.startswith("{number} "), english
    told = {re.sub(r"\{\w*\}", "{}", text) for text in strings_of("ui", "qa", "index")}
    for english in TABLE["vi"]["messages"]:
        assert any(made_of(re.sub(r"\{\w+\}", "{}", english), text) for text in told), english
    for english, other in (pair for part in TABLE["vi"].values() for pair in part.items()):
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", other)), english


def made_of(message: str, text: str) -> bool:
    """Whether a string of the code is more than half of the message; what is filled in may be part of a sentence."""
    parts = map(re.escape, text.split("{}"))
    return 2 * len(text) > len(message) and bool(re.search("(.+?)?".join(parts), message, re.DOTALL))


def test_everything_that_the_pages_say_is_in_vietnamese():
    said = {
        call.args[0].value
        for path in (ROOT / "ui").glob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "say" and path.name not in TERMINAL
        and call.args and isinstance(call.args[0], ast.Constant)
    }  # fmt: skip
    said |= set(re.findall(r'say\("([^"]+)"\)', (ROOT / "ui/static/page.js").read_text("utf-8")))
    assert said - set(TABLE["vi"]["interface"]) == set()
