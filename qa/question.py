"""Questions as programs write them: records in JSON."""

import re
from datetime import date
from typing import Any

from index.errors import UsageError
from qa.types import Filters, Question

SURROGATE = re.compile("[\ud800-\udfff]")


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
