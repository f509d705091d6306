"""Each format: its text, and what it states about its article."""

import gzip
import json
from pathlib import Path

import pytest
from pypdf import PdfWriter

from index.extract import extract
from index.types import Article, Draft
from tests.odd_files import BODY, FIRST, HTML, SECOND, docx, drawn, epub, paragraph, pdf

FOUND = Draft(text=f"The dam\n\n{BODY}", title="The dam", language="en")


def made(path: Path, make) -> tuple[Draft, ...]:
    make(path)
    return extract(path)


def article(draft: Draft) -> Article:
    return Article(
        "a", "a.pdf", draft.title or "", None, None, None, None, None, "", text=draft.text, leaves=draft.leaves
    )


def test_word(tmp_path):
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Document1</dc:title><dc:creator>Office user</dc:creator>'
        "</cp:coreProperties>"
    )
    changed = (
        f"<w:p><w:r><w:t>{FIRST[:17]}</w:t></w:r><w:del><w:r><w:delText>held</w:delText></w:r></w:del>"
        f"<w:ins><w:r><w:t>{FIRST[17:22]}</w:t></w:r></w:ins><w:r><w:t>{FIRST[22:]}</w:t></w:r></w:p>"
    )
    body = "".join(
        (paragraph("The dam"), paragraph("By Ann Bee"), paragraph("May 6, 2024"), changed, paragraph(SECOND))
    )
    assert made(tmp_path / "a.docx", docx(body, docProps__core__xml=core)) == (
        Draft(text=FOUND.text, title="The dam", author="Ann Bee", published="2024-05-06", language="en"),
    )


def test_epub(tmp_path):
    chapters = {
        "1.xhtml": "<html><head><title>x</title><style>p {}</style></head><body><h1>The dam</h1>"
        f"<p>{FIRST.replace(' ', chr(10), 3)}</p><img alt='lake'/></body></html>",
        "2.xhtml": f"<html><body><div>{SECOND[:20]}<b>{SECOND[20:]}</b></div></body></html>",
    }
    assert made(tmp_path / "a.epub", epub(chapters)) == (
        Draft(
            text=FOUND.text,
            title="The dam",
            publisher="Vale Press",
            author="Ann Bee",
            published="2024-05-06",
            language="en",
        ),
    )


def test_mail_and_newsletter(tmp_path):
    head = "Subject: =?utf-8?q?Fwd:_The_dam?=\r\nDate: Mon, 6 May 2024 23:30:00 -0200\r\n"
    (tmp_path / "a.eml").write_text(f"From: Ann Bee <ann@vale.example>\r\n{head}\r\n{BODY}")
    assert extract(tmp_path / "a.eml") == (
        Draft(text=FOUND.text, title="The dam", author="Ann Bee", published="2024-05-06", language="en"),
    )
    (tmp_path / "b.eml").write_text(
        f"From: Vale Gazette <n@vale.example>\r\nList-Unsubscribe: <https://vale.example/u>\r\n{head}"
        'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nOpen online'
        f"\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{HTML}\r\n--b--\r\n"
    )
    assert extract(tmp_path / "b.eml") == (
        Draft(text=FOUND.text, title="The dam", publisher="Vale Gazette", published="2024-05-06", language="en"),
    )


def test_name_and_text_of_a_mail_that_declares_them_badly(tmp_path):
    head = "From: Jörg Bee <j@vale.example>\r\nSubject: The dam\r\nContent-Type: text/plain; charset={}\r\n\r\n"
    told = f"{BODY}\n\n“It cost € 5 – or 6,” she said."
    for charset, encoding in (
        ("us-ascii", "utf-8"), ("us-ascii", "cp1252"), ("iso-8859-1", "utf-8"), ("iso-8859-1", "cp1252"),
    ):  # fmt: skip
        (tmp_path / "a.eml").write_bytes(head.format(charset).encode() + told.encode(encoding))
        assert extract(tmp_path / "a.eml") == (
            Draft(text=f"The dam\n\n{told}", title="The dam", author="Jörg Bee", language="en"),
        )
    told = "Плотину открыли в среду утром. Воды хватит до осени, сказала инженер Анна Белова."
    for encoding in ("koi8-r", "cp1251"):
        (tmp_path / "a.eml").write_bytes(head.format("us-ascii").encode() + told.encode(encoding))
        [found] = extract(tmp_path / "a.eml")
        assert found.text == f"The dam\n\n{told}"


def test_articles_in_json_lines(tmp_path):
    records = [
        {"title": "The dam", "text": BODY, "url": "https://vale.example/dam", "published": "2024-05-06T08:00:00Z",
         "publisher": "Vale Gazette", "author": ["Ann Bee", "Cy Dee"], "language": "en", "id": 7},
        {"text": FIRST, "title": None},
    ]  # fmt: skip
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("\n\n".join(map(json.dumps, records)).encode()))
    assert extract(tmp_path / "a.jsonl.gz") == (
        Draft(
            text=FOUND.text,
            title="The dam",
            publisher="Vale Gazette",
            author="Ann Bee, Cy Dee",
            published="2024-05-06",
            language="en",
            url="https://vale.example/dam",
            part="#1",
        ),
        Draft(text=FIRST, language="en", part="#3"),
    )


def test_articles_of_one_file_have_paths_of_their_own(tmp_path, make_library):
    from index.sync import sync

    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"title": title, "text": FIRST + title}) for title in ("One", "Two")))
    library = make_library()
    sync(library, [str(path)])
    before = library.articles()
    assert [(a.path, a.title) for a in before] == [(f"{path}#1", "One"), (f"{path}#2", "Two")]
    with path.open("a") as file:
        file.write("\n" + json.dumps({"title": "Three", "text": SECOND}))
    report = sync(library)
    assert (report.added, report.updated, report.unchanged) == (1, 0, 2)
    assert library.articles()[:2] == before


def test_pages_of_a_pdf_are_known_in_the_clean_text(tmp_path):
    writer = pdf(drawn("The dam", "", FIRST, ""), drawn("Its lake is deep. " + FIRST), drawn(SECOND))
    (draft,) = made(tmp_path / "a.pdf", writer)
    assert [draft.text[start:][:15] for start in draft.leaves] == [
        "The dam\n\nThe Ke",
        "Its lake is dee",
        "It was built in",
        "",
    ]
    assert article(draft).bare == ()


def test_pages_without_text_are_named(tmp_path):
    scan = b""
    writer = pdf(scan, drawn("The dam", "", FIRST), scan, scan, drawn("Its lake is deep. " + FIRST), scan)
    (draft,) = made(tmp_path / "a.pdf", writer)
    assert draft.text == f"The dam\n\n{FIRST}\n\nIts lake is deep. {FIRST}"
    assert article(draft).bare == (1, 3, 4, 6)
    assert [article(draft).leaf(draft.text.index(words)) for words in ("The dam", "Its lake")] == [2, 5]


@pytest.mark.parametrize("author", [None, "Ann Bee"])
def test_pdf_author(tmp_path, author):
    pdf(drawn("The dam", "by Ann Bee", FIRST, SECOND))(tmp_path / "a.pdf")
    writer = PdfWriter(clone_from=tmp_path / "a.pdf")
    writer.add_metadata({"/Author": author or "Office user"})
    writer.write(tmp_path / "a.pdf")
    assert extract(tmp_path / "a.pdf")[0].author == "Ann Bee"
