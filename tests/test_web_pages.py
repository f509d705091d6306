"""Web pages of unusual shape: the article's paragraphs alone, and what the page says of it."""

# ruff: noqa: E501 - markup is kept as it comes

import json

import pytest

from index.extract import extract
from index.types import Draft


def linked(*items: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(one, ensure_ascii=False)}</script>' for one in items
    )


def page(language: str, head: str, body: str, **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<!DOCTYPE html><html lang="{language}"{more}><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def within(mark: str, *texts: str) -> str:
    return "".join(f"<{mark}>{text}</{mark.split()[0]}>" for text in texts)


VI_TITLE = "Làng gốm Phước Lâm thắp lại lò nung sau mười hai năm"
VI = (
    "Sáng 3/2, các thợ gốm làng Phước Lâm đốt lại lò nung lớn nhất của làng, vốn đã tắt từ năm 2012 vì thiếu đất sét.",
    "Theo ông Trần Văn Lộc, trưởng làng nghề, mẻ gốm đầu tiên gồm hơn bốn trăm sản phẩm và phải nung liên tục ba ngày đêm.",
    "“Chúng tôi giữ lửa thay phiên nhau, không ai dám ngủ quá hai tiếng”, ông Lộc nói.",
    "Tỉnh sẽ hỗ trợ làng mở một nhà trưng bày trong năm nay, dự kiến đón khách từ tháng chín.",
)
VIETNAMESE = page(
    "vi",
    f'<title>{VI_TITLE} | Nhật báo Sông Hàn</title><meta property="og:site_name" content="Nhật báo Sông Hàn">'
    f'<meta property="og:title" content="{VI_TITLE}"><meta property="article:published_time" content="2024-02-03T10:12:00+07:00">',
    '<div class="header"><a href="/">Trang chủ</a> <a href="/thoi-su">Thời sự</a> <a href="/van-hoa">Văn hóa</a></div>'
    f'<div class="main-col"><h1 class="cms-title">{VI_TITLE}</h1><div class="cms-date">03/02/2024 10:12 GMT+7</div>'
    f'<h2 class="cms-desc">{VI[0]}</h2><div id="content-body">{within("p", VI[1])}'
    '<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a href="/b" title="Chợ nổi vắng khách">Chợ nổi vắng khách ngày đầu năm</a></div>'
    f'<table class="pic"><tr><td><img src="a.jpg"></td></tr><tr><td class="caption">Lò nung của làng Phước Lâm. Ảnh: HỒNG HẠNH</td></tr></table>{within("p", *VI[2:])}'
    '<p style="text-align: right;"><strong>LÊ MINH</strong></p></div><div class="tags">Từ khóa: <a href="/t1">làng gốm</a> <a href="/t2">lò nung</a></div></div>'
    '<div class="sidebar"><h3>Đọc nhiều</h3><ul><li><a href="/c">Giá cà phê lại tăng</a></li><li><a href="/d">Cầu mới thông xe</a></li></ul></div>'
    '<div class="footer"><p>Giấy phép số 12/GP-BTTTT. Ghi rõ nguồn khi phát hành lại thông tin từ website này.</p></div>',
)  # fmt: skip

AR_TITLE = "مزارعو الواحة يعودون إلى النخيل القديم"
AR = (
    "عاد مزارعو الواحة هذا العام إلى زراعة أصناف النخيل القديمة بعد أن تراجع محصول الأصناف الحديثة إلى النصف.",
    "وقال سالم المرزوقي، وهو مزارع في السبعين من عمره، إن النخلة القديمة تحتاج إلى ماء أقل وتصبر على الملح.",
    "وتوزع التعاونية المحلية ثلاثة آلاف فسيلة مجانا حتى نهاية الشهر الجاري.",
)
ARABIC = page(
    "ar",
    f"<title>{AR_TITLE} - صوت الواحة</title>"
    + linked({"@context": "https://schema.org", "@graph": [
        {"@type": "WebSite", "@id": "#s", "name": "صوت الواحة"}, {"@type": "BreadcrumbList", "itemListElement": []},
        {"@type": "Person", "@id": "#p", "name": "هدى الكيلاني"},
        {"@type": "NewsArticle", "headline": AR_TITLE, "datePublished": "2023-11-18T07:00:00+01:00", "author": {"@id": "#p"},
         "publisher": {"@id": "#s"}, "inLanguage": "ar"}]}),
    '<div class="cookie-bar" role="dialog"><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك في الموقع، وبمتابعة التصفح فإنك توافق على ذلك.</p><button>موافق</button></div>'
    f'<header><nav><a href="/">الرئيسية</a><a href="/a">أخبار</a></nav></header><main><h1>{AR_TITLE}</h1><div class="meta">هدى الكيلاني</div>'
    f'<section class="text">{within("p", *AR)}</section><section class="more"><h2>مواضيع ذات صلة</h2><div class="card"><a href="/b"><h3>مهرجان التمور ينطلق الخميس</h3></a></div></section></main>',
    dir="rtl",
)  # fmt: skip

JA_TITLE = "廃校の体育館、図書室に"
JA = (
    "十年前に閉校した小学校の体育館が、四月から町の図書室として使われることになった。町が二月の議会で明らかにした。",
    "床はそのまま残し、壁際に高さ二メートルの書棚を並べる。蔵書は一万二千冊で、半分は住民の寄贈だという。",
    "「子どもの声が戻るのが何よりうれしい」と、元校長の森田すみえさん（七十八）は話す。",
)
JAPANESE = page(
    "ja",
    f'<title>{JA_TITLE} | 山あいタイムス</title><meta name="author" content="佐野健">',
    '<div id="wrapper"><ul id="gnav"><li><a href="/">トップ</a></li><li><a href="/town">まち</a></li></ul><div id="main">'
    f'<h1>{JA_TITLE}</h1><p class="date">公開日：2024年2月27日 17:05</p><div class="entry">{JA[0]}<br><br>{JA[1]}<br><br>{JA[2]}</div>'
    '<div class="sns"><a href="#">ツイート</a><a href="#">シェア</a></div><h3>関連記事</h3><ul><li><a href="/1">バス路線、春に見直し</a></li><li><a href="/2">雪まつりに三千人</a></li></ul>'
    '</div><div id="footer"><p>Copyright (C) 山あいタイムス All Rights Reserved.</p></div></div>',
)  # fmt: skip

RU_TITLE = "В Заозёрске открыли мост, который строили девять лет"
RU = (
    "В Заозёрске в субботу открыли мост через реку Тихую, строительство которого началось ещё в 2014 году.",
    "По словам главы района Олега Синицына, дорога до областной больницы сократилась с сорока километров до шести.",
    "Первыми по мосту проехали школьный автобус и молоковоз, а пешеходов пустили только вечером.",
)
COMMENTS_RU = (
    "Девять лет! За это время можно было построить десять таких мостов и ещё дорогу к ним, а не ездить в объезд через лес.",
    "Я живу на том берегу с детства и каждый день возил детей в школу на лодке, поэтому для нас это праздник, а не повод ворчать.",
    "А кто ответит за смету, которую увеличили три раза? Почему об этом в статье нет ни единого слова, хотя это знают все в городе?",
    "Посмотрим, что будет весной, когда пойдёт лёд. Старый мост тоже хвалили, пока его не снесло вместе с двумя опорами.",
    "Спасибо рабочим! Остальное приложится, как говорила моя бабушка, которая помнила ещё паром и перевозчика Кузьму.",
)
RUSSIAN = page(
    "ru",
    f"<title>{RU_TITLE}</title>",
    f'<div class="top"><a href="/">Заозёрский листок</a></div><div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline name">{RU_TITLE}</h1>'
    '<div class="info"><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ирина Белова</span></span> '
    '<time itemprop="datePublished" datetime="2023-09-16">16 сентября</time></div><div itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="Заозёрский листок"></div>'
    f'<div itemprop="articleBody">{within("p", *RU)}</div></div><div class="b-comments" id="comments-block"><h3>Комментарии (5)</h3>'
    + "".join(f'<div class="comment-item"><span class="nick">user{i}</span><p>{text}</p></div>' for i, text in enumerate(COMMENTS_RU))
    + "</div>",
)  # fmt: skip

LIVE_TITLE = "Storm Odile: ferries stop and trains run late"
LIVE = (
    "All ferries to the islands have stopped, and trains on the coast line run up to an hour late, the rail company says.",
    "The harbour master has closed the outer gate after two fishing boats broke loose and drifted against the mole.",
    "Schools on the islands stay shut until Thursday, the education board has decided after talks with the mayors.",
    "A falling plane tree has hit a parked tram in Quay Street. Nobody was in it, the fire brigade says.",
)
LIVE_BLOG = page(
    "en",
    f"<title>{LIVE_TITLE} – as it happened | The Quay</title>" + linked({
        "@type": "LiveBlogPosting", "headline": LIVE_TITLE, "datePublished": "2022-10-04T06:10:00Z", "author": {"name": "Tess Ardley"},
        "publisher": {"name": "The Quay"}, "coverageStartTime": "2022-10-04T06:00:00Z", "liveBlogUpdate": []}),
    f'<header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">Weather</a></li></ul></nav></header><main><h1>{LIVE_TITLE}</h1><p class="byline">Tess Ardley</p><article>'
    + "".join(f'<section class="entry" id="e{i}"><time datetime="2022-10-04T1{9 - i}:05:00Z">1{9 - i}:05</time><p>{text}</p></section>' for i, text in enumerate(LIVE))
    + '</article></main><aside><h2>Most viewed</h2><ol><li><a href="/1">The cat that rode the number 9</a></li></ol></aside>',
)  # fmt: skip

STUB_TITLE = "Warum die Seilbahn seit Jahren stillsteht"
STUB = (
    "Seit sechs Jahren fährt die Seilbahn zum Hochkogel nicht mehr, obwohl die Stützen neu sind und das Seil bezahlt ist.",
    "Der Streit begann mit einem Gutachten, das der Gemeinderat im Herbst 2017 bestellt und nie gelesen hat.",
)
PAYWALL = page(
    "de",
    f'<title>{STUB_TITLE} - Bergland-Kurier</title><meta name="author" content="Bergland-Kurier, Vroni Aigner"><meta property="og:site_name" content="Bergland-Kurier">'
    '<meta name="date" content="2023-05-22T05:00:00+02:00">',
    f'<header><nav><a href="/">Start</a><a href="/abo">Abo</a></nav></header><article><h1>{STUB_TITLE}</h1>{within("p", *STUB)}'
    '<div class="paywall-overlay"><h3>Weiterlesen mit BK plus</h3><ul><li>Alle Artikel auf bergland-kurier.example lesen</li><li>Jederzeit kündbar</li></ul>'
    '<p>Sie haben bereits ein Abonnement? Dann melden Sie sich hier an.</p><a class="btn" href="/login">Anmelden</a></div></article><footer>Impressum</footer>',
)  # fmt: skip

CLIP_TITLE = "Drone film shows the drowned village"
CLIP = (
    "The village of Old Marle, drowned in 1957, has come up again in the dry lake, and a drone has filmed its church.",
)
VIDEO = page(
    "en",
    f"<title>{CLIP_TITLE} - video - Marle Mail</title>" + linked({
        "@type": "VideoObject", "name": CLIP_TITLE, "uploadDate": "2022-08-09", "description": CLIP[0]})
    + '<meta property="og:site_name" content="Marle Mail"><meta property="article:published_time" content="2022-08-09T12:00:00Z">',
    f'<nav><a href="/">Home</a></nav><main><div class="player"><video src="v.mp4"></video><div class="controls">Play Mute 0:00 / 1:42</div></div><h1>{CLIP_TITLE}</h1>{within("p", *CLIP)}'
    '<div class="up-next"><h2>Up next</h2><ul><li><a href="/1">Goat on the roof of the library 0:48</a></li><li><a href="/2">How to tie a bowline 2:10</a></li></ul></div></main>',
)  # fmt: skip

BARE_TITLE = "Les abeilles du clocher"
BARE = (
    "Depuis le mois de mai, un essaim occupe le clocher de Saint-Rémi, et personne n’ose plus sonner la cloche de midi.",
    "L’apiculteur du village a proposé de le déplacer ; le curé, lui, préfère attendre l’automne.",
    "En attendant, c’est l’instituteur qui donne l’heure, au porte-voix, depuis la fenêtre de l’école.",
)
BARE_PAGE = f"<html><body><h1>{BARE_TITLE}</h1>{within('p', *BARE)}<hr><p><a href='/'>Retour</a></p></body></html>"

BOX_TITLE = "La biblioteca abre de noche"
BOX = (
    "La biblioteca municipal abrirá de noche los martes y los jueves, hasta la una, a partir del próximo mes de noviembre.",
    "La medida costará cuarenta mil euros al año, según la concejala de Cultura, que espera doscientos lectores cada noche.",
    "Los estudiantes la pedían desde 2016 y llegaron a reunir tres mil firmas en la puerta del edificio.",
    "El bar de enfrente ya ha anunciado que cerrará también a la una.",
)
BOXES = page(
    "es",
    f'<title>{BOX_TITLE}</title><meta property="og:site_name" content="Diario de la Vega"><meta property="og:title" content="{BOX_TITLE} | Diario de la Vega">'
    '<meta property="article:published_time" content="2021-10-12">',
    f'<article class="noticia"><h1>{BOX_TITLE}</h1><div class="autor">Por <a href="/autor/pilar">Pilar Osuna</a></div>{within("p", BOX[0])}'
    '<div class="despiece relacionadas"><h4>Noticias relacionadas</h4><article><h5><a href="/1">El mercado cambia de horario</a></h5><p>El mercado central adelantará su cierre una hora desde el lunes, y los vendedores protestan.</p></article></div>'
    f'{within("p", BOX[1])}<div class="newsletter"><p>Recibe cada mañana las noticias de la Vega en tu correo.</p><form><input type="email"></form></div>{within("p", *BOX[2:])}</article>'
    '<section class="mas"><h2>Lo más leído</h2><ol><li><a href="/2">Un oso en la piscina</a></li></ol></section>',
)  # fmt: skip

MODERN_TITLE = "Chess club moves into the old bank vault"
MODERN = (
    "The chess club of Ferrow has moved into the vault of the old savings bank, behind a door that weighs four tonnes.",
    "“It is quiet, and nobody can walk out after a lost game,” says the club’s chair, Ottilie Brandt.",
    "Eighty people have joined since March, more than in the twenty years before.",
)
NO_SEMANTICS = page(
    "en-GB",
    f'<title>{MODERN_TITLE}</title><link rel="canonical" href="https://www.ferrowpost.example/chess"><meta property="og:site_name" content="Ferrow Post">',
    '<div id="__next"><div class="css-1x"><div class="css-9a"><a class="css-k" href="/">Ferrow Post</a><a class="css-k" href="/x">Clubs</a></div>'
    f'<div class="css-7f"><h1 class="css-h">{MODERN_TITLE}</h1><div class="css-m"><span>Noor Haddad</span><time datetime="2024-06-11T09:00:00.000Z">11 June</time></div>'
    f'{"".join(f"<div class=css-p><span>{text}</span></div>" for text in MODERN)}</div><div class="css-9z"><div class="css-q">You might also like</div>'
    '<div class="css-c"><a href="/1"><span>Swans block the ring road</span></a></div></div></div></div>',
)  # fmt: skip

PAGES = {
    "Vietnamese CMS, standfirst as h2": (VIETNAMESE, VI_TITLE, VI, "Nhật báo Sông Hàn", "Lê Minh", "2024-02-03", "vi"),
    "Arabic, cookie bar first, @graph": (ARABIC, AR_TITLE, AR, "صوت الواحة", "هدى الكيلاني", "2023-11-18", "ar"),
    "Japanese, line breaks for paragraphs": (JAPANESE, JA_TITLE, JA, "山あいタイムス", "佐野健", "2024-02-27", "ja"),
    "Russian, microdata, long comments": (RUSSIAN, RU_TITLE, RU, "Заозёрский листок", "Ирина Белова", "2023-09-16", "ru"),
    "live blog": (LIVE_BLOG, LIVE_TITLE, LIVE, "The Quay", "Tess Ardley", "2022-10-04", "en"),
    "behind a paywall": (PAYWALL, STUB_TITLE, STUB, "Bergland-Kurier", "Vroni Aigner", "2023-05-22", "de"),
    "video": (VIDEO, CLIP_TITLE, CLIP, "Marle Mail", None, "2022-08-09", "en"),
    "nothing but text": (BARE_PAGE, BARE_TITLE, BARE, None, None, None, "fr"),
    "boxes inside": (BOXES, BOX_TITLE, BOX, "Diario de la Vega", "Pilar Osuna", "2021-10-12", "es"),
    "div and span alone": (NO_SEMANTICS, MODERN_TITLE, MODERN, "Ferrow Post", None, "2024-06-11", "en"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_web_page(name: str, tmp_path) -> None:
    html, title, paragraphs, publisher, author, published, language = PAGES[name]
    path = tmp_path / "a.html"
    path.write_text(html, encoding="utf-8")
    (found,) = extract(path)
    assert found == Draft(
        text="\n\n".join((title, *paragraphs)),
        title=title,
        publisher=publisher,
        author=author,
        published=published,
        language=language,
        url=found.url,
    )


TITLE = "Kestrel dam must be rebuilt before next winter"
TEXT = (
    "The old dam above Kestrel is leaking, and the valley has one summer to mend it, engineers said on Monday.",
    "It was built in 1931 by the Vale company and raised twice since then, in 1954 and in 1980.",
    "The council wants to lower the lake by four metres in June; farmers fear for their wells and ask for help.",
)
HEADLINES = ("Badger expert tells the bypass inquiry", "Swimming gala raises £1,912 for lifeboat",
             "Lottery: winning ticket sold at the market")  # fmt: skip


def text_of(path, body: str) -> str:
    path.write_text(page("en", f"<title>{TITLE}</title>", body), encoding="utf-8")
    (found,) = extract(path)
    return found.text


@pytest.mark.parametrize(
    "box",
    [
        f"<div class=also><h5>You may also like</h5>{within('p', *HEADLINES)}</div>",
        f"<div id=right><p><strong>Most read</strong></p>{within('p', *HEADLINES)}</div>",
        f"<aside><b>More on this</b>{within('p', *HEADLINES)}</aside>",
    ],
)
def test_headlines_of_other_articles_are_left_out_though_not_linked(box: str, tmp_path) -> None:
    body = f"<div><h1>{TITLE}</h1>{within('p', *TEXT)}</div>"
    assert text_of(tmp_path / "a.html", body + box) == "\n\n".join((TITLE, *TEXT))


def test_a_card_of_facts_stays(tmp_path) -> None:
    facts = ("Height when it was built: 40 metres", "Height since the second raising: 52 metres", "Opened 6 May 1931")
    body = f"<div><h1>{TITLE}</h1>{within('p', *TEXT)}<div><h3>The dam</h3>{within('p', *facts)}</div></div>"
    assert text_of(tmp_path / "a.html", body).endswith("\n\n".join(facts))


def test_advertisements_menus_and_pointers_between_paragraphs_are_left_out(tmp_path) -> None:
    above = ("Weather: 9°C, drizzle | High water 14.22 | Lambs £104", "[Share] [Save] [Listen 4:12]")
    aside = (
        "Sponsored: pumps that never sleep. Ask for our catalogue.",
        "[Image: the dam in May]",
        "Related: Ferry late",
    )
    lines = [*above, TEXT[0], aside[0], TEXT[1], *aside[1:], TEXT[2]]
    body = f"<div><h1>{TITLE}</h1>{within('p', *lines)}</div>"
    assert text_of(tmp_path / "a.html", body) == "\n\n".join((TITLE, *TEXT))


OPINIONS = ("article--kommentar", "tone-comment", "page has-comments", "comments-open post", "piece opinion-comment")


@pytest.mark.parametrize("kind", OPINIONS)
def test_an_opinion_is_not_taken_for_its_readers_comments(kind: str, tmp_path) -> None:
    script = f"<script>var a = '{'x' * 3000}';</script><noscript><style>{'y' * 3000}</style></noscript>"
    comments = f"<section class='post__comments'>{within('p', 'I have known it for years, and I never believed a word.')}</section>"
    body = f"<h1>{TITLE}</h1><div class='{kind}'>{within('p', *TEXT)}</div>{comments}<div>{script}</div>"
    assert text_of(tmp_path / "a.html", body) == "\n\n".join((TITLE, *TEXT))


def test_what_holds_the_headline_is_the_article_whatever_it_is_called(tmp_path) -> None:
    body = f"<div class='comment-piece'><h1>{TITLE}</h1>{within('p', *TEXT)}</div>"
    assert text_of(tmp_path / "a.html", body) == "\n\n".join((TITLE, *TEXT))


def test_scripts_make_no_box_of_a_short_article(tmp_path) -> None:
    script = f"<script>var a = '{'x' * 3000}';</script>"
    body = f"<h1>{TITLE}</h1><div class='lead-caption'>{within('p', *TEXT)}</div>{script}"
    assert text_of(tmp_path / "a.html", body) == "\n\n".join((TITLE, *TEXT))


EVENTS = ("12 May 2021: work on the dam begins", "3 June 2022: the first flood", "6 May 2024: it is raised")


@pytest.mark.parametrize(("mark", "text"), [("li", ()), ("p", ()), ("p", TEXT)])
def test_what_happened_on_a_date_is_no_date(mark: str, text: tuple[str, ...], tmp_path) -> None:
    events = within(mark, *EVENTS)
    listed = f"<ul>{events}</ul>" if mark == "li" else events
    body = f"<div><h1>{TITLE}</h1><p>By Ann Bee</p><p>6 May 2024, 9:40</p>{listed}{within('p', *text)}</div>"
    assert text_of(tmp_path / "a.html", body) == "\n\n".join((TITLE, *EVENTS, *text))


def test_a_last_paragraph_on_rights_is_no_notice(tmp_path) -> None:
    last = "The court says that refugees keep all rights they had before 2015."
    for notice in ("All rights reserved.", "Alle Rechte vorbehalten.", "All rights Vale Media"):
        body = f"<div><h1>{TITLE}</h1>{within('p', *TEXT, last, notice)}</div>"
        assert text_of(tmp_path / "a.html", body) == "\n\n".join((TITLE, *TEXT, last))


def test_paragraphs_in_a_table_that_lays_out_the_page(tmp_path) -> None:
    menu = "<table><tr><td><b>VALE POST</b></td><td>News | Sport | Weather | Log in</td></tr></table>"
    body = f"{menu}<table><tr><td><h2>{TITLE}</h2>{within('p', *TEXT)}</td></tr></table>"
    assert text_of(tmp_path / "a.html", body) == "\n\n".join((TITLE, *TEXT))
