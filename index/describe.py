"""Finds an article's title, publisher, author, date, language and address."""

import re
import unicodedata
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import Any

import regex

from index.clean import Body
from index.language import detect_language
from index.lines import BULLET, IDEOGRAPH, Line, is_credit, is_ticker, parts
from index.publisher import find_publisher
from index.types import Draft

HEAD, TAIL = 6, 5
"""Lines above the title (or the body, without one) and below the body that may speak of the article."""
MASTHEAD = 10
"""Lines at a page's top where a masthead's date stands."""
MAX_STAMP = 130
"""A longer line with a date in it is a caption or a sentence, not a date line."""

MONTH_WORD = r"(?:[^\W\d_][^\d\s,./()|:-]{2,}|[^\W\d_\x00-\u024f][^\d\s,./()|:-]{1,2})"
MONTH = rf"{MONTH_WORD}(?:\s?[/(]\s?{MONTH_WORD}\)?)?"
"""One name, or two: Arabic dates give the Levantine and the Egyptian one."""
DATES = (
    ("ymd", re.compile(r"(?<!\d)((?:19|20|25|14)\d\d)\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")),
    ("ymd", re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")),
    (
        "dmy",
        re.compile(r"(?:ngày\s)?(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?:,|\s+năm)?\s+(\d{4})", re.IGNORECASE),
    ),
    (
        "numeric",
        re.compile(r"(?<![\d/.-])(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})(?![\d/-]|[.]\d)"),
    ),
    (
        "words",
        re.compile(
            rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th|er|º|ª|\.)?,?\s+(?:de\s+|of\s+|d['’])?(?:{MONTH})[.,]?\s*(?:de\s+|del\s+)?\d{{4}}(?!\d)"
        ),
    ),
    ("words", re.compile(rf"\b(?:{MONTH_WORD})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}(?!\d)")),
    (
        "words",
        re.compile(
            rf"(?<!\d)\d{{4}}\.?\s+(?:[^\W\d_]{{1,4}}\.?\s+)?(?:{MONTH_WORD}\s+\d{{1,2}}|\d{{1,2}}\.?\s+{MONTH_WORD})(?!\d)"
        ),
    ),
)
UPDATED = re.compile(
    r"updat|aktual|\bakt\.|cập nhật|mis à jour|mise à jour|actuali|atuali|aggiorn|обновл|更新|最終|수정",
    re.IGNORECASE,
)
LABELLED = re.compile(r"[^\W\d_]{3,}(?: [^\W\d_]+)?: (?:[^\W\d_]+[.,]? )?\d")
"""A date behind a label ("Published: May 6, 2024"), which has the form of a credit."""
DAY_MONTH = re.compile(r"ngày\s+(\d{1,2})/(\d{1,2})(?![/\d])", re.IGNORECASE)

BY = regex.compile(
    r"^(?!photo|image|illustration|foto|picture|video|cartoon|graphic)(?:\w+\s)?(?:(?:written|posted|reported|published|story|words|text|article)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|od|от|автор|autor(?:a|in)?|auteur|autore|author|tác giả|bởi|pv|oleh"
    r"|penulis|yazar|tekst|text"
    r"|geschreven door|κείμενο|بقلم|كتب|作者|記者|记者|文|מאת|โดย|लेखक|লেখক|نویسنده)\b\s*(?:[:：/／・]\s*|\s)(?=\S)",
    regex.IGNORECASE,
)
BY_ALONE = re.compile(
    r"^(?:by|von|par|por|di|door|av|af|autor(?:a|in)?|auteur|autore|author|автор|tác giả)\s*:?$",
    re.IGNORECASE,
)
BEFORE_ROLE = regex.compile(r"^(\w{2,4}|\w+ \w+)\s(?:기자|특파원|記者|记者)(?:\s|$)")
LABEL = regex.compile(r"^(\p{L}[\p{L}\p{M}]+(?: [\p{L}\p{M}]+){0,3})\s?[:：]\s?(?=\p{L})")
WRITER = regex.compile(
    r"report|correspond|journalis|writer|words|text|story|redak|redac|rédac|author|autor|auteur|byline|tekst|testo"
    r"|periodist|corresponsal|envoyé|enviad|phóng viên|bài|tác giả|người viết|thực hiện|автор|текст|корреспондент"
    r"|كتب|تقرير|إعداد|مراسل|記者|记者|文|기자|글",
    regex.IGNORECASE,
)
"""What labels of who wrote say; "Text und Fotos" does, "Foto" does not."""
AGE = re.compile(
    r"\W*(?:[^\W\d_]+\s){0,2}\d+\s?(?:min|hour|hr|day|week|month|year|stund|tag|woche|monat|jahr|heure|jour|semaine|mois|hora"
    r"|día|dia|semana|mes|año|giờ|phút|ngày|tuần|tháng|час|дн|ore|uur|timm|saat)",
    re.IGNORECASE,
)
"""What stands behind a name in a date line that says how long ago: "Ann Bee | Published 4 months ago"."""
NO_PERSON = re.compile(
    r"\b(?:news|staff|press|release|desk|team|post|update\w*|report\w*|read|share|comment\w*|photo\w*|video\w*|local|world|sports?"
    r"|business|opinion|culture|politics|redak\w+|redac\w+|rédac\w+|agenc\w+|tin|báo|ban|tạp chí)\b",
    re.IGNORECASE,
)
PICTURE = regex.compile(
    r"photo|foto|фото|imag|bild|video|ảnh|صور|تصوير|写真|撮影|图|圖|照片|사진|φωτο|צילום|फोटो|ছবি|ภาพ|graf|source|quelle|fuente"
    r"|fonte|kilde|источник|nguồn|مصدر|来源|來源|출처|πηγή|kaynak|źródło|джерело",
    regex.IGNORECASE,
)
PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|dos|du|le|la|bin|al|el|ten|ter|zu)\b"
NAME_PART = rf"(?:[^\W\d_a-zß-öø-ÿа-я][\w'’.-]*|{PARTICLE})"
NAME = regex.compile(rf"{NAME_PART}(?:\s{NAME_PART}){{0,4}}")
OUR = regex.compile(
    r"^(?:our|unser\w*|notre|nuestr[oa]|il nostro|la nostra|onze|noss[oa])\s(?:[^\W\d_]+\s){1,2}?"
    r"(?=\p{Lu}\p{Ll}+\s\p{Lu})",
    regex.IGNORECASE,
)
"""What stands between "by" and a name: "Von unserer Mitarbeiterin Anna Biene"."""
TOGETHER = regex.compile(
    r"(?<=[a-zß-öø-ÿа-я]{2})(?<!\b(?:Mac|Fitz|Van|Von|Del|Dela|Des|Ter|Ten))(?=[A-ZÀ-ÖØ-ÞА-Я][a-zß-öø-ÿа-я])"
)
"""Where a name and what follows it were run together ("Sophie FosterNews Reporter"); not in "MacInnes"."""
SPACED_NAME = regex.compile(r"\p{Han}{1,3}[ ・][\p{Han}\p{Hiragana}\p{Katakana}]{1,4}")
"""A Japanese name with its two parts apart."""
AND = re.compile(r"\s+(?:and|und|et|y|e|en|og|och|ja|i|и|và|dan|ve|&)\s+")
AGENCY = re.compile(r"^.{2,60}?\(([A-Z][A-Za-z]{1,14}|[A-Z]{2,8}(?:/[A-Z]{2,8})?)\)\s*[-–—:]")
ROLE = re.compile(
    r"(?:^|\s)(?:\w*(?:reporter|editor|correspondent|writer|redakt|journalist|volontär|korrespondent|rédact|redact|redaç|corresponsal|envoyé|periodista)\w*)\b.*$",
    re.IGNORECASE,
)
SUFFIX = re.compile(r"^(?P<title>.{15,}?)\s+(?P<mark>[|–—·:»-]|::)\s+(?P<name>[^|]{2,40})$")


def describe(body: Body) -> Draft:
    """What a text page says about its article (text left empty); what it does not say is None."""
    title, publisher = split_title(body)
    publisher = publisher or find_publisher(body)
    language = detect_language("\n".join((title or "", *body.paragraphs)))
    return Draft(
        text="",
        title=title,
        publisher=publisher,
        author=find_author(body, language, publisher),
        published=find_date(body, language),
        language=language,
    )


def head_lines(body: Body) -> list[Line]:
    """The lines between the title and the third paragraph that are no article, then those above the title."""
    if not body.kept:
        return []
    prose = [i for i in body.kept if i != body.title]
    stop = prose[min(2, len(prose) - 1)] if prose else body.kept[0]
    title = body.title if body.title is not None and body.title < stop else max(0, body.kept[0] - HEAD)
    between = [body.lines[i] for i in sorted(set(range(title + 1, stop)) - set(prose))]
    above = body.lines[max(0, title - HEAD) : title][::-1]
    return between + [line for line in above if not line.bullet]


def first_paragraph(body: Body) -> int:
    """The index of the first paragraph that another follows: a standfirst may stand above the byline."""
    prose = [i for i in body.kept if i != body.title]
    close = (i for i, following in pairwise(prose) if following - i <= 2)
    return next(close, prose[0] if prose else 0)


def tail_lines(body: Body) -> list[Line]:
    return list(body.lines[body.kept[-1] + 1 : body.kept[-1] + 1 + TAIL]) if body.kept else []


def split_title(body: Body) -> tuple[str | None, str | None]:
    """The title without the publisher's name that pages put behind it, and that name."""
    if body.title is None:
        return None, None
    text = body.lines[body.title].text
    others = [line.text for i, line in enumerate(body.lines) if i != body.title]
    prose = " ".join(body.paragraphs)
    if match := SUFFIX.match(text):
        title, name = match["title"].strip(), match["name"].strip()
        named = not any(word[:1].islower() for word in name.split()) and len(name.split()) <= 5
        known = name in others or title in others
        alone = body.title == 0 and match["mark"] in "|-–—" and not any(w in prose for w in name.split() if len(w) > 3)
        if named and (known or alone):
            return title, name
    for line in body.lines[: body.title]:
        match = SUFFIX.match(line.text)
        if match and match["title"].strip() == text:
            return text, match["name"].strip()
    return text, None


def find_date(body: Body, language: str | None) -> str | None:
    """The date of publication by the lines around the body, ISO, or None."""
    day_first = page_day_first(body, language)
    head = [
        line
        for line in head_lines(body)
        if len(line.text) <= MAX_STAMP
        and (
            LABELLED.match(line.text)
            or by_names(line)
            or labelled_writer(line)
            or not is_credit(replace(line, text=without_dates(line.text)))
        )
    ]
    for lines in (head, dateline(body)):
        texts = [text for line in lines for text in (parts(line) if UPDATED.search(line.text) else [line.text])]
        dated = [(text, found) for text in texts if (found := read_date(text, language, day_first))]
        if dated:
            return next((found for text, found in dated if not UPDATED.search(text)), dated[0][1])
    return day_and_month(body, language) or issue_date(body, language, day_first)


def issue_date(body: Body, language: str | None, day_first: bool | None) -> str | None:
    """The one date among the page's first lines, where mastheads have it; None when there are several."""
    top = min([*body.kept, *([] if body.title is None else [body.title]), MASTHEAD])
    lines = [line for line in body.lines[:top] if not line.bullet and line.size <= MAX_STAMP]
    dates = {found for line in lines if (found := read_date(line.text, language, day_first))}
    return dates.pop() if len(dates) == 1 else None


def dateline(body: Body) -> list[Line]:
    """The first paragraph's beginning: "Jerusalem, 26 October, 2022 (TPS) -"."""
    if not body.kept:
        return []
    line = body.lines[first_paragraph(body)]
    opening = re.match(r"[^.!?]{0,80}?(?:\([^)]{2,20}\)\s*)?[-–—:](?=\s)", line.text)
    return [replace(line, text=opening.group())] if opening else []


def day_and_month(body: Body, language: str | None) -> str | None:
    """Vietnamese "ngày 13/7" in the first paragraph, where the dates around tell one year and one only."""
    match = DAY_MONTH.search(body.lines[first_paragraph(body)].text) if body.kept else None
    if match is None:
        return None
    near = body.lines[body.kept[0] : body.kept[-1] + 2]
    years = {year for line in near for year in re.findall(r"\bngày\s+\d{1,2}/\d{1,2}/(20\d\d)\b", line.text)}
    if len(years) != 1:
        return None
    return iso(int(years.pop()), int(match.group(2)), int(match.group(1)))


def page_day_first(body: Body, language: str | None) -> bool | None:
    """Whether 5/6/2024 is the fifth of June: outside English it is; there other dates tell, or nothing."""
    for line in body.lines:
        for first, second in re.findall(r"(?<!\d)(\d{1,2})/(\d{1,2})/(?:20)?\d\d(?!\d)", line.text):
            if int(first) > 12 >= int(second):
                return True
            if int(second) > 12 >= int(first):
                return False
    return None if language in ("en", None) else True


def read_date(text: str, language: str | None, day_first: bool | None) -> str | None:
    """The first whole date in a text, ISO; None without one, or when it can be read in two ways."""
    text = plain_digits(text)
    for form, shape in DATES:
        for match in shape.finditer(text):
            found = by_form(form, match, language, day_first)
            if found:
                return found
    return None


def by_form(form: str, match: re.Match[str], language: str | None, day_first: bool | None) -> str | None:
    if form == "words":
        return in_words(match.group(), language)
    first, second, third = (int(part) for part in match.groups())
    if form == "ymd":
        return iso(first, second, third)
    if form == "dmy":
        return iso(third, second, first)
    year = third if third > 99 else 2000 + third
    if "." in match.group() or first > 12 or first == second:
        return iso(year, second, first)
    if second > 12:
        return iso(year, first, second)
    if day_first is None:
        return None
    return iso(year, second, first) if day_first else iso(year, first, second)


@lru_cache(4096)  # a publisher's articles share their dates, and an article's lines too
def in_words(text: str, language: str | None) -> str | None:
    """A date with its month in words, by dateparser in the article's language or in English."""
    for code in dict.fromkeys(filter(None, (language, "en"))):
        try:
            found = _date_parser(code).get_date_data(text).date_obj
        except ValueError:  # a language that dateparser does not know
            continue
        if found:
            return iso(found.year, found.month, found.day)
    return by_month_name(text, language) if language else None


def by_month_name(text: str, language: str) -> str | None:
    """A date with a month's name that Unicode's CLDR knows in the language; dateparser lacks some forms."""
    numbers = sorted(map(int, re.findall(r"\d+", text)))
    known = month_names(language)
    months = {known[word] for word in regex.findall(r"[\p{L}\p{M}]+", text.lower()) if word in known}
    return iso(numbers[1], months.pop(), numbers[0]) if len(numbers) == 2 and len(months) == 1 else None


@cache
def month_names(language: str) -> dict[str, int]:
    """The months by their names in a language: in full and short, as they stand in a date and alone."""
    from babel import Locale, UnknownLocaleError

    names = {}
    for code in (language, *REGIONAL.get(language, ())):
        with suppress(UnknownLocaleError, ValueError):
            months = Locale.parse(code).months
            for kind, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
                names |= {name.lower().strip("."): month for month, name in months[kind][width].items()}
    return names


REGIONAL = {"ar": ("ar_LB", "ar_DZ", "ar_MA"), "sr": ("sr_Latn",)}
"""Where months have other names than in the language's main form."""


@cache
def _date_parser(language: str) -> Any:
    """dateparser's own, kept: setting one up costs as much as reading a date with it."""
    from dateparser.date import DateDataParser

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    return DateDataParser(languages=[language], settings=settings)


def iso(year: int, month: int, day: int) -> str | None:
    """An ISO date; Thai years (Buddhist era) are moved to the common one. None for a date that is none."""
    if 2400 < year < 2700:
        year -= 543
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2100 else None
    except ValueError:
        return None


def plain_digits(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() and c.isdecimal() else c for c in text)


def find_author(body: Body, language: str | None, publisher: str | None) -> str | None:
    """The names of a byline, else beside the date, at the article's end, or the agency of the dateline."""
    unmarked = beside_date(body) or signature(body, language)
    return byline(body) or (unmarked if unmarked != publisher else None) or agency(body)


def byline(body: Body) -> str | None:
    """The names behind "by", or behind a writer's label, in a line around the body or in a part of one."""
    for lines, within in ((head_lines(body), True), (tail_lines(body), False)):
        for i, line in enumerate(lines):
            if line.size <= 120 and (names := by_names(line, within)):
                return names
            if BY_ALONE.match(line.text) and i + 1 < len(lines) and (names := byline_names(lines[i + 1].text)):
                return names
    return next((names for line in under_title(body) if (names := labelled_writer(line))), None)


def by_names(line: Line, within: bool = True) -> str | None:
    """The names of a line that begins with "by", or `within` it of a part that does: "Issue 9 · by Ann Bee"."""
    if (match := BY.match(line.text)) and (names := byline_names(line.text[match.end() :])):
        return names
    if not within or is_ticker(line):
        return None
    divided = parts(replace(line, cells=tuple(map(without_dates, line.cells))))
    for part in (piece for whole in divided for piece in re.split(r"[,;]\s+", whole)):
        names = byline_names(part[match.end() :]) if (match := BY.match(part)) else None
        if names and (IDEOGRAPH.search(names) or all(is_full_name(name) for name in re.split(", | and ", names))):
            return names
    return None


def labelled_writer(line: Line) -> str | None:
    """The full name behind a label that says who wrote: "Court reporter: Ann Bee", "Bài và ảnh: Lê Minh An"."""
    for part in (line.text, *parts(line)):
        match = LABEL.match(part)
        if match and line.size <= 120 and WRITER.search(match.group(1)):
            names = byline_names(part[match.end() :])
            return names if names and all(len(name.split()) > 1 for name in re.split(", | and ", names)) else None
    return None


def beside_date(body: Body) -> str | None:
    """A full name on a line of its own above the date, or before the date in its line, or behind a label beside it."""
    head = head_lines(body)
    for i, line in enumerate(head[:-1]):
        if DATE_START.match(head[i + 1].text) and is_full_name(line.text):
            return line.text
    below = [line for line in under_title(body) if not line.text.startswith("@")]
    for i, line in enumerate(below):
        name = re.sub(r"\s\([^()]{2,20}\)$", "", line.text)
        near = any(map(is_dated, below[max(0, i - 2) : i] + below[i + 1 : i + 3]))
        if near and (is_full_name(name) or SPACED_NAME.fullmatch(name)) and is_person(name, body):
            return name
        first = re.split(r"\.\s|,\s", parts(line)[0])[0] if parts(line) else ""
        role = first != line.text and ROLE.search(line.text[len(first) :]) and not line.ends
        if not is_dated(line) and not role:
            first = aged(line)
        if first and first != line.text and is_full_name(first) and is_person(first, body):
            return first
    top = body.title if body.title is not None else 0
    for line, after in pairwise(body.lines[max(0, top - HEAD) : top]):
        if is_dated(after) and is_full_name(line.text) and not line.bullet and is_person(line.text, body):
            return line.text
    for before, line, after in zip([None, *head], head, [*head[1:], None], strict=False):
        dated = any(other is not None and is_date(plain_digits(other.text)) for other in (before, after))
        if dated and (name := labelled_name(line, body)):
            return name
    return None


def aged(line: Line) -> str | None:
    """What stands before how long ago a line says something was: "Ann Bee 7 hours"."""
    match = re.match(r"[^\d|]+?(?=\W*(?:published|posted|updated|vor|hace|il y a|há)?\W*\d)", line.text, re.IGNORECASE)
    return match.group().strip() if match and line.size <= 60 and AGE.match(line.text, match.end()) else None


def is_dated(line: Line) -> bool:
    text = plain_digits(line.text)
    return line.size <= 100 and (not line.ends or line.size < 50) and any(shape.search(text) for _, shape in DATES)


def is_person(name: str, body: Body) -> bool:
    """Whether nothing on the page says that a name is a place, a section or a button.

    It stands nowhere in the article, nor twice as a line (but for a picture of its bearer), nor has words that the page
    has in small letters.
    """
    if NO_PERSON.search(name) or any(name in text for text in body.paragraphs):
        return False
    own = {word.lower() for word in name.split() if not re.fullmatch(PARTICLE, word)}
    small = {word for line in body.lines for word in re.findall(r"[^\W\d_]+", line.text) if word.islower()}
    places = [i for i, line in enumerate(body.lines) if line.text == name]
    return not own & small and (not places or places[-1] - places[0] < 2)


def signature(body: Body, language: str | None) -> str | None:
    """Full names and nothing else right below the article, as Vietnamese papers sign; else those of a credit above."""
    for line in tail_lines(body)[:1]:
        names = [name.title() if name.isupper() else name for name in re.split(r"\s+[-–]\s+|,\s+|\s+và\s+", line.text)]
        known = all(any(name in other.text and is_credit(other) for other in body.lines) for name in names)
        if not line.bullet and line.blank_before and all(map(is_full_name, names)) and (known or language == "vi"):
            return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return None


def agency(body: Body) -> str | None:
    match = AGENCY.match(body.lines[first_paragraph(body)].text) if body.kept else None
    return match.group(1) if match else None


def under_title(body: Body) -> list[Line]:
    """The lines between the title and the first paragraph that are no article, lists left out."""
    if body.title is None:
        return []
    stop = next((i for i in body.kept if i > body.title and body.lines[i].size >= 100), 0)
    return [body.lines[i] for i in range(body.title + 1, stop) if i not in body.kept and not body.lines[i].bullet]


def labelled_name(line: Line, body: Body) -> str | None:
    """The name that a line beside the date gives: behind any language's label and a colon, or before a role."""
    if match := BEFORE_ROLE.match(line.text):
        return match.group(1)
    match = LABEL.match(line.text)
    if match is None or PICTURE.search(match.group(1)) or line.size > 60:
        return None
    name = line.text[match.end() :]
    known = sum(name in other.text for other in body.lines) > 1
    return name if NAME.fullmatch(name) and 2 <= len(name.split()) <= 4 and not known else None


DATE_START = re.compile(r"^\W*(?:[^\W\d_]+,?\s)?\d{1,2}\W")


def is_byline(text: str) -> bool:
    """Whether a line is little but "by" and names."""
    match = BY.match(text)
    return match is not None and len(text) <= 80 and byline_names(text[match.end() :]) is not None


def is_date(text: str) -> bool:
    """Whether a line is little but a date."""
    return len(text) <= 50 and any(shape.search(text) for _, shape in DATES)


def without_dates(text: str) -> str:
    """The text with a bar in place of each date."""
    for _, shape in DATES:
        text = shape.sub("|", text)
    return text


def is_full_name(text: str) -> bool:
    """Two to four words that all begin with a capital letter, in a script that has them."""
    return (
        bool(NAME.fullmatch(text))
        and text != text.lower()
        and 2 <= len(text.split()) <= 4
        and len(text) <= 40
        and not text.isupper()
    )


def byline_names(text: str) -> str | None:
    """The names that a byline begins with: "Jon King, News Reporter" -> "Jon King"."""
    text = without_dates(text)
    text = OUR.sub("", text)
    text = TOGETHER.sub(", ", BULLET.sub("", text))
    text = re.split(r"\s*[•|·–—(]\s*|\s+[-/]\s+|\s(?:on|am|at|le|el|den|in)\s(?=\W*\w*\W*\d)|(?<!\w)\d|\s\w+:", text)[0]
    several = AND.search(text) is not None
    names = []
    for part in re.split(r"\s*,\s*", AND.sub(", ", text)):
        part = part.strip(" .:;,")
        if not part or not NAME.fullmatch(part):
            if not names and (match := NAME.match(part)) and len(match.group().split()) >= 2:
                names.append(match.group())
            break
        names.append(part)
        if not several:
            break
    names = [name for name in (ROLE.sub("", name).strip(" ,") for name in names) if len(name) > 1]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or None
