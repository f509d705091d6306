"""What the interface says, in the reader's language."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LANGUAGES = {"en": "English", "vi": "Tiếng Việt"}

# Of each language but English: `interface`, what the pages say by the English words, and `messages`, whole sentences
# that other rooms tell in English, with places for what stands in them. What is not here is said in English.
TABLE: dict[str, dict[str, dict[str, str]]] = {
    "vi": json.loads(Path(__file__).with_name("strings.vi.json").read_text(encoding="utf-8"))
}
_NONE: dict[str, dict[str, str]] = {"interface": {}, "messages": {}}


@dataclass(frozen=True, slots=True)
class Say:
    """Says something in one language: `say("{number} articles", number=5)`; the values are not escaped."""

    language: str = "en"

    def __call__(self, english: str, **values: object) -> str:
        return (self.words.get(english) or english).format(**values)

    def count(self, number: int, noun: str) -> str:
        """ "1 article", "2,000 articles"; the noun in English and in the singular."""
        first, _, rest = noun.partition(" ")
        plural = first + ("" if number == 1 else "s")
        return self(f"{{number}} {' '.join(filter(None, [plural, rest]))}", number=f"{number:,}")

    def told(self, message: str) -> str:
        """A message that another room has made in English, such as an error; not escaped."""
        for pattern, other in _messages(self.language):
            if found := pattern.fullmatch(message):
                values = found.groupdict()
                return other.format(**{k: self.told(v) if k == "error" else v for k, v in values.items()})
        return message

    @property
    def words(self) -> dict[str, str]:
        """What the pages say, by the English, for their script; empty for English."""
        return TABLE.get(self.language, _NONE)["interface"]


@lru_cache
def _messages(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What matches each message, in English, and the same in the language."""
    known = TABLE.get(language, _NONE)["messages"]
    return tuple((re.compile(_pattern(english), re.DOTALL), other) for english, other in known.items())


def _pattern(english: str) -> str:
    parts = re.split(r"\{(\w+)\}", english)
    return "".join(f"(?P<{part}>.+?)" if i % 2 else re.escape(part) for i, part in enumerate(parts))


ENGLISH = Say()


def chosen(cookie: str, accept: str) -> Say:
    """In the language of the `language` cookie, else the first known one that an Accept-Language header prefers."""
    kept = re.search(r"(?:^|;)\s*language=(\w+)", cookie)
    if kept and kept[1] in LANGUAGES:
        return Say(kept[1])
    wanted: list[tuple[float, str]] = []
    for part in accept.split(","):
        name, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((float(quality or 1), name.split("-")[0].lower()))
        except ValueError:
            continue
    return Say(next((name for _, name in sorted(wanted, key=lambda w: -w[0]) if name in LANGUAGES), "en"))
