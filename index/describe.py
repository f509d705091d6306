"""Finds an article's title, publisher, author, date and language."""

import re
from dataclasses import replace

from index.around import first_paragraph, head_lines
from index.author import by_names, find_author, labelled_writer
from index.clean import Body
from index.dates import iso, read_date, without_dates
from index.language import detect_language
from index.lines import Line, is_credit, parts
from index.publisher import find_publisher
from index.types import Draft

MASTHEAD = 10
"""Lines at a page's top where a masthead's date stands."""
MAX_STAMP = 130
"""A longer line with a date in it is a caption or a sentence, not a date line."""
UPDATED = re.compile(
    r"updat|aktual|\bakt\.|cập nhật|mis à jour|mise à jour|actuali|atuali|aggiorn|обновл|更新|最終|수정",
    re.IGNORECASE,
)
LABELLED = re.compile(r"[^\W\d_]{3,}(?: [^\W\d_]+)?: (?:[^\W\d_]+[.,]? )?\d")
"""A date behind a label ("Published: May 6, 2024"), which has the form of a credit."""
DAY_MONTH = re.compile(r"ngày\s+(\d{1,2})/(\d{1,2})(?![/\d])", re.IGNORECASE)
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
