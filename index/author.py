"""Finds who wrote an article, by the lines around it."""

import re
from dataclasses import replace
from itertools import pairwise

import regex

from index.around import HEAD, first_paragraph, head_lines, tail_lines, under_title
from index.clean import Body
from index.dates import DATES, is_date, plain_digits, without_dates
from index.lines import BULLET, IDEOGRAPH, Line, is_credit, is_ticker, parts

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
DATE_START = re.compile(r"^\W*(?:[^\W\d_]+,?\s)?\d{1,2}\W")


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


def is_byline(text: str) -> bool:
    """Whether a line is little but "by" and names."""
    match = BY.match(text)
    return match is not None and len(text) <= 80 and byline_names(text[match.end() :]) is not None


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
