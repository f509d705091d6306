"""Reads two texts together: whether sentences answer a question, whether a quote carries a statement."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.e5 import open_session, processors

FIRST_LAYER, LAST_LAYER = 6, 12  # those of the embedder's that were taught, counted from 0, the last left out
LONGEST = 120  # tokens of a sentence that are read
ANSWERS, DOUBTS = 2, 2  # values of each token of the passage, and of the question or statement
SURE, CLEAR = 1.0, 1.0  # log odds of the surest token of what is marked, and how much surer it is than other places
_UNREAD = -8.0  # for a sentence without tokens


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the reader makes of a passage, in log odds.

    `odds`, (sentences,): how much likelier each sentence is to answer than none. `answer`: of each sentence (tokens,)
    how likely each token is part of the answer itself.
    """

    odds: np.ndarray
    answer: tuple[np.ndarray, ...]


class Reader:
    """A transformer over the tokens of a question or statement and a passage, which attend to each other.

    It takes what the embedder makes of each token alone, (tokens, layers, dimensions), and goes on from the first of
    its layers. Besides the usual attention each head weighs the cosines of a token of the question and one of
    the passage at each layer, less what all tokens of their languages have in common, so that it knows from the
    start what matches. `benchmarks/train_reader.py` learned the weights and wrote the file: two values of each
    token of the passage, how much its sentence answers, and that it is of the answer, and two of each token of
    the statement, how doubtful the statement is, and that it is the token that the passage does not carry.
    """

    def __init__(self, path: Path):
        self._session = open_session(path)
        self._workers = ThreadPoolExecutor(processors(), thread_name_prefix="reader")

    def read(
        self,
        question: np.ndarray,
        passages: Sequence[Sequence[np.ndarray]],
        question_mean: np.ndarray,
        passage_means: Sequence[np.ndarray],
    ) -> list[Reading]:
        """What it makes of each passage; tokens are (tokens, layers, dimensions), those of the question and of each
        sentence of each passage, means (layers, dimensions), those of the languages (`qa.token_means`).
        """

        def one(sentences: Sequence[np.ndarray], mean: np.ndarray) -> Reading:
            return self._read(question, sentences, {"question_mean": question_mean, "passage_mean": mean})

        return list(self._workers.map(one, passages, passage_means))

    def doubt(
        self, statement: np.ndarray, quote: np.ndarray, statement_mean: np.ndarray, quote_mean: np.ndarray
    ) -> float:
        """How much likelier it is that the statement tells something else, or more, than the quote, log odds.

        Tokens and means as for `read`, those of the statement and of the quote.
        """
        if not len(statement) or not len(quote):
            return -_UNREAD
        means = {"question_mean": statement_mean, "passage_mean": quote_mean}
        [doubts] = self._session.run(["doubts"], {"question": statement, "passage": quote, **means})
        return float(doubts[:, 0].mean() + np.logaddexp.reduce(doubts[:, 1]))

    def _read(self, question: np.ndarray, sentences: Sequence[np.ndarray], means: dict[str, np.ndarray]) -> Reading:
        read = [tokens[:LONGEST] for tokens in sentences]
        ends = np.cumsum([0, *map(len, read)])
        if not len(question) or not ends[-1]:
            return Reading(np.full(len(read), _UNREAD, np.float32), tuple(np.full(len(t), _UNREAD) for t in read))
        inputs = {"question": question, "passage": np.concatenate(read), **means}
        [answers] = self._session.run(["answers"], inputs)
        own = [answers[a:b] for a, b in pairwise(ends)]
        odds = [t[:, 0].mean() + np.logaddexp.reduce(t[:, 1]) if len(t) else _UNREAD for t in own]
        return Reading(np.array(odds, np.float32), tuple(t[:, 1] for t in own))


def marked(sentence: str, places: Sequence[tuple[int, int]], odds: np.ndarray) -> tuple[int, int] | None:
    """Start and end in a sentence of what answers, whole words; None where no place, or more than one, comes into
    question. Of its tokens `places` are start and end, `odds` those of being part of the answer, log odds.
    """
    runs: list[tuple[int, int, float]] = []
    for (start, end), value in zip(places, odds.tolist(), strict=False):  # a long sentence is not read to its end
        if value > 0 and runs and not sentence[runs[-1][1] : start].strip():
            runs[-1] = runs[-1][0], end, max(runs[-1][2], value)
        elif value > 0:
            runs.append((start, end, value))
    runs.sort(key=lambda run: -run[2])
    if not runs or runs[0][2] < SURE or (len(runs) > 1 and runs[0][2] - runs[1][2] < CLEAR):
        return None
    start, end, _ = runs[0]
    while start > 0 and sentence[start - 1 : start + 1].isalnum():
        start -= 1
    while end < len(sentence) and sentence[end - 1 : end + 1].isalnum():
        end += 1
    start += len(sentence[start:end]) - len(sentence[start:end].lstrip())
    return start, start + len(sentence[start:end].rstrip(" .,;:"))


@lru_cache(maxsize=1)
def load_reader() -> Reader:
    """The reader that finds answers."""
    return Reader(Path(__file__).parent / "reader.onnx")


@lru_cache(maxsize=1)
def load_doubter() -> Reader:
    """The reader that judges statements: as it was before the last training, which gained on answers and lost here."""
    return Reader(Path(__file__).parent / "doubter.onnx")
