"""Reads a file of any supported format into pages."""

import zlib
from collections.abc import Callable
from gzip import BadGzipFile, GzipFile
from io import BytesIO
from pathlib import Path

from index.encoding import decode
from index.errors import SourceError, UnknownFormat, UnreadableFile
from index.folder import MAX_FILE_BYTES, read_bytes
from index.json_lines import read_json_lines
from index.mail import read_mail, read_web_archive
from index.markdown import read_markdown
from index.office import read_docx, read_epub
from index.page import Page
from index.pdf import read_pdf
from index.stated import tidy
from index.web import read_html

MAX_TEXT_CHARACTERS = 5_000_000


def read(path: Path) -> tuple[Page, ...]:
    """The pages in a file: one, or one for each article that it holds.

    UnknownFormat without a reader for the suffix; UnreadableFile for what is not a regular file, too large,
    or damaged; NoArticle for a PDF that is only pictures.
    """
    packed = path.suffix.lower() == ".gz"
    reader = READERS.get(Path(path.stem).suffix.lower() if packed else path.suffix.lower())
    if reader is None:
        raise UnknownFormat(
            f"{path}: Footnote reads {', '.join(sorted(READERS))}, and .gz of these; "
            "save the article in one of these formats."
        )
    content = read_bytes(path)
    try:
        pages = reader(unzip(content, path) if packed else content, path)
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # a parser raises anything at all on a damaged file
        raise UnreadableFile(
            f"{path}: damaged, or uses something unsupported ({type(error).__name__}); "
            "open and save it again, or save the article as text."
        ) from error
    for page in pages:
        if len(page.text) > MAX_TEXT_CHARACTERS:
            raise UnreadableFile(
                f"{path}{page.part}: {len(page.text):,} characters of text; the limit is {MAX_TEXT_CHARACTERS:,}. "
                "Split it into several files."
            )
    return pages


def unzip(content: bytes, path: Path) -> bytes:
    try:
        with GzipFile(fileobj=BytesIO(content)) as file:
            unpacked = file.read(MAX_FILE_BYTES + 1)
    except (BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableFile(f"{path}: the gzip is damaged ({error}); pack it again.") from error
    if len(unpacked) > MAX_FILE_BYTES:
        raise UnreadableFile(f"{path}: unpacks to more than {MAX_FILE_BYTES // 1_000_000} MB; split it.")
    return unpacked


def read_text(content: bytes, path: Path) -> tuple[Page, ...]:
    return (Page(text=tidy(decode(content, path)), kind="page"),)


READERS: dict[str, Callable[[bytes, Path], tuple[Page, ...]]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".mhtml": read_web_archive,
    ".mht": read_web_archive,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".epub": read_epub,
    ".eml": read_mail,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}
