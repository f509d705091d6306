"""Reads a file of any supported format into a page."""

import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Literal

from index.errors import NoArticle, UnknownFormat, UnreadableFile
from index.stated import MARKS, in_html, one_line, tidy
from index.types import Draft

MAX_FILE_BYTES = 25_000_000
"""Above any article; from the measurements of hostile files in notes/storage.md."""
MAX_TEXT_CHARACTERS = 5_000_000

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
DECLARED_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]\n(?=[a-zß-öø-ÿа-яα-ω])")
NOTHING = Draft(text="")


@dataclass(frozen=True, slots=True)
class Page:
    """What a file holds, before cleaning.

    `text` has one paragraph or line of the page a line; of an article, with a blank line between. A "page"
    is text with menus and all, out of which the article must be cut; a "print" may be one (a web page saved
    as PDF) or a document; an "article" is the article already. `stated` is what the file itself declares
    about the article (its text left empty), word for word.
    """

    text: str
    kind: Literal["page", "print", "article"]
    stated: Draft = NOTHING


def read(path: Path) -> Page:
    """The page in a file.

    UnknownFormat without a reader for the suffix; UnreadableFile for what is not a regular file, too large,
    or damaged; NoArticle for a PDF that is only pictures.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnknownFormat(
            f"{path}: Footnote reads {', '.join(sorted(READERS))}; save the article in one of these formats."
        )
    page = reader(read_bytes(path), path)
    if len(page.text) > MAX_TEXT_CHARACTERS:
        raise UnreadableFile(
            f"{path}: {len(page.text):,} characters of text; the limit is {MAX_TEXT_CHARACTERS:,}. "
            "Split it into several files."
        )
    return page


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most MAX_FILE_BYTES; never waits on a pipe or a device."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableFile(f"{path}: not a regular file; give the path of a saved article.")
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFile(f"{path}: cannot be read ({reason}); check the path and its permissions.") from error
    if len(content) > MAX_FILE_BYTES:
        raise UnreadableFile(
            f"{path}: larger than {MAX_FILE_BYTES // 1_000_000} MB; Footnote reads single articles, split it."
        )
    return content


def read_text(content: bytes, path: Path) -> Page:
    return Page(text=tidy(decode(content, path)), kind="page")


def read_markdown(content: bytes, path: Path) -> Page:
    """The article in a Markdown file; YAML front matter, when there is any, states its description."""
    text = tidy(decode(content, path))
    stated = NOTHING
    if match := FRONT_MATTER.match(text):
        stated = front_matter(match.group(1), path)
        text = text[match.end() :]
    paragraphs, heading = markdown_paragraphs(text)
    if heading and not stated.title:
        stated = replace(stated, title=heading)
    return Page(text="\n\n".join(paragraphs), kind="article", stated=stated)


def read_html(content: bytes, path: Path) -> Page:
    """The article in a web page, by trafilatura: in precision mode, in its own when that finds nothing."""
    from trafilatura import bare_extraction

    html = decode(content, path, declared=DECLARED_CHARSET)
    if len(html) > MAX_TEXT_CHARACTERS:
        html = html[:MAX_TEXT_CHARACTERS]
    text = ""
    for precise in (True, False):
        found = bare_extraction(
            html, favor_precision=precise, include_comments=False, include_tables=True, with_metadata=False
        )
        text = tidy(found.text or "") if found else ""
        if text.strip():
            break
    return Page(text=text.replace("\n", "\n\n"), kind="article", stated=in_html(html))


def read_pdf(content: bytes, path: Path) -> Page:
    """The text of a PDF, its lines joined to paragraphs and its hyphenation undone."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(f"{path}: the PDF is locked with a password; save a copy without it.")
        pages = [page.extract_text() for page in reader.pages]
        information = reader.metadata or {}
    except UnreadableFile:
        raise
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RecursionError,
        NotImplementedError,
        AssertionError,
        ArithmeticError,
        OSError,
        LookupError,
        ImportError,
    ) as error:
        raise UnreadableFile(
            f"{path}: the PDF is damaged or uses something unsupported ({type(error).__name__}); "
            "print it to a new PDF, or save the article as text."
        ) from error
    pages = [tidy(page) for page in pages]
    if not any(page.strip() for page in pages):
        raise NoArticle(
            f"{path}: the PDF has no text layer (scanned pages); "
            "run text recognition over it, for example with ocrmypdf."
        )
    paragraphs = pdf_paragraphs(pages)
    opening = " ".join(paragraphs)[:3000].casefold()
    title, author = (one_line(information.get(key)) for key in ("/Title", "/Author"))
    stated = Draft(  # programs write their own names there: believe what the text says too
        text="",
        title=title if title and title.casefold() in opening else None,
        author=author if author and author.casefold() in opening else None,
    )
    return Page(text="\n\n".join(paragraphs), kind="print", stated=stated)


READERS: dict[str, Callable[[bytes, Path], Page]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
}


def decode(content: bytes, path: Path, declared: re.Pattern[bytes] | None = None) -> str:
    """The text of bytes: by byte-order mark, as UTF-8, by the page's own declaration, else by likeness."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if (encoding := utf16_without_mark(content)) is not None:
        return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(content) - error.start < 4:
            return content.decode("utf-8", errors="ignore")
    if declared and (match := declared.search(content[:4096])):
        try:
            return content.decode(match.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is None:
        raise UnreadableFile(f"{path}: not text in a known encoding; save it as UTF-8.")
    return str(best)


def utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 text of a Western language has a zero in every other byte."""
    sample = content[:2000]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.3 * len(sample) / 2 or min(even, odd) > 0.05 * len(sample) / 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def front_matter(source: str, path: Path) -> Draft:
    """What YAML front matter says about the article; keys that mean nothing here are left alone."""
    import yaml

    try:
        fields = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where else ""
        raise UnreadableFile(f"{path}: the front matter is not valid YAML{line}; correct it.") from error
    if not isinstance(fields, dict):
        return NOTHING
    fields = {str(key).lower(): value for key, value in fields.items()}
    names = {
        "published": ("published", "date"),
        "language": ("language", "lang"),
        "author": ("author", "authors"),
    }
    values = {
        mark: next((one_line(fields[name]) for name in names.get(mark, (mark,)) if fields.get(name)), None)
        for mark in MARKS
    }
    return Draft(text="", **values)


def markdown_paragraphs(text: str) -> tuple[list[str], str | None]:
    """Paragraphs, headings, list items and table rows of Markdown, one line each; and the first heading."""
    from markdown_it import MarkdownIt

    paragraphs: list[str] = []
    heading: str | None = None
    row: list[str] | None = None
    in_heading = False
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "heading_open":
            in_heading = token.tag == "h1"
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row:
            paragraphs.append(" | ".join(row))
            row = None
        elif token.type in ("fence", "code_block"):
            paragraphs.append(" ".join(token.content.split()))
        elif token.type == "inline":
            line = " ".join(inline_text(token.children or []).split())
            if row is not None:
                row.append(line)
                continue
            if in_heading and heading is None and line:
                heading = line
            in_heading = False
            paragraphs.append(line)
    return [paragraph for paragraph in paragraphs if paragraph], heading


def inline_text(tokens: list) -> str:
    """The words of Markdown inline tokens; pictures and markup say nothing."""
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)


def pdf_paragraphs(pages: list[str]) -> list[str]:
    """The paragraphs of a PDF's pages: running heads and page numbers dropped, lines joined.

    A line ends a paragraph when it is clearly shorter than the page's full lines and ends a sentence, or
    when a blank line follows.
    """
    lines = [line.strip() for page in without_running_heads(pages) for line in page]
    full = sorted(len(line) for line in lines if line)
    width = full[int(0.9 * (len(full) - 1))] if full else 0
    paragraphs: list[str] = []
    current = ""
    for line in lines:
        if not line:
            if current and ends_sentence(current):
                paragraphs.append(current)
                current = ""
            continue
        current = LINE_HYPHEN.sub("", f"{current}\n{line}").replace("\n", " ") if current else line
        if len(line) < 0.75 * width and (ends_sentence(line) or len(current) < 0.75 * width):
            paragraphs.append(current)
            current = ""
    if current:
        paragraphs.append(current)
    return [" ".join(paragraph.split()) for paragraph in paragraphs]


def without_running_heads(pages: list[str]) -> list[list[str]]:
    """Each page's lines without the first and last lines that (numbers aside) most pages share."""
    split = [page.strip("\n").split("\n") for page in pages]
    if len(split) < 3:
        return [
            [line for i, line in enumerate(lines) if not (line.strip().isdigit() and i in (0, len(lines) - 1))]
            for lines in split
        ]
    edges: dict[str, int] = {}
    for lines in split:
        for shape in {edge_shape(line) for line in (*lines[:2], *lines[-2:])}:
            edges[shape] = edges.get(shape, 0) + 1
    running = {shape for shape, count in edges.items() if count >= max(3, len(split) / 2)}
    return [
        [
            line
            for i, line in enumerate(lines)
            if not ((i < 2 or i >= len(lines) - 2) and edge_shape(line) in running and line.strip())
        ]
        for lines in split
    ]


def edge_shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def ends_sentence(line: str) -> bool:
    return line.rstrip("\"'”’»)]』」").endswith((".", "!", "?", ":", "…", "。", "！", "？", "।", "؟", "۔"))
