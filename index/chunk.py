"""Divides an article's text into passages of whole sentences with exact offsets."""

import os
from functools import lru_cache
from pathlib import Path

import regex
import sentencex

from index.language import likely_language
from index.types import Passage, Span

CHUNK_VERSION = 2
MAX_SENTENCE = 1_000  # characters; a longer run without an end is cut at a clause or a space
_PARAGRAPH = regex.compile(r"[^\n]*[^\s][^\n]*")
_CUT = regex.compile(r"[;:,،、，；]\s*|\s+")
_TITLES = {  # before a name; sentencex takes them for the end of a sentence
    "de": ("fa", "hr", "fr"),
    "fr": ("m", "mm", "dr", "pr", "me", "mgr"),
    "vi": ("ts", "ths", "gs", "pgs", "tp", "bs", "ls", "ks"),
}
_QUOTE_GOES_ON = regex.compile(r"(?<=[」』]\s*)\G(?:と|って|という)")
_BULLET = regex.compile(r"[\s•·▪‣◦*–—-]+")


def passages(text: str, language: str | None, tokens: int = 256) -> tuple[Passage, ...]:
    """Passages of about `tokens` tiktoken tokens, in order; every sentence is in exactly one.

    A passage ends with a sentence, and with a paragraph where that leaves it at least half full. Only
    white space and bullets lie between sentences.
    """
    found: list[Passage] = []
    run: list[Span] = []
    size = 0
    for paragraph in sentences_by_paragraph(text, language):
        lengths = token_counts([text[s.start : s.end] for s in paragraph])
        if run and size >= tokens // 2 and size + sum(lengths) > tokens:
            found.append(_passage(run))
            run, size = [], 0
        for sentence, length in zip(paragraph, lengths, strict=True):
            if run and size + length > tokens:
                found.append(_passage(run))
                run, size = [], 0
            run.append(sentence)
            size += length
    if run:
        found.append(_passage(run))
    return tuple(found)


def sentences_by_paragraph(text: str, language: str | None) -> list[list[Span]]:
    """The sentences of each paragraph (a line of the text), without surrounding white space or bullets.

    A paragraph that clearly is in another language than the article is divided as in that one.
    """
    return [
        spans
        for match in _PARAGRAPH.finditer(text)
        if (spans := _sentences(text, match.start(), match.end(), likely_language(language, match.group()) or "en"))
    ]


def _sentences(text: str, start: int, end: int, language: str) -> list[Span]:
    spans: list[Span] = []
    if bullet := _BULLET.match(text, start, end):
        start = bullet.end()  # sentencex would take a list's item for one sentence
    for first, last in _boundaries(text[start:end], language):
        first, last = start + first, start + last
        while first < last:
            cut = last if last - first <= MAX_SENTENCE else _cut(text, first, first + MAX_SENTENCE)
            piece = text[first:cut]
            span = Span(first + len(piece) - len(piece.lstrip()), first + len(piece.rstrip()))
            if span.start < span.end:
                spans.append(span)
            first = cut
    return spans


def _boundaries(text: str, language: str) -> list[tuple[int, int]]:
    """By sentencex, without the ends that it sees behind a title or in a quotation that the sentence goes on from."""
    titles = _TITLES.get(language, ())
    found: list[tuple[int, int]] = []
    for boundary in sentencex.get_sentence_boundaries(language, text):
        first, last = boundary["start_index"], boundary["end_index"]
        before = text[found[-1][0] : first].split()[-1:] if found else []
        titled = any(word.endswith(".") and word[:-1].rpartition(".")[2].lower() in titles for word in before)
        if titled or (found and _QUOTE_GOES_ON.match(text, first)):
            first = found.pop()[0]
        found.append((first, last))
    return found


def _cut(text: str, start: int, end: int) -> int:
    cuts = [m.end() for m in _CUT.finditer(text, start + MAX_SENTENCE // 2, end)]
    return cuts[-1] if cuts else end


def _passage(sentences: list[Span]) -> Passage:
    return Passage(Span(sentences[0].start, sentences[-1].end), tuple(sentences))


def token_counts(texts: list[str]) -> list[int]:
    encoding = _encoding()
    return [len(encoding.encode_ordinary(text)) for text in texts]  # tiktoken's batches start a thread each


@lru_cache(maxsize=1)
def _encoding():
    """cl100k_base from the files in llama-index-core's wheel, so that no network is needed."""
    import tiktoken

    os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(_tiktoken_cache()))
    return tiktoken.get_encoding("cl100k_base")


def _tiktoken_cache() -> Path:
    from importlib.util import find_spec

    found = find_spec("llama_index.core")  # located, not imported: that would take seconds
    return Path(found.origin).parent / "_static" / "tiktoken_cache"
