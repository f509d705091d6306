"""Pages of plain text in languages of many scripts: body, title, author, date, publisher and language."""

import pytest

from index.clean import clean
from index.describe import describe
from index.types import Draft
from tests.articles import TOLD

PAGES = {
    # site, menu, byline, date line, label of the related box, its headlines, footer; author
    "tr": (
        "Vadi Postası", ("Gündem", "Dünya", "Ekonomi", "Spor", "Yazarlar"), "Yazar: Ayşe Yılmaz", "6 Mayıs 2024, 10:15",
        "İlgili haberler", ("Belediye yeni köprüyü açtı", "Kupa finali pazar günü oynanacak"),
        "© 2024 Vadi Postası. Tüm hakları saklıdır.", "Ayşe Yılmaz",
    ),
    "el": (
        "Τα Νέα της Κοιλάδας", ("Πολιτική", "Κόσμος", "Οικονομία", "Αθλητικά"), "Κείμενο: Άννα Παππά",
        "Δευτέρα 6 Μαΐου 2024, 10:15", "Σχετικά άρθρα", ("Ο δήμαρχος εγκαινίασε τη γέφυρα", "Τελικός κυπέλλου"),
        "© 2024 Τα Νέα της Κοιλάδας", "Άννα Παππά",
    ),
    "he": (
        "חדשות העמק", ("חדשות", "עולם", "כלכלה", "ספורט"), "מאת: דנה לוי", "6 במאי 2024, 10:15", "כתבות נוספות",
        ("ראש העיר חנך את הגשר", "גמר הגביע ביום ראשון"), "© 2024 חדשות העמק", "דנה לוי",
    ),
    "hi": (
        "घाटी समाचार", ("देश", "दुनिया", "खेल", "व्यापार"), "लेखक: अनीता शर्मा", "6 मई 2024, 10:15 बजे", "संबंधित खबरें",
        ("महापौर ने पुल का उद्घाटन किया", "कप का फाइनल रविवार को"), "© 2024 घाटी समाचार", "अनीता शर्मा",
    ),
    "th": (
        "ข่าวหุบเขา", ("การเมือง", "ต่างประเทศ", "กีฬา", "เศรษฐกิจ"), "โดย สมชาย ใจดี", "6 พฤษภาคม 2567 10:15 น.",
        "ข่าวที่เกี่ยวข้อง", ("นายกเทศมนตรีเปิดสะพานใหม่", "นัดชิงถ้วยวันอาทิตย์"), "© 2567 ข่าวหุบเขา", "สมชาย ใจดี",
    ),
    "ko": (
        "계곡신문", ("정치", "국제", "경제", "스포츠"), "김민수 기자", "입력 2024.05.06 10:15", "관련기사",
        ("시장, 새 다리 개통", "컵 대회 결승 일요일에"), "© 2024 계곡신문", "김민수",
    ),
    "id": (
        "Kabar Lembah", ("Nasional", "Dunia", "Ekonomi", "Olahraga"), "Penulis: Siti Rahma", "Senin, 6 Mei 2024 10:15",
        "Baca juga", ("Wali kota meresmikan jembatan baru", "Final piala pada hari Minggu"),
        "© 2024 Kabar Lembah", "Siti Rahma",
    ),
    "pl": (
        "Głos Doliny", ("Kraj", "Świat", "Gospodarka", "Sport"), "Autor: Anna Nowak", "6 maja 2024, 10:15",
        "Zobacz także", ("Burmistrz otworzył nowy most", "Finał pucharu w niedzielę"),
        "© 2024 Głos Doliny. Wszelkie prawa zastrzeżone.", "Anna Nowak",
    ),
    "uk": (
        "Вісник Долини", ("Україна", "Світ", "Економіка", "Спорт"), "Автор: Олена Коваль", "6 травня 2024, 10:15",
        "Читайте також", ("Мер відкрив новий міст", "Фінал кубка в неділю"), "© 2024 Вісник Долини", "Олена Коваль",
    ),
    "bn": (
        "উপত্যকা সংবাদ", ("দেশ", "বিশ্ব", "খেলা", "অর্থনীতি"), "লেখক: অনিতা দাস", "৬ মে ২০২৪, ১০:১৫", "আরও পড়ুন",
        ("মেয়র নতুন সেতু উদ্বোধন করলেন", "কাপ ফাইনাল রোববার"), "© ২০২৪ উপত্যকা সংবাদ", "অনিতা দাস",
    ),
    "zh": (
        "山谷日报", ("时政", "国际", "财经", "体育"), "记者：李明", "2024年5月6日 10:15", "相关新闻",
        ("镇长为新桥剪彩", "杯赛决赛周日举行"), "© 2024 山谷日报", "李明",
    ),
    "ru": (
        "Вестник Долины", ("Политика", "Мир", "Экономика", "Спорт"), "Анна Пчела", "6 мая 2024, 10:15",
        "Читайте также", ("Мэр открыл новый мост", "Финал кубка в воскресенье"), "© 2024 Вестник Долины", "Анна Пчела",
    ),
    "ar": (
        "أخبار الوادي", ("سياسة", "العالم", "اقتصاد", "رياضة"), "بقلم: ليلى حداد", "الاثنين 6 أيار/مايو 2024 10:15",
        "اقرأ أيضا", ("رئيس البلدية يفتتح الجسر الجديد", "نهائي الكأس يوم الأحد"), "© 2024 أخبار الوادي", "ليلى حداد",
    ),
    "vi": (
        "Báo Thung Lũng", ("Thời sự", "Thế giới", "Kinh tế", "Thể thao"), "Tác giả: Nguyễn Văn Nam",
        "Thứ hai, 6/5/2024, 10:15 (GMT+7)", "Tin liên quan", ("Thị trưởng khánh thành cầu mới", "Chung kết cúp"),
        "© 2024 Báo Thung Lũng", "Nguyễn Văn Nam",
    ),
    "ja": (
        "谷間新聞", ("政治", "国際", "経済", "スポーツ"), "記者：田中花子", "2024年5月6日 10時15分", "関連記事",
        ("町長が新しい橋の開通式", "カップ戦決勝は日曜日"), "© 2024 谷間新聞社", "田中花子",
    ),
}  # fmt: skip


def page(language: str) -> str:
    """The article with menus, a box in its middle, a list below and a footer, as people save a page."""
    site, menu, byline, date, related, headlines, footer, _ = PAGES[language]
    title, text = TOLD[language]
    bullets = "\n".join(f"  • {item}" for item in (*menu, site))
    box = "\n".join((related, *(f"  • {headline}" for headline in headlines)))
    blocks = (
        f"{title} | {site}", site, bullets, title, f"{byline}\n{date}", *text[:2], box, *text[2:], related,
        "\n".join(headlines), bullets, footer,
    )  # fmt: skip
    return "\n\n".join(blocks)


@pytest.mark.parametrize("language", PAGES)
def test_a_page_in(language: str) -> None:
    body = clean(page(language))
    title, text = TOLD[language]
    assert body.paragraphs == text
    site, *_, author = PAGES[language]
    assert describe(body) == Draft(
        text="", title=title, publisher=site, author=author, published="2024-05-06", language=language
    )
