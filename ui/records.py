"""Questions, queries and earlier runs, read from the command line and from files."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from index.errors import UsageError
from qa.question import read_question
from qa.types import Question

T = TypeVar("T")


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
    return read_lines(batch, key, read_question, refused)


def read_lines(
    path: Path, key: str, made: Callable[[dict[str, Any]], T], refused: Callable[[UsageError], None] | None = None
) -> Iterator[T]:
    """What is made of the records of a JSON Lines file, whose "question" may also be named by another `key`.

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
            found = made(_record(line, key))
        except UsageError as error:
            named = UsageError(f"{path}, line {number}: {error}")
            if refused is None:
                raise named from error
            refused(named)
        else:
            yield found


def _record(line: bytes, key: str) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # an integer of thousands of digits is a ValueError too
        reason = str(error).replace("line 1 column", "column")
        raise UsageError(f"This is not JSON in UTF-8 ({reason}).") from error
    text = record.get(key) or record.get("question") if isinstance(record, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise UsageError(f'There is no "{key}".')
    return {**record, "question": text}


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
