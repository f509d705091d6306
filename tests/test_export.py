"""Chats that are taken along, and the citations read back from them."""

import json
from dataclasses import replace

import pytest

from index.errors import UsageError
from qa.types import Answer
from tests.test_render import BRIDGE, HOSTILE, QUOTE, Page, answered, article, citation
from ui import export
from ui.strings import ENGLISH, Say

REFUSED = Answer("Who?", "Who?", "no_answer", near_misses=(citation(number=None),))


@pytest.mark.parametrize("form", ["json", "html"])
def test_a_downloaded_chat_gives_its_citations_back(form):
    tricks = article(f"A {HOSTILE} sentence. </script><!-- B", title=HOSTILE, path=HOSTILE)
    cited = citation(f"A {HOSTILE} sentence. </script><!-- B", 1, tricks)
    text = export.written(form, HOSTILE, [answered(citation()), REFUSED, answered(cited)], ENGLISH)
    assert export.read_citations(text) == [citation(), cited]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"turns": 3}', '{"turns": [{"citations": [{"quote": 1}]}]}', "<html>",
     '{"turns": [{"citations": [{"number": 1, "quote": "x", "start": 0, "end": 1, "article": {"id": 1}}]}]}'],
)  # fmt: skip
def test_any_other_file_is_refused(text):
    with pytest.raises(UsageError, match="no chat downloaded from Footnote"):
        export.read_citations(text)


def test_text_and_markdown_end_in_footnotes():
    first = replace(citation(), article=replace(citation().article, url="https://e.org/a_b_c"))
    answer = replace(answered(first), question="What *did* it cost?", warnings=("The articles differ: 1 [1].",))
    says = "The Gazette, 26 June 2023: “Repairs cost 41 million euros.”"
    source = "“Repairs cost 41 million euros.” Bridge reopens, The Gazette, 26 June 2023, "
    assert export.written("txt", "", [answer], ENGLISH) == (
        f"What *did* it cost?\n\n{says} [1]\n\nThe articles differ: 1 [1].\n\n[1] {source}https://e.org/a_b_c\n"
    )
    assert export.written("md", "Chat", [answer, REFUSED], ENGLISH) == (
        f"# Chat\n\n## What \\*did\\* it cost?\n\n{says}[^1-1]\n\n*The articles differ: 1 \\[1\\].*\n\n"
        f"[^1-1]: {source}https://e.org/a_b_c\n\n## Who?\n\nThe articles don’t answer this.\n"
    )


def test_markdown_of_hostile_text_has_no_markup():
    from markdown_it import MarkdownIt

    tricks = article(f"{HOSTILE} ![x](https://evil.example/p.png) *b*", title=HOSTILE, url="https://e.org/" + HOSTILE)
    answer = answered(citation(tricks.text, 1, tricks))
    html = MarkdownIt("commonmark").render(export.written("md", HOSTILE, [replace(answer, question=HOSTILE)], ENGLISH))
    assert {tag for tag, _ in Page(html).elements} <= {"h2", "p"}


def test_the_page_loads_nothing_and_links_footnotes():
    page = Page(export.written("html", "Chat", [answered(citation())], Say("vi")).replace("<!doctype html>", ""))
    assert page.named("html") == [{"lang": "vi"}]
    assert page.named("meta")[2]["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert page.named("a")[0] == {"href": "#note-1-1"} and page.named("li")[0] == {"id": "note-1-1"}
    assert page.named("script") == [{"type": "application/json", "id": "footnote"}]
    assert "26 tháng 6" in page.text


def test_the_json_has_quotes_offsets_and_hashes():
    found = json.loads(export.written("json", "Chat", [answered(citation())], ENGLISH))
    cited = found["turns"][0]["citations"][0]
    assert (found["footnote"], found["title"]) == (1, "Chat")
    assert BRIDGE.text[cited["start"] : cited["end"]] == cited["quote"] == QUOTE
    assert cited["article"]["content_hash"] == BRIDGE.content_hash
