"""Cuts the article's body out of a page of plain text, by the structure of its lines."""

import math
import re
from collections import Counter
from dataclasses import dataclass

BULLET = re.compile(r"^(?:[•·●▪‣◦*»›–—-]\s)+\s*")
NUMBERED = re.compile(r"^\d{1,3}[.)]\s")
SENTENCE_END = re.compile(r"""[.!?…。！？।॥؟۔።։၊။]\s?[♦■]?["'”’“»›)\]』」）\s]*(?:\[\d+\])*$""")
SENTENCE_BREAK = re.compile(r"""[.!?…]["'”’»)\]]*\s+["'“„«»(\[¿¡]*[^\W\d_a-zß-öø-ÿа-я]|[。！？।؟۔]""")
TRUNCATED = re.compile(r"(?:\.\.\.|…)$")
CREDIT = re.compile(
    r"©|\([^()]*[/©:][^()]*\)\.?$|[^\W\d_]{2,}\s?/\s?[^\W\d_]{2,}[^.!?]{0,30}$|(?:^|[.)]\s)[^\W\d_]{3,}: [^.!?:]{2,40}$"
)
STAMP = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[:.]\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|年\d{1,2}月")
SITE_WORDS = re.compile(
    r"cookie|copyright|newsletter|facebook|twitter|whatsapp|instagram|telegram|youtube|linkedin|e-?mail|https?:|www\."
    r"|rights reserved|javascript|©",
    re.IGNORECASE,
)
"""Words that pages of any language have in their frame. Weak evidence: an article may be about them."""
BUTTON = re.compile(
    r"sub\w{0,3}cri|abon|suscr|iscriv|prenumer|подпис|訂閱|订阅|購読|구독|đăng ký|sign up|e-?blast|video"
    r"|^(?:read|see|more|mehr|lire|lea|leia|leggi|lesen|читайте|đọc|xem|اقرأ|関連|相关|baca)\b"
    r"|^(?:advert\w*|anzeige|publicité|publicidad|pubblicità|reklam\w*|реклама|quảng cáo|広告|广告|إعلان)$",
    re.IGNORECASE,
)
"""Weak evidence too: only keeps a short line from passing for a heading."""
CLAUSE = re.compile(r"[,;，、؛،]")
QUOTE = re.compile("[\"“”„«»‘’「」『』]")
WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
NEAR, FAR = 0.75, 0.94
KEEP, GAP, FULL, PLAIN, HEADLINE = -1.0, 0.2, 1.0, 0.5, 0.6
"""Chosen on pages-dev with cross-validation by page (benchmarks/train_clean.py)."""
# weights
OWN_BIAS, OWN_WEIGHTS = -3.99, (0.64, 2.56, 1.23, 0.80, -0.40, -0.67, 1.73, -1.03, -1.69, -1.01, -0.51, -1.80, -0.64, 0.63, 1.01, 0.88, -2.56)
AROUND_BIAS, AROUND_WEIGHTS = -4.34, (2.07, 2.24, 1.93, -0.07, -0.42, -0.02, 1.15, -0.16, -2.50, -0.33, -0.87, -0.69, -1.32, 0.63, 0.92, 1.23, -1.92, 1.79, 0.78, -0.36, -0.29, 0.41, -0.09, 0.46, 1.15, 0.02, -1.18, 0.23, 0.98, 0.40, 0.76, -0.82, 0.48, -0.03, 0.59, -0.48, -1.11, -0.82)
# end of weights


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page with its white space made plain. `size` is its length in letters of Latin script."""

    text: str
    bullet: bool
    blank_before: bool
    blank_after: bool
    size: float
    sentences: int
    ends: bool


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a page, which of them (indexes, in order) are the article's paragraphs, and which is its title."""

    lines: tuple[Line, ...]
    kept: tuple[int, ...]
    title: int | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.lines[i].text for i in self.kept if i != self.title)


def clean(page: str) -> Body:
    """The article's paragraphs in a page, one line each; none when there is no prose."""
    lines = read_lines(page)
    kept = choose(lines, score_lines(lines))
    title = find_headline(lines, kept)
    if title is None:
        return Body(lines=lines, kept=kept)
    return Body(lines=lines, kept=once(lines, [*standfirst(lines, title, kept), *kept]), title=title)


def standfirst(lines: tuple[Line, ...], title: int, kept: tuple[int, ...]) -> list[int]:
    """The sentence under the headline, when bylines or pictures stand between it and the body."""
    return [
        i for i in range(title + 1, min(title + 4, kept[0] if kept else 0))
        if lines[i].size >= 50
        and (lines[i].ends or i == title + 1)
        and lines[i].blank_before
        and not lines[i].bullet
        and not stamp(lines[i])
        and not CREDIT.search(lines[i].text)
        and not TRUNCATED.search(lines[i].text)
        and not any(echoes(lines[i].text, lines[j].text) for j in (i - 1, i + 1))
    ]


def score_lines(lines: tuple[Line, ...]) -> list[float]:
    """The log-odds of each line being the article's, by the two logistic regressions of WEIGHTS."""
    rows = own_features(lines)
    own = [OWN_BIAS + dot(OWN_WEIGHTS, row) for row in rows]
    around = around_features(lines, rows, own)
    return [
        AROUND_BIAS + dot(AROUND_WEIGHTS, row + more) for row, more in zip(rows, around, strict=True)
    ]


def dot(weights: tuple[float, ...], values: list[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def read_lines(page: str) -> tuple[Line, ...]:
    """The lines of a page that hold anything, those broken at a fixed width joined again."""
    raw = unwrap([" ".join(line.split()) for line in page.split("\n")])
    lines = []
    for i, text in enumerate(raw):
        if not text:
            continue
        bare = BULLET.sub("", text)
        size = letters(bare)
        blank_before = i == 0 or not raw[i - 1]
        blank_after = i + 1 == len(raw) or not raw[i + 1]
        in_list = bool(NUMBERED.match(text)) and not (blank_before and blank_after)
        lines.append(
            Line(
                text=bare or text,
                bullet=bare != text or in_list,
                blank_before=blank_before,
                blank_after=blank_after,
                size=size,
                sentences=len(SENTENCE_BREAK.findall(bare)) + 1,
                ends=ends_sentence(bare, size),
            )
        )
    return tuple(lines)


def unwrap(raw: list[str]) -> list[str]:
    """Joins the lines of a text that is broken at a fixed width, as mail and text browsers do.

    It is when its lines all fit the width and most of those in a block of three or more, the last of each
    aside, nearly fill it.
    """
    width = max(map(len, raw), default=0)
    blocks: list[list[str]] = [[]]
    for line in raw:
        if line and not BULLET.match(line) and not NUMBERED.match(line):
            blocks[-1].append(line)
        else:
            blocks += [[line], []]
    inner = [line for block in blocks if len(block) >= 3 for line in block[:-1]]
    if not 40 <= width <= 120 or len(inner) < 4 or sum(len(line) > 0.75 * width for line in inner) < 0.8 * len(inner):
        return raw
    joined = []
    for block in blocks:
        full = all(len(line) > 0.6 * width for line in block[:-1])
        joined += [re.sub(r"(?<=\w-)\n(?=\w)", "", "\n".join(block)).replace("\n", " ")] if full and block else block
    return joined


def letters(text: str) -> float:
    """Length in Latin letters: a Chinese, Japanese or Korean character says as much as about two and a half."""
    return len(text) + 1.5 * len(WIDE.findall(text))


def ends_sentence(text: str, size: float) -> bool:
    """Thai, Lao, Burmese and Khmer end sentences without a mark, so a long line must do."""
    return bool(SENTENCE_END.search(text)) or (size > 80 and len(UNSPACED.findall(text)) > 0.5 * len(text))


def own_features(lines: tuple[Line, ...]) -> list[list[float]]:
    """For each line, what can be seen in it and its neighbours; see OWN for the order."""
    counts = Counter(line.text for line in lines)
    isolated = [line.blank_before and line.blank_after for line in lines]
    spaced = is_spaced(lines)
    rows = []
    for i, line in enumerate(lines):
        near = [lines[j].text for j in range(max(0, i - 2), min(len(lines), i + 3)) if j != i]
        rows.append([
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
            bool(CREDIT.search(line.text)),
            bool(TRUNCATED.search(line.text)),
            line.size < 80 and bool(STAMP.search(line.text)),
            min(len(CLAUSE.findall(line.text)), 3) / 3,
            bool(QUOTE.search(line.text)),
            line.text.endswith((":", "：")),
            bool(SITE_WORDS.search(line.text)),
        ])
    return [[float(value) for value in row] for row in rows]


OWN = (
    "letters to 100", "letters over 100", "ends", "ends and long", "sentences", "bullet", "isolated", "tight",
    "echo", "repeated", "credit", "truncated", "stamp", "clauses", "quote", "colon", "site words",
)


def echoes(text: str, other: str) -> bool:
    """Picture and caption, or link and headline: one begins with the other."""
    short = min(len(text), len(other))
    return short >= 15 and text[:short] == other[:short]


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
        out.append([
            nb, na, min(nb, na), fb, fa, min(fb, fa),
            previous, following, min(previous, following),
            short * previous, short * following, short * min(previous, following),
            short * rows[i][6], short * min(fb, fa),
            prose * min(fb, fa), prose * nb, prose * na, prose * fa, prose * rows[i][6],
            abs((done + mass[i] / 2) / total - 0.5),
            math.log1p(max(0.0, total - mass[i])),
        ])
        done += mass[i]
    return out


AROUND = (
    "near before", "near after", "near both", "far before", "far after", "far both",
    "previous", "next", "previous and next",
    "short, previous", "short, next", "short, both",
    "short, isolated", "short, far both",
    "prose, far both", "prose, near before", "prose, near after", "prose, far after", "prose, isolated",
    "off centre", "page prose",
)


def decayed(mass: list[float], rate: float) -> list[float]:
    """For each place the mass before it, each step counting `rate` of the one nearer."""
    out, current = [], 0.0
    for value in mass:
        out.append(current)
        current = rate * (current + value)
    return out


def choose(lines: tuple[Line, ...], scores: list[float]) -> tuple[int, ...]:
    """The prose of the best run and the headings in it, without what interrupts it, each text once."""
    spaced = is_spaced(lines)
    scores = [score + FULL * is_full(line, spaced) for line, score in zip(lines, scores, strict=True)]
    if is_plain(lines) or max(scores, default=0) <= 0:
        scores = [max(score, PLAIN * is_sentence(line)) for line, score in zip(lines, scores, strict=True)]
    start, end = best_run([run_value(line, score) for line, score in zip(lines, scores, strict=True)])
    prose = [i for i in range(start, end) if scores[i] > KEEP and not interrupts(lines[i])]
    prose = [i for i in prose if not is_teaser(lines, i, prose)]
    headings = [i for i in range(start, end) if is_heading(lines, i, set(prose), spaced)]
    return once(lines, sorted(prose + headings))


def is_full(line: Line, spaced: bool) -> bool:
    """A paragraph of its own that ends a sentence."""
    alone = line.blank_before and line.blank_after or not spaced
    return alone and line.ends and line.size >= 80 and not line.bullet


def is_plain(lines: tuple[Line, ...]) -> bool:
    """Whether a page is little but sentences: an article saved without its page, or a note."""
    return sum(line.ends for line in lines) > 0.6 * len(lines)


def is_sentence(line: Line) -> bool:
    """A line of at least one short sentence that nothing marks as the page's frame."""
    framed = CREDIT.search(line.text) or SITE_WORDS.search(line.text) or TRUNCATED.search(line.text)
    return line.ends and line.size >= 10 and not line.bullet and not framed


def run_value(line: Line, score: float) -> float:
    """What a line adds to a run: long prose most; a line that is none costs little, as pages interrupt articles."""
    if score > 0:
        return min(score, 3) * min(max(line.size, 30), 200) / 100
    return max(score, -3) / 3 * GAP


def is_spaced(lines: tuple[Line, ...]) -> bool:
    """Whether the page sets its paragraphs apart with blank lines."""
    return sum(line.blank_before and line.blank_after for line in lines) > 0.1 * len(lines)


def interrupts(line: Line) -> bool:
    """Headlines, captions and buttons between paragraphs: short without a sentence's end, or with a credit."""
    if line.bullet or line.ends:
        return False
    return line.size < 100 or (line.size < 300 and bool(CREDIT.search(line.text)))


def is_teaser(lines: tuple[Line, ...], i: int, prose: list[int]) -> bool:
    """A text cut off with dots that ends the run, or that stands under a headline: another article's beginning."""
    return bool(TRUNCATED.search(lines[i].text)) and (i == prose[-1] or i - 1 not in prose)


def is_heading(lines: tuple[Line, ...], i: int, prose: set[int], spaced: bool) -> bool:
    """A short line of its own between two paragraphs: not a caption, a date, a notice."""
    line = lines[i]
    return (
        i not in prose
        and 3 <= line.size <= 70
        and i + 1 in prose and i - 1 in prose
        and lines[i + 1].size >= 60 and not lines[i + 1].bullet
        and (line.blank_before and line.blank_after or not spaced)
        and not line.bullet
        and not line.text.endswith((":", "：", "!", "…", "..."))
        and not any(shape.search(line.text) for shape in (CREDIT, SITE_WORDS, STAMP, BUTTON))
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


def words(text: str) -> list[str]:
    """The words of a text, of three letters or more; pairs of characters where the script has no spaces."""
    found: list[str] = []
    for word in re.findall(r"\w+", text.lower()):
        if WIDE.search(word) or UNSPACED.search(word):
            found += [word[i : i + 2] for i in range(max(1, len(word) - 1))]
        elif len(word) >= 3:
            found.append(word)
    return found


def find_headline(lines: tuple[Line, ...], kept: tuple[int, ...]) -> int | None:
    """The line before (or at) the body's start that looks most like its headline, None when none does."""
    if not kept:
        return None
    start = kept[0]
    vocabulary = set(words(" ".join(lines[i].text for i in kept)))
    candidates = [
        (headline_score(lines, i, start, vocabulary), i)
        for i in range(max(0, start - 60), start + 1)
        if i < start or lines[i].size < 150 and not lines[i].text.endswith(".")
    ]
    if start > 60:
        candidates.append((headline_score(lines, 0, start, vocabulary), 0))
    score, best = max(candidates, default=(0.0, 0))
    above = next((value for value, i in candidates if i == best - 1), 0.0)
    if lines[best].size > 80 and above > max(HEADLINE, score - 0.4):
        best -= 1  # the standfirst won over the headline above it
    return best if score > HEADLINE else None


def headline_score(lines: tuple[Line, ...], i: int, start: int, vocabulary: set[str]) -> float:
    """How much a line looks like the headline; set by hand on pages-dev."""
    line = lines[i]
    own = words(line.text)
    if not own or not (12 if i else 3) <= line.size <= 250 or line.bullet and i > 0:
        return -1.0
    shared = sum(letters(word) for word in own if word in vocabulary)
    share = shared / sum(map(letters, own))
    near = [lines[j] for j in range(max(0, i - 2), min(len(lines), i + 3)) if j != i]
    after = lines[i + 1 : i + 5]
    whole = sum(other.text == line.text for other in lines)
    part = any(line.text in other.text and line.size < other.size < 2 * line.size + 30 for other in lines[:start])
    capitals = all(word[0].isupper() for word in line.text.split() if word[0].isalpha() and word[0].lower() != word[0].upper())
    return (
        0.3 * share
        + 0.5 * min(shared, 40) / 40
        + 0.5 * min(line.size, 45) / 45
        - 0.3 * (line.size > 130)
        + 0.15 * line.blank_before
        + 0.15 * line.blank_after
        - 0.007 * min(start - i, 60)
        + 0.2 * (i == 0) + 0.5 * (i == 0 and start <= 1)
        + 0.25 * (line.size >= 25 and (part or whole == 2))
        - 0.3 * (whole > 2)
        + 0.15 * any(stamp(other) for other in after)
        + 0.1 * (bool(after) and after[0].ends and after[0].size >= 60)
        - 0.2 * (capitals and len(own) <= 8)
        - 0.5 * (line.ends and not line.text.endswith(("?", "!", "？", "！")))
        - 0.3 * (line.sentences > 1 and line.ends)
        - 0.3 * bool(CREDIT.search(line.text))
        - 0.3 * bool(SITE_WORDS.search(line.text))
        - 0.5 * stamp(line)
        - 0.25 * (i > 0 and any(echoes(line.text, other.text) and not other.bullet for other in near))
    )


def stamp(line: Line) -> bool:
    """A short line with a date or a time in it."""
    return line.size < 80 and bool(STAMP.search(line.text))
