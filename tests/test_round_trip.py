"""Generated articles in each format: all of the article comes out, once, in order, and nothing of the format."""

import gzip
import json
import re
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from index.extract import extract
from tests.articles import TOLD
from tests.odd_files import docx, epub
from tests.test_chunk import check

LANGUAGES = ("en", "de", "fr", "vi", "ru", "el", "ar", "he", "hi", "zh", "ja", "ko")
UNSPACED, FULL_STOPS = ("zh", "ja"), {"zh": "。", "ja": "。", "hi": "।"}
MARKUP = ("<b>", "R&D", "*so*", "__x__", "[1](b)", "`x`", "=3D", "a\\b", '"', "{x}", "]]>", "~~", "5 < 6 & 7 > 2")
"""What would be lost, or would change the rest, were it taken for the format's own."""


def vocabulary(language: str) -> list[str]:
    text = re.sub(r"[^\w\s\u0300-\u036f\u0900-\u097f]", " ", " ".join(TOLD[language][1]))
    return [w for w in ([text[i : i + 4] for i in range(0, len(text), 4)] if language in UNSPACED else text.split())
            if not any(c.isdigit() or c.isspace() for c in w)]  # fmt: skip


WORDS = {language: vocabulary(language) for language in LANGUAGES}


@st.composite
def articles(draw: st.DrawFn, languages: tuple[str, ...] = LANGUAGES) -> tuple[str, tuple[str, ...]]:
    """A title and paragraphs of sentences, all different, some with marks that formats give a meaning."""
    language = draw(st.sampled_from(languages))
    number, paragraphs = 1000, []
    for sentences in draw(st.lists(st.integers(1, 4), min_size=3, max_size=6)):
        made = []
        for _ in range(sentences):
            words = draw(st.lists(st.sampled_from(WORDS[language]), min_size=8, max_size=16))
            words.insert(4, str(number := number + 1))
            words.insert(5, draw(st.sampled_from(("", "", *MARKUP))))
            text = ("" if language in UNSPACED else " ").join(filter(None, words))
            made.append(text[0].upper() + text[1:] + FULL_STOPS.get(language, "."))
        paragraphs.append(("" if language in UNSPACED else " ").join(made))
    return TOLD[language][0], tuple(paragraphs)


Made = Callable[[str, tuple[str, ...]], bytes]


def built(make: Callable[[Path], object]) -> bytes:
    with TemporaryDirectory() as folder:
        make(Path(folder) / "a")
        return (Path(folder) / "a").read_bytes()


def text_in(encoding: str, between: str = "\n\n") -> Made:
    return lambda title, paragraphs: between.join((title, *paragraphs)).encode(encoding)


def markdown(title: str, paragraphs: tuple[str, ...]) -> bytes:
    lines = [re.sub(r"([\\`*_{}\[\]<>()#+\-.!|~&])", r"\\\1", line) for line in (title, *paragraphs)]
    return ("---\ntags: [a, b]\n---\n# " + "\n\n".join(lines)).encode()


def web_page(title: str, paragraphs: tuple[str, ...]) -> bytes:
    text = "".join(f'<p class="text">{escape(one)}</p>\n' for one in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{escape(title)}</title><style>p {{color: red}}</style>"
        '<script>var inner = "<p>It is a script, and no sentence of the article at all.</p>"</script></head><body>'
        '<nav><ul><li><a href="/">Start</a></li><li><a href="/s">Sport</a></li></ul></nav><!-- a comment, long gone -->'
        f"<article><h1>{escape(title)}</h1>{text}</article><footer>© 2024 Vale Media</footer></body></html>"
    ).encode()


def word(title: str, paragraphs: tuple[str, ...]) -> bytes:
    def two_runs(text: str) -> str:
        runs = (text[:7], text[7:])
        return "".join(f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs)

    return built(docx("".join(f"<w:p>{two_runs(text)}</w:p>" for text in (title, *paragraphs))))


def book(title: str, paragraphs: tuple[str, ...]) -> bytes:
    chapters = {
        f"{i}.xhtml": f"<html><head><title>x</title></head><body><p>{escape(text)}</p></body></html>"
        for i, text in enumerate((title, *paragraphs))
    }
    return built(epub(chapters, title=title))


def mail(encoding: str, html: bool = False) -> Made:
    def make(title: str, paragraphs: tuple[str, ...]) -> bytes:
        message = EmailMessage()
        message["From"], message["Subject"] = "Ann Bee <ann@vale.example>", title
        if html:
            message.set_content("Open it online.")
            message.add_alternative(web_page(title, paragraphs).decode(), subtype="html", cte=encoding)
        else:
            message.set_content("\n\n".join(paragraphs) + "\n", cte=encoding)
        return message.as_bytes()

    return make


def json_lines(title: str, paragraphs: tuple[str, ...]) -> bytes:
    return json.dumps({"title": title, "text": "\n\n".join(paragraphs)}).encode()


def printed(title: str, paragraphs: tuple[str, ...]) -> bytes:
    """A PDF of lines of 72 characters, broken at spaces where there are any, twelve lines a page."""
    lines = []
    for paragraph in (title, *paragraphs):
        while len(paragraph) > 72:
            cut = paragraph.rfind(" ", 0, 73) if " " in paragraph[40:73] else 72
            lines.append(paragraph[:cut])
            paragraph = paragraph[cut:].lstrip()
        lines += [paragraph, ""]
    writer = PdfWriter()
    letters = sorted(set("".join(lines)))
    codes = "".join(f"<{ord(c):04x}> <{c.encode('utf-16-be').hex()}>\n" for c in letters)
    table = DecodedStreamObject()
    table.set_data(
        f"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(letters)} beginbfchar\n{codes}"
        "endbfchar endcmap".encode()
    )
    inner = DictionaryObject({NameObject("/Subtype"): NameObject("/CIDFontType2")})
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type0"),
        NameObject("/BaseFont"): NameObject("/A"), NameObject("/Encoding"): NameObject("/Identity-H"),
        NameObject("/DescendantFonts"): writer._add_object(inner), NameObject("/ToUnicode"): writer._add_object(table),
    })  # fmt: skip
    for first in range(0, len(lines), 12):
        page = writer.add_blank_page(600, 800)
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        shown = (f"<{line.encode('utf-16-be').hex()}> Tj 0 -14 Td" for line in lines[first : first + 12])
        stream.set_data(("BT /F1 11 Tf 40 740 Td " + " ".join(shown) + " ET").encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    return built(writer.write)


FORMATS: dict[str, tuple[str, Made]] = {
    "text": ("a.txt", text_in("utf-8")),
    "text, line by line": ("a.txt", text_in("utf-8-sig", "\n")),
    "text in UTF-16": ("a.txt", text_in("utf-16", "\r\n\r\n")),
    "Markdown": ("a.md", markdown),
    "web page": ("a.html", web_page),
    "Word": ("a.docx", word),
    "book": ("a.epub", book),
    "mail": ("a.eml", mail("base64")),
    "mail, quoted-printable": ("a.eml", mail("quoted-printable")),
    "mail with a web page": ("a.eml", mail("base64", html=True)),
    "JSON Lines": ("a.jsonl", json_lines),
}


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=8)
@given(article=articles(), packed=st.booleans())
def test_an_article_comes_out_whole_of(form: str, article: tuple[str, tuple[str, ...]], packed: bool) -> None:
    name, make = FORMATS[form]
    title, paragraphs = article
    with TemporaryDirectory() as folder:
        path = Path(folder) / (name + ".gz" * packed)
        path.write_bytes(gzip.compress(make(*article)) if packed else make(*article))
        (draft,) = extract(path)
    assert draft.text == "\n\n".join((title, *paragraphs))
    check(draft.text, draft.language, 64)


@settings(max_examples=8)
@given(article=articles(tuple(one for one in LANGUAGES if one not in ("ar", "he"))))
def test_an_article_comes_out_whole_of_pdf(article: tuple[str, tuple[str, ...]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(printed(*article))
        (draft,) = extract(path)
    title, paragraphs = article
    between = "" if title in (TOLD[one][0] for one in UNSPACED) else " "  # how paragraphs are told apart is not exact
    assert between.join(draft.text.split()) == between.join(" ".join((title, *paragraphs)).split())
    check(draft.text, draft.language, 64)
