"""Questions, queries and earlier runs, read from the command line and from files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import UsageError
from qa.types import Filters, Question


def read_records(text: str | None, batch: Path | None, key: str) -> Iterator[dict[str, Any]]:
    if (text is None) == (batch is None):
        raise UsageError(f"Give a {key}, or --batch FILE.")
    if text is not None:
        if not text.strip():
            raise UsageError(f"The {key} is empty.")
        return iter([{key: text}])
    return read_lines(batch, key)


def read_lines(path: Path, key: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, each with a `key` (a query may also be named a question)."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({getattr(error, 'strerror', None) or error}).") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise UsageError(f"{path}, line {number} is not JSON ({error}).") from error
        text = record.get(key) or record.get("question") if isinstance(record, dict) else None
        if not isinstance(text, str) or not text.strip():
            raise UsageError(f'{path}, line {number} has no "{key}".')
        yield record


def read_question(record: dict[str, Any]) -> Question:
    history = record.get("history") or ()
    filters = record.get("filters") or {}
    unknown = set(filters) - set(Filters.__dataclass_fields__)
    if unknown:
        raise UsageError(
            f"There is no filter {sorted(unknown)[0]}. There are: {', '.join(Filters.__dataclass_fields__)}."
        )
    if not isinstance(history, (list, tuple)) or not all(isinstance(turn, str) for turn in history):
        raise UsageError("history must be a list of the earlier questions, oldest first.")
    unfiltered = tuple(name for name, value in filters.items() if value is None)
    return Question(record["question"], tuple(history), Filters(**filters), record.get("id"), unfiltered)


def only_complains(record: dict[str, Any]) -> bool:
    """Whether a row of feedback.jsonl tells no right answer."""
    return record.get("verdict") == "down" and not record.get("gold") and "answerable" not in record


def read_run(path: Path) -> dict[str, Any]:
    """What `footnote eval --json` printed earlier."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{path} is not the output of `footnote eval --json` ({reason}).") from error
    return found if isinstance(found, dict) else {}
