"""Hostile and odd files, each with what Footnote does with it."""

import gzip
import io
import json
import os
import random
import socket
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

FIRST = "The Kestrel dam holds forty million cubic metres of water, more than any other in the valley."
SECOND = "It was built in 1931 by the Vale company, and it has been raised twice since then."
BODY = f"{FIRST}\n\n{SECOND}"
PLAIN = f"The dam\n\n{BODY}"


@dataclass(frozen=True, slots=True)
class Odd:
    """A file: how it is made, and the texts indexed of it, or the error's sentence behind its path."""

    name: str
    make: Callable[[Path], object]
    texts: tuple[str, ...] = ()
    error: str = ""


def holding(content: bytes | str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content.encode() if isinstance(content, str) else content)


def sparse(size: int) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def archive(parts: dict[str, bytes | str], times: int = 1) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(zipped(parts, times))


def zipped(parts: dict[str, bytes | str], times: int = 1) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            for i in range(times):
                file.writestr(name + (str(i) if times > 1 else ""), content)
    return packed.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, head: str = "", **parts: str) -> Callable[[Path], object]:
    return archive(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            **{name.replace("__", "/"): content for name, content in parts.items()},
        }
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def epub(chapters: dict[str, str], container: str | None = None, title: str = "The dam") -> Callable[[Path], object]:
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    return archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container
            or '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
            "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>Ann Bee</dc:creator>'
            "<dc:publisher>Vale Press</dc:publisher><dc:date>2024-05-06T00:00:00Z</dc:date>"
            f"<dc:language>en-GB</dc:language></metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
            **{f"OPS/{name}": content for name, content in chapters.items()},
        }
    )


def pdf(*streams: bytes, image: bool = False, loop: bool = False, password: str = "") -> Callable[[Path], object]:
    def make(path: Path) -> None:
        writer = PdfWriter()
        font = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}
        named = DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in font.items()})
        for content in streams:
            page = writer.add_blank_page(600, 800)
            fonts = DictionaryObject({NameObject("/F1"): writer._add_object(named)})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
            stream = DecodedStreamObject()
            stream.set_data(content)
            page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
        if loop:
            pages = writer._pages.get_object() if hasattr(writer._pages, "get_object") else writer._pages
            pages[NameObject("/Kids")] = ArrayObject([pages.indirect_reference])
            pages[NameObject("/Count")] = NumberObject(1)
        if password:
            writer.encrypt(password, algorithm="RC4-128")
        writer.write(path)

    return make


def drawn(*lines: str) -> bytes:
    return ("BT /F1 11 Tf 40 740 Td " + "".join(f"({line}) Tj 0 -14 Td " for line in lines) + "ET").encode()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def unix_socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # an address is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def locked(path: Path) -> None:
    path.write_text(PLAIN)
    path.chmod(0)


def with_sidecar(make_sidecar: Callable[[Path], object]) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        path.write_text(PLAIN)
        make_sidecar(path.with_name(path.name + ".meta.toml"))

    return make


def laughs(inside: str) -> str:
    """XML whose entities would unfold to a thousand million laughs."""
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>{inside}'


HTML = (
    f"<html><head><title>The dam</title></head><body><article><h1>The dam</h1><p>{FIRST}</p><p>{SECOND}</p>"
    "</article></body></html>"
)
MAIL = (
    "From: Ann Bee <ann@vale.example>\r\nTo: c@x.example\r\nSubject: Fwd: The dam\r\n"
    "Date: Mon, 6 May 2024 10:00:00 +0200\r\n"
)
LINES = [{"title": "One", "text": FIRST}, {"title": "Two", "text": SECOND, "published": "2024-05-06"}]
NO_TEXT = ": no article text found in it; save the article itself, as text or as a web page."
DAMAGED = "; open and save it again, or save the article as text."

ODD = (
    # --- text
    Odd("plain.txt", holding(PLAIN), (PLAIN,)),
    Odd("empty.txt", holding(""), error=NO_TEXT),
    Odd("blank.txt", holding(" \n\t\n\u3000\n"), error=NO_TEXT),
    Odd("menu.txt", holding("Home\nNews\nSport\n"), error=NO_TEXT),
    Odd("mark alone.txt", holding(b"\xef\xbb\xbf"), error=NO_TEXT),
    Odd("zeros.txt", holding(PLAIN.replace(" ", "\0 ")), (PLAIN,)),
    Odd("only zeros.txt", sparse(1_000_000), error=NO_TEXT),
    Odd("damaged utf-8.txt", holding(PLAIN.replace("a", "ä").encode() + b"\n\n\xff\xfe\x80 " + b"It is old."),
        (PLAIN.replace("a", "ä") + "\n\nIt is old.",)),
    Odd("utf-16.txt", holding(PLAIN.encode("utf-16")), (PLAIN,)),
    Odd("utf-16 unmarked.txt", holding(PLAIN.encode("utf-16-be")), (PLAIN,)),
    Odd("utf-32.txt", holding(PLAIN.encode("utf-32")), (PLAIN,)),
    Odd("latin-1.txt", holding("Die Brücke\n\nDie Brücke über den Fluß wurde größer und schöner gebaut, als man "
                               "früher dachte.".encode("latin-1")),
        ("Die Brücke\n\nDie Brücke über den Fluß wurde größer und schöner gebaut, als man früher dachte.",)),
    Odd("old mac.txt", holding(PLAIN.replace("\n", "\r")), (PLAIN,)),
    Odd("invisible.txt", holding(PLAIN.replace("dam", "d\u200ba\u00adm\u202e")), (PLAIN,)),
    Odd("long line.txt", holding("a" * 10_000_000),
        error=": 10,000,000 characters of text; the limit is 5,000,000. Split it into several files."),
    Odd("huge.txt", sparse(2_000_000_000),
        error=": larger than 25 MB; Footnote reads single articles, split it."),
    Odd("noise.txt", holding(random.Random(0).randbytes(20_000)),
        error=": not text in a known encoding; save it as UTF-8."),
    # --- not files of a known kind
    Odd("unknown.xyz", holding(PLAIN), error=": Footnote reads .docx, .eml, .epub, .htm, .html, .jsonl, .markdown, .md,"
        " .mht, .mhtml, .ndjson, .pdf, .text, .txt, .xhtml, and .gz of these; save the article in one of these"
        " formats."),
    Odd("pipe.txt", pipe, error=": not a regular file; give the path of a saved article."),
    Odd("socket.txt", unix_socket,
        error=": cannot be read (No such device or address); check the path and its permissions."),
    Odd("link.txt", lambda path: path.symlink_to("/etc/hostname"),
        error=": a link that leads out of the folder; index what it leads to by its own path."),
    Odd("loop.txt", lambda path: path.symlink_to(path.name),
        error=": a link that leads out of the folder; index what it leads to by its own path."),
    Odd("locked.txt", locked, error=": cannot be read (Permission denied); check the path and its permissions."),
    Odd("n" * 240 + ".txt", holding(PLAIN), (PLAIN,)),
    Odd("two\nlines <b>.txt", holding(PLAIN), (PLAIN,)),
    # --- sidecars and front matter
    Odd("sidecar pipe.txt", with_sidecar(pipe), (PLAIN,)),
    Odd("sidecar deep.txt", with_sidecar(holding("title = " + "[" * 20_000)),
        error=".meta.toml: not valid TOML (maximum recursion depth exceeded"),
    Odd("alias bomb.md", holding("---\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10)) + "title: *a9\n---\n" + PLAIN),
        error=": reading it "),
    Odd("broken front matter.md", holding("---\ntitle: [one\n---\ntext\n"),
        error=": the front matter is not valid YAML in line 3; correct it."),
    Odd("half emoji.md", holding('---\ntitle: "The dam \\ud83d"\n---\n' + BODY), (PLAIN,)),
    Odd("deep quotes.md", holding(">" * 20_000 + " deep\n\n" + BODY), (BODY,)),
    # --- web pages
    Odd("page.html", holding(HTML), (PLAIN,)),
    Odd("empty.html", holding(""), error=NO_TEXT),
    Odd("script.html", holding("<html><script>var a = 'The dam is old.';</script></html>"), error=NO_TEXT),
    Odd("deep.html", holding(HTML.replace("<article>", "<article>" + "<div>" * 100_000)), error=NO_TEXT),
    Odd("attributes.html", holding("<a " * 20_000 + HTML), (PLAIN,)),
    Odd("deep linked data.html", holding(HTML.replace(
        "<head>", '<head><script type="application/ld+json">' + "[" * 100_000 + "</script>")), (PLAIN,)),
    Odd("half emoji.html", holding(HTML.replace("<head>", '<head><script type="application/ld+json">'
        '{"@type": "NewsArticle", "headline": "The dam \\ud83d"}</script>')), (PLAIN,)),
    Odd("page.mhtml", holding(
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html;'
        f" charset=utf-8\r\n\r\n{HTML}\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"), (PLAIN,)),
    # --- PDF
    Odd("print.pdf", pdf(drawn("The dam", "", FIRST), drawn(SECOND)), (f"The dam\n\n{FIRST} {SECOND}",)),
    Odd("scan.pdf", pdf(b""),
        error=": the PDF has no text layer (scanned pages); run text recognition over it, for example with ocrmypdf."),
    Odd("secret.pdf", pdf(drawn(FIRST), password="x"),
        error=": the PDF is locked with a password; save a copy without it."),
    Odd("broken.pdf", holding(b"%PDF-1.7\nnothing here"),
        error=f": damaged, or uses something unsupported (PdfStreamError){DAMAGED}"),
    Odd("circle.pdf", pdf(drawn(FIRST), loop=True), error=": "),
    Odd("bomb.pdf", pdf(b"BT /F1 11 Tf " + b"(aaaaaaaa) Tj " * 3_000_000), error=": "),
    # --- Word and EPUB
    Odd("word.docx", docx("".join(map(paragraph, ("The dam", FIRST, SECOND)))), (PLAIN,)),
    Odd("no zip.docx", holding(b"PK"), error=f": damaged, or uses something unsupported (BadZipFile){DAMAGED}"),
    Odd("other zip.docx", archive({"a.txt": "a"}), error=": damaged, or uses something unsupported ("),
    Odd("bomb.docx", archive({"word/document.xml": bytes(60_000_000)}, times=2),
        error=": unpacks to more than 100 MB or 10,000 files; save the article's text alone."),
    Odd("laughs.docx", docx(paragraph("&a9;"), head=laughs("")), error=": "),
    Odd("deep.docx", docx("<w:sdt>" * 50_000 + paragraph(FIRST) + "</w:sdt>" * 50_000), error=": "),
    Odd("book.epub", epub({"1.xhtml": f"<html><body><h1>The dam</h1><p>{FIRST}</p></body></html>",
                           "2.xhtml": f"<html><body><p>{SECOND}</p></body></html>"}), (PLAIN,)),
    Odd("no container.epub", archive({"a": "a"}),
        error=f": damaged, or uses something unsupported (KeyError){DAMAGED}"),
    Odd("outside.epub", epub({"1.xhtml": f"<p>{FIRST}</p>"}, container=(
        '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/hostname">]><container><rootfile full-path="&x;"/></container>')),
        error=": damaged, or uses something unsupported ("),
    Odd("many parts.epub", archive({"p": ""}, times=10_001),
        error=": unpacks to more than 100 MB or 10,000 files; save the article's text alone."),
    # --- gzip
    Odd("plain.txt.gz", holding(gzip.compress(PLAIN.encode())), (PLAIN,)),
    Odd("page.html.gz", holding(gzip.compress(HTML.encode())), (PLAIN,)),
    Odd("bomb.txt.gz", holding(1_000 * gzip.compress(bytes(1_000_000))),
        error=": unpacks to more than 25 MB; split it."),
    Odd("bomb in gzip.docx.gz",
        lambda path: path.write_bytes(gzip.compress(zipped({"word/document.xml": bytes(60_000_000)}, times=2))),
        error=": unpacks to more than 100 MB or 10,000 files; save the article's text alone."),
    Odd("cut.txt.gz", holding(gzip.compress(PLAIN.encode())[:-12]),
        error=": the gzip is damaged (Compressed file ended before the end-of-stream marker was reached);"
              " pack it again."),
    Odd("no gzip.txt.gz", holding(PLAIN), error=": the gzip is damaged (Not a gzipped file (b'Th')); pack it again."),
    Odd("twice.txt.gz.gz", holding(b""), error=": Footnote reads "),
    # --- mail
    Odd("mail.eml", holding(f"{MAIL}\r\n{BODY}"), (PLAIN,)),
    Odd("unknown charset.eml", holding(f"{MAIL}Content-Type: text/plain; charset=x-none\r\n\r\n{BODY}"), (PLAIN,)),
    Odd("raw name.eml", holding(f"From: Jörg Bee <j@vale.example>\r\n{MAIL}\r\n{BODY}".encode("latin-1")), (PLAIN,)),
    Odd("no text.eml", holding(f"{MAIL}Content-Type: image/png\r\n\r\nx"),
        error=": the message has no text; save what is attached to it as a file."),
    Odd("deep.eml", holding(MAIL + "".join(
        f'Content-Type: multipart/mixed; boundary="b{i}"\r\n\r\n--b{i}\r\n' for i in range(5_000))), error=": "),
    # --- JSON Lines
    Odd("two.jsonl", holding("\n".join(map(json.dumps, LINES))), (f"One\n\n{FIRST}", f"Two\n\n{SECOND}")),
    Odd("half emoji.jsonl", holding(json.dumps({"title": "One \ud83c", "text": FIRST + "\udf89"})),
        (f"One\n\n{FIRST}",)),
    Odd("none.jsonl", holding("\n"), error=": nothing in it."),
    Odd("no json.jsonl", holding(json.dumps(LINES[0]) + "\n{"), error=": line 2 is not JSON ("),
    Odd("no text.jsonl", holding('{"title": "One"}'),
        error=': line 1 is no article; write {"title": "…", "text": "…"}.'),
    Odd("deep.jsonl", holding("[" * 100_000), error=": damaged, or uses something unsupported (RecursionError)"),
)  # fmt: skip
