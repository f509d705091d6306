"""Extracts the article from a file."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

from index.clean import Body, clean, once
from index.dates import read_date
from index.describe import describe
from index.errors import NoArticle, SourceError
from index.folder import read_bytes
from index.language import detect_language
from index.lines import read_lines
from index.page import Page
from index.read import read
from index.stated import MARKS, one_line
from index.types import Draft

PRINT_SHARE = 0.5
"""A print of which cleaning keeps less than this share of the letters is no web page: all is kept."""


def extract(path: Path) -> tuple[Draft, ...]:
    """The articles in a file, each with what is known about it.

    `NAME.meta.toml` beside the source, then what the file states (front matter, page metadata) override
    what its text shows. SourceError (UnknownFormat, UnreadableFile, NoArticle) names the file and the remedy.
    """
    path = Path(path)
    pages = read(path)
    if not pages:
        raise NoArticle(f"{path}: nothing in it.")
    beside = sidecar(path)
    return tuple(article(page, beside, path) for page in pages)


def article(page: Page, beside: Draft, path: Path) -> Draft:
    body = find_body(page)
    if not body.kept:
        raise NoArticle(
            f"{path}{page.part}: no article text found in it; save the article itself, as text or as a web page."
        )
    if page.kind == "article":
        found = describe(clean(page.around)) if page.around else Draft(text="")
    else:
        found = describe(body)
    draft = override(override(found, normal(page.stated, found.language)), beside)
    language = draft.language or detect_language("\n".join(body.paragraphs))
    text = compose(draft.title, body.paragraphs)
    return replace(draft, language=language, text=text, part=page.part, leaves=leaves_in(text, page))


def leaves_in(text: str, page: Page) -> tuple[int, ...]:
    """Where a PDF's pages begin in the clean text, and its end; a page without text begins where the next one does."""
    if not page.leaves:
        return ()
    starts: list[int] = []
    place = 0  # in page.text, behind the paragraph found last
    for match in re.finditer(r"[^\n]+", text):
        found = page.text.find(match.group(), place)
        if found < 0:
            continue
        place = found + len(match.group())
        while len(starts) < len(page.leaves) and page.leaves[len(starts)] < place:
            starts.append(match.start() + max(0, page.leaves[len(starts)] - found))
    return (*starts, *[len(text)] * (len(page.leaves) + 1 - len(starts)))


def find_body(page: Page) -> Body:
    """The article's lines; all lines when the page is the article, or a print that is no web page."""
    if page.kind == "article":
        lines = read_lines(page.text)
        return Body(lines=lines, kept=once(lines, list(range(len(lines)))))
    body = clean(page.text)
    kept = sum(len(text) for text in body.paragraphs)
    if page.kind == "print" and kept < PRINT_SHARE * len(page.text):
        return replace(body, kept=tuple(range(len(body.lines))))
    return body


def override(found: Draft, stated: Draft) -> Draft:
    """What was found, except where something else is stated."""
    return replace(found, **{mark: getattr(stated, mark) for mark in MARKS if getattr(stated, mark)})


def normal(stated: Draft, language: str | None) -> Draft:
    """Stated marks in the form of a Draft: an ISO date, an ISO 639-1 code; what cannot be read is dropped."""
    code = (stated.language or "").lower()[:2] if re.match(r"[a-zA-Z]{2}(?:[-_]|$)", stated.language or "") else None
    published = read_date(stated.published, code or language, day_first=None) if stated.published else None
    return replace(stated, language=code, published=published)


def compose(title: str | None, paragraphs: tuple[str, ...]) -> str:
    """The clean text: the title first, once, then the paragraphs, a blank line between each."""
    if title and paragraphs and same_headline(title, paragraphs[0]):
        paragraphs = paragraphs[1:]
    return "\n\n".join(((title,) if title else ()) + tuple(paragraphs))


def same_headline(title: str, paragraph: str) -> bool:
    """Whether a paragraph is the title again, perhaps without the publisher's name behind it."""
    one, other = title.casefold(), paragraph.casefold()
    return one == other or (one.startswith(other) and len(other) > 0.6 * len(one))


def sidecar(path: Path) -> Draft:
    """What NAME.meta.toml beside the source states, nothing without one. SourceError names that file."""
    beside = path.with_name(path.name + ".meta.toml")
    if not beside.is_file():
        return Draft(text="")
    try:
        stated = tomllib.loads(read_bytes(beside).decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError(f"{beside}: not valid TOML ({error}); correct it or remove it.") from error
    for key in stated:
        if key not in MARKS:
            raise SourceError(f"{beside}: unknown key {key!r}; known are {', '.join(MARKS)}.")
    given = Draft(text="", **{key: one_line(value) for key, value in stated.items()})
    plain = normal(given, given.language)
    for mark, remedy in (("published", "a date like 2024-05-31"), ("language", "a code like en")):
        if getattr(given, mark) and not getattr(plain, mark):
            raise SourceError(f"{beside}: {mark} {getattr(given, mark)!r} is not {remedy}.")
    return plain
