"""Cutting the article out of a page of plain text."""

import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import clean as benchmark
from index.clean import clean

BODY = (
    "The Kestrel dam holds forty million cubic metres of water, more than any other in the valley, says Bee.",
    "It was built in 1931 by the Vale company, and it has been raised twice since then, in 1954 and in 1980.",
    "“Nobody thought that it would last this long,” the engineer said, “and nobody knows how long it will.”",
    "The town below drinks its water, and on summer days, when the sun is high, half the town swims in it.",
)
MENU = ("Home", "News", "Sport", "Weather", "Sign in")


def page(*blocks: str) -> str:
    return "\n\n".join(blocks)


def bullets(*items: str) -> str:
    return "\n".join(f"  • {item}" for item in items)


def test_menus_and_footer_are_not_the_article():
    text = page(bullets(*MENU), "The dam at Kestrel is ninety years old", *BODY, bullets(*MENU), "© 2024 Vale Media")
    body = clean(text)
    assert body.paragraphs == BODY
    assert body.lines[body.title].text == "The dam at Kestrel is ninety years old"


def test_boxes_captions_and_teasers_inside_are_cut_out():
    box = page("Related news", "A cow wins the race in the Vale for the third time", "Mayor opens bridge in the rain")
    text = page(
        bullets(*MENU), "The dam at Kestrel is ninety years old", BODY[0],
        "The lake in summer\nThe lake in summer. Photo: Cy Dee/Vale", BODY[1], box, BODY[2],
        "Read next: Seven lakes that you can swim in without paying for it this year", BODY[3],
        "Swimming in the Vale is free again, the council said. The lake at Dunlin was the first to...",
    )  # fmt: skip
    assert clean(text).paragraphs == BODY


def test_advertisements_and_tickers_between_paragraphs_are_cut_out():
    advert = "Publicidad: Neumáticos Hermanos Cobo, cambie dos y pague uno"
    ticker = "Others read: Why your altimeter lies before breakfast · How to mend a tent · Obituary: the basket weaver"
    title = "The dam at Kestrel is ninety years old"
    assert clean(page(title, BODY[0], advert, *BODY[1:3], ticker, BODY[3])).paragraphs == BODY


def test_a_paragraph_with_dashes_is_prose_though_no_full_stop_ends_it():
    long = f"{BODY[0][:-1]} – it has been full for a year – and the town below, which drinks it – half of it – is glad"
    text = page("The dam at Kestrel is ninety years old", BODY[1], long, *BODY[2:])
    assert clean(text).paragraphs == (BODY[1], long, *BODY[2:])


def test_last_paragraphs_that_begin_with_a_name_above_the_text():
    title, council = "The dam at Kestrel is ninety years old", "The Kalm Council has paid for all of it, says Bee."
    meets = "Kalm Council meets again on 12 May to vote on the fees for parking."
    prize = "Ann Bee will receive the prize of 20,000 euros on Friday."
    writer = "Ann Bee is a reporter of this paper, and she swims in the lake."
    site = "Kalm Post is a weekly of Vale Media, printed in the valley."
    for above, below, kept in (
        (("KALM COUNCIL", title), (council, meets), (council, meets)),
        (("KALM POST", title), (council, site), (council,)),
        ((title, "Ann Bee"), (council, prize), (council, prize)),
        ((title, "By Cy Dee", "6 May 2024, 9:40", "Ann Bee"), (council, prize), (council, prize)),
        ((title, "Ann Bee", "6 May 2024, 9:40"), (council, writer), (council,)),
        ((title, "By Ann Bee"), (council, writer), (council,)),
        ((title, "By Ann Bee"), (f"{council} Ann Bee said so.", writer), (f"{council} Ann Bee said so.", writer)),
    ):
        assert clean(page(*above, *BODY, *below)).paragraphs == (*BODY, *kept)


def test_headings_between_paragraphs_stay():
    text = page(bullets(*MENU), "The dam at Kestrel", BODY[0], "Raised twice", BODY[1], BODY[2], BODY[3])
    assert clean(text).paragraphs == (BODY[0], "Raised twice", *BODY[1:])


def test_repeated_paragraphs_count_once():
    assert clean("\n".join((*BODY, *BODY[1:], *BODY[1:]))).paragraphs == BODY


def test_standfirst_above_the_byline_stays():
    standfirst = "Nobody thought that it would last this long when it was built."
    text = page(bullets(*MENU), "The dam at Kestrel is ninety years old", standfirst,
                "By Ann Bee\n6 May 2024, 9:40\nShare\nSave\nComment", *BODY)  # fmt: skip
    assert clean(text).paragraphs == (standfirst, *BODY)


def test_text_broken_at_a_fixed_width_is_joined():
    text = page(*("\n".join(textwrap.wrap(paragraph, 60)) for paragraph in BODY))
    assert clean(text).paragraphs == BODY


def test_sentence_broken_by_markup_is_joined():
    broken = (
        "The lake gives off little CO\n2\n, less than\nother lakes\n, says the study of the valley that "
        "Ann Bee wrote. "
        "It is cold, and the dam above it keeps it so."
    )
    text = page(bullets(*MENU), "The dam at Kestrel is ninety years old", BODY[0] + " " + broken, *BODY[1:])
    assert clean(text).paragraphs[0] == (
        BODY[0] + " The lake gives off little CO 2, less than other lakes, says the study of the valley that "
        "Ann Bee wrote. It is cold, and the dam above it keeps it so."
    )


def test_byline_in_small_letters_is_not_joined_to_the_headline():
    title = "The dam at Kestrel is ninety years old, and it will have to last another ninety"
    body = clean(page(bullets(*MENU), f"{title}\nby ann bee, in the valley", *BODY))
    assert (body.lines[body.title].text, body.paragraphs) == (title, BODY)


def test_scripts_without_spaces_or_full_stops():
    chinese = "水库位于城市北部的山谷之中，建成于上个世纪三十年代，此后曾两次加高，至今仍是全市最重要的饮用水来源。"
    thai = "เขื่อนแห่งนี้สร้างขึ้นในศตวรรษที่แล้วและยังคงเป็นแหล่งน้ำดื่มที่สำคัญที่สุดของเมืองและหมู่บ้านโดยรอบทั้งหมด"
    arabic = "بني السد في القرن الماضي، ولا يزال حتى اليوم أهم مصدر لمياه الشرب في المدينة وفي القرى المحيطة بها."
    for prose in (chinese, thai, arabic):
        text = page(bullets("一", "二", "三"), prose, prose[::-1][1:] + prose[-1], bullets("一", "二", "三"))
        assert clean(text).paragraphs == (prose, prose[::-1][1:] + prose[-1])


def test_page_of_short_sentences():
    assert clean("It was built in 1931.\n\nIt is old.").paragraphs == ("It was built in 1931.", "It is old.")


def test_page_without_prose():
    assert clean(page(bullets(*MENU), "Most read", "Contact")).paragraphs == ()


LINES = st.lists(
    st.one_of(st.sampled_from((*BODY, *MENU, "", "• x", "6 May 2024", "...", "© Vale")), st.text(max_size=200)),
    max_size=30,
)


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_paragraphs_are_lines_of_the_page_in_order_and_once(lines):
    body = clean("\n".join(lines))
    assert list(body.kept) == sorted(set(body.kept))
    assert len(set(body.paragraphs)) == len(body.paragraphs)
    words = " ".join("\n".join(lines).split())
    assert all(paragraph == " ".join(paragraph.split()) for paragraph in body.paragraphs)
    assert all(paragraph in words for paragraph in body.paragraphs)


@given(st.lists(st.sampled_from(BODY), min_size=1, max_size=6), st.integers(0, 3))
def test_cleaning_a_clean_article_changes_nothing(paragraphs, _):
    once = clean(page(*paragraphs)).paragraphs
    assert once == tuple(dict.fromkeys(paragraphs))
    assert clean(page(*once)).paragraphs == once


def test_a_benchmark_without_its_pages_lets_the_others_go_on(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(benchmark, "DATA", tmp_path / "none")
    for arguments, status in (((), 0), (("--data", str(tmp_path)), 1)):
        monkeypatch.setattr("sys.argv", ["clean", *arguments])
        assert benchmark.main() == status
        assert "give their folder with --data; nothing is measured\n" in capsys.readouterr().err
