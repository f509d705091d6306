"""Reads Markdown."""

import re
from dataclasses import replace
from pathlib import Path

from index.encoding import decode
from index.errors import UnreadableFile
from index.page import NOTHING, Page
from index.stated import MARKS, one_line, tidy
from index.types import Draft

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def read_markdown(content: bytes, path: Path) -> tuple[Page, ...]:
    """The article in a Markdown file; YAML front matter, when there is any, states its description."""
    text = tidy(decode(content, path))
    stated = NOTHING
    if match := FRONT_MATTER.match(text):
        stated = front_matter(match.group(1), path)
        text = text[match.end() :]
    paragraphs, heading = markdown_paragraphs(text)
    if heading and not stated.title:
        stated = replace(stated, title=heading)
    return (Page(text="\n\n".join(paragraphs), kind="article", stated=stated),)


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
