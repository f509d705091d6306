"""Extraction of whole files: the seeds, each format, sidecars, and what cannot be read."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import NoArticle, SourceError
from index.extract import extract
from index.types import Draft

SEEDS = Path(__file__).parent.parent / "seeds"


def seed(name: str) -> Draft:
    (draft,) = extract(SEEDS / name)
    return draft


def described(draft: Draft) -> Draft:
    return replace(draft, text="")


def test_seed_with_publisher_in_the_title():
    draft = seed("000_f3938b918f67b88e.txt")
    paragraphs = draft.text.split("\n\n")
    assert described(draft) == Draft(
        text="",
        title="Israel, US to launch dialogue on technological cooperation",
        publisher="Maccabee Task Force",
        language="en",
    )
    assert len(paragraphs) == 7
    assert paragraphs[:2] == [
        "Israel, US to launch dialogue on technological cooperation",
        "It will put Israel ‘on a prestigious and limited list of countries that the US considers strategic partners.’",
    ]
    assert paragraphs[-1].endswith("David Turk and senior officials of the White House Science Office.")
    assert "Read more" not in draft.text


def test_seed_with_menus_ticker_and_related_boxes():
    draft = seed("001_e77783291f95f427.txt")
    paragraphs = draft.text.split("\n\n")
    assert described(draft) == Draft(
        text="",
        title="US deeply values tech cooperation with 'Israel': Exclusive",
        publisher="Al Mayadeen English",
        author="Al Mayadeen English",
        published="2023-06-26",
        language="en",
    )
    assert len(paragraphs) == 25
    assert paragraphs[1] == (
        "The United States says its cooperation with the Israeli occupation in the areas of technology is invaluable."
    )
    assert paragraphs[-1].startswith("It is noteworthy that under international law, all Israeli settlements are")
    for absent in (
        "Infographs", "BREAKING", "Barrack", "Dermer", "Islamabad", "Caesar Act", "5 Min Read", "Shares",
        "virtual summit", "Related News", "Ecuador", "IMF", "Read next", "John Kirby\n", "Most Read",
        "CIA-Mossad", "Mamdani", "Imperialism", "Caribbean", "Rubio", "Privacy Policy",
    ):  # fmt: skip
        assert absent not in draft.text


def test_seed_with_repeated_paragraphs_and_a_cut_off_teaser():
    draft = seed("002_c59a83d45f84de0e.txt")
    paragraphs = draft.text.split("\n\n")
    assert described(draft) == Draft(
        text="",
        title="Mỹ và Israel thành lập cơ chế đối thoại chiến lược về công nghệ cao",
        published="2022-07-13",  # "ngày 13/7", and both captions with a year say 2022
        language="vi",
    )
    assert [paragraph[:30] for paragraph in paragraphs] == [
        "Mỹ và Israel thành lập cơ chế ",
        "Theo phóng viên TTXVN tại Tel ",
        "Thông báo của Văn phòng Chính ",
        "Cũng trong tuyên bố chung, Tổn",
        "Chuyến thăm Trung Đông lần đầu",
        "Thủ tướng Israel Yair Lapid và",
        "Đây là lần đầu tiên hai nhà lã",
        "Tuyên bố của Văn phòng Thủ tướ",
        "Trước khi Hiệp định Abraham ra",
    ]
    for absent in ("Video đang HOT", "Ảnh: AFP", "bày tỏ thiện chí", "..."):
        assert absent not in draft.text


def test_seed_with_a_dateline_and_a_newsletter_line():
    draft = seed("003_bc22b41270e80bd1.txt")
    paragraphs = draft.text.split("\n\n")
    assert described(draft) == Draft(
        text="",
        title="Joint Statement of the 48th U.S.-Israel Joint Political-Military Group",
        author="TPS",
        published="2022-10-26",
        language="en",
    )
    assert len(paragraphs) == 9
    assert paragraphs[1].startswith("Jerusalem, 26 October, 2022 (TPS) — In Washington D.C., senior U.S. and")
    assert paragraphs[-1].endswith("is demonstrative of these ironclad commitments.")
    for absent in ("Photo by", "Eblast", "LEAVE A REPLY", "comment"):
        assert absent not in draft.text


def test_seed_with_headlines_above_and_a_related_box_inside():
    draft = seed("004_c9684fc6a1124425.txt")
    paragraphs = draft.text.split("\n\n")
    assert described(draft) == Draft(
        text="",
        title="US, Israel Discuss Iran in First Meeting of Strategic Group",
        publisher="Algemeiner",
        author="Reuters and Algemeiner Staff",
        published="2021-03-12",
        language="en",
    )
    assert len(paragraphs) == 9
    assert paragraphs[1].startswith("Senior US and Israel officials focused on concerns about Iran during the first")
    assert paragraphs[-1].endswith("continue to these engagements,” Horne said.")
    for absent in (
        "Taylor Force", "MyHeritage", "Vaccinated", "daily news briefing", "avatar", "Tom Brenner",
        "Related coverage", "CTech", "Female Intuition", "Share this Story", "reCAPTCHA", "Copyright",
    ):  # fmt: skip
        assert absent not in draft.text


FIRST = "The Kestrel dam holds forty million cubic metres of water, more than any other in the valley."
SECOND = "It was built in 1931 by the Vale company, and it has been raised twice since then."


def test_text_of_a_few_short_sentences(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("The dam\n\nIt was built in 1931.\n\nIt is old.\n", encoding="utf-8")
    assert extract(path) == (
        Draft(text="The dam\n\nIt was built in 1931.\n\nIt is old.", title="The dam", language="en"),
    )


def test_markdown_with_front_matter(tmp_path):
    path = tmp_path / "dam.md"
    path.write_text(
        "---\ntitle: The dam\npublisher: Vale Gazette\nauthors: [Ann Bee, Cy Dee]\ndate: 2024-05-06\n"
        "lang: en-GB\nurl: https://vale.example/dam\ntags: [water]\n---\n"
        f"# The dam\n\n{FIRST[:41]}\n*{FIRST[42:]}*\n\n- [one](http://x.example)\n- ![picture](p.png)two\n\n"
        f"{SECOND}\n",
        encoding="utf-8",
    )
    assert extract(path) == (
        Draft(
            text=f"The dam\n\n{FIRST}\n\none\n\ntwo\n\n{SECOND}",
            title="The dam",
            publisher="Vale Gazette",
            author="Ann Bee, Cy Dee",
            published="2024-05-06",
            language="en",
            url="https://vale.example/dam",
        ),
    )


PAGE = """<html lang="en"><head><meta charset="utf-8"><title>The dam at Kestrel | Vale Gazette</title>
<link rel="canonical" href="https://vale.example/dam">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "NewsArticle", "headline": "The dam at Kestrel", "datePublished": "2024-05-06T08:00:00Z",
  "author": [{"@type": "Person", "name": "Ann Bee"}, {"@type": "Person", "name": "Cy Dee"}],
  "publisher": {"@id": "#vale"}},
 {"@type": "Organization", "@id": "#vale", "name": "Vale Gazette"}]}</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>The dam at Kestrel</h1><p>%s</p><p>%s</p><p>%s</p></article>
<aside><h2>Most read</h2><ul><li><a href="/1">A cow wins the race</a></li></ul></aside>
<footer>© 2024 Vale Media Ltd. All rights reserved.</footer></body></html>"""


def test_web_page_with_linked_data(tmp_path):
    third = "Its lake is the valley's drinking water, and on summer days half the town swims in it."
    path = tmp_path / "dam.html"
    path.write_text(PAGE % (FIRST, SECOND, third), encoding="utf-8")
    assert extract(path) == (
        Draft(
            text=f"The dam at Kestrel\n\n{FIRST}\n\n{SECOND}\n\n{third}",
            title="The dam at Kestrel",
            publisher="Vale Gazette",
            author="Ann Bee, Cy Dee",
            published="2024-05-06",
            language="en",
            url="https://vale.example/dam",
        ),
    )


def test_sidecar_overrides_what_was_found(tmp_path):
    path = tmp_path / "dam.txt"
    path.write_text(f"The dam at Kestrel\n\nBy Ann Bee\n\nMay 6, 2024\n\n{FIRST}\n\n{SECOND}\n", encoding="utf-8")
    assert extract(path)[0].author == "Ann Bee"
    (tmp_path / "dam.txt.meta.toml").write_text('author = "Cy Dee"\npublished = 2023-01-02\n', encoding="utf-8")
    assert extract(path) == (
        Draft(
            text=f"The dam at Kestrel\n\n{FIRST}\n\n{SECOND}",
            title="The dam at Kestrel",
            author="Cy Dee",
            published="2023-01-02",
            language="en",
        ),
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("autor = 'Cy'", "unknown key 'autor'"),
        ("author = ", "not valid TOML"),
        ("published = 'last May'", "published 'last May' is not a date like"),
        ("language = 'English'", "language 'English' is not a code like en"),
    ],
)
def test_sidecar_that_cannot_be_used_is_named(tmp_path, content, message):
    path = tmp_path / "dam.txt"
    path.write_text(FIRST, encoding="utf-8")
    (tmp_path / "dam.txt.meta.toml").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=message) as caught:
        extract(path)
    assert str(tmp_path / "dam.txt.meta.toml") in str(caught.value)


@pytest.mark.parametrize("content", ["", "   \n\n", "Home\nNews\nSport\n", "• one\n• two\n"])
def test_page_without_an_article(tmp_path, content):
    path = tmp_path / "menu.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(NoArticle, match=r"menu\.txt: no article text"):
        extract(path)
