"""Saved pages without metadata, each another way: who published them, who wrote them, when, under what title."""

from pathlib import Path

import pytest

from index.clean import clean
from index.describe import describe
from index.extract import extract
from index.publisher import bare_name
from index.types import Draft
from tests.articles import TOLD

PAGES = {
    "menu of bullets, owner in the foot": (
        "en",
        "SKIP TO MAIN CONTENT\n\nKestrel Post\n\n  • Home\n  • World\n  • Sport\n  • Arts\n\nLocal\n\n{title}\n\n"
        "Words by Ann Bee | Photography by Cy Dee\nMon 6 May 2024 10.05 BST\nShare",
        "Most viewed\n  • Mayor opens bridge in the rain\n\nAbout  Contact  Jobs\n"
        "Kestrel Post is published by Vale Media Ltd, 3 High Street.",
        ("Kestrel Post", "Ann Bee"),
    ),
    "date beside the masthead, name before a role, mail address": (
        "en",
        "Dunlin Weekly Herald          Monday, May 6, 2024\n\nNews | Sport | Law | Weather | Jobs\n\n{title}\n\n"
        "Ann Bee, Crime Correspondent\n\nSHARE THIS",
        "RELATED ARTICLES\nMayor opens bridge in the rain\n\nTerms | Privacy | Contact us: desk@dunlinherald.example",
        ("Dunlin Weekly Herald", "Ann Bee"),
    ),
    "nothing but buttons and sections": (
        "en",
        "Top Stories\n\nNews | Sport | Law | Weather\n\n{title}\n\nby Mary MacTavish\n6 May 2024",
        "Top Stories\nMayor opens bridge\nCup final moved\n\nNews\nSport\nLaw\n\nPrivacy | Terms",
        (None, "Mary MacTavish"),
    ),
    "ticker and caption longer than the headline": (
        "en",
        "THE DUNLIN ECHO\nSkip to content\n\nNews   Sport   Law   Weather   Jobs\n\nNow: mayor opens new bridge in rain"
        "  |  cup final moved to Sunday after storm  |  library shut until June\n\n{title}\n\nAnn Bee 7 hours ago\n"
        "6 May 2024\n\n[Picture: The lake behind the dam at Kestrel on a summer evening, with swimmers]\n"
        "The lake behind the dam at Kestrel on a summer evening, with swimmers. Picture: Cy Dee",
        "The Dunlin Echo, founded in 1902. Cookies.",
        ("The Dunlin Echo", "Ann Bee"),
    ),
    "our reporter, publisher among legal links": (
        "de",
        "Zum Inhalt springen\nAnmelden\n\nDunlin-Kurier   Montag, 6. Mai 2024\nPolitik   Sport   Kultur   Wetter\n\n"
        "Vermischtes\n\n{title}\n\nVon unserer Mitarbeiterin Anna Biene\n06.05.2024, 17:12 Uhr",
        "Meistgelesen\n1. Bürgermeister öffnet Brücke\n\nDunlin-Kurier · Kestrel Verlag GmbH · Impressum · Datenschutz",
        ("Dunlin-Kurier", "Anna Biene"),
    ),
    "name, date and reading time in a line": (
        "de",
        "TAGBLATT FÜR DUNLIN\nUnabhängige Zeitung seit 1871\n\nPolitik · Sport · Kultur · Wetter\n\n{title}\n\n"
        "Anna Biene · 6. Mai 2024 · 3 Min.",
        "© 2024 Tagblatt für Dunlin. Alle Rechte vorbehalten.",
        ("Tagblatt für Dunlin", "Anna Biene"),
    ),
    "byline behind the date": (
        "fr",
        "LA DÉPÊCHE DU VAL\n\nAccueil - Communes - Sports - Météo\nS'abonner\n\n{title}\n\n"
        "Publié le lundi 6 mai 2024 à 7 h 30, par Anne Abeille",
        "À lire aussi\nLe maire inaugure le pont\n\n© La Dépêche du Val 2024 - Tous droits réservés",
        ("La Dépêche du Val", "Anne Abeille"),
    ),
    "slogan behind the masthead, handle under the name": (
        "es",
        "El Correo del Valle | Noticias del día\nPortada  Local  Deportes  Cultura\n\n{title}\n\n"
        "María Núñez\n@mnunez\n06/05/2024 a las 08:12h",
        "Más leídas\n1. El alcalde abre el puente\n\nContacto: lectores@correodelvalle.example · Aviso legal",
        ("El Correo del Valle", "María Núñez"),
    ),
    "date first, signed below": (
        "vi",
        "Thứ Hai, ngày 6 tháng 5 năm 2024\nBÁO THUNG LŨNG\n\nTrang chủ | Chính trị | Xã hội | Thể thao\n\n"
        "Mới nhất: Thị trưởng khánh thành cầu | Dời trận chung kết | Giá xăng giảm mạnh\n\n{title}",
        "NGUYỄN VĂN NAM\n\nTin khác\n• Thị trưởng khánh thành cầu\n\n® Báo Thung Lũng giữ bản quyền nội dung.",
        ("Báo Thung Lũng", "Nguyễn Văn Nam"),
    ),
    "text and pictures by one": (
        "vi",
        "Thung Lũng Online\nTin tức   Kinh tế   Sức khỏe   Du lịch   Xe\n\n{title}\n\n"
        "Thứ 2, 06/05/2024 - 08:12\nBài và hình ảnh: Lê Minh An",
        "Xem thêm\n• Thị trưởng khánh thành cầu\n\nLiên hệ: toasoan@thunglung.example",
        ("Thung Lũng Online", "Lê Minh An"),
    ),
    "quoted in the foot, in small letters": (
        "ru",
        "Вести долины\n\nПолитика | Спорт | Культура | Погода\n\n{title}\n\nТекст: Анна Пчела\n6 мая 2024, 10:20",
        "Читайте также\nМэр открыл мост\n\nПри использовании материалов ссылка на «Вести долины» обязательна.",
        ("Вести долины", "Анна Пчела"),
    ),
    "reporter and source behind the date": (
        "zh",
        "谷间日报\n首页 新闻 体育 天气\n\n{title}\n\n2024-05-06 10:20  记者：李明  来源：谷间日报",
        "相关新闻\n市长为新桥剪彩\n\n版权所有 谷间日报社 未经许可不得转载",
        ("谷间日报", "李明"),
    ),
    "longer masthead than the foot's, caption": (
        "ja",
        "谷間新聞 デジタル\nトップ　社会　政治　スポーツ　天気\n\n{title}\n\n"
        "2024年5月6日 10時20分　　記者・田中 花子\n\n"
        "写真：ダムの湖のようす。夏には町の人の半分が泳ぎに来るという＝5日、本社撮影",
        "関連記事\n・町長が橋を開通\n\n谷間新聞社　〒000-0000　個人情報の取り扱い",
        ("谷間新聞", "田中 花子"),
    ),
    "slogan and no name": (
        "en",
        "Independent. Local. Trusted.\nNews | Sport | Law | Jobs\n\n{title}\n\nAnn Bee\n6 May 2024",
        "Contact us | Jobs",
        (None, "Ann Bee"),
    ),
    "date first, foot right below the text": (
        "de",
        "Mo, 6. Mai 2024 | Wetter: 12 °C\n\nDie Talpost\nZeitung für Kestrel\n\n{title}\n\nTeilen  Merken",
        "Die Talpost erscheint im Verlag Biene, Kestrel.",
        ("Die Talpost", None),
    ),
    "date behind a comma, typed from paper": (
        "fr",
        "--- Le Journal du Val, lundi 6 mai 2024 --- tapé d'après le journal papier ---\n"
        "ACTUALITÉ CANTON CULTURE SPORT\n\n{title}",
        "EN BREF\n  • Loto du club : un jambon à gagner\n  • Le repas passe à 4,15 euros\n\n"
        "Le Journal du Val, hebdomadaire, 1,60 €. Imprimerie du Canal.",
        ("Le Journal du Val", None),
    ),
    "changed and published": (
        "fr",
        "Le Journal du Val\nActualités\nSport\nCulture\nMétéo\n\n{title}\n\n"
        "Anne Abeille | Mis à jour le 07/05/2024 | Publié le 06/05/2024",
        "Le Journal du Val - Groupe Presse Val",
        ("Le Journal du Val", "Anne Abeille"),
    ),
    "copyright line from right to left": (
        "ar",
        "جريدة الوادي\nالرئيسية | سياسة | رياضة | ثقافة\n\n{title}\n\nكتبت: ليلى حداد\nالاثنين 6 مايو 2024",
        "الأكثر قراءة\n• العمدة يفتتح الجسر\n\nجميع الحقوق محفوظة لجريدة الوادي © 2024",
        ("جريدة الوادي", "ليلى حداد"),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_with(name: str) -> None:
    language, above, below, (publisher, author) = PAGES[name]
    title, text = TOLD[language]
    body = clean("\n\n".join((above.format(title=title), *text, below)))
    assert (describe(body), body.paragraphs) == (
        Draft(text="", title=title, publisher=publisher, author=author, published="2024-05-06", language=language),
        tuple(text),
    )


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("THE POST Friday, December 5, 2025", "THE POST"),
        ("Kestrel Post, 6 May 2024", "Kestrel Post"),
        ("Kestrel Post of 6 May 2024", "Kestrel Post"),
        ("Kronen Zeitung vom 6. Mai 2024", "Kronen Zeitung"),
        ("Báo Hà Lạc Thứ Sáu, ngày 5/12/2025", "Báo Hà Lạc"),
        ("Jornal de Notícias, segunda-feira, 6 de maio de 2024", "Jornal de Notícias"),
        ("The Sun, 6 May 2024", "The Sun"),
        ("The Mail on Sunday, 5 May 2024", "The Mail on Sunday"),
        ("Bild am Sonntag, 5. Mai 2024", "Bild am Sonntag"),
        ("Il Sole 24 Ore, 5 maggio 2024", "Il Sole 24 Ore"),
        ("Friday, 6 May 2024", ""),
    ],
)
def test_a_masthead_without_its_date(part: str, name: str) -> None:
    assert bare_name(part) == name


MENU = "[Inicio](/) | [Local](/l) | [Deportes](/d) | [Cultura](/c)"
BYLINE = "Por **María Núñez** — *Local* — lunes 6 de mayo de 2024"
FOOT = (
    "**Lo más leído:** El alcalde abre el puente · Final aplazada por lluvia\n\n*El Correo del Valle, fundado en 1902.*"
)


def found_in(path: Path, text: str) -> Draft:
    path.write_text(text, encoding="utf-8")
    (found,) = extract(path)
    return found


@pytest.mark.parametrize(
    "above",
    [
        "# El Correo del Valle\n\n{menu}\n\n## {title}",
        "**El Correo del Valle**\n\n{menu}\n\n*Ahora:* Abre el puente · Final aplazada · Sube el pan\n\n# {title}",
        "**EL CORREO DEL VALLE**\n\n- [Inicio](/)\n- [Local](/l)\n- [Cine](/d)\n- [Cultura](/c)\n\n---\n\n# {title}",
    ],
)
def test_web_page_saved_as_markdown(above: str, tmp_path: Path) -> None:
    title, text = TOLD["es"]
    page = "\n\n".join((above.format(menu=MENU, title=title), BYLINE, *text, "---", FOOT))
    assert found_in(tmp_path / "a.md", page) == Draft(
        text="\n\n".join((title, *text)),
        title=title,
        publisher="El Correo del Valle",
        author="María Núñez",
        published="2024-05-06",
        language="es",
    )


def test_frame_of_a_web_page_saved_as_markdown_with_front_matter(tmp_path: Path) -> None:
    title, text = TOLD["en"]
    above = "---\ndate: 2024-05-06\n---\n\nVale Post [News](/n) [Log in](/l)\n\n> Now: Ferry late · Bridge opens"
    advert = "*Sponsored: pumps that never sleep*"
    behind = "## You may also like\n\n- [Why dams fail](/w)\n- [Is it safe?](/s)"
    foot = "---\nVale Post is printed six times a year. Unsubscribe | Privacy"
    page = "\n\n".join((above, f"# {title}", "*By Ann Bee*", text[0], advert, *text[1:], behind, foot))
    assert found_in(tmp_path / "a.md", page).text == "\n\n".join((title, *text))


def test_markdown_without_a_menu_is_kept_whole(tmp_path: Path) -> None:
    title, text = TOLD["en"]
    notes = "- [The dam](/dam)\n- the lake\n\n| Year | Height |\n|---|---|\n| 1931 | 40 |"
    found = found_in(tmp_path / "a.md", "\n\n".join((f"# {title}", "By Ann Bee, 6 May 2024", "## Dam", *text, notes)))
    kept = (title, "By Ann Bee, 6 May 2024", "Dam", *text, "The dam", "the lake", "Year | Height", "1931 | 40")
    assert (found.text, found.author, found.published) == ("\n\n".join(kept), "Ann Bee", "2024-05-06")
