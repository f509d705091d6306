"""Reads JSON Lines of articles."""

import json
from pathlib import Path

from index.encoding import decode
from index.errors import UnreadableFile
from index.page import Page
from index.stated import MARKS, one_line, tidy
from index.types import Draft


def read_json_lines(content: bytes, path: Path) -> tuple[Page, ...]:
    """One article a line, `text` and any of MARKS; other keys are left alone. A part is named by its line."""
    pages = []
    for number, line in enumerate(decode(content, path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise UnreadableFile(f"{path}: line {number} is not JSON ({error}); correct it.") from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str) or not record["text"].strip():
            raise UnreadableFile(f'{path}: line {number} is no article; write {{"title": "…", "text": "…"}}.')
        stated = Draft(text="", **{mark: one_line(record.get(mark)) for mark in MARKS})
        pages.append(Page(text=tidy(record["text"]), kind="article", stated=stated, part=f"#{number}"))
    return tuple(pages)
