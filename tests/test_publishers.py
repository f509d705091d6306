"""Web pages built as large publishers build theirs: the article alone, and who published and wrote it when."""

# ruff: noqa: E501 - markup is kept as it comes

import json

import pytest

from index.extract import extract
from index.types import Draft
from tests.articles import TOLD


def linked(*items: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(i, ensure_ascii=False)}</script>' for i in items)


def properties(**values: str) -> str:
    return "".join(f'<meta property="{k.replace("__", ":")}" content="{v}">' for k, v in values.items())


def paragraphs(language: str, start: int = 0, end: int = 4, mark: str = "p") -> str:
    return "".join(f"<{mark}>{text}</{mark}>" for text in TOLD[language][1][start:end])


def page(language: str, head: str, body: str) -> str:
    return f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def title(language: str) -> str:
    return TOLD[language][0]


MENU = '<header><nav><ul><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li></ul></nav></header>'
SHARE = '<ul class="social-share"><li><a href="#">Facebook</a></li><li><a href="#">WhatsApp</a></li></ul>'
COOKIES = '<div id="cookie-consent" class="consent"><p>We use cookies to give you the best experience.</p></div>'
NEWSLETTER = '<div class="newsletter-signup"><h3>Sign up</h3><p>The best stories in your inbox every morning.</p></div>'
RELATED = (
    '<aside class="related"><h3>Related</h3><ul><li><a href="/a">Mayor opens the new bridge in the rain</a></li>'
    '<li><a href="/b">Cup final moved to Sunday after storm</a></li></ul></aside>'
)
LINKS = (
    '<h2>More from us</h2><ul><li><a href="/a">Mayor opens the new bridge in the rain</a></li>'
    '<li><span>In pictures: </span><a href="/b">the cup final that was moved to Sunday</a></li></ul>'
)
COMMENTS = (
    '<div id="comments" class="comments-area"><h2>2 comments</h2><ol><li><span class="author">Grumpy Bob</span>'
    "<p>They said the same thing ten years ago, and nothing at all has happened since then.</p></li></ol></div>"
)
FOOTER = "<footer><p>© 2025 All rights reserved.</p></footer>"

WORDPRESS = page(
    "en",
    f"<title>{title('en')} - Vale Gazette</title>"
    + properties(og__title=title("en"), og__site_name="Vale Gazette", og__url="https://valegazette.example.com/dam/")
    + linked({"@context": "https://schema.org", "@graph": [
        {"@type": "Article", "headline": title("en"), "datePublished": "2024-05-06T23:10:00-04:00",
         "author": {"name": "Ann Bee", "@id": "https://v.example/#/person/1"}, "publisher": {"@id": "https://v.example/#o"}},
        {"@type": "WebPage", "@id": "https://v.example/dam/", "name": f"{title('en')} - Vale Gazette"},
        {"@type": "Organization", "@id": "https://v.example/#o", "name": "Vale Gazette"},
        {"@type": "Person", "@id": "https://v.example/#/person/1", "name": "Ann Bee"}]}),
    f'{MENU}{COOKIES}<main><article class="post hentry"><header class="entry-header"><h1 class="entry-title">{title("en")}'
    '</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published" '
    'datetime="2024-05-06T23:10:00-04:00">May 6, 2024</time></span> <span class="byline">by <a rel="author" '
    f'href="/ann">Ann Bee</a></span></div></header><div class="entry-content">{paragraphs("en", 0, 2)}{RELATED}'
    f'{paragraphs("en", 2)}</div></article>{SHARE}{NEWSLETTER}{COMMENTS}</main>{FOOTER}',
)  # fmt: skip

ARC = page(
    "en",
    f"<title>{title('en')} | Dunlin Post</title>" + properties(og__site_name="Dunlin Post", og__title=title("en"))
    + linked(
        {"@type": "NewsMediaOrganization", "name": "Dunlin Post"},
        {"@type": "NewsArticle", "headline": "Cup final moved to Sunday after storm", "datePublished": "2025-01-01"},
        {"@type": ["NewsArticle"], "headline": title("en"), "datePublished": "2024-05-06T08:00:00.000Z",
         "author": [{"@type": "Person", "name": "Ann Bee"}, {"@type": "Person", "name": "Cy Dee"}],
         "publisher": {"@type": "NewsMediaOrganization", "name": "Dunlin Post", "logo": {"@type": "ImageObject"}}},
    ),
    f'<div id="fusion-app">{MENU}<main><h1 class="headline">{title("en")}</h1><div class="byline-row">By Ann Bee and Cy '
    f'Dee</div>{SHARE}<article class="article-body-wrapper">{paragraphs("en", 0, 3)}<p><b>Read more: </b>'
    f'<a href="/a">Mayor opens the new bridge in the rain</a></p>{paragraphs("en", 3)}{LINKS}</article></main>{FOOTER}</div>',
)  # fmt: skip

DRUPAL = page(
    "fr",
    f"<title>{title('fr')} | Le Courrier du Val</title>"
    '<meta name="dcterms.date" content="2024-05-06T10:00+02:00"><meta name="author" content="Par Anne Abeille">'
    + properties(og__site_name="Le Courrier du Val", article__published_time="2024-05-06T10:00:00+0200",
                 article__modified_time="2024-05-07T10:00:00+0200"),
    f'{MENU}<div class="region-content"><h1 class="page-header"><span>{title("fr")}</span></h1><div class="node__content">'
    f'<div class="field--name-field-image"><img src="a.jpg" alt="lac"><div class="field--name-field-caption">Le lac. '
    f'Photo: Cy Dee</div></div><div class="field field--name-body">{paragraphs("fr")}</div>'
    f'</div>{SHARE}{RELATED}</div>{FOOTER}',
)  # fmt: skip

VIETNAMESE = page(
    "vi",
    f"<title>{title('vi')} - Báo Thung Lũng</title>" + properties(og__title=title("vi"), og__site_name="thunglung.example")
    + '<meta name="pubdate" content="2024-05-06T07:30:00+07:00"><meta name="copyright" content="Báo Thung Lũng">',
    f'{MENU}<section class="page-detail"><span class="date">Thứ hai, 6/5/2024, 07:30 (GMT+7)</span><h1 class="title-detail">'
    f'{title("vi")}</h1><article class="fck_detail">{paragraphs("vi")}<p style="text-align:right" class="author_mail">'
    f'<strong>Nguyễn Văn Nam</strong></p></article></section><div class="box-tinlienquanv2">'
    f'<article><h4><a href="/a">Thị trưởng khánh thành cầu mới trong mưa</a></h4></article></div>{FOOTER}',
)  # fmt: skip

ARABIC = page(
    "ar",
    f"<title>{title('ar')} | أخبار الوادي</title>" + properties(og__title=title("ar"), og__site_name="أخبار الوادي"),
    f'{MENU}<main dir="rtl"><h1>{title("ar")}</h1><div class="article-info"><span>بقلم: ليلى حداد</span><span>'
    f'<time datetime="2024-05-06T12:00:00+03:00">6 أيار/مايو 2024</time></span></div><div class="article-body">'
    f'{paragraphs("ar")}</div></main>{RELATED}{FOOTER}',
)  # fmt: skip

JAPANESE = page(
    "ja",
    f"<title>{title('ja')}：谷間新聞</title>"
    + linked({"@type": "NewsArticle", "headline": f"{title('ja')}：谷間新聞", "datePublished": "2024-05-06T09:00:00+09:00",
              "publisher": {"name": "谷間新聞"}, "author": {"@type": "Person", "name": ["田中花子", "鈴木一郎"]}}),
    f'{MENU}<main><h1 class="title">{title("ja")}</h1><p class="date">2024年5月6日 9:00</p><div class="article-text">'
    f'{paragraphs("ja")}</div><div class="related-list"><h2>関連記事</h2><ul><li><a href="/a">町長が新しい橋の開通式に出席し'
    f'ました</a></li></ul></div></main>{FOOTER}',
)  # fmt: skip

GERMAN = page(
    "de",
    f"<title>{title('de')} - Tal-Zeitung</title>"
    + linked({"@type": "NewsArticle", "headline": title("de"), "datePublished": "2024-05-06T06:00:00+02:00",
              "author": [{"@type": "Person", "name": "Anna Biene"}, {"@type": "Organization", "name": "dpa"}],
              "publisher": {"@type": "Organization", "name": "Tal Verlagsgesellschaft mbH"}})
    + properties(og__site_name="Tal-Zeitung", og__url="https://www.tal-zeitung.example.de/damm"),
    f'{MENU}<article><h1><span class="headline">{title("de")}</span></h1><p class="byline">Von Anna Biene</p>'
    f'{paragraphs("de", 0, 2)}<div class="teaser teaser--related"><strong>Lesen Sie auch: </strong><a href="/a">Bürgermeister'
    f' eröffnet neue Brücke im Regen</a></div>{paragraphs("de", 2)}<p>© dpa-infocom, dpa:240506-99</p></article>{FOOTER}',
)  # fmt: skip

MICRODATA = page(
    "es",
    f"<title>{title('es')} » Local » Noticias » El Valle Diario</title>",
    f'{MENU}<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{title("es")}</h1>'
    '<span itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">María Núñez</span></span>'
    '<time itemprop="datePublished" datetime="2024-05-06T09:00:00+02:00">hace dos años</time><time itemprop="dateModified" '
    f'datetime="2024-06-01">1 de junio</time><div itemprop="articleBody">{paragraphs("es")}</div></div>{COMMENTS}{FOOTER}',
)  # fmt: skip

LIVE = page(
    "en",
    f"<title>{title('en')} – live | Vale Gazette</title>" + properties(og__site_name="Vale Gazette")
    + linked({"@type": "LiveBlogPosting", "headline": title("en"), "datePublished": "2024-05-06T06:00:00+01:00",
              "author": "By Ann Bee", "publisher": {"name": "Vale Gazette"}, "liveBlogUpdate": [
                  {"@type": "BlogPosting", "headline": "Lake falls", "datePublished": "2024-05-07"}]}),
    f'{MENU}<main><h1>{title("en")}</h1><article>{paragraphs("en")}</article>{NEWSLETTER}</main>{FOOTER}',
)  # fmt: skip

TEMPLATE = page(
    "en",
    f"<title>{title('en')} -- Kestrel Voice</title>"
    + properties(og__title=f"{title('en')} -- Kestrel Voice", og__site_name="Kestrel Voice | The valley's news",
                 og__url="https://www.kestrelvoice.example.org/dam")
    + linked({"@type": "BlogPosting", "headline": f"{title('en')} -- Kestrel Voice", "author": {"name": "admin"},
              "publisher": {"name": "Blogger"}, "dateCreated": "2024-05-06"}),
    f'{MENU}<div class="post"><h1>{title("en")}</h1><div class="post-body">{paragraphs("en")}</div></div>{COMMENTS}{FOOTER}',
)  # fmt: skip

PUBLISHERS = {
    "wordpress": (WORDPRESS, "en", "Vale Gazette", "Ann Bee"),
    "arc": (ARC, "en", "Dunlin Post", "Ann Bee, Cy Dee"),
    "drupal": (DRUPAL, "fr", "Le Courrier du Val", "Anne Abeille"),
    "vietnamese": (VIETNAMESE, "vi", "Báo Thung Lũng", "Nguyễn Văn Nam"),
    "arabic": (ARABIC, "ar", "أخبار الوادي", "ليلى حداد"),
    "japanese": (JAPANESE, "ja", "谷間新聞", "田中花子, 鈴木一郎"),
    "german": (GERMAN, "de", "Tal-Zeitung", "Anna Biene, dpa"),
    "microdata": (MICRODATA, "es", "El Valle Diario", "María Núñez"),
    "live": (LIVE, "en", "Vale Gazette", "Ann Bee"),
    "template": (TEMPLATE, "en", "Kestrel Voice", None),
}


@pytest.mark.parametrize("name", PUBLISHERS)
def test_page_of(name: str, tmp_path) -> None:
    html, language, publisher, author = PUBLISHERS[name]
    path = tmp_path / "a.html"
    path.write_text(html, encoding="utf-8")
    (found,) = extract(path)
    headline, text = TOLD[language]
    assert found == Draft(
        text="\n\n".join((headline, *text)),
        title=headline,
        publisher=publisher,
        author=author,
        published="2024-05-06",
        language=language,
        url=found.url,
    )
