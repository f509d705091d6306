"""What the product knows of single languages, as data: question words, follow-up words, numerals."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns of one language, lower case. A pattern that a language lacks matches nothing.

    `who`, `when`, `where`, `number`: questions that ask for a person, a time, a place, a number; `focus`: the
    word that says what is asked for ("how many HOURS"), in its first group that took part. `opening`: what
    a follow-up starts with, to be left out of the search; `reference`: words that point at an earlier turn;
    `joint`: where a second question begins; `numerals`: numbers written out.
    """

    who: str = "(?!)"
    when: str = "(?!)"
    where: str = "(?!)"
    number: str = "(?!)"
    focus: str = "(?!)"
    opening: str = "(?!)"
    reference: str = "(?!)"
    joint: str = "(?!)"
    numerals: str = "(?!)"


_CUES = {
    "en": Cues(
        who=r"\b(who|whom|whose)\b",
        when=r"\b(when|(?:what|which) (?:year|date|day|month|century|time))\b",
        where=r"\bwhere\b",
        number=r"\bhow (?:many|much|old|long|far|often|large|big|high|tall)\b",
        focus=r"\bhow (?:many|much) ([^\W\d_]+)|\b(?:which|what) ([^\W\d_]+)",
        opening=r"^(?:(?:and|but|so|then|ok|okay|also)\b[ ,]*)+(?:(?:what|how) about\b)?|^(?:what|how) about\b",
        reference=r"\b(he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there|then|one|ones|"
        r"former|latter|same|other|both)\b",
        joint=r"(?:,| but|;)? and (?=(?:who|whom|whose|what|which|when|where|why|how|in (?:what|which))\b)",
        numerals=r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|"
        r"once|twice|half|several)\b",
    ),
    "vi": Cues(
        who=r"(?<!\w)(ai|những ai)(?!\w)|(?<!\w)(người|nhân vật|lãnh đạo|bộ trưởng|ông|bà) nào(?!\w)",
        when=r"(?<!\w)(khi nào|bao giờ|lúc nào|(?:năm|ngày|tháng|thời gian) (?:nào|bao nhiêu|mấy))(?!\w)",
        where=r"(?<!\w)(ở đâu|nơi nào|đâu|tại đâu)(?!\w)",
        number=r"(?<!\w)(bao nhiêu|mấy|bao lâu|bao xa|bao lớn)(?!\w)",
        focus=r"(?:bao nhiêu|mấy) (\w+)|(\w+) nào(?!\w)",
        opening=r"^(?:(?:và|còn|thế|vậy|vậy thì|thế còn|rồi)(?!\w)[ ,]*)+",
        reference=r"(?<!\w)(ông ấy|ông ta|bà ấy|cô ấy|anh ấy|họ|nó|đó|này|ấy|kia|hai ông|hai bên|hai bà|cả hai)(?!\w)",
        joint=r",? và (?=(?:ai|ai là|nước nào|ngày nào|năm nào|khi nào|bao giờ|ở đâu|tại sao|vì sao|bao nhiêu)(?!\w))",
        numerals=r"(?<!\w)(một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|ngàn|triệu|tỷ|vài)(?!\w)",
    ),
    "de": Cues(
        who=r"\b(wer|wen|wem|wessen)\b",
        when=r"\b(wann|in welche[mnr] (?:jahr|monat|jahrhundert)|an welchem (?:tag|datum))\b",
        where=r"\b(wo|woher|wohin)\b",
        number=r"\b(wie ?viele?n?|wie (?:alt|lange|hoch|groß|weit|oft))\b",
        focus=r"\bwie ?viele?n? ([^\W\d_]+)|\bwelche[mnrs]? ([^\W\d_]+)",
        opening=r"^(?:(?:und|aber|also|dann)\b[ ,]*)+(?:was ist mit\b)?|^was ist mit\b",
        reference=r"\b(er|sie|es|ihn|ihm|ihr|ihnen|sein\w*|ihre\w*|dies\w*|jene\w*|dort|da|damals|dabei|davon|beide\w*)\b",
        joint=r",? und (?=(?:wer|wen|wem|was|welche[mnrs]?|wann|wo|wie|warum)\b)",
        numerals=r"\b(eine?[rsnm]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dutzend\w*|hundert\w*|tausend\w*)\b",
    ),
    "fr": Cues(
        who=r"\b(qui|à qui|de qui)\b",
        when=r"\b(quand|(?:en|à) quelle (?:année|date|époque)|quel jour)\b",
        where=r"\b(où|d'où)\b",
        number=r"\bcombien\b|\bquel âge\b",
        focus=r"\bcombien (?:de |d')([^\W\d_]+)|\bquel(?:le)?s? ([^\W\d_]+)",
        opening=r"^(?:(?:et|mais|alors|donc)\b[ ,]*)+(?:qu'en est-il de\b)?",
        reference=r"\b(il|elle|ils|elles|lui|leurs?|ceci|cela|ça|ce|cette|ces|cet|celui\w*|celle\w*|ceux|là|y|en)\b",
        joint=r",? et (?=(?:qui|que|quoi|quel(?:le)?s?|quand|où|comment|pourquoi|combien)\b)",
        numerals=r"\b(une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|cent\w*|mille|millions?)\b",
    ),
    "es": Cues(
        who=r"\b(quién|quiénes)\b",
        when=r"\b(cuándo|(?:en|de) qué (?:año|fecha|mes|siglo|día))\b",
        where=r"\b(a?dónde)\b",
        number=r"\b(cuánt[oa]s?)\b",
        focus=r"\bcuánt[oa]s? ([^\W\d_]+)|\bqué ([^\W\d_]+)",
        opening=r"^¿?(?:(?:y|pero|entonces)\b[ ,]*)+(?:qué hay de\b)?",
        reference=r"\b(él|ella|ellos|ellas|lo|les?|su|sus|est[eao]s?|es[eao]s?|aquel\w*|allí|ahí|ambos|ambas)\b",
        joint=r",? y (?=(?:quién(?:es)?|qué|cuál(?:es)?|cuándo|dónde|cómo|cuánt[oa]s?)\b)",
        numerals=r"\b(un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|cien\w*|mil|millón|millones)\b",
    ),
}
_NONE = Cues()


@lru_cache(maxsize=512)
def cue(language: str | None, name: str) -> re.Pattern[str]:
    """One pattern of a language; it matches nothing where the language has none."""
    return re.compile(getattr(_CUES.get(language or "", _NONE), name), re.IGNORECASE)


@lru_cache(maxsize=64)
def calendar_words(language: str | None) -> frozenset[str]:
    """Names of months and weekdays, lower case (CLDR, through Babel)."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language or "en")
    except (UnknownLocaleError, ValueError):
        return frozenset()
    names = [
        name
        for table in (locale.months, locale.days)
        for width in ("wide", "abbreviated")
        for name in table["format"][width].values()
    ]
    return frozenset(name.casefold().strip(".") for name in names if not name.isdigit())
