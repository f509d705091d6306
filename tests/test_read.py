"""Reading files of every format, in every encoding, and refusing what cannot be read."""

import os
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from index.errors import NoArticle, UnknownFormat, UnreadableFile
from index.page import Page
from index.read import READERS, read
from index.types import Draft


def pdf(path: Path, *pages: list[str], title: str | None = None) -> Path:
    """A PDF with one text line for each given; a page without lines is a picture to us."""
    writer = PdfWriter()
    font = DictionaryObject(
        {NameObject(f"/{key}"): NameObject(f"/{value}")
         for key, value in (("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica"))}
    )  # fmt: skip
    for lines in pages:
        page = writer.add_blank_page(600, 800)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
        stream = DecodedStreamObject()
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream.set_data(f"BT /F1 11 Tf 40 740 Td {shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if title:
        writer.add_metadata({"/Title": title})
    writer.write(path)
    return path


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Đập nước\r\nở Hà Nội".encode(), "Đập nước\nở Hà Nội"),
        ("\ufeffĐập nước".encode(), "Đập nước"),
        ("Đập nước".encode("utf-16"), "Đập nước"),
        ("The old dam holds".encode("utf-16-le"), "The old dam holds"),
        ("Ðê".encode("utf-16-be").join([b"\xfe\xff", b""]), "Ðê"),
        ("Die Brücke über den Fluß wurde größer und schöner gebaut.".encode("latin-1"),
         "Die Brücke über den Fluß wurde größer und schöner gebaut."),
        ("Плотина была построена в прошлом веке и стоит до сих пор.".encode("cp1251"),
         "Плотина была построена в прошлом веке и стоит до сих пор."),
        ("e\u0301te\u0301\x00 \u200bici\x07\u202e".encode(), "été ici"),
        ("می\u200cخواهم".encode(), "می\u200cخواهم"),
        ("cut off: ü".encode()[:-1], "cut off: "),
    ],
)  # fmt: skip
def test_text_in_any_encoding(tmp_path, content, text):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert read(path) == (Page(text=text, kind="page"),)


def test_declared_encoding_of_a_web_page(tmp_path):
    path = tmp_path / "a.html"
    body = "Плотина была построена в 1931 году и с тех пор дважды надстроена. " * 3
    html = f'<html><head><meta charset="koi8-r"></head><body><article><p>{body}</p></article></body></html>'
    path.write_bytes(html.encode("koi8-r"))
    assert read(path)[0].text == body.strip()


@pytest.mark.parametrize("name", ["ISO-8859-1", "us-ascii", "windows-1252"])
def test_names_of_encodings_mean_what_they_do_to_browsers(tmp_path, name):
    path = tmp_path / "a.html"
    body = "“The dam cost € 5 million – or six,” the mayor’s office said on Monday… and paid. " * 3
    html = f'<html><head><meta charset="{name}"></head><body><article><p>{body}</p></article></body></html>'
    path.write_bytes(html.encode("cp1252"))
    assert read(path)[0].text == body.strip()


def test_unknown_format_names_the_file_and_what_is_read(tmp_path):
    path = tmp_path / "a.doc"
    path.write_bytes(b"PK")
    with pytest.raises(UnknownFormat) as caught:
        read(path)
    assert str(caught.value) == (
        f"{path}: Footnote reads {', '.join(sorted(READERS))}, and .gz of these; "
        "save the article in one of these formats."
    )


def test_missing_file_and_folder(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(UnreadableFile, match="No such file"):
        read(tmp_path / "gone.txt")
    with pytest.raises(UnreadableFile, match=r"folder\.txt"):
        read(tmp_path / "folder.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableFile, match="not a regular file"):
        read(tmp_path / "pipe.txt")


def test_limits_on_size(tmp_path):
    large, long = tmp_path / "large.txt", tmp_path / "long.txt"
    with large.open("wb") as file:
        file.truncate(25_000_001)
    long.write_text("a " * 2_500_001)
    with pytest.raises(UnreadableFile, match="larger than 25 MB"):
        read(large)
    with pytest.raises(UnreadableFile, match="5,000,002 characters of text; the limit is 5,000,000"):
        read(long)


def test_front_matter_that_is_not_yaml(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: [one\n---\ntext\n")
    with pytest.raises(UnreadableFile, match=r"a\.md: the front matter is not valid YAML in line"):
        read(path)


@pytest.mark.parametrize(
    ("between", "text"),
    [
        ("The dam is old.", "The dam is old.\n\nText."),
        ("The mayor said: it is old.", "The mayor said: it is old.\n\nText."),
        ("It says: old: dam.", "It says: old: dam.\n\nText."),
        ("# nothing stated", "Text."),
    ],
)
def test_text_between_two_rules_is_no_front_matter(tmp_path, between, text):
    path = tmp_path / "a.md"
    path.write_text(f"---\n{between}\n---\n\nText.\n")
    assert read(path) == (Page(text=text, kind="article", around=text),)


def test_html_in_markdown(tmp_path):
    path = tmp_path / "a.md"
    html = "<div class='note'>\n<p>The lake is <b>cold</b>.</p><!-- no --><script>x</script>\n<p>And deep.</p>\n</div>"
    path.write_text(f"Rivers:<br>Tamar<br/>Vale <i>(east)</i>\n\n{html}\n\n- <div>an item</div>\n")
    text = "Rivers: Tamar Vale (east)\n\nThe lake is cold.\n\nAnd deep.\n\nan item"
    assert read(path)[0].text == text


def test_markdown_tables_code_and_pictures(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# Dam\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx = 1\n```\n\n![lake](l.png)\n\nText `code`.\n")
    text = "Dam\n\na | b\n\n1 | 2\n\nx = 1\n\nText code."
    assert read(path) == (Page(text=text, kind="article", stated=Draft(text="", title="Dam"), around=text),)


def test_pdf_lines_become_paragraphs(tmp_path):
    lines = [
        "The Kestrel dam holds forty million cubic metres of water, more than any",
        "other in the valley, and it was built in the years of the great depres-",
        "sion by the Vale company.",
        "It has been raised twice since then, and the second time the work took four",
        "years longer than planned.",
    ]
    path = pdf(tmp_path / "a.pdf", ["Vale Gazette", *lines, "1"], ["Vale Gazette", lines[3], lines[4], "2"],
               ["Vale Gazette", "The end came soon.", "3"])  # fmt: skip
    assert read(path) == (
        Page(
            text="The Kestrel dam holds forty million cubic metres of water, more than any other in the valley, "
            "and it was built in the years of the great depression by the Vale company.\n\n"
            "It has been raised twice since then, and the second time the work took four years longer "
            "than planned."
            "\n\nIt has been raised twice since then, and the second time the work took four years longer than "
            "planned.\n\nThe end came soon.",
            kind="print",
            stated=Draft(text=""),
            leaves=(0, 274, 378),
        ),
    )


def test_pdf_metadata_counts_only_where_the_text_says_so_too(tmp_path):
    assert read(pdf(tmp_path / "a.pdf", ["The dam", "It is old."], title="The dam"))[0].stated.title == "The dam"
    assert read(pdf(tmp_path / "b.pdf", ["The dam", "It is old."], title="untitled3.docx"))[0].stated.title is None


def test_scanned_pdf_is_reported_as_such(tmp_path):
    with pytest.raises(NoArticle, match="no text layer"):
        read(pdf(tmp_path / "scan.pdf", []))


def test_locked_and_broken_pdf(tmp_path):
    path = pdf(tmp_path / "a.pdf", ["The dam is old."])
    writer = PdfWriter(clone_from=path)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(UnreadableFile, match="locked with a password"):
        read(tmp_path / "locked.pdf")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing here")
    with pytest.raises(UnreadableFile, match=r"broken\.pdf: damaged"):
        read(tmp_path / "broken.pdf")
