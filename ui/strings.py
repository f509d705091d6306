"""What the interface says, in the reader's language."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = {"en": "English", "vi": "Tiếng Việt"}

# By the English words; what is not here is said in English.
TABLE: dict[str, dict[str, str]] = {
    "vi": json.loads(Path(__file__).with_name("strings.vi.json").read_text(encoding="utf-8"))
}


@dataclass(frozen=True, slots=True)
class Say:
    """Says something in one language: `say("{number} articles", number=5)`; the values are not escaped."""

    language: str = "en"

    def __call__(self, english: str, **values: object) -> str:
        return (TABLE.get(self.language, {}).get(english) or english).format(**values)

    def count(self, number: int, noun: str) -> str:
        """ "1 article", "2,000 articles"; the noun in English and in the singular."""
        first, _, rest = noun.partition(" ")
        plural = first + ("" if number == 1 else "s")
        return self(f"{{number}} {' '.join(filter(None, [plural, rest]))}", number=f"{number:,}")

    @property
    def words(self) -> dict[str, str]:
        """All that differs from English, for the script of the page."""
        return TABLE.get(self.language, {})


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
