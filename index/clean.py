"""Cuts the article's body out of a page of plain text, by the structure of its lines."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from index.headline import find_headline, standfirst
from index.lines import (
    SITE_WORDS,
    STAMP,
    TRUNCATED,
    Line,
    capitals,
    echoes,
    is_aside,
    is_credit,
    is_headlines,
    is_stamp,
    read_lines,
)
from index.stated import BY

BUTTON = re.compile(
    r"sub\w{0,3}cri|abon|suscr|iscriv|prenumer|подпис|訂閱|订阅|購読|구독|đăng ký|sign up|e-?blast|video"
    r"|^(?:read|see|more|mehr|lire|lea|leia|leggi|lesen|читайте|đọc|xem|اقرأ|関連|相关|baca)\b"
    r"|^(?:advert\w*|anzeige|publicité|publicidad|pubblicità|reklam\w*|реклама|quảng cáo|広告|广告|إعلان)$",
    re.IGNORECASE,
)
"""Weak evidence too: only keeps a short line from passing for a heading."""
CLAUSE = re.compile(r"[,;，、؛،]")
QUOTE = re.compile('["“”„«»‘’「」『』]')
DAY = re.compile(r"(?<!\d)(?:(?:19|20)\d\d\b.*\d|\d.*\b(?:19|20)\d\d)(?!\d)")
NEAR, FAR = 0.75, 0.94
"""What a line's prose still counts one line on: about four lines, about sixteen."""
KEEP, GAP, FULL, PLAIN, AMONG, EDGE = -1.0, 0.2, 1.0, 0.5, 0.5, -2.0
"""Chosen on pages-dev with cross-validation by page (benchmarks/train_clean.py)."""
# weights
OWN_BIAS = -4.00
OWN_WEIGHTS = (
    0.65,  # letters to 100
    2.59,  # letters over 100
    1.23,  # ends
    0.80,  # ends and long
    -0.42,  # sentences
    -0.68,  # bullet
    1.74,  # isolated
    -1.02,  # tight
    -1.67,  # echo
    -1.00,  # repeated
    -0.46,  # credit
    -1.73,  # truncated
    -0.65,  # stamp
    0.63,  # clauses
    1.00,  # quote
    0.87,  # colon
    -2.60,  # site words
)
AROUND_BIAS = -4.55
AROUND_WEIGHTS = (
    2.20,  # letters to 100
    2.13,  # letters over 100
    2.07,  # ends
    -0.16,  # ends and long
    -0.36,  # sentences
    -0.01,  # bullet
    1.11,  # isolated
    -0.15,  # tight
    -2.46,  # echo
    -0.29,  # repeated
    -0.82,  # credit
    -0.67,  # truncated
    -1.26,  # stamp
    0.63,  # clauses
    0.92,  # quote
    1.24,  # colon
    -2.01,  # site words
    1.80,  # near before
    0.75,  # near after
    -0.34,  # near both
    -0.29,  # far before
    0.43,  # far after
    -0.10,  # far both
    0.48,  # previous
    1.18,  # next
    -0.00,  # previous and next
    -1.35,  # short, previous
    0.11,  # short, next
    1.11,  # short, both
    0.51,  # short, isolated
    0.81,  # short, far both
    -0.79,  # prose, far both
    0.41,  # prose, near before
    0.01,  # prose, near after
    0.55,  # prose, far after
    -0.42,  # prose, isolated
    -1.11,  # off centre
    -0.80,  # page prose
)
# end of weights


@dataclass(frozen=True, slots=True)
class Body:
    """A page's lines, which of them (indexes, in order) are the article's, and which is its title."""

    lines: tuple[Line, ...]
    kept: tuple[int, ...]
    title: int | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.lines[i].text for i in self.kept if i != self.title)


def clean(page: str) -> Body:
    """The article's paragraphs in a page, one line each; none when there is no prose."""
    lines = read_lines(page)
    return cut(lines, score_lines(lines))


def cut(lines: tuple[Line, ...], scores: list[float]) -> Body:
    """The body, by each line's log-odds of being the article's: run of prose, headline, standfirst."""
    kept = one_article(lines, choose(lines, scores))
    title = find_headline(lines, kept)
    if title is not None and kept and (is_about_writer(lines, title, kept) or is_about_site(lines, title, kept)):
        kept = kept[:-1]
    if title is not None:
        kept = once(lines, [*standfirst(lines, title, kept), *kept])
    return Body(lines=lines, kept=kept, title=title)


def score_lines(lines: tuple[Line, ...]) -> list[float]:
    """The log-odds of each line being the article's, by the two logistic regressions of WEIGHTS."""
    rows = own_features(lines)
    own = [OWN_BIAS + dot(OWN_WEIGHTS, row) for row in rows]
    around = around_features(lines, rows, own)
    return [AROUND_BIAS + dot(AROUND_WEIGHTS, row + more) for row, more in zip(rows, around, strict=True)]


def dot(weights: tuple[float, ...], values: list[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def own_features(lines: tuple[Line, ...]) -> list[list[float]]:
    """For each line, what can be seen in it and its neighbours; see OWN for the order."""
    counts = Counter(line.text for line in lines)
    isolated = [line.blank_before and line.blank_after for line in lines]
    spaced = is_spaced(lines)
    rows = []
    for i, line in enumerate(lines):
        near = [lines[j].text for j in range(max(0, i - 2), min(len(lines), i + 3)) if j != i]
        rows.append(
            [
                min(line.size, 100) / 100,
                min(max(line.size - 100, 0), 300) / 300,
                line.ends,
                line.ends and line.size >= 60,
                min(line.sentences - 1, 3) / 3,
                line.bullet,
                spaced and isolated[i],
                spaced and not (line.blank_before or line.blank_after),
                any(echoes(line.text, other) for other in near),
                counts[line.text] > 1 and line.size < 200,
                is_credit(line),
                bool(TRUNCATED.search(line.text)),
                line.size < 80 and bool(STAMP.search(line.text)),
                min(len(CLAUSE.findall(line.text)), 3) / 3,
                bool(QUOTE.search(line.text)),
                line.text.endswith((":", "：")),
                bool(SITE_WORDS.search(line.text)),
            ]
        )
    return [[float(value) for value in row] for row in rows]


OWN = (
    "letters to 100",
    "letters over 100",
    "ends",
    "ends and long",
    "sentences",
    "bullet",
    "isolated",
    "tight",
    "echo",
    "repeated",
    "credit",
    "truncated",
    "stamp",
    "clauses",
    "quote",
    "colon",
    "site words",
)


def around_features(lines: tuple[Line, ...], rows: list[list[float]], own: list[float]) -> list[list[float]]:
    """For each line, the prose around it: masses before and after, decaying with distance; see AROUND."""
    chance = [1 / (1 + math.exp(-max(-30, min(30, value)))) for value in own]
    mass = [p * min(line.size, 300) / 100 for p, line in zip(chance, lines, strict=True)]
    near_before, near_after = decayed(mass, NEAR), decayed(mass[::-1], NEAR)[::-1]
    far_before, far_after = decayed(mass, FAR), decayed(mass[::-1], FAR)[::-1]
    total = sum(mass) or 1.0
    done = 0.0
    out = []
    for i, line in enumerate(lines):
        previous = chance[i - 1] if i else 0.0
        following = chance[i + 1] if i + 1 < len(lines) else 0.0
        short = float(line.size < 80 and not line.ends)
        prose = float(line.size >= 60 and line.ends)
        nb, na, fb, fa = (math.log1p(m[i]) for m in (near_before, near_after, far_before, far_after))
        out.append(
            [
                nb,
                na,
                min(nb, na),
                fb,
                fa,
                min(fb, fa),
                previous,
                following,
                min(previous, following),
                short * previous,
                short * following,
                short * min(previous, following),
                short * rows[i][6],
                short * min(fb, fa),
                prose * min(fb, fa),
                prose * nb,
                prose * na,
                prose * fa,
                prose * rows[i][6],
                abs((done + mass[i] / 2) / total - 0.5),
                math.log1p(max(0.0, total - mass[i])),
            ]
        )
        done += mass[i]
    return out


AROUND = (
    "near before",
    "near after",
    "near both",
    "far before",
    "far after",
    "far both",
    "previous",
    "next",
    "previous and next",
    "short, previous",
    "short, next",
    "short, both",
    "short, isolated",
    "short, far both",
    "prose, far both",
    "prose, near before",
    "prose, near after",
    "prose, far after",
    "prose, isolated",
    "off centre",
    "page prose",
)


def decayed(mass: list[float], rate: float) -> list[float]:
    """For each place the mass before it, each step counting `rate` of the one nearer."""
    out, current = [], 0.0
    for value in mass:
        out.append(current)
        current = rate * (current + value)
    return out


def choose(lines: tuple[Line, ...], scores: list[float]) -> tuple[int, ...]:
    """The prose of the best run and the headings in it, without what interrupts it, each text once.

    The short sentences next to its ends are the article's too: answers, verdicts, the last words of a talk.
    A text cut off with dots that ends the run, or stands under a headline, is another article's beginning.
    """
    spaced = is_spaced(lines)
    sentences = [is_sentence(line) for line in lines]
    among = [all(three) for three in zip([False, *sentences], sentences, [*sentences[1:], False], strict=False)]
    scores = [
        score + FULL * is_full(line, spaced) + AMONG * between
        for line, score, between in zip(lines, scores, among, strict=True)
    ]
    if is_plain(lines) or max(scores, default=0) <= 0:
        scores = [max(score, PLAIN) if whole else score for score, whole in zip(scores, sentences, strict=True)]
    start, end = best_run([run_value(line, score) for line, score in zip(lines, scores, strict=True)])
    while 0 < start < end and sentences[start - 1] and scores[start - 1] > KEEP:  # a headline may be a sentence
        start -= 1
    while start < end < len(lines) and sentences[end] and scores[end] > EDGE:
        scores[end] = max(scores[end], 0)
        end += 1
    prose = {i for i in range(start, end) if scores[i] > KEEP and not interrupts(lines[i]) and not is_boxed(lines, i)}
    last = max(prose, default=0)
    prose = {i for i in prose if not (TRUNCATED.search(lines[i].text) and (i == last or i - 1 not in prose))}
    headings = {i for i in range(start, end) if is_heading(lines, i, prose, spaced)}
    return once(lines, sorted(prose | headings))


def one_article(lines: tuple[Line, ...], kept: tuple[int, ...]) -> tuple[int, ...]:
    """The longer part of a body in which a second article begins: a headline of what follows it, and its date.

    Where several begin, the page is a live blog, and they are the article's.
    """
    starts = []
    for before, after in pairwise(kept):
        dates = [i for i in range(before + 2, after) if is_stamp(lines[i]) and DAY.search(lines[i].text)]
        rest = kept[kept.index(after) :]
        if dates and before < (find_headline(lines, rest) or 0) < dates[-1]:
            starts.append(after)
    if len(starts) != 1:
        return kept
    parts = [tuple(i for i in kept if (i < starts[0]) is first) for first in (True, False)]
    return max(parts, key=lambda part: sum(lines[i].size for i in part))


def is_about_writer(lines: tuple[Line, ...], title: int, kept: tuple[int, ...]) -> bool:
    """Whether the last paragraph begins with the name in the byline: "Ann Bee is a reporter of this paper.".

    A byline begins with "by"; where none does, it has a date in it or beside it. Whom another paragraph names the
    article is about.
    """
    words = lines[kept[-1]].text.split()[:2]
    name = " ".join(words)
    if len(kept) < 3 or len(words) < 2 or not all(word[:1].isupper() for word in words):
        return False
    head = lines[title + 1 : kept[0]]
    dated = [line for i, line in enumerate(head) if any(map(is_stamp, head[max(0, i - 1) : i + 2]))]
    bylines = [line for line in head if BY.match(line.text)] or dated
    named = any(
        name in line.text and len(line.text) <= 40 and not is_credit(line) and capitals(line.text) > 0.5
        for line in bylines
    )
    return named and not is_told(name, lines, kept[:-1])


def is_about_site(lines: tuple[Line, ...], title: int, kept: tuple[int, ...]) -> bool:
    """Whether the last paragraph is the page's foot: short, and begins with what stands at its head.

    "Kestrel Post is a weekly of Vale Media.", at the page's end or behind lines that are no article, where the page
    begins with "KESTREL POST". What another paragraph names the article is about.
    """
    foot, head = lines[kept[-1]], [line for line in lines[: min(3, title)] if not line.bullet and 4 <= line.size <= 45]
    apart = kept[-1] == len(lines) - 1 or kept[-1] - kept[-2:][0] > 1
    names = [line.text.casefold() for line in head if " " in line.text or line.text.lower() == line.text.upper()]
    named = [name for name in names if foot.text.casefold().startswith(name)]
    told = any(is_told(name, lines, kept[:-1]) for name in named)
    return len(kept) > 2 and apart and foot.size < 160 and bool(named) and not told


def is_told(name: str, lines: tuple[Line, ...], kept: tuple[int, ...]) -> bool:
    """Whether a paragraph of those kept has a name, in capitals or not."""
    return any(name.casefold() in lines[i].text.casefold() for i in kept)


def is_boxed(lines: tuple[Line, ...], i: int) -> bool:
    """Whether a short sentence stands right below a button: "Sign up" and what for."""
    above = lines[i - 1] if i else lines[i]
    return not lines[i].blank_before and lines[i].size < 120 and not above.ends and bool(BUTTON.search(above.text))


def is_full(line: Line, spaced: bool) -> bool:
    """A paragraph of its own that ends a sentence."""
    alone = not spaced or (line.blank_before and line.blank_after)
    return alone and (line.ends or line.sentences >= 3) and line.size >= 80 and not line.bullet


def is_plain(lines: tuple[Line, ...]) -> bool:
    """Whether a page is little but sentences: an article saved without its page, or a note."""
    return sum(line.ends for line in lines) > 0.6 * len(lines)


def is_sentence(line: Line) -> bool:
    """A line of at least one short sentence that nothing marks as the page's frame; in a list, a longer one."""
    framed = is_credit(line) or SITE_WORDS.search(line.text) or TRUNCATED.search(line.text)
    if line.bullet:
        return line.ends and line.size >= 50 and not framed
    return (line.ends or line.sentences >= 3) and line.size >= 10 and not framed


def run_value(line: Line, score: float) -> float:
    """What a line adds to a run: long prose most; other lines cost little, as pages interrupt articles."""
    if score > 0:
        return min(score, 3) * min(max(line.size, 30), 200) / 100
    return max(score, -3) / 3 * GAP


def is_spaced(lines: tuple[Line, ...]) -> bool:
    """Whether the page sets its paragraphs apart with blank lines."""
    return sum(line.blank_before and line.blank_after for line in lines) > 0.1 * len(lines)


def interrupts(line: Line) -> bool:
    """What stands between paragraphs: advertisements and the like; headlines, captions and buttons, which are short
    without a sentence's end, or have a credit; several headlines in a line.
    """
    if is_aside(line.text):
        return True
    if line.bullet or line.ends:
        return False
    return line.size < 100 or (line.size < 300 and (is_credit(line) or is_headlines(line)))


def is_heading(lines: tuple[Line, ...], i: int, prose: set[int], spaced: bool) -> bool:
    """A short line of its own between two paragraphs: not a caption, a date, a notice."""
    line = lines[i]
    return (
        i not in prose
        and 3 <= line.size <= 70
        and i + 1 in prose
        and i - 1 in prose
        and lines[i + 1].size >= 60
        and not lines[i + 1].bullet
        and (not spaced or (line.blank_before and line.blank_after))
        and not line.bullet
        and not line.text.endswith((":", "：", "!", "…", "..."))
        and not is_credit(line)
        and not is_aside(line.text)
        and not any(shape.search(line.text) for shape in (SITE_WORDS, STAMP, BUTTON))
    )


def once(lines: tuple[Line, ...], indexes: list[int]) -> tuple[int, ...]:
    """The lines whose text no earlier one has."""
    seen: set[str] = set()
    kept = []
    for i in indexes:
        if lines[i].text not in seen:
            seen.add(lines[i].text)
            kept.append(i)
    return tuple(kept)


def best_run(scores: list[float]) -> tuple[int, int]:
    """The contiguous run with the highest sum (Kadane); (0, 0) when nothing is positive."""
    best = (0.0, 0, 0)
    total, start = 0.0, 0
    for i, value in enumerate(scores):
        if total <= 0:
            total, start = 0.0, i
        total += value
        if total > best[0]:
            best = (total, start, i + 1)
    return best[1], best[2]
