"""Saved pages of unusual shape: each line of the article is kept, and no line of the page around it.

Of a recipe and of a page with boxes between short paragraphs parts are lost, which is better than a box that is quoted.
"""

from pathlib import Path

import pytest

from index.clean import clean
from index.lines import read_lines


def pages() -> dict[str, list[tuple[str, str]]]:
    """By name each page's lines with their marks: "#" the title, "+" the article's, "-" the page's, "?" either."""
    parts = Path(__file__).with_name("plain_pages.txt").read_text(encoding="utf-8").split("=== ")[1:]
    named = (part.rstrip("\n").split("\n") for part in parts)
    return {name: [(line[0], line[2:]) for line in lines] for name, *lines in named}


PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_page_with(name: str) -> None:
    lines = PAGES[name]
    body = clean("\n".join(text for _, text in lines))
    wanted = [line.text for mark, text in lines if mark == "+" for line in read_lines(text)]
    either = {line.text for mark, text in lines if mark == "?" for line in read_lines(text)}
    kept = [text for text in body.paragraphs if text not in either]
    title = next(text for mark, text in lines if mark == "#")
    assert (body.title is not None and body.lines[body.title].text, kept) == (title, wanted)
