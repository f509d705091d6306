"""What readers thought of answers and citations, kept in `feedback.jsonl` of the library folder."""

import json
import os
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import LibraryError, UsageError
from qa.types import Answer, Citation
from ui.conversations import Turn
from ui.render import REASONS

FILE_NAME = "feedback.jsonl"
GOLD_LIMIT = 500  # characters


class Feedback:
    """The file of one library; a thing judged again has its earlier row replaced."""

    def __init__(self, home: Path):
        self.path = Path(home) / FILE_NAME
        self._lock = threading.Lock()

    def put(self, row: dict[str, Any]) -> None:
        with self._lock:
            try:
                lines = self.path.read_text(encoding="utf-8").split("\n") if self.path.exists() else []
                kept = [line for line in lines if line.strip() and _id(line) != row["id"]]
                fresh = self.path.with_suffix(".new")
                fresh.write_text("\n".join([*kept, json.dumps(row, ensure_ascii=False)]) + "\n", encoding="utf-8")
                os.replace(fresh, self.path)
            except OSError as error:
                raise LibraryError(
                    f"{self.path} cannot be written ({error.strerror}). Check its permissions."
                ) from error


def _id(line: str) -> str | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found.get("id") if isinstance(found, dict) else None


def row(
    turn: Turn, answers: Sequence[Answer], number: int, verdict: str, reason: str = "", gold: str = ""
) -> dict[str, Any]:
    """A row that `footnote eval` can read: the question with its history and, where the verdict tells it, the gold.

    `number` is that of the citation judged, 0 for the answer. A thumb up makes the quote the gold. A thumb down does
    where the reader gave the right words, or said that the articles don't answer; else the row has no gold, and
    `eval` leaves it out. Raises UsageError for what is not in the conversation.
    """
    cited = None
    if 0 <= turn.position < len(answers):
        cited = next((c for c in answers[turn.position].citations if c.number == number), None)
    known = verdict == "up" or (verdict == "down" and reason in REASONS)
    if not known or not 0 <= turn.position < len(answers) or (number and cited is None):
        raise UsageError("There is no such answer in this conversation.")
    answer = answers[turn.position]
    shown = [cited] if cited else list(answer.citations)
    found: dict[str, Any] = {
        "id": ":".join([turn.conversation, str(turn.position), *([str(number)] if number else [])]),
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "verdict": verdict,
        "question": answer.question,
        "history": [earlier.question for earlier in answers[: turn.position]],
        "status": answer.status,
        "quotes": [_quote(citation) for citation in shown],
    }
    if verdict == "down":
        found["reason"] = reason
    return {**found, **_gold(answer, cited, verdict, reason, gold.strip()[:GOLD_LIMIT])}


def _gold(answer: Answer, cited: Citation | None, verdict: str, reason: str, words: str) -> dict[str, Any]:
    if verdict == "up" and answer.citations:
        right = [cited] if cited else list(answer.citations)
        return {"gold": [citation.quote for citation in right], "file": [citation.article.path for citation in right]}
    if verdict == "up" or reason == "absent":
        return {"answerable": False}
    return {"gold": [words], "answerable": True} if words else {}


def _quote(citation: Citation) -> dict[str, Any]:
    article = citation.article
    return {"quote": citation.quote, "start": citation.start, "end": citation.end, "path": article.path,
            "content_hash": article.content_hash}  # fmt: skip
