"""Reads the lines of a page of plain text."""

import re
from dataclasses import dataclass
from itertools import pairwise

from index.language import WIDE, letters

BULLET = re.compile(r"^(?:[•·●▪‣◦*»›–—-]\s)+\s*")
NUMBERED = re.compile(r"^\d{1,3}[.)]\s")
SENTENCE_END = re.compile(r"""[.!?…。！？।॥؟۔።։၊။]\s?[♦■]?["'”’“»›)\]』」）\s]*(?:\[\d+\])*$""")
SENTENCE_BREAK = re.compile(r"""[.!?…]["'”’»)\]]*\s+["'“„«»(\[¿¡]*[^\W\d_a-zß-öø-ÿа-я]|[。！？।؟۔]""")
TRUNCATED = re.compile(r"(?:\.\.\.|…)$")
CREDIT = re.compile(
    r"©|\([^()]*[/©:][^()]*\)\.?$|[^\W\d_]{2,}\s?/\s?[^\W\d_]{2,}[^.!?]{0,30}$"
    r"|(?:^|[.)]\s)[^\W\d_]{3,}: [^.!?:]{2,40}$"
)
CAPTION = re.compile(
    r"(?:^|[.!?)…][ \]]|[\[(])(?:(?:photo|image|picture|pic|foto|bild|fotó)\w*|légende|caption|abbildung|ảnh|hình ảnh"
    r"|chú thích|фото|صورة|تعليق|写真|図|图|圖|照片|사진|φωτογραφία|תמונה)(?:\s\w+)?\s?[:：]",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"^[\[［【].*[\]］】]$")
CLOSES = re.compile(r"[,.;:!?)\]”’»、。，]")
GOES_ON = re.compile(r"[,.;:!?)\]”’»、。，]|[a-zß-öø-ÿа-яα-ω]\w*[ ,]|\d{1,2} [a-zß-öø-ÿа-яα-ω]")
STAMP = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[:.]\d\d\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|年\d{1,2}月")
SITE_WORDS = re.compile(
    r"cookie|copyright|newsletter|facebook|twitter|whatsapp|instagram|telegram|youtube|linkedin"
    r"|e-?mail|https?:|www\.|rights reserved|javascript|©",
    re.IGNORECASE,
)
"""Words that pages of any language have in their frame. Weak evidence: an article may be about them."""
ADVERT = re.compile(
    r"^[\W_]*(?:advert(?:isement|orial|ising)?|sponsored(?: content| post)?|promoted|(?:partner|paid) (?:content|post)"
    r"|anzeige|werbung|gesponsert|publicité|(?:contenido )?patrocinado|publicidade?|publirreportaje"
    r"|conteúdo patrocinado|pubblicità|sponsorizzato|advertentie|reklam[ay]?|artykuł sponsorowany"
    r"|(?:на правах )?реклам[аы]|(?:tin |bài |nội dung )?(?:quảng cáo|tài trợ)(?: bản tin)?|rao vặt|iklan"
    r"|広告|广告|廣告|광고|إعلان)\s*(?:[:：|)\]/*=<>•·–—-]|$)",
    re.IGNORECASE,
)
"""Begins with the word that publishers must put before what they are paid for, and a mark behind it."""
POINTER = re.compile(
    r"^[\W_]*(?:related(?: \w+)?|see also|also read|read (?:also|more|next)|xem thêm|đọc thêm|nên đọc"
    r"|(?:tin|bài) liên quan|lesen sie auch|auch interessant|mehr (?:zum thema|dazu)|(?:à )?lire aussi|lea también"
    r"|te puede interesar|leia (?:também|mais)|veja também|leggi anche|читайте также|baca juga|lees ook"
    r"|czytaj (?:też|także|również)|相关(?:阅读|新闻|报道)|延伸阅读|関連(?:記事|ニュース)|관련 ?기사"
    r"|اقرأ (?:أيضا|أيضًا|المزيد))\s?[:：]",
    re.IGNORECASE,
)
"""Names another article, with a colon before its headline."""
WIDE_GAP = re.compile(r"\s{2,}|\t")
DIVIDER = re.compile(r"\s+(?:[|•·●▪›»>/／＞–—-]|::)\s+|\s*[|｜]\s*")
"""What stands between the parts of a line: of a menu, a ticker, a date line."""
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
IDEOGRAPH = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page with its white space made plain. `size` is its length in letters of Latin script.

    `cells` are its parts where wide gaps divide it, as they do menus and mastheads.
    """

    text: str
    bullet: bool
    blank_before: bool
    blank_after: bool
    size: float
    sentences: int
    ends: bool
    cells: tuple[str, ...]


def read_lines(page: str) -> tuple[Line, ...]:
    """The lines of a page that hold anything, those broken at a fixed width joined again."""
    plain = [" ".join(line.split()) for line in page.split("\n")]
    cells = {text: WIDE_GAP.split(line.strip()) for text, line in zip(plain, page.split("\n"), strict=True) if text}
    raw = mend(unwrap(plain))
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
                cells=tuple(cells[text]) if bare == text and text in cells else (bare or text,),
            )
        )
    return tuple(lines)


def mend(raw: list[str]) -> list[str]:
    """Joins what markup in a sentence (a link, a subscript) broke: the next line goes on in small letters.

    One side must be prose, so that a byline ("by Ann Bee") is not joined to the headline above it.
    """
    joined: list[str] = []
    for line, following in zip(raw, [*raw[1:], ""], strict=True):
        before = joined[-1] if joined else ""
        prose = len(before) >= 60 and SENTENCE_BREAK.search(before[-1000:])
        scrap = prose and len(line) <= 3 and GOES_ON.match(following)
        goes_on = GOES_ON.match(line) and (prose or len(line) >= 60)
        if line and before and (scrap or goes_on) and not SENTENCE_END.search(before[-20:]):
            joined[-1] += line if CLOSES.match(line) else " " + line
        else:
            joined.append(line)
    return joined


def unwrap(raw: list[str]) -> list[str]:
    """Joins the lines of a text that is broken at a fixed width, as mail and text browsers do.

    It is when no line passes the width and lines run on: the next one's first word had no room, and no
    sentence ended there.
    """
    width = max(map(len, raw), default=0)
    on = [runs_on(line, following, width) for line, following in pairwise(raw)]
    inner = [line for line, more in zip(raw, on, strict=False) if more]
    if (
        not 40 <= width <= 120
        or len(inner) < 4
        or sum(bool(SENTENCE_END.search(line)) for line in inner) > 0.4 * len(inner)
    ):
        return raw
    joined = raw[:1]
    for line, more in zip(raw[1:], on, strict=True):
        if more:
            joined[-1] += line if re.search(r"\w-$", joined[-1]) else seam(joined[-1], line) + line
        else:
            joined.append(line)
    return joined


def seam(before: str, after: str) -> str:
    """What a line's break stood for: a space, or nothing in a script that has none between words."""
    sides = (before[-1:], after[:1])
    without = [bool(IDEOGRAPH.match(side) or UNSPACED.match(side)) for side in sides]
    return "" if all(side or not c.isalpha() for side, c in zip(without, sides, strict=True)) and any(without) else " "


def runs_on(line: str, following: str, width: int) -> bool:
    """Whether a line was broken because the next one's first word would have passed the width."""
    if not line or not following or BULLET.match(following) or NUMBERED.match(following):
        return False
    return len(line) + 1 + min(len(following.split()[0]), 20) > width and len(line) > 0.6 * width


def ends_sentence(text: str, size: float) -> bool:
    """Thai, Lao, Burmese and Khmer end sentences without a mark, so a long line must do."""
    return bool(SENTENCE_END.search(text)) or (size > 80 and len(UNSPACED.findall(text)) > 0.5 * len(text))


def words(text: str) -> list[str]:
    """The words of a text, of three letters or more; pairs of characters where the script has no spaces."""
    found: list[str] = []
    for word in re.findall(r"\w+", text.lower()):
        if WIDE.search(word) or UNSPACED.search(word):
            found += [word[i : i + 2] for i in range(max(1, len(word) - 1))]
        elif len(word) >= 3:
            found.append(word)
    return found


def capitals(text: str) -> float:
    """The share of words that begin with a capital letter, 0 to 1; 1 in a script that has none."""
    cased = [word for word in text.split() if word[0].lower() != word[0].upper()]
    return sum(word[0].isupper() for word in cased) / len(cased) if cased else 1.0


def echoes(text: str, other: str) -> bool:
    """Picture and caption, or link and headline: one begins with the other."""
    short = min(len(text), len(other))
    return short >= 15 and text[:short] == other[:short]


def is_stamp(line: Line) -> bool:
    """A short line with a date or a time in it."""
    return line.size < 80 and bool(STAMP.search(line.text))


def is_credit(line: Line) -> bool:
    """A picture's caption or credit: "... Photo: Ann Bee", "(Image: Getty)", "AFP/TTXVN", "©"."""
    return line.size <= 400 and bool(CREDIT.search(line.text))


def parts(line: Line) -> list[str]:
    """What wide gaps, bars, dots, slashes and dashes divide a line into."""
    return [part for cell in line.cells for part in map(str.strip, DIVIDER.split(cell)) if part]


def is_menu(line: Line) -> bool:
    """Whether a line is four or more short parts and no sentence: sections, buttons, prices."""
    several = parts(line)
    return len(several) >= 4 and not line.ends and max(map(letters, several)) <= 28


def is_aside(text: str) -> bool:
    """Whether a line is an advertisement, names another article or stands in brackets, without a sentence's end.

    "Sponsored: Bergen Shipbrokers' Lunch", "See also: ...", "[Image: ...]". Advertisements may end as sentences do.
    """
    beside = POINTER.match(text) or BRACKETED.match(text)
    return letters(text) < 200 and bool(ADVERT.match(text) or (beside and not SENTENCE_END.search(text)))


def is_ticker(line: Line) -> bool:
    """Whether a line holds three headlines or more; a page's own title behind bars is its first line."""
    several = [part for part in parts(line) if letters(part) >= 15]
    return len(several) >= 3 and not line.ends


def is_headlines(line: Line) -> bool:
    """A ticker none of whose parts goes on in small letters, as what stands between dashes in a sentence does."""
    return is_ticker(line) and not any(part[0].islower() for part in parts(line))


def is_caption(line: Line) -> bool:
    """Whether a line stands in brackets, or has a picture's label: "[Image: ...]", "... Foto: Ann Bee"."""
    return bool(BRACKETED.match(line.text) or (CAPTION.search(line.text) and not line.ends))
