"""What a sentence says that can be checked, in one form for all languages: figures, dates, names."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import regex

from index.words import fold, rarity, stem, words
from qa.assertions import OFFICES, assertions, translated_names
from qa.language import months

TELLING = 0.3  # how much a word must tell to be one that says something
_COMMON = 0.5  # a word that tells less and begins a sentence is not taken for a name
_COUNTS = 0.1  # how much the word after a figure must tell to be what it counts
_NEAR = 3  # words on either side that a figure belongs to
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6,
    "bn": 1e9, "trăm": 1e2, "nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tr": 1e6, "tỷ": 1e9, "tỉ": 1e9, "tausend": 1e3,
    "millionen": 1e6, "mio": 1e6, "milliarde": 1e9, "milliarden": 1e9, "mrd": 1e9, "mille": 1e3, "millions": 1e6,
    "milliard": 1e9, "milliards": 1e9, "mil": 1e3, "millón": 1e6, "millones": 1e6, "billions": 1e9, "thousands": 1e3,
}  # fmt: skip
UNITS = {
    "%": "percent", "percent": "percent", "per cent": "percent", "phần trăm": "percent", "prozent": "percent",
    "pour cent": "percent", "por ciento": "percent", "percentage points": "point", "percentage point": "point",
    "điểm phần trăm": "point", "$": "dollar", "us$": "dollar", "usd": "dollar", "dollars": "dollar", "dollar": "dollar",
    "us dollars": "dollar", "đô la": "dollar", "đô la mỹ": "dollar", "đô-la": "dollar", "dólares": "dollar",
    "€": "euro",
    "eur": "euro", "euro": "euro", "euros": "euro", "£": "pound", "gbp": "pound", "pounds": "pound", "pound": "pound",
    "bảng anh": "pound", "bảng": "pound", "¥": "yen", "yen": "yen", "yên": "yen", "yuan": "yuan", "nhân dân tệ": "yuan",
    "đồng": "dong", "vnd": "dong", "dong": "dong", "rubles": "ruble", "rúp": "ruble", "shekels": "shekel",
    "km": "kilometer",
    "kilometres": "kilometer", "kilometre": "kilometer", "kilometers": "kilometer", "cây số": "kilometer", "m": "meter",
    "ki-lô-mét": "kilometer", "kilômét": "kilometer", "mét": "meter", "metres": "meter", "metre": "meter",
    "meters": "meter",
    "tonnes": "tonne", "tons": "tonne", "ton": "tonne", "tấn": "tonne", "kg": "kilogram", "ký": "kilogram",
    "litres": "liter", "lít": "liter", "liters": "liter", "dặm": "mile", "ha": "hectare", "héc-ta": "hectare",
    "hecta": "hectare",
    "-year": "year", "-day": "day", "-hour": "hour", "-month": "month", "-week": "week", "-minute": "minute",
    "tuổi": "year",
    "tiếng": "hour", "°c": "celsius", "độ c": "celsius", "degrees celsius": "celsius", "degrees": "degree",
    "độ": "degree",
}  # fmt: skip
_ROLES = {"from": "from", "từ": "from", "by": "by", "thêm": "by"}  # what else stands before a figure is "to"
_NO_UNITS = ("in", "at", "h")  # what CLDR abbreviates so is mostly another word
_MEASURED = ("duration-", "length-", "mass-", "area-", "volume-liter", "temperature-", "speed-", "power-", "energy-")
_SPELLED = ("en", "de", "fr", "es", "it", "pt", "nl", "da")  # the languages that text2num reads
_WORDS = {
    "en": {"both": 2, "twice": 2, "once": 1, "thrice": 3, "dozen": 12, "half": 0.5, "pair": 2, "couple": 2, "a": 1,
    "an": 1,
           "single": 1, "double": 2, "doubled": 2, "triple": 3, "tripled": 3, "quarter": 0.25},
    "vi": {"đôi": 2, "cả hai": 2, "gấp đôi": 2, "nửa": 0.5, "một nửa": 0.5, "chục": 10, "tá": 12, "đầu tiên": 1,
    "lần đầu": 1,
           "một": 1, "thứ nhất": 1, "thứ nhì": 2, "thứ tư": 4, "duy nhất": 1},
}  # fmt: skip
_NUMBER = regex.compile(
    r"(?<![\w./]|[^\W\d]-)(?<!\d[,])(?P<sign>US\$|[$€£¥]|USD |EUR |GBP )?\s?"
    r"(?P<number>\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?P<tail>(?:st|nd|rd|th|"
    r"s)(?!\w))?",
    regex.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\w:.,/])(\d{1,2})(?:(?::|h|\.(?=\d\d\s?[ap]\.?m))(\d\d)?)?\s?(?:giờ(?:\s(\d\d))?\s?)?"
    r"(a\.?m\b\.?|p\.?m\b\.?|sáng|trưa|chiều|tối|đêm)?(?![\w:])",
    re.IGNORECASE,
)
_VI_DIGITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6,
"bảy": 7,
              "bẩy": 7, "tám": 8, "chín": 9}  # fmt: skip
_VI_RUN = re.compile(
    rf"(?<!\w)(?:{'|'.join(_VI_DIGITS)}|mười)(?:\s(?:{'|'.join(_VI_DIGITS)}|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ|"
    rf"linh|lẻ|rưỡi))*"
    r"(?!\w)",
    re.IGNORECASE,
)
_VI_COUNTED = re.compile(
    r"\s(?:người|con|chiếc|nước|quốc gia|thành viên|ngày|tháng|tuần|giờ|phút|lần|năm|binh|nạn|tàu|máy|trường|"
    r"thành phố|vụ|cuộc|"
    r"triệu|tỷ|nghìn|ngôi|nhà|căn|cây|km|mét|tấn|điểm|phần|bang|tỉnh|ứng|nghi|tù|học|công|nhân)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: what it may be read as (4.000 is four thousand or four), its unit, whether it is a bound.

    `role` is "from" or "to" where it is one end of a change, "by" where its size; `near` are the stems of the telling
    words around it, `next_to` of these the nearest on either side, and `around` is that text, lower case; `counted`
    is the stem of the word after it, `part` whether only a part of so many is meant ("12 of the 40"), `among` the same
    read loosely; `place` is where it begins in the text. The unit "word" is that of what may be another word too ("a",
    "first").
    """

    readings: frozenset[float]
    unit: str | None = None
    bound: str | None = None
    role: str | None = None
    near: frozenset[str] = frozenset()
    next_to: frozenset[str] = frozenset()
    around: str = ""
    counted: str = ""
    part: bool = False
    among: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """A date, as far as it is told; `weekday` counts from Monday, 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised word, folded, or the key of a name that is translated; `place` as in Figure.

    `common`: a common word that begins a sentence, so perhaps no name.
    """

    key: str
    place: int
    translated: bool = False
    first: bool = False
    common: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What one text says; each of `dates` is one date in all its readings (3/4/2023 has two)."""

    figures: tuple[Figure, ...]
    dates: tuple[tuple[Day, ...], ...]
    names: tuple[Name, ...]


@lru_cache(maxsize=512)
def facts(text: str, language: str | None) -> Facts:
    """The figures, dates and names of a text in a language (ISO 639-1)."""
    dates, rest = _dates(text, language)
    rest = in_digits(rest, language)
    return Facts(_figures(rest, language), dates, _names(rest, language))


def _dates(text: str, language: str | None) -> tuple[tuple[tuple[Day, ...], ...], str]:
    """The dates, and the text with blanks in their place."""
    found: list[tuple[Day, ...]] = []

    def take(read):
        def replaced(match: re.Match[str]) -> str:
            days = tuple(day for day in read(match) if _possible(day))
            if not days:
                return match[0]
            found.append(days)
            return " " * len(match[0])

        return replaced

    for pattern, read in _date_forms(language):
        text = pattern.sub(take(read), text)
    return tuple(found), text


@lru_cache(maxsize=16)
def _date_forms(language: str | None):
    """Patterns of dates, the longest first, each with what reads its match."""
    code = language or "en"
    names = dict(months("en"))
    try:
        names |= months(code)
        weekdays = _weekdays(code)
    except Exception:  # a language that CLDR does not know: English names only
        weekdays = _weekdays("en")
    own = "|".join(sorted((re.escape(n) for n in names if len(n) > 2), key=len, reverse=True))
    # "May" and "March" are months without a day or year only in some sentences; such are not told apart here
    year = r"(?P<y>1\d{3}|20\d\d)"

    def full(m):
        return [Day(int(m["y"]) if m["y"] else None, names[m["m"].casefold()], int(m["d"]) if m["d"] else None)]

    def numeric(m):
        a, b, y = int(m["a"]), int(m["b"]), int(m["y"]) if m["y"] else None
        return [Day(y, b, a), Day(y, a, b)] if code == "en" and a != b else [Day(y, b, a)]

    def iso(m):
        return [Day(int(m["y"]), int(m["m"]), int(m["d"]) if m["d"] else None)]

    def vietnamese(m):
        return [Day(int(m["y"]) if m["y"] else None, int(m["m"]), int(m["d"]) if m["d"] else None)]

    def weekday(m):
        return [Day(weekday=weekdays[" ".join(m[0].casefold().split())])]

    flags = re.IGNORECASE
    forms = [
        (re.compile(rf"(?<![\d/.-]){year}-(?P<m>\d\d)(?:-(?P<d>\d\d))?(?![\d/-])"), iso),
        (re.compile(rf"(?<![\d/.,-])(?P<a>\d{{1,2}})[./-](?P<b>\d{{1,2}})[./-]{year}(?![\d/])"), numeric),
        (
            re.compile(
                rf"(?<!\w)(?:(?:ngày|hôm)\s)(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})(?:[/-]{year})?(?![\d/])", flags
            ),
            lambda m: [Day(int(m["y"]) if m["y"] else None, int(m["b"]), int(m["a"]))],
        ),
        (
            re.compile(
                rf"(?<!\w)(?:(?:ngày|mùng|hôm)\s)?(?:(?P<d>\d{{1,2}})\s)?tháng\s(?P<m>\d{{1,2}})"
                rf"(?:(?:[/,]?\s?(?:năm\s)?){year})?(?![\d/])",
                flags,
            ),
            vietnamese,
        ),
        (
            re.compile(
                rf"(?<![\w.,])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s(?:of|de|"
                rf"del))?\s(?P<m>{own})\.?(?!\w)(?:,?\s(?:de\s|del\s)?{year})?(?!\w)",
                flags,
            ),
            full,
        ),
        (
            re.compile(
                rf"(?<!\w)(?P<m>{own})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\w]|[.,]\d)(?:,?\s{year})?(?!\w)", flags
            ),
            full,
        ),
        (re.compile(rf"(?<!\w)(?P<m>{own})\.?,?\s(?:of\s|de\s)?(?P<d>(?!)x)?{year}(?!\w)", flags), full),
        (
            re.compile(
                rf"(?<=\bin )(?P<m>{'|'.join(n.capitalize() for n in months('en') if len(n) > 3)}|May)(?P<y>(?!)x)?"
                r"(?P<d>(?!)x)?(?!\w)"
            ),
            full,
        ),
        (re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, weekdays))})(?!\w)", flags), weekday),
    ]
    return tuple(forms)


@lru_cache(maxsize=16)
def _weekdays(language: str) -> dict[str, int]:
    from babel import Locale

    return {name.casefold(): number for number, name in Locale.parse(language).days["format"]["wide"].items()}


def _possible(day: Day) -> bool:
    try:
        date(day.year or 2000, day.month or 1, day.day or 1)
    except ValueError:
        return False
    return True


def in_digits(text: str, language: str | None) -> str:
    """The text with numbers in words written in digits."""
    if language in _SPELLED:
        from text_to_num import alpha2digit

        return re.sub(r"(?<=\d) 1(000|000000|000000000)(?!\d)", _scale_word, alpha2digit(text, language, 0))
    if language == "vi":
        return _VI_RUN.sub(_vietnamese, text)
    return text


def _scale_word(match: re.Match[str]) -> str:
    """text2num leaves "41 million" as "41 1000000"."""
    return {3: " thousand", 6: " million", 9: " billion"}[len(match[1])]


def _vietnamese(match: re.Match[str]) -> str:
    """A run of Vietnamese numerals in digits; `năm` alone is a year unless it counts something."""
    own = match[0].casefold().split()
    if own in (["không"], ["một"]):  # "not", and "a"
        return match[0]
    if own[0] == "năm" and len(own) > 1 and (own[1] in _VI_DIGITS or own[1] == "mười"):  # "two a year", "year two"
        return match[0][:4] + _VI_RUN.sub(_vietnamese, match[0][4:])
    if own[0] == "năm":
        before = match.string[: match.start()].rstrip()
        counted = _VI_COUNTED.match(match.string, match.end())
        if before[-1:].isdigit() or (len(own) == 1 and not counted):
            return match[0]
    total, group, last, digit = 0.0, 0.0, 0.0, None
    for word in own:
        if word in _VI_DIGITS:
            if digit is not None and last <= 1:
                return match[0]  # digits in a row are no number
            digit = _VI_DIGITS[word]
            last = 1
        elif word == "mười":
            group += 10
            digit, last = None, 10
        elif word == "mươi":
            group += (digit or 0) * 10
            digit, last = None, 10
        elif word == "trăm":
            group += (digit or 0) * 100
            digit, last = None, 100
        elif word in ("nghìn", "ngàn", "triệu", "tỷ", "tỉ"):
            last = _SCALES[word]
            total += (group + (digit or 0)) * last
            group, digit = 0.0, None
        elif word == "rưỡi":
            total += last / 2
    return (
        f"{total + group + (digit or 0):g}"
        if total + group + (digit or 0) < 1e6
        else f"{int(total + group + (digit or 0))}"
    )


def _figures(text: str, language: str | None) -> tuple[Figure, ...]:
    own = assertions(language)
    found = []
    for match in _CLOCK.finditer(text):
        if match[2] or match[4] or match[3]:
            hour = int(match[1]) + int(match[2] or match[3] or 0) / 60
            late = (match[4] or "").casefold().startswith(("p", "ch", "t", "đ")) and hour < 12
            found.append(Figure(frozenset({hour + 12 if late else hour}), "clock", place=match.start()))
            text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    for match in _NUMBER.finditer(text):
        end = match.end()
        scale = 1.0
        while True:
            after = re.match(r"[ -]?([^\W\d_]+)\.?(?!\w)", text[end:])
            if after and after[1].casefold() in _SCALES and (after[0][0] != " " or len(after[1]) > 1):
                scale *= _SCALES[after[1].casefold()]
                end += after.end()
            else:
                break
        unit, width = _unit(text[end:], language)
        sign = (match["sign"] or "").strip().casefold()
        before = text[max(0, match.start() - 24) : match.start()].casefold()
        wider = text[max(0, match.start() - 48) : match.start()].casefold()
        bound = None
        if own:
            bound = "over" if re.search(own.over, before) else "under" if re.search(own.under, before) else None
        role = re.search(r"(?<!\w)(from|to|by|từ|lên|xuống|đến|tới|còn|thêm)\s*(?:us\$|[$€£¥])?\s*$", before)
        left = words(re.split(r"[,;:](?!\d)", text[: match.start()])[-1])[-_NEAR:]
        right = words(re.split(r"[,;:](?!\d)", text[end + width :])[0])[:_NEAR]
        sides = [[stem(w, language) for w in side if rarity(w, language) >= TELLING] for side in (left, right)]
        if match["tail"] and match["number"] == "1":  # "first" is said in many ways
            unit = "word"
        found.append(
            Figure(
                frozenset(reading * scale for reading in _readings(match["number"], language)),
                UNITS.get(sign) or unit,
                bound,
                _ROLES.get(role[1], "to") if role else None,
                frozenset(sides[0] + sides[1]),
                frozenset(sides[0][-1:] + sides[1][:1]),
                " ".join([*left, *right]),
                _counted(right, language),
                bool(own and re.search(own.part, wider)),
                bool(own and re.search(own.among, wider)),
                match.start(),
            )
        )
    for word, value in _WORDS.get(language or "", {}).items():
        for match in re.finditer(rf"(?<!\w){word}(?!\w)", text, re.IGNORECASE):
            counted = _counted(words(text[match.end() : match.end() + 40]), language)
            found.append(Figure(frozenset({float(value)}), unit="word", counted=counted, place=match.start()))
    return tuple(sorted(found, key=lambda figure: figure.place))


def _counted(following: list[str], language: str | None) -> str:
    """The stem of what so many are of; empty before a word that only joins others."""
    return stem(following[0], language) if following and rarity(following[0], language) >= _COUNTS else ""


def _readings(number: str, language: str | None) -> set[float]:
    """1,200 and 1.200 are twelve hundred; 1.25 in English, 1,25 elsewhere are decimals; either, where it may be."""
    bare = re.sub(r"[\u00a0\u202f ]", "", number)
    if re.fullmatch(r"\d{1,3}([.,])\d{3}(?:\1\d{3})*", bare):
        found = {float(re.sub(r"[.,]", "", bare))}
        mark = "." if language == "en" else ","
        if bare.count(mark) == 1 and not bare.endswith("0"):
            found.add(float(bare.replace(",", ".")))
        return found
    whole = re.fullmatch(r"(\d{1,3}(?:([.,])\d{3})+)([.,])(\d+)", bare)
    if whole:
        return {float(re.sub(r"[.,]", "", whole[1]) + "." + whole[4])}
    if re.fullmatch(r"\d+[.,]\d+", bare):
        return {float(bare.replace(",", "."))}
    return {float(re.sub(r"[.,]", "", bare))}


def _unit(text: str, language: str | None) -> tuple[str | None, int]:
    """The unit at the start of a text, and how many characters it takes."""
    table = _units(language)
    lowered = text[:30].casefold()
    for length in range(min(len(lowered), 20), 0, -1):
        candidate = lowered[:length]
        if lowered[length : length + 1].isalnum() and candidate[-1:].isalpha():
            continue
        unit = table.get(candidate.strip()) if candidate == candidate.rstrip() else None
        if unit:
            return unit, length
    return None, 0


@lru_cache(maxsize=16)
def _units(language: str | None) -> dict[str, str]:
    """What units are called in a language (CLDR, and what people write), with one name for each."""
    from babel import Locale, UnknownLocaleError

    table: dict[str, str] = {}
    try:
        patterns = Locale.parse(language or "en")._data["unit_patterns"]
    except (UnknownLocaleError, ValueError):
        return dict(UNITS)
    for name, forms in patterns.items():
        if name.startswith(_MEASURED) and not name.endswith("-person"):
            for width in ("long", "short"):
                own = forms.get(width)
                texts = own.values() if hasattr(own, "values") else [own] if isinstance(own, str) else []
                for pattern in texts:
                    if isinstance(pattern, str) and pattern.startswith("{0}"):
                        table.setdefault(pattern[3:].strip().casefold(), name.split("-", 1)[1])
    return {name: unit for name, unit in {**table, **UNITS}.items() if name not in _NO_UNITS}


_CAPITAL = regex.compile(r"\p{Lu}[\p{L}\p{M}\p{N}'’.-]*|\p{L}*\d+\p{L}+[\w-]*|\p{L}+-?\d[\w-]*")


def _names(text: str, language: str | None) -> tuple[Name, ...]:
    found: list[Name] = []

    def take(match: regex.Match) -> str:
        word = match[0].strip(".")
        small = not any(c.isupper() for c in word)
        key = _translated(language)[word.casefold()]
        if (small and key not in OFFICES) or (word.casefold() == "us" and word != "US"):
            return match[0]
        found.append(Name(key, match.start(), True))
        return " " * len(match[0])

    pattern = _translated_pattern(language)
    rest = pattern.sub(take, text) if pattern else text
    for match in _CAPITAL.finditer(rest):
        word = match[0].strip(".'’-")
        word = regex.sub(r"['’]s$", "", word)
        if len(word) < 2 or regex.fullmatch(
            r"\d+(?:st|nd|rd|th|s|m|k|bn|mn|km|kg|h\d*|ha|tr)?|usd|eur|gbp|vnd", word, regex.I
        ):
            continue
        first = not regex.search(r"[\p{L}\p{N}]", text[: match.start()])
        first = first or bool(regex.search(r"[.!?:]\s*[\"“‘'«]*$|^\s*[\"“‘'«]+$", text[: match.start()]))
        common = first and rarity(word.casefold(), language) < _COMMON
        found.append(Name(fold(word.casefold()), match.start(), first=first, common=common))
    return tuple(sorted(found, key=lambda name: name.place))


@lru_cache(maxsize=16)
def _translated(language: str | None) -> dict[str, str]:
    return translated_names(language)


@lru_cache(maxsize=16)
def _translated_pattern(language: str | None):
    names = sorted(map(regex.escape, _translated(language)), key=len, reverse=True)
    return (
        regex.compile(rf"(?<!\w)(?:{'|'.join(names)})(?:(?<=u\.s|u\.k)\.)?(?!\w)", regex.IGNORECASE) if names else None
    )
