"""What web pages state about their article, in the forms that publishers use; what they do not state stays unknown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extract import extract
from index.stated import one_line, tidy
from index.types import Draft

TEXT = (
    "The Kestrel dam holds forty million cubic metres of water, the mayor of the valley said on 3 March 2019.",
    "It was built in 1931 by the Vale company, and it has been raised twice since then, in 1954 and in 1980.",
    "Its lake is the valley's drinking water, and on summer days, when the sun is high, half the town swims in it.",
)
TITLE = "The dam at Kestrel is old"
HEADING = f"<title>{TITLE} | Vale Gazette</title>"
ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2024-05-06T23:30:00-05:00",
    "dateModified": "2024-06-01",
    "author": {"@type": "Person", "name": "Ann Bee"},
    "publisher": {"@type": "Organization", "name": "Vale Gazette"},
}
FULL = ("Vale Gazette", "Ann Bee", "2024-05-06")


def page(head: str = "", above: str = "", below: str = "", title: str = TITLE, text=TEXT, language: str = "en") -> str:
    """A page with a menu, a list of other articles with their dates, and a footer with a year."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    return f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>
<header><a href="/">Start</a><nav><ul><li><a href="/news">News</a></li><li>1 May 2020</li></ul></nav></header>
<main><article><h1>{title}</h1>{above}<div class="content">{paragraphs}</div>{below}</article></main>
<aside><h3>Most read</h3><ul><li><a href="/a">A cow wins the race</a>
<time datetime="2025-01-01">1 Jan 2025</time></li></ul></aside><footer>© 2025</footer></body></html>"""


def linked(*items: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{item if isinstance(item, str) else json.dumps(item)}</script>'
        for item in items
    )


def meta(**values: str) -> str:
    return "".join(f'<meta name="{key.replace("__", ":")}" content="{value}">' for key, value in values.items())


def properties(**values: str) -> str:
    return meta(**values).replace("<meta name", "<meta property")


PERSON = {"@type": "Person", "@id": "#a", "name": "Ann Bee"}
COMPANY = {"@type": ["Organization"], "@id": "#o", "name": "Vale Gazette"}


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (page(HEADING + linked(ARTICLE)), FULL),
        (page(HEADING + linked([{"@type": "BreadcrumbList"}, ARTICLE])), FULL),
        (page(HEADING + linked({"@graph": [{"@type": "WebPage", "@id": "#p"}, PERSON, COMPANY,
                                           {**ARTICLE, "author": {"@id": "#a"}, "publisher": {"@id": "#o"}}]})), FULL),
        (page(HEADING + linked({"@type": "WebPage", "mainEntity": ARTICLE})), FULL),
        (page(HEADING + linked({"@type": "ItemList", "itemListElement": [{**ARTICLE, "headline": "A cow wins",
                                "datePublished": "2025-01-01"}]}, ARTICLE)), FULL),
        (page(HEADING + linked("\n/*<![CDATA[*/" + json.dumps(ARTICLE) + "/*]]>*/\n")), FULL),
        (page(HEADING + linked(json.dumps(ARTICLE).replace("Ann Bee", "Ann\tBee"))), FULL),
        (page(HEADING + linked({**ARTICLE, "@type": ["Article", "ReportageNewsArticle"]})), FULL),
        (page(HEADING + linked({**ARTICLE, "publisher": "Vale Gazette", "author": "By Ann Bee"})), FULL),
        (page(HEADING + linked({**ARTICLE, "datePublished": "Mon, 06 May 2024 10:00:00 GMT"})), FULL),
        (page(HEADING + linked({**ARTICLE, "author": [PERSON, {"name": "Cy Dee"}]})),
         ("Vale Gazette", "Ann Bee, Cy Dee", "2024-05-06")),
        (page(HEADING + linked({**ARTICLE, "author": {"name": "https://vale.example/ann"}})),
         ("Vale Gazette", None, "2024-05-06")),
        (page(HEADING + properties(og__site_name="Vale Gazette", article__published_time="2024-05-06T10:00:00Z",
                                   article__modified_time="2024-06-01", article__author="Ann Bee")), FULL),
        (page(HEADING + properties(article__published_time="2024-05-06", article__author="https://f.example/ann")
              + meta(author="Ann Bee")), FULL),
        (page(HEADING + meta(author="Ann Bee", date="2024-05-06", publisher="Vale Gazette")), FULL),
        (page(HEADING + meta(**{"DC.creator": "Ann Bee", "DC.date.issued": "2024-05-06",
                                "DC.publisher": "Vale Gazette"})), FULL),
        (page(HEADING + meta(**{"parsely-author": "Ann Bee", "parsely-pub-date": "2024-05-06T10:00:00Z"})), FULL),
        (page(HEADING, '<div itemscope itemtype="https://schema.org/NewsArticle"><span itemprop="author" itemscope>'
              '<b itemprop="name">Ann Bee</b></span><meta itemprop="datePublished" content="2024-05-06"></div>'), FULL),
        (page(HEADING, '<p>By <a rel="author" href="/ann">Ann Bee</a></p><time datetime="2024-05-06T10:00">two years '
              "ago</time>"), FULL),
        (page(HEADING, '<div class="byline">By Ann Bee</div><div class="date">Updated: <time datetime="2024-06-01">'
              'June 1, 2024</time></div><div class="date">Published: <time datetime="2024-05-06">May 6, 2024</time>'
              "</div>"), FULL),
        (page(HEADING, "<div>By Ann Bee</div><div>May 6, 2024 10:00 am</div><div>Updated June 1, 2024</div>"), FULL),
        (page(f"<title>{TITLE}</title>"), (None, None, None)),
        (page(f"<title>{TITLE}</title>" + meta(date="0000-00-00")), (None, None, None)),
        (page(f"<title>{TITLE} &raquo; Vale Gazette</title>"), ("Vale Gazette", None, None)),
        (page(properties(og__title=f"{TITLE} - Vale Gazette", og__site_name="Vale Gazette")),
         ("Vale Gazette", None, None)),
    ],
)  # fmt: skip
def test_publisher_author_and_date(tmp_path, html, found):
    path = tmp_path / "a.html"
    path.write_text(html, encoding="utf-8")
    publisher, author, published = found
    assert extract(path) == (
        Draft(
            text="\n\n".join((TITLE, *TEXT)),
            title=TITLE,
            publisher=publisher,
            author=author,
            published=published,
            language="en",
        ),
    )


@given(st.lists(st.sampled_from("a \n\ud83c\udf89\u0301\x00\u200b") | st.characters()).map("".join))
def test_what_is_stated_can_be_stored(text):
    for clean in (tidy(text), one_line(text) or ""):
        assert clean.encode().decode() == clean == tidy(clean)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (
            page(
                "<title>Đập nước cũ ở Kestrel | Báo Vịnh</title>",
                "<span>Thứ hai, 6/5/2024, 10:00 (GMT+7)</span>",
                '<p class="author">Nguyễn Văn Nam</p>',
                "Đập nước cũ ở Kestrel",
                (
                    "Đập nước Kestrel chứa bốn mươi triệu mét khối nước, nhiều hơn mọi đập khác trong thung lũng này.",
                    "Đập được công ty Vale xây dựng vào năm 1931 và từ đó đã được nâng cao hai lần, năm 1954 và 1980.",
                    "Hồ là nguồn nước uống của thung lũng, và vào mùa hè thì nửa thị trấn tắm ở đó.",
                ),
                "vi",
            ),
            ("Đập nước cũ ở Kestrel", "Báo Vịnh", "Nguyễn Văn Nam", "2024-05-06", "vi"),
        ),
        (
            page(
                "<title>Der Damm ist alt - Tal-Zeitung</title>",
                '<p>Von <a href="/autor/anna">Anna Biene</a></p><span>06.05.2024, 10:00 Uhr</span>',
                "",
                "Der Damm ist alt",
                (
                    "Der Damm fasst vierzig Millionen Kubikmeter Wasser, mehr als jeder andere im Tal, sagte man uns.",
                    "Er wurde 1931 von der Firma Vale gebaut und seither zweimal erhöht, nämlich 1954 und 1980.",
                    "Der See ist das Trinkwasser des Tals, und im Sommer schwimmt die halbe Stadt darin.",
                ),
                "en",  # as many templates say, wherever they are used
            ),
            ("Der Damm ist alt", "Tal-Zeitung", "Anna Biene", "2024-05-06", "de"),
        ),
    ],
)
def test_other_languages(tmp_path, html, found):
    path = tmp_path / "a.html"
    path.write_text(html, encoding="utf-8")
    (draft,) = extract(path)
    assert (draft.title, draft.publisher, draft.author, draft.published, draft.language) == found
