"""The words of the interface."""

import ast
import re
from pathlib import Path

import pytest

from ui.strings import ENGLISH, TABLE, Say, chosen

UI = Path(__file__).parent.parent / "ui"


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


def test_every_translation_is_of_words_in_use_with_the_same_places():
    source = "".join(path.read_text("utf-8") for path in [*UI.glob("*.py"), *UI.glob("static/*.js")])
    said = {node.value for path in UI.glob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip
    for english, other in TABLE["vi"].items():
        assert english in said or english in source or english.startswith("{number} "), english
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", other)), english
