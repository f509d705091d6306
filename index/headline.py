"""Finds the headline and the standfirst above an article's body."""

from index.language import letters
from index.lines import (
    SITE_WORDS,
    TRUNCATED,
    Line,
    capitals,
    echoes,
    is_caption,
    is_credit,
    is_menu,
    is_stamp,
    is_ticker,
    words,
)

ASKS = ("?", "!", "？", "！")
HEADLINE = 0.6
"""Set by hand on pages-dev, as the weights in headline_score."""


def find_headline(lines: tuple[Line, ...], kept: tuple[int, ...]) -> int | None:
    """The line before (or at) the body's start that looks most like its headline, None when none does."""
    if not kept:
        return None
    start = kept[0]
    vocabulary = set(words(" ".join(lines[i].text for i in kept)))
    candidates = [
        (headline_score(lines, i, start, vocabulary), i)
        for i in range(max(0, start - 60), start + 1)
        if i < start or (lines[i].size < 150 and (not lines[i].ends or lines[i].text.endswith(ASKS)))
    ]
    if start > 60:
        candidates.append((headline_score(lines, 0, start, vocabulary), 0))
    score, best = max(candidates, default=(0.0, 0))
    higher, above = (next((value for value, i in candidates if i == best - back), 0.0) for back in (2, 1))
    longer = best > 0 and lines[best].size > lines[best - 1].size >= 25 and lines[best - 1].blank_before
    if (lines[best].size > 80 and above > max(HEADLINE, score - 0.4)) or (
        longer and lines[best].blank_before and higher < HEADLINE < above and above > score - 0.25
    ):
        best -= 1  # the standfirst won over the headline above it
    return best if score > HEADLINE else None


def headline_score(lines: tuple[Line, ...], i: int, start: int, vocabulary: set[str]) -> float:
    """How much a line looks like the headline; set by hand on pages-dev."""
    line = lines[i]
    own = words(line.text)
    if not own or not (12 if i else 3) <= line.size <= 250 or (i > 0 and (line.bullet or is_ticker(line))):
        return -1.0
    if is_menu(line) or is_caption(line):
        return -1.0
    shared = sum(letters(word) for word in own if word in vocabulary)
    share = shared / sum(map(letters, own))
    near = [lines[j] for j in range(max(0, i - 2), min(len(lines), i + 3)) if j != i]
    after = lines[i + 1 : i + 5]
    whole = sum(other.text == line.text for other in lines[: start + 1])
    part = any(
        line.size < other.size < 2 * line.size + 30 and line.text in other.text and not is_caption(other)
        for other in lines[:start]
    )
    return (
        0.3 * share
        + 0.5 * min(shared, 40) / 40
        + 0.5 * min(line.size, 45) / 45
        - 0.3 * (line.size > 130)
        + 0.15 * line.blank_before
        + 0.15 * line.blank_after
        - 0.007 * min(start - i, 60)
        + 0.2 * (i == 0)
        - 0.5 * (i < 3 and line.size < 45 and any(map(is_menu, after)))
        + 0.5 * (i == 0 and start <= 1)
        + 0.25 * (line.size >= 25 and (part or whole == 2))
        - 0.3 * (whole > 2)
        + 0.15 * any(is_stamp(other) for other in after)
        + 0.1 * (bool(after) and after[0].ends and after[0].size >= 60)
        - 0.2 * (capitals(line.text) == 1 and len(own) <= 8)
        - 0.5 * (line.ends and not line.text.endswith(ASKS))
        - 0.3 * (line.sentences > 1 and line.ends)
        - 0.3 * is_credit(line)
        - 0.3 * bool(SITE_WORDS.search(line.text))
        - 0.5 * is_stamp(line)
        - 0.25 * (i > 0 and any(echoes(line.text, other.text) and not other.bullet for other in near))
    )


def standfirst(lines: tuple[Line, ...], title: int, kept: tuple[int, ...]) -> list[int]:
    """The sentence under the headline, when bylines or pictures stand between it and the body."""
    return [
        i
        for i in range(title + 1, min(title + 4, kept[0] if kept else 0))
        if lines[i].size >= 50
        and (lines[i].ends or (i == title + 1 and capitals(lines[i].text) < 0.6))
        and lines[i].blank_before
        and not lines[i].bullet
        and not is_stamp(lines[i])
        and not is_credit(lines[i])
        and not is_caption(lines[i])
        and not is_menu(lines[i])
        and not is_ticker(lines[i])
        and not TRUNCATED.search(lines[i].text)
        and not any(echoes(lines[i].text, lines[j].text) for j in (i - 1, i + 1))
    ]
