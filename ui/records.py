"""Questions, queries and earlier runs, read from the command line and from files."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from index.errors import UsageError
from qa.types import Filters, Question

SURROGATE = re.compile("[\ud800-\udfff]")


def read_questions(
    text: str | None, batch: Path | None, key: str, refused: Callable[[UsageError], None]
) -> Iterator[Question]:
    """The question (or query, as `key` says) that was given, or those of a file, as `read_lines` reads it."""
    if (text is None) == (batch is None):
        raise UsageError(f"Give a {key}, or --batch FILE.")
    if text is not None:
        if not text.strip():
            raise UsageError(f"The {key} is empty.")
        return iter([read_question({"question": text})])
    return map(read_question, read_lines(batch, key, refused))


def read_lines(path: Path, key: str, refused: Callable[[UsageError], None] | None = None) -> Iterator[dict[str, Any]]:
    """The questions of a JSON Lines file, as `read_question` takes them; one may also be named by another `key`.

    A line that holds none is an error that names it: it is raised, or goes to `refused` and the rest goes on.
    """
    try:
        lines = path.read_bytes().removeprefix(BOM_UTF8).splitlines()  # of bytes: at CR and LF alone
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror or error}).") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = _read_line(line, key)
        except UsageError as error:
            named = UsageError(f"{path}, line {number}: {error}")
            if refused is None:
                raise named from error
            refused(named)
        else:
            yield record


def _read_line(line: bytes, key: str) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # an integer of thousands of digits is a ValueError too
        reason = str(error).replace("line 1 column", "column")
        raise UsageError(f"This is not JSON in UTF-8 ({reason}).") from error
    text = record.get(key) or record.get("question") if isinstance(record, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise UsageError(f'There is no "{key}".')
    record = {**record, "question": text}
    read_question(record)
    return record


def read_question(record: dict[str, Any]) -> Question:
    """A question with its history, filters and id (text, or a whole number). Raises UsageError for anything else."""
    history, filters, id = record.get("history") or (), record.get("filters") or {}, record.get("id")
    if not isinstance(history, list | tuple) or not all(isinstance(turn, str) for turn in history):
        raise UsageError('"history" must be a list of the earlier questions, oldest first.')
    if not isinstance(id, str | int | None):
        raise UsageError('"id" must be text or a whole number.')
    if not isinstance(filters, dict):
        raise UsageError('"filters" must be an object, as {"publisher": "The Gazette"}.')
    wanted = {name: _filter(name, value) for name, value in filters.items()}
    for text in (record["question"], *history, *wanted.values(), id):
        if isinstance(text, str) and SURROGATE.search(text):
            raise UsageError("Half a character (a lone surrogate) is no text: write it whole, in UTF-8.")
    unfiltered = tuple(name for name, value in wanted.items() if value is None)
    return Question(record["question"], tuple(history), Filters(**wanted), id, unfiltered)


def _filter(name: str, value: object) -> str | None:
    """What a filter asks for: dates as ISO writes them, whatever else is text."""
    if name not in Filters.__dataclass_fields__:
        raise UsageError(f"There is no filter {name}. There are: {', '.join(Filters.__dataclass_fields__)}.")
    if not isinstance(value, str | None):
        raise UsageError(f"The filter {name} must be text, or null.")
    if not value or name not in ("after", "before"):
        return value
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise UsageError(f"The filter {name} must be a date like 2021-03-01, not “{value}”.") from error


def only_complains(record: dict[str, Any]) -> bool:
    """Whether a row of feedback.jsonl tells no right answer."""
    return record.get("verdict") == "down" and not record.get("gold") and "answerable" not in record


def read_run(path: Path) -> dict[str, Any]:
    """What `footnote eval --json` printed earlier."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{path} is not the output of `footnote eval --json` ({reason}).") from error
    return found if isinstance(found, dict) else {}
