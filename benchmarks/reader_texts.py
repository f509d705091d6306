"""What the reader is taught with: passages with questions and statements, and their token vectors."""

import random
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.train import HELD_OUT, READING, rows
from index.e5 import E5
from index.language import rank_languages
from index.words import words
from qa.token_means import TokenMeans

RESEMBLE = 8  # passages do, by the mean of their tokens, and as many without what tells the language
SENTENCES = 4  # of a passage of which statements in its own words are made
EXCHANGED = 0.4  # of the answered questions with a name or figure of the passage are asked about another too
LIKE = 0.45  # of the other names have one letter changed
TOKENS = 500  # that a language's mean is taken of, at least


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Token vectors (tokens, layers, 384) of the passage and of its title, and each sentence's tokens. What is held out
    is not learned from.
    """

    language: str
    tokens: Tensor
    title: Tensor
    source: str
    sentences: list[tuple[int, int]]
    held_out: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question on a passage, the sentences that answer (none where none does), the tokens of the answer, and the
    passages of other articles that resemble the question. Some are on no passage; a `bare` one is on any that it is
    asked beside ("How long was the strike?").
    """

    passage: int | None
    language: str
    tokens: Tensor
    right: tuple[int, ...]
    answer: tuple[int, int] | None
    resembling: tuple[int, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """A statement on a passage, the sentences that it cites, the tokens of these without the others around them, and
    of each token of its own whether it is wrong, (tokens,).
    """

    passage: int
    language: str
    tokens: Tensor
    cited: tuple[int, ...]
    quoted: Tensor
    wrong: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """What is learned from."""

    passages: list[Passage]
    questions: list[Asked]
    statements: list[Stated]


def read(news: Path | None) -> Texts:
    written = rows(READING)
    for row in written[::HELD_OUT]:
        row["held out"] = True
    lines = news.read_text(encoding="utf-8").split("\n") if news else None
    written = [row for row in written if lines or "text" in row]
    for row in written:
        if lines and "spans" in row:
            line = lines[int(row["source"].removeprefix("lee:"))]
            row["text"] = [line[start:end] for start, end in row["spans"]]
    embedder = E5(Path(tempfile.gettempdir()) / "footnote-models")
    passages, questions, statements = [], [], []
    names = sorted({name for row in written for text in row["text"] for name in _NAME.findall(text)})
    for row in written:
        sentences = row["text"]
        row["questions"] += of_another(row["questions"], " ".join(sentences), names, random.Random(len(passages)))
        starts = np.cumsum([0, *(len(sentence) + 1 for sentence in sentences)]).tolist()
        spans = [(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=False)]
        answers = [_answer(asked, sentences, starts) for asked in row["questions"]]
        language = rank_languages(" ".join(sentences))[0][0]
        title = row.get("title") or (row["source"].removeprefix("wiki:") if row["source"].startswith("wiki:") else "")
        [tokens, [of_title]] = embedder.span_tokens(
            [" ".join(sentences), title],
            [[*spans, *((0, answer[0]) for answer in answers), *answers], [(0, len(title))]],
        )
        tokens = [_halved(own) for own in tokens]
        ends = np.cumsum([0, *map(len, tokens[: len(spans)])]).tolist()
        whole, places = torch.cat(tokens[: len(spans)]), list(pairwise(ends))
        passages.append(Passage(language, whole, _halved(of_title), row["source"], places, "held out" in row))
        with ThreadPoolExecutor(2) as beside:
            asked_tokens = list(beside.map(embedder.query_tokens, [asked["question"] for asked in row["questions"]]))
        before, within = tokens[len(spans) : len(spans) + len(answers)], tokens[len(spans) + len(answers) :]
        for asked, own, start, answer in zip(row["questions"], asked_tokens, before, within, strict=True):
            place = (len(start), len(start) + len(answer)) if len(answer) else None
            if len(own):
                right = tuple(asked.get("sentences", ()))
                bare = asked.get("bare", False)
                questions.append(Asked(len(passages) - 1, asked["language"], _halved(own), right, place, bare=bare))
        stated = row.get("statements", ())
        drawn = near_the_words(sentences, language, random.Random(len(passages))) if stated else []
        for told in [*stated, *drawn]:
            own = embedder.query_tokens(told["statement"])
            [tokens] = embedder.span_places(told["statement"], [(0, len(told["statement"]))])
            wrong = [any(start < b and a < end for a, b in told["wrong"]) for start, end in tokens[: len(own)]]
            cited = tuple(told["sentences"])
            quote = " ".join(sentences[number] for number in cited)
            [[quoted]] = embedder.span_tokens([quote], [[(0, len(quote))]])
            wrong = torch.tensor(wrong, dtype=torch.float32)
            at = len(passages) - 1
            statements.append(Stated(at, told["language"], _halved(own), cited, _halved(quoted), wrong))
    for asked in rows(READING.with_name("elsewhere.jsonl")):
        own = embedder.query_tokens(asked["question"])
        questions.append(Asked(None, asked["language"], _halved(own), (), None))
    return Texts(passages, questions, statements)


def of_another(questions: list[dict], text: str, names: list[str], draw: random.Random) -> list[dict]:
    """Questions that are not answered, made of answered ones: with another figure, or another or a like name.

    Whoever asks about the 49th meeting, or about Newburg, is not answered by what is told of the 48th or of Newbury.
    """
    found = []
    for asked in questions:
        places = [m for pattern in (_WHOLE, _NAME) for m in pattern.finditer(asked["question"]) if m[0] in text]
        if asked.get("sentences") and places and draw.random() < EXCHANGED:
            place = draw.choice(places)
            if place[0].isdigit():
                other = str(max(1, int(place[0]) + draw.choice((-10, -3, -2, -1, 1, 2, 3, 10))))
            elif draw.random() < LIKE:
                at = draw.randrange(1, len(place[0]))
                letters = "aeiou" if place[0][at] in "aeiou" else "bdfgklmnrst"
                other = place[0][:at] + draw.choice(letters) + place[0][at + 1 :]
            else:
                other = draw.choice(names)
            if other not in text:
                question = asked["question"][: place.start()] + other + asked["question"][place.end() :]
                found.append({"question": question, "language": asked["language"]})
    return found


def near_the_words(sentences: list[str], language: str, draw: random.Random) -> list[dict]:
    """Statements in the passage's own words: a sentence, its first part, or one with a figure or name of another.

    Written ones are false mostly where they keep to the words, so that without these keeping to them looks false.
    """
    found = []
    for number in draw.sample(range(len(sentences)), min(len(sentences), SENTENCES)):
        text, wrong = sentences[number], []
        way = draw.choice(("whole", "part", "exchanged"))
        if way == "part":
            parts = [text[: comma.start()] for comma in re.finditer("[,;،，、]", text)]
            parts = [part for part in parts if len(words(part)) >= 5 and part.count('"') % 2 == 0]
            text = f"{draw.choice(parts)}." if parts else text
        elif way == "exchanged":
            pattern = draw.choice((_FIGURE, _NAME))
            own = list(pattern.finditer(text))
            others = sorted({match[0] for match in pattern.finditer(" ".join(sentences))} - {m[0] for m in own})
            if not own or not others:
                continue
            place, other = draw.choice(own), draw.choice(others)
            text = f"{text[: place.start()]}{other}{text[place.end() :]}"
            wrong = [(place.start(), place.start() + len(other))]
        found.append({"statement": text, "language": language, "sentences": [number], "wrong": wrong})
    return found


_FIGURE = re.compile(r"(?<![\w.,])\d(?:[\d.,]*\d)?(?!\w)")
_WHOLE = re.compile(r"(?<![\w.,])\d+(?![\w.,]*\d)")
_NAME = re.compile(r"(?<=[\w,] )[A-ZÀ-ÖØ-ÝĐ][\w'’-]+(?: [A-ZÀ-ÖØ-ÝĐ][\w'’-]+)*")


def token_means_of(passages: list[Passage], questions: list[Asked]) -> TokenMeans:
    """The means of the languages that there is enough of."""
    found = []
    for texts in (questions, passages):
        by_language: dict[str, list[Tensor]] = {}
        for text in texts:
            by_language.setdefault(text.language, []).append(text.tokens)
        whole = {language: torch.cat(tokens).float() for language, tokens in by_language.items()}
        found.append({code: tokens.mean(0).numpy() for code, tokens in whole.items() if len(tokens) >= TOKENS})
    known = sorted(found[0].keys() & found[1].keys())
    return TokenMeans(*({code: own[code] for code in known} | {"": np.mean(list(own.values()), 0)} for own in found))


def with_resembling(passages: list[Passage], questions: list[Asked], means: TokenMeans) -> list[Asked]:
    of_passages = torch.stack([passage.tokens[:, -1].float().mean(0) for passage in passages])
    of_questions = torch.stack([question.tokens[:, -1].float().mean(0) for question in questions])
    by_language = torch.stack([torch.from_numpy(means.of_passage(own.language)[-1]) for own in passages])
    by_asked = torch.stack([torch.from_numpy(means.of_question(own.language)[-1]) for own in questions])
    compared = [
        (functional.normalize(asked, dim=-1), functional.normalize(told, dim=-1))
        for asked, told in (
            (of_questions - of_questions.mean(0), of_passages - of_passages.mean(0)),
            (of_questions - by_asked, of_passages - by_language),
        )
    ]
    found = []
    for number, question in enumerate(questions):
        if question.bare:
            found.append(question)
            continue
        source = None if question.passage is None else passages[question.passage].source
        nearest = [n for asked, told in compared for n in (told @ asked[number]).topk(RESEMBLE).indices.tolist()]
        others = (n for n in nearest if n != question.passage and (source == "own" or passages[n].source != source))
        found.append(replace(question, resembling=tuple(others)))
    return found


def _halved(tokens: np.ndarray) -> Tensor:
    return torch.from_numpy(tokens).half()


def _answer(asked: dict, sentences: list[str], starts: list[int]) -> tuple[int, int]:
    """Start and end of the answer in the passage; (0, 0) where none is."""
    for number in asked.get("sentences", ()):
        at = sentences[number].find(asked["answer"])
        if at >= 0:
            return starts[number] + at, starts[number] + at + len(asked["answer"])
    return 0, 0
