"""Whether a quote means what a statement says, as a reader reads both."""

from functools import lru_cache

import numpy as np

from index.embed import Embedder, TokenEmbedder
from qa.gate import Doubt, Quoted
from qa.reader import load_doubter
from qa.token_means import load_token_means


def doubting(embedder: Embedder) -> Doubt:
    """Reads with the token vectors of the built-in embedder; one that shows none leaves everything in doubt."""
    if not isinstance(embedder, TokenEmbedder):
        return lambda statement, language, quote: float("inf")
    means, reader = load_token_means(), load_doubter()

    @lru_cache(maxsize=256)
    def tokens(text: str) -> np.ndarray:
        return embedder.span_tokens([text], [[(0, len(text))]])[0][0]

    @lru_cache(maxsize=256)  # a statement without a key is judged by every quote, and those that carry it are ordered
    def doubt(statement: str, language: str | None, quote: Quoted) -> float:
        return reader.doubt(
            embedder.query_tokens(statement),
            tokens(quote.text),
            means.of_question(language),
            means.of_passage(quote.language),
        )

    return doubt
