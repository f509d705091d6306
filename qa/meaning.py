"""How near a statement's meaning is to a quote's, by the library's own embedder."""

import re
from functools import lru_cache

import numpy as np

from index.embed import Embedder, TokenEmbedder
from qa.gate import Closeness, Measure
from qa.token_means import load_token_means, unit


def measuring(embedder: Embedder) -> Measure:
    """Measures with the vectors of single tokens; None with an embedder that shows none, which was not calibrated."""
    if not isinstance(embedder, TokenEmbedder):
        return lambda statement, quote, new: None
    mean = load_token_means().of_passage(None)[-1]

    @lru_cache(maxsize=256)
    def tokens(text: str, spans: tuple[tuple[int, int], ...]) -> list[np.ndarray]:
        return [own[:, -1] for own in embedder.span_tokens([text], [[(0, len(text)), *spans]])[0]]

    def measure(statement: str, quote: str, new: tuple[str, ...]) -> Closeness:
        """A new word's similarity is its greatest cosine with a token of the quote, less what all have in common."""
        folded = statement.casefold()
        places = [re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded) for word in new]
        own = tokens(statement, tuple(place.span() for place in places if place and place.end() <= len(statement)))
        theirs = tokens(quote, ())[0]
        directions = unit(theirs - mean)
        nearest = [float((unit(word.mean(axis=0) - mean) @ directions.T).max()) for word in own[1:] if len(word)]
        cosine = float(unit(own[0].mean(axis=0)) @ unit(theirs.mean(axis=0)))
        return Closeness(cosine, min(nearest, default=1.0))

    return measure
