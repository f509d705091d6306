"""Numbers as they are written, in digits or words, with what they are read as and their units."""

import re
from dataclasses import dataclass
from functools import lru_cache

import regex

_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6,
    "bn": 1e9, "trăm": 1e2, "nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tr": 1e6, "tỷ": 1e9, "tỉ": 1e9, "tausend": 1e3,
    "millionen": 1e6, "mio": 1e6, "milliarde": 1e9, "milliarden": 1e9, "mrd": 1e9, "md": 1e9, "mds": 1e9, "mille": 1e3,
    "millions": 1e6,
    "milliard": 1e9, "milliards": 1e9, "mil": 1e3, "millón": 1e6, "millones": 1e6, "billions": 1e9, "thousands": 1e3,
}  # fmt: skip
UNITS = {
    "%": "percent", "percent": "percent", "per cent": "percent", "phần trăm": "percent", "prozent": "percent",
    "pour cent": "percent", "por ciento": "percent", "percentage points": "point", "percentage point": "point",
    "điểm phần trăm": "point", "prozentpunkte": "point", "prozentpunkten": "point", "puntos porcentuales": "point",
    "points de pourcentage": "point",
    "$": "dollar", "us$": "dollar", "usd": "dollar", "dollars": "dollar", "dollar": "dollar", "us dollars": "dollar",
    "us-dollar": "dollar", "đô la": "dollar", "đô la mỹ": "dollar", "đô-la": "dollar", "dólares": "dollar",
    "dólar": "dollar", "€": "euro", "eur": "euro", "euro": "euro", "euros": "euro", "£": "pound", "gbp": "pound",
    "pounds": "pound", "pound": "pound", "pfund": "pound", "libras": "pound", "livres": "pound",
    "livres sterling": "pound",
    "bảng anh": "pound", "bảng": "pound", "¥": "yen", "yen": "yen", "yens": "yen", "yên": "yen", "yuan": "yuan",
    "yuans": "yuan", "yuanes": "yuan", "nhân dân tệ": "yuan", "đồng": "dong", "vnd": "dong", "dong": "dong",
    "rubles": "ruble", "rubel": "ruble", "rublos": "ruble", "roubles": "ruble", "rúp": "ruble", "shekels": "shekel",
    "franken": "franc", "francs": "franc", "francos": "franc", "pesos": "peso",
    "km2": "square-kilometer", "m2": "square-meter",
    "km": "kilometer", "kilometres": "kilometer", "kilometre": "kilometer", "kilometers": "kilometer",
    "cây số": "kilometer", "ki-lô-mét": "kilometer", "kilômét": "kilometer", "m": "meter", "mét": "meter",
    "metres": "meter", "metre": "meter", "meters": "meter", "tonnes": "tonne", "tons": "tonne", "ton": "tonne",
    "tấn": "tonne", "kg": "kilogram", "ký": "kilogram", "litres": "liter", "lít": "liter", "liters": "liter",
    "dặm": "mile", "ha": "hectare", "héc-ta": "hectare", "hecta": "hectare", "-year": "year", "-day": "day",
    "-hour": "hour", "-month": "month", "-week": "week", "-minute": "minute", "tuổi": "age", "tiếng": "hour",
    "jahren": "year", "monaten": "month", "tagen": "day", "metern": "meter", "kilometern": "kilometer",
    "quadratmetern": "square-meter", "litern": "liter", "°c": "celsius", "độ c": "celsius",
    "degrees celsius": "celsius", "degrees": "degree", "độ": "degree",
}  # fmt: skip
"""What units are called beside their names in CLDR, lower case, with one name for each in all languages."""
_MONEY = frozenset({"dollar", "euro", "pound", "yen", "yuan", "dong", "ruble", "shekel", "franc", "peso"})
_ASKS_PERCENT = re.compile(
    "|".join(["porcentaje", "pourcentage", *(name for name, unit in UNITS.items() if unit == "percent")]), re.IGNORECASE
)
_NO_UNITS = ("in", "at", "h")  # what CLDR abbreviates so is mostly another word
_MEASURED = ("duration-", "length-", "mass-", "area-", "volume-liter", "temperature-", "speed-", "power-", "energy-")
_SPELLED = ("en", "de", "fr", "es", "it", "pt", "nl", "da")  # the languages that text2num reads
ARTICLES = {
    "de": r"ein(?:e[nmrs]?)?", "es": r"una?", "fr": r"une?", "it": r"un[oa]?", "pt": r"uma?", "nl": r"een",
    "da": r"e[nt]",
}  # fmt: skip
"""Words that are one where they are no article, by language; which they are is seen by what follows."""
FRACTIONS = {
    "en": {r"(?:one[ -]third|a third(?= (?:of|to|from|in|less|more|fewer|since|because|after)\b|[,.;]|$))": 1 / 3,
           r"two[ -]thirds": 2 / 3, r"(?:a|one)[ -]quarter": 0.25, r"three[ -]quarters": 0.75,
           r"(?:one[ -]fifth|a fifth(?= of\b))": 0.2},
    "vi": {"một phần ba": 1 / 3, "hai phần ba": 2 / 3, "một phần tư": 0.25, "ba phần tư": 0.75, "một phần năm": 0.2},
    "de": {"(?:ein|eines|einem) drittels?": 1 / 3, "zwei dritteln?": 2 / 3, "(?:ein|eines|einem) viertels?": 0.25,
           "drei vierteln?": 0.75, "(?:ein|eines|einem) fünftels?": 0.2, "hälfte": 0.5},
    "es": {"un tercio": 1 / 3, "dos tercios": 2 / 3, "un cuarto": 0.25, "tres cuartos": 0.75, "un quinto": 0.2,
           "mitad": 0.5},
    "fr": {"un tiers": 1 / 3, "deux tiers": 2 / 3, "un quart": 0.25, "trois quarts": 0.75, "un cinquième": 0.2,
           "moitié": 0.5},
}  # fmt: skip
"""Parts of a whole in words, as patterns, by language."""
_NO_ONE = r"no one|one another"
_NUMBER = regex.compile(
    r"(?<![\w./]|[^\W\d]-)(?<!\d[,])(?P<sign>US\$|[$€£¥]|USD |EUR |GBP )?\s?"
    r"(?P<number>\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?P<tail>(?:st|nd|rd|th|"
    r"s)(?!\w))?",
    regex.IGNORECASE,
)
_OF = re.compile(r" (?:de|di) | d['’]")
_WORD_AFTER = re.compile(r"[ -]?([^\W\d_]+)\.?(?!\w)")
_IN_DIGITS = re.compile(
    rf"(\d(?:[\d.,\u00a0\u202f ]*\d)?(?:[ -]?(?:{'|'.join(sorted(_SCALES, key=len, reverse=True))})\.?(?!\w))*)",
    re.IGNORECASE,
)
_EN_SMALL = "two|three|four|five|six|seven|eight|nine"
_HYPHENED = re.compile(  # "nine-day", which text2num takes for a word
    rf"\b({_EN_SMALL}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|{_EN_SMALL}))?|ten|eleven|"
    rf"twelve|\w+teen)-(?=[a-z])(?!(?:one|{_EN_SMALL}|thirds?|quarters?|fifths?|hundred|thousand|million)\b)",
    re.IGNORECASE,
)
_VI_QUARTER = re.compile(r"(?<!\w)(quý )(I{1,3}|IV)(?:/|(?!\w))", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_VI_DIGITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6,
"bảy": 7,
              "bẩy": 7, "tám": 8, "chín": 9}  # fmt: skip
_VI_RUN = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(set(_VI_DIGITS) - {'tư', 'lăm', 'mốt'}))}|mười)"
    rf"(?:\s(?:{'|'.join(_VI_DIGITS)}|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ|"
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
class Number:
    """A number in digits from `start` to `end`, scale words in it ("4.5 million"), and its unit, to `unit_end`.

    `readings`: what it may be (4.000 is four thousand or four). `spoken_end` is the end with what belongs to the number
    itself, a currency or "percent", where `unit_end` may take in "km". `ordinal`: "3rd".
    """

    start: int
    end: int
    unit_end: int
    readings: frozenset[float]
    unit: str | None = None
    ordinal: bool = False

    @property
    def spoken_end(self) -> int:
        return self.unit_end if self.unit in _MONEY or self.unit in ("percent", "point") else self.end


def numbers(text: str, language: str | None) -> list[Number]:
    """The numbers in digits of a text, in order; the language (ISO 639-1) tells 1.200 from 1,200 where it can."""
    found = []
    for match in _NUMBER.finditer(text):
        end, scale = match.end(), 1.0
        while after := _WORD_AFTER.match(text, end):
            letter = (
                after[0][0] == " " and len(after[1]) == 1 and text[after.end() : after.end() + 1] not in tuple("$€£")
            )
            if after[1].casefold() not in _SCALES or letter:
                break
            scale *= _SCALES[after[1].casefold()]
            end = after.end()
        unit, width = _unit(text[end:], language)
        sign = UNITS.get((match["sign"] or "").strip().casefold())
        readings = frozenset(reading * scale for reading in _readings(match["number"], language))
        start = match.start("sign" if match["sign"] else "number")
        found.append(
            Number(start, end, end + width, readings, sign or (None if match["tail"] else unit), bool(match["tail"]))
        )
    return found


def is_scale(word: str) -> bool:
    """Whether a word only scales the number before it: "Mio", "billion"."""
    return len(word) > 1 and word.casefold() in _SCALES


def asks_percent(question: str) -> bool:
    """Whether a question asks for a share in percent."""
    return bool(_ASKS_PERCENT.search(question))


def in_digits(text: str, language: str | None) -> str:
    """The text with numbers in words written in digits; numbers in digits keep their scale words.

    Fractions in words stay, and so do articles.
    """
    if language not in _SPELLED and language != "vi":
        return text
    found, end = [], 0
    for match in _kept(language).finditer(text):
        if match["article"] and not _is_article(text, match, language):
            continue
        found += [_converted(text[end : match.start()], language), match[0]]
        end = match.end()
    return "".join([*found, _converted(text[end:], language)])


def _converted(text: str, language: str) -> str:
    if language == "vi":
        return _VI_RUN.sub(_vietnamese, _VI_QUARTER.sub(lambda m: f"{m[1]}{_ROMAN[m[2].upper()]} ", text))
    from text_to_num import alpha2digit

    if language == "en":
        text = _HYPHENED.sub(lambda match: alpha2digit(match[1], "en", 0) + "-", text)
    pieces = _IN_DIGITS.split(text)
    for i in range(0, len(pieces), 2):
        told = _around(alpha2digit(pieces[i], language, 0), pieces[i])
        if not _runs_on(told, "".join(pieces[i + 1 : i + 2])):
            pieces[i] = told
    return "".join(pieces)


def _runs_on(told: str, after: str) -> bool:
    """Whether a number in words would become part of the one in digits after it: "unos 230" are not 1 230."""
    ends = re.search(r"(?<!\S)(1|\S*\d)\s*$", told)
    return bool(after and ends and (ends[1] == "1" or re.match(r"\d{3}", after)))


@lru_cache(maxsize=16)
def _kept(language: str) -> re.Pattern[str]:
    """What is not written in digits: fractions, and what may be an article."""
    whole = [*FRACTIONS.get(language, ()), *([_NO_ONE] if language == "en" else [])]
    article = ARTICLES.get(language, "(?!)")
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(whole) or '(?!)'}|(?P<article>{article}))(?![\w-])",
        re.IGNORECASE,
    )


def _is_article(text: str, match: re.Match[str], language: str) -> bool:
    """Whether "ein" counts nothing: it is no part of a longer number, and no unit follows it."""
    from text_to_num import alpha2digit

    before, after = text[: match.start()].split()[-2:], text[match.end() :].split()[:2]
    apart = [alpha2digit(" ".join(before), language, 0), "1", alpha2digit(" ".join(after), language, 0)]
    alone = alpha2digit(" ".join([*before, match[0], *after]), language, 0) == " ".join(filter(None, apart))
    return alone and _unit(text[match.end() :].lstrip(), language)[0] is None


def _around(text: str, original: str) -> str:
    """The text with the blanks that stood around the original."""
    bare = original.strip()
    if not bare:
        return original
    start = original.index(bare)
    return original[:start] + text.strip() + original[start + len(bare) :]


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
    joint = _OF.match(text) if language in ("es", "fr", "it", "pt") else None  # "41 millones de euros"
    start = joint.end() if joint else 0
    lowered = text[start : start + 30].casefold()
    for length in range(min(len(lowered), 20), 0, -1):
        candidate = lowered[:length]
        if lowered[length : length + 1].isalnum() and candidate[-1:].isalpha():
            continue
        unit = table.get(candidate.strip()) if candidate == candidate.rstrip() else None
        if unit:
            return unit, start + length
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
