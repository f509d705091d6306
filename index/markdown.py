"""Reads Markdown."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from index.encoding import decode
from index.errors import UnreadableFile
from index.language import letters
from index.lines import SENTENCE_END, is_aside, is_menu, read_lines
from index.page import NOTHING, Page
from index.stated import MARKS, one_line, tidy
from index.types import Draft
from index.web import BLOCKS, RIGHTS, html_blocks, is_divided, without_byline

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
KEY = re.compile(r"\s*(?:#.*\n\s*)*[\w-]+\s*:")
TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
SHORT = 160
"""Characters; a longer paragraph's lines run on."""


def read_markdown(content: bytes, path: Path) -> tuple[Page, ...]:
    """The article in a Markdown file; YAML front matter, when there is any, states its description.

    Without that, and with a menu above its text, it is a web page saved as Markdown, with all that stands around it.
    """
    text = tidy(decode(content, path))
    stated = NOTHING
    if match := FRONT_MATTER.match(text):
        found = front_matter(match.group(1), path)
        stated = found or NOTHING
        text = ("" if found else match.group(1) + "\n") + text[match.end() :]
    blocks = markdown_blocks(text)
    menu = None if stated != NOTHING else menu_place(blocks)
    heading = own_heading(blocks, menu)
    if heading and not stated.title:
        stated = replace(stated, title=heading)
    if menu is not None:
        return (Page(text=as_page(blocks), kind="print", stated=stated),)
    around = "" if stated.published and stated.author and stated.publisher else as_page(blocks)
    own = without_frame(blocks, heading)
    paragraphs = [" ".join(block.text.split()) for block in own]
    lines = without_byline(paragraphs) if len(own) < len(blocks) else paragraphs
    return (Page(text="\n\n".join(lines), kind="article", stated=stated, around=around),)


def front_matter(source: str, path: Path) -> Draft | None:
    """What YAML front matter says about the article; keys that mean nothing here are left alone.

    None for what is no mapping: text that stands between two rules.
    """
    import yaml

    try:
        fields = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if not KEY.match(source):
            return None
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 2}" if where else ""
        raise UnreadableFile(f"{path}: the front matter is not valid YAML{line}; correct it.") from error
    if not isinstance(fields, dict) or all(" " in str(key) for key in fields):  # "The mayor said: no."
        return None if fields else NOTHING
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


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row or block of code; `linked` is the text of its links.

    `level` is a heading's, 0 elsewhere; `ruled` says that a thematic break stands above. Lines are as in the file.
    """

    text: str
    mark: Literal["paragraph", "heading", "item", "row", "code"]
    level: int = 0
    linked: tuple[str, ...] = ()
    ruled: bool = False


def markdown_blocks(text: str) -> list[Block]:
    """What a Markdown file consists of, without what holds no words."""
    from markdown_it import MarkdownIt

    blocks: list[Block] = []
    row: list[str] | None = None
    level, items, rules = 0, 0, 0
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type in ("list_item_open", "list_item_close"):
            items += token.nesting
        elif token.type == "hr":
            rules = len(blocks)
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row:
            blocks.append(Block(" | ".join(row), "row"))
            row = None
        elif token.type in ("fence", "code_block"):
            blocks.append(Block(token.content.strip("\n"), "code"))
        elif token.type == "html_block":
            mark = "item" if items else "paragraph"
            blocks += [Block(line, mark) for line in html_blocks(token.content.encode())]
        elif token.type == "inline":
            said = "\n".join(" ".join(line.split()) for line in inline_text(token.children or []).split("\n")).strip()
            if row is not None:
                row.append(" ".join(said.split()))
                continue
            mark = "heading" if level else "item" if items else "paragraph"
            blocks.append(Block(said, mark, level, links_in(token.children or []), 0 < rules == len(blocks)))
    return [block for block in blocks if block.text.strip()]


def menu_place(blocks: list[Block]) -> int | None:
    """Where a site's menu stands above the first paragraph of prose: links and nothing else, or short parts."""
    prose = next((i for i, block in enumerate(blocks) if is_prose(block)), 0)
    for i, block in enumerate(blocks[:prose]):
        if block.mark == "paragraph" and (only_links(block) >= 3 or any(map(is_menu, read_lines(block.text)))):
            return i
        if len(blocks[i : i + 4]) == 4 and all(b.mark == "item" and only_links(b) for b in blocks[i : i + 4]):
            return i
    return None


def own_heading(blocks: list[Block], menu: int | None) -> str | None:
    """The article's heading: the first of the highest level; behind a site's name and menu, the last before prose."""
    first = next((i for i, block in enumerate(blocks) if block.level == 1), None)
    if menu is not None:
        prose = next(i for i, block in enumerate(blocks) if is_prose(block))
        above = [i for i in range(prose) if 1 <= blocks[i].level <= 2]
        if above and (first is None or first < menu):
            first = above[-1]
    return None if first is None else " ".join(blocks[first].text.split())


def without_frame(blocks: list[Block], heading: str | None) -> list[Block]:
    """The blocks of a saved page's article: without what is no prose above its heading, and what ends the page.

    That is what stands behind a last thematic break without a sentence's end, links, menus and notices. A file that
    begins with its heading or its text is no saved page.
    """
    prose = [i for i, block in enumerate(blocks) if is_prose(block)]
    above = range(prose[0]) if prose else ()
    start = next((i for i in above if blocks[i].level and " ".join(blocks[i].text.split()) == heading), 0)
    if start == 0:
        return blocks
    behind = range(prose[-1] + 1, len(blocks))
    ends = (i for i in behind if (blocks[i].ruled or is_frame(blocks[i])) and not any(map(is_ended, blocks[i:])))
    end = next(ends, len(blocks))
    if end < len(blocks) and blocks[end - 1].level:  # of the links
        end -= 1
    kept = blocks[start:end]
    return [block for block in kept if block.mark not in ("paragraph", "heading") or not is_aside(block.text)]


def is_frame(block: Block) -> bool:
    return bool(
        only_links(block)
        or (block.mark == "paragraph" and (is_divided(block.text) or RIGHTS.search(block.text) or is_aside(block.text)))
    )


def is_ended(block: Block) -> bool:
    return block.mark == "paragraph" and bool(SENTENCE_END.search(block.text))


def is_prose(block: Block) -> bool:
    return is_ended(block) and letters(block.text) >= 60


def only_links(block: Block) -> int:
    """How many links a block consists of; 0 when there is other text in it."""
    rest = block.text
    for text in block.linked:
        rest = rest.replace(text, "", 1)
    return 0 if any(c.isalnum() for c in rest) else len(block.linked)


def as_page(blocks: list[Block]) -> str:
    """The blocks as a saved page's text: lists with bullets, lines of short paragraphs apart."""
    said = []
    for block, before in zip(blocks, [None, *blocks], strict=False):
        listed = block.mark == "item"
        text = block.text if len(block.text) < SHORT and not listed else " ".join(block.text.split())
        said.append("\n" if listed and before is not None and before.mark == "item" else "\n\n")
        said.append(f"  • {text}" if listed else text)
    return "".join(said).strip("\n")


def inline_text(tokens: list) -> str:
    """The words of Markdown inline tokens; pictures and markup say nothing, but where HTML breaks a line."""
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or (token.type == "html_inline" and is_break(token.content)):
            parts.append("\n")
    return "".join(parts)


def is_break(html: str) -> bool:
    tag = TAG.match(html)
    return tag is not None and tag.group(1).lower() in BLOCKS


def links_in(tokens: list) -> tuple[str, ...]:
    """The text of each link among Markdown inline tokens."""
    texts: list[list] = []
    inside = False
    for token in tokens:
        if token.type == "link_open":
            inside = True
            texts.append([])
        elif token.type == "link_close":
            inside = False
        elif inside:
            texts[-1].append(token)
    return tuple(filter(None, (" ".join(inline_text(one).split()) for one in texts)))
