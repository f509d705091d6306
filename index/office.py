"""Reads DOCX and EPUB: documents in a ZIP archive."""

import posixpath
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

from index.errors import UnreadableFile
from index.page import NOTHING, Page
from index.stated import one_line
from index.types import Draft
from index.web import html_blocks

if TYPE_CHECKING:
    from lxml import etree

MAX_UNPACKED = 100_000_000
"""Bytes that the files of an archive may have together. zipfile reads no more of each than it declares."""
MAX_PARTS = 10_000
DUBLIN_CORE = {"title": "title", "creator": "author", "publisher": "publisher", "date": "published",
               "language": "language"}  # fmt: skip


def read_docx(content: bytes, path: Path) -> tuple[Page, ...]:
    """The paragraphs of a Word document. Its author and title count where the text says so too."""
    from mammoth import convert_to_html

    with unpacked(content, path) as archive:
        known = archive.namelist()
        core = dublin_core(archive.read("docProps/core.xml")) if "docProps/core.xml" in known else NOTHING
    html = convert_to_html(
        BytesIO(content),
        style_map="p[style-name='Title'] => h1:fresh",
        convert_image=lambda image: [],
        external_file_access=False,
    ).value
    paragraphs = html_blocks(html.encode())
    opening = " ".join(paragraphs)[:3000].casefold()
    stated = Draft(
        text="",
        title=core.title if core.title and core.title.casefold() in opening else None,
        author=core.author if core.author and core.author.casefold() in opening else None,
    )
    return (Page(text="\n\n".join(paragraphs), kind="print", stated=stated),)


def read_epub(content: bytes, path: Path) -> tuple[Page, ...]:
    """The chapters of a book in their order, as one article described by the book's own metadata."""
    with unpacked(content, path) as archive:
        if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in archive.namelist():
            raise UnreadableFile(f"{path}: the book is locked; save the article in another form.")
        container = xml(archive.read("META-INF/container.xml"))
        package = container.find(".//{*}rootfile").get("full-path")
        book = archive.read(package)
        tree = xml(book)
        files = {item.get("id"): item for item in tree.iterfind(".//{*}manifest/{*}item")}
        paragraphs: list[str] = []
        for reference in tree.iterfind(".//{*}spine/{*}itemref"):
            item = files.get(reference.get("idref"))
            if item is None or reference.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
                continue
            name = posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(item.get("href") or "")))
            if name in archive.namelist():
                paragraphs += html_blocks(archive.read(name))
    return (Page(text="\n\n".join(paragraphs), kind="article", stated=dublin_core(book)),)


def unpacked(content: bytes, path: Path) -> ZipFile:
    """The archive, if what is in it is of a bearable size."""
    archive = ZipFile(BytesIO(content))
    if len(archive.infolist()) > MAX_PARTS or sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
        raise UnreadableFile(
            f"{path}: unpacks to more than {MAX_UNPACKED // 1_000_000} MB or {MAX_PARTS:,} files; "
            "save the article's text alone."
        )
    return archive


def dublin_core(source: bytes) -> Draft:
    """What the Dublin Core elements of a document state: the first title and date, all creators."""
    from lxml import etree

    found: dict[str, list[str]] = {}
    for element in xml(source).iterfind(".//{http://purl.org/dc/elements/1.1/}*"):
        mark = DUBLIN_CORE.get(etree.QName(element).localname)
        if mark and element.text and element.text.strip():
            found.setdefault(mark, []).append(element.text)
    return Draft(
        text="", **{mark: one_line(values if mark == "author" else values[0]) for mark, values in found.items()}
    )


def xml(source: bytes) -> "etree._Element":
    """The root of XML, its entities left alone and nothing fetched."""
    from lxml import etree

    return etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))
