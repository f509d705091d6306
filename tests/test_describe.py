"""Title, publisher, author, date and language from the lines around an article."""

import pytest

from index.clean import clean
from index.dates import read_date
from index.describe import describe
from index.language import detect_language
from index.types import Draft

BODY = (
    "The Kestrel dam holds forty million cubic metres of water, more than any other in the valley.\n\n"
    "It was built in 1931 by the Vale company, and has been raised twice since then, in 1954 and in 1980.\n\n"
    "The town below drinks its water, and on summer days, when the sun is high, half the town swims in it."
)
TITLE = "The dam at Kestrel is ninety years old"


def described(above: str, below: str = "", body: str = BODY) -> Draft:
    return describe(clean(f"{above}\n\n{body}\n\n{below}"))


@pytest.mark.parametrize(
    ("text", "language", "day_first", "found"),
    [
        ("Jerusalem, 26 October, 2022 (TPS) —", "en", None, "2022-10-26"),
        ("March 12, 2021 9:40 am", "en", None, "2021-03-12"),
        ("26 Jun 2023 10:58", "en", None, "2023-06-26"),
        ("Friday, 22 Nov 2024 4:55 PM MYT", "en", None, "2024-11-22"),
        ("2025-03-29T11:36:01Z", "en", None, "2025-03-29"),
        ("21/06/2014 Tony Carter", "en", None, "2014-06-21"),
        ("05/06/2024", "en", None, None),
        ("05/06/2024", "en", True, "2024-06-05"),
        ("05/06/2024", "vi", True, "2024-06-05"),
        ("Stand: 28.04.2023 16:11 Uhr", "de", True, "2023-04-28"),
        ("3. Mai 2024, 17:47", "de", True, "2024-05-03"),
        ("publié le 1er août 2023 à 12h", "fr", True, "2023-08-01"),
        ("14 de marzo de 2022", "es", True, "2022-03-14"),
        ("ngày 5 tháng 3 năm 2024", "vi", True, "2024-03-05"),
        ("5 марта 2024, 10:20", "ru", True, "2024-03-05"),
        ("2024年3月5日 10:20", "zh", True, "2024-03-05"),
        ("2024년 3월 5일", "ko", True, "2024-03-05"),
        ("٥ مارس ٢٠٢٤", "ar", True, "2024-03-05"),
        ("5 मार्च 2024", "hi", True, "2024-03-05"),
        ("5 มีนาคม 2567", "th", True, "2024-03-05"),
        ("31 February 2024", "en", None, None),
        ("12:30, version 1.2.3", "en", None, None),
        ("28 Adar 5781", "en", None, None),
        ("March 2024", "en", None, None),
        ("2 hours ago", "en", None, None),
    ],
)
def test_dates(text, language, day_first, found):
    assert read_date(text, language, day_first) == found


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ann Bee", "Ann Bee"),
        ("By TPS • 26 October, 2022", "TPS"),
        ("avatar by Reuters and Vale Staff", "Reuters and Vale Staff"),
        ("By Jon King, News Reporter", "Jon King"),
        (
            "Von Christian Unger, Tobias Köberlein und Laura Wagener",
            "Christian Unger, Tobias Köberlein and Laura Wagener",
        ),
        ("Por María Núñez | 3 de mayo de 2024", "María Núñez"),
        ("Posted by Michael David Smith on November 19, 2019, 6:21 AM EST", "Michael David Smith"),
        ("By Joseph Tsidulko November 19, 2019", "Joseph Tsidulko"),
        ("Автор: Анна Пчела", "Анна Пчела"),
        ("By\nSophie FosterTravel News Reporter", "Sophie Foster"),
        ("Photo by Cy Dee", None),
        ("By the river", None),
    ],
)
def test_bylines(line, author):
    assert described(f"{TITLE}\n\n{line}").author == author


def test_date_in_a_menu_or_a_list_is_not_the_articles():
    above = f"  • Home\n  • 1 May 2020\n  • News\n  • Sport\n  • Art\n  • Law\n  • Mail\n\n{TITLE}"
    below = "Share this\n\nSave this\n\nPrint this\n\nMost read\n\nA cow wins the race\n\n  • 8 Nov 2025"
    assert described(above, below).published is None


def test_dateline_and_agency():
    found = described(TITLE, body=BODY.replace("The Kestrel", "KESTREL, 6 May 2024 (AFP) - The Kestrel", 1))
    assert (found.published, found.author) == ("2024-05-06", "AFP")


def test_day_and_month_take_the_year_only_from_the_page():
    lead = "Theo phóng viên tại Hà Nội, ngày 13/7, hai bên đã ra tuyên bố chung thành lập cơ chế giữa hai nước."
    more = "Diễn đàn này sẽ do các cố vấn về an ninh cùng đại diện các bộ ngành của hai nước thực hiện."
    title = "Hai nước thành lập cơ chế đối thoại chiến lược"
    assert describe(clean(f"{title}\n{lead}\n{more}")).published is None
    caption = "Hai vị tổng thống tại Hà Nội, ngày 8/7/2022. Ảnh: AFP/TTXVN"
    assert describe(clean(f"{title}\n{lead}\n{caption}\n{more}")).published == "2022-07-13"


def test_publisher_behind_the_title():
    assert described(f"{TITLE} | Vale Gazette\n\n{TITLE}").publisher == "Vale Gazette"
    found = described(f"{TITLE} - Dunlin Gazette")
    assert (found.title, found.publisher) == (TITLE, "Dunlin Gazette")


def test_publisher_in_the_frame():
    menu = "\n".join(f"  • {item}" for item in ("Sport", "News", "Vale Gazette auf Facebook", "Vale Gazette-Logo"))
    found = described(f"Vale Gazette\n\n{menu}\n\n{TITLE}", f"{menu}\n\n© 2024 Vale Gazette Ltd. All rights reserved.")
    assert found.publisher == "Vale Gazette"


def test_unknown_is_none():
    assert described(TITLE) == Draft(text="", title=TITLE, language="en")


def test_language():
    assert detect_language("Đập nước được xây dựng vào thế kỷ trước.") == "vi"
    assert detect_language("12:30") is None
