"""One article in many languages, for pages around it."""

from pathlib import Path


def told() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Title and paragraphs of the article by language."""
    blocks = (Path(__file__).with_suffix(".txt")).read_text(encoding="utf-8").strip().split("\n\n")
    parts = (block.split("\n") for block in blocks)
    return {language: (title, tuple(text)) for language, title, *text in parts}


TOLD = told()
