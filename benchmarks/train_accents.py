"""Writes qa/vietnamese_pairs.txt, which words stand side by side in Vietnamese, and measures what it is for.

    python -m benchmarks.train_accents [../shared/data/xquad-dev] [--write]

The pairs are those of the Vietnamese questions and passages of `benchmarks/reading`, and of follow-ups as people type
them into a chat (`benchmarks/questions/follow_ups_vi.txt`), all of which were written for Footnote.
Measured is how many words of xquad-dev's Vietnamese questions, typed without accents, get theirs back.
"""

import argparse
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

from benchmarks.quality import library_of
from index.language import detect_language
from index.words import fold, words
from qa import accents

READING = Path(__file__).parent / "reading" / "passages.jsonl"
FOLLOW_UPS = Path(__file__).parent / "questions" / "follow_ups_vi.txt"
LEAST = 2  # times that a pair that is kept was seen


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("data", type=Path, nargs="?", default=Path("../shared/data/xquad-dev"))
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    if options.write:
        write()
    catalog = library_of(options.data, "vi").catalog
    pairs = []
    for line in (options.data / "vi" / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)["question"].casefold()
        pairs += zip(words(question), words(accents.accented(fold(question), catalog)), strict=True)
    print(f"{sum(own == told for own, told in pairs) / len(pairs):.4f} of {len(pairs)} words are right")


def write() -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for text in texts():
        counted.update(pairwise([accents.BEGIN, *words(text)]))
    kept = sorted((pair for pair in counted.items() if pair[1] >= LEAST), key=lambda pair: (-pair[1], pair[0]))
    accents.PAIRS.write_text("".join(f"{one} {other} {count}\n" for (one, other), count in kept), encoding="utf-8")
    print(f"wrote {accents.PAIRS.name}: {len(kept)} pairs")


def texts() -> list[str]:
    """The Vietnamese questions, and sentences of Vietnamese passages."""
    found = FOLLOW_UPS.read_text(encoding="utf-8").splitlines()
    for line in READING.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found += [asked["question"] for asked in row["questions"] if asked["language"] == "vi"]
        if detect_language(" ".join(row.get("text", ()))) == "vi":
            found += row["text"]
    return found


if __name__ == "__main__":
    main()
