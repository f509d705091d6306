"""Reads PDF: lines joined to paragraphs, hyphenation undone, running heads dropped."""

import logging
import re
from io import BytesIO
from itertools import accumulate
from pathlib import Path

from index.errors import NoArticle, UnreadableFile
from index.lines import seam
from index.page import Page
from index.stated import one_line, tidy
from index.types import Draft

LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]\n(?=[a-zß-öø-ÿа-яα-ω])")


def read_pdf(content: bytes, path: Path) -> tuple[Page, ...]:
    """The text of a PDF and where its pages begin. NoArticle for one that is only pictures."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile(f"{path}: the PDF is locked with a password; save a copy without it.")
    pages = [tidy(page.extract_text()) for page in reader.pages]
    information = reader.metadata or {}
    if not any(page.strip() for page in pages):
        raise NoArticle(
            f"{path}: the PDF has no text layer (scanned pages); "
            "run text recognition over it, for example with ocrmypdf."
        )
    text, leaves = join(pages)
    opening = text[:3000].replace("\n\n", " ").casefold()
    title, author = (one_line(information.get(key)) for key in ("/Title", "/Author"))
    stated = Draft(  # programs write their own names there: believe what the text says too
        text="",
        title=title if title and title.casefold() in opening else None,
        author=author if author and author.casefold() in opening else None,
    )
    return (Page(text=text, kind="print", stated=stated, leaves=leaves),)


def join(pages: list[str]) -> tuple[str, tuple[int, ...]]:
    """The paragraphs of a PDF, a blank line between, and the offset at which each of its pages begins.

    A line ends a paragraph when it is clearly shorter than the full lines and ends a sentence, or when a
    blank line follows.
    """
    split = [[" ".join(line.split()) for line in page] for page in without_running_heads(pages)]
    full = sorted(len(line) for page in split for line in page if line)
    width = full[int(0.9 * (len(full) - 1))] if full else 0
    paragraphs = [""]
    begins: list[tuple[int, int]] = []  # paragraph, offset in it
    for page in split:
        begun = False
        for line in page:
            current = paragraphs[-1]
            if not line:
                if current and ends_sentence(current):
                    paragraphs.append("")
                continue
            joined = LINE_HYPHEN.sub("", f"{current}\n{line}").replace("\n", seam(current, line)) if current else line
            if not begun:
                begins.append((len(paragraphs) - 1, len(joined) - len(line)))
                begun = True
            paragraphs[-1] = joined
            if len(line) < 0.75 * width and (ends_sentence(line) or len(joined) < 0.75 * width):
                paragraphs.append("")
        if not begun:
            begins.append((len(paragraphs) - 1, len(paragraphs[-1])))
    starts = [0, *accumulate(len(paragraph) + 2 for paragraph in paragraphs)]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return text, tuple(min(starts[i] + offset, len(text)) for i, offset in begins)


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
