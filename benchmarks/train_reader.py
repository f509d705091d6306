"""Learns the weights of the reader (qa/reader.onnx) from passages with questions. Needs PyTorch: pip install torch.

    python -m benchmarks.train_reader [--news lee_background.cor] [--minutes 60] [--processes 2] [--write]

`benchmarks/reading/passages.jsonl` holds passages of news and reference articles, each with about as many
questions that a sentence of it answers as questions on the same matter that none does, in some thirty languages. All
were written for this; the passages too, but for those of Wikipedia (source `wiki:TITLE`, CC BY-SA) and those of
which only the place is kept (`lee:LINE`): news in the file lee_background.cor, which the package gensim ships among
its tests' data, to be named with --news.
A question is read beside a few sentences around one that answers, or that looks like it. The upper layers of the
embedder, which so far read texts one by one, learn to read both together and to find that sentence, or that none
answers (a softmax over the sentences and none), and the answer's own tokens. Matrices are multiplied in bfloat16:
on a processor with AMX ten times as fast.
"""

import argparse
import json
import random
import re
import tempfile
import time
from argparse import Namespace
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor, distributed, nn
from torch.nn import functional

from benchmarks.reader_network import Network, write
from index.e5 import E5, load_weights
from index.e5_build import read_weights
from index.language import rank_languages
from index.words import words
from qa import reader, token_means
from qa.token_means import TokenMeans

PASSAGES = Path(__file__).parent / "reading" / "passages.jsonl"
DECAY, BATCH, WARM_UP = 0.02, 32, 100
RATE, HEAD_RATE = 2e-4, 1e-3
CROPS = (1, 50, 80, 110, 150)  # tokens of the passage that a question is read beside
LAST_CROPS = (1, 60, 110, 180, 250)  # later
EARLY = 0.4  # of the time; what is read later is more like what is read in earnest
CUT = 0.12  # of the answered questions have the sentences that answer taken out
FAR = 0.08  # and as many are read beside any other passage
RESEMBLING = 0.5  # of all, later, are read beside another passage that resembles the question
RESEMBLE = 8  # passages do, by the mean of their tokens, and as many without what tells the language
UNKNOWN = 0.08  # of the questions' languages are taken for unknown
TITLED = 0.5  # of the passages whose title is known are read under it
TOKENS_COUNT = 0.3  # what finding the answer's tokens counts beside finding its sentence
STATED = 24  # statements in a batch
SENTENCES = 4  # of a passage of which statements in its own words are made
ALONE = 0.6  # of the quotes are embedded without what stands around them, as in earnest
UNCITED = 0.1  # of them are read beside a sentence that they don't cite
BEFORE = 0.15  # and with the sentence before those cited
HELD_OUT = 10  # every so many-th passage
TOKENS = 500  # that a language's mean is taken of, at least


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Token vectors (tokens, layers, 384) of the passage and of its title, and each sentence's tokens."""

    language: str
    tokens: Tensor
    title: Tensor
    source: str
    sentences: list[tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question on a passage, the sentences that answer (none where none does), the tokens of the answer, and the
    passages of other articles that resemble the question.
    """

    passage: int
    language: str
    tokens: Tensor
    right: tuple[int, ...]
    answer: tuple[int, int] | None
    resembling: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A question beside some sentences of a passage: their numbers, and which of them answer."""

    asked: Asked
    passage: Passage
    kept: list[int]
    right: tuple[int, ...]


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


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--news", type=Path)
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--processes", type=int, default=2, help="of one thread each, which learn together")
    arguments.add_argument("--write", action="store_true", help="write qa/reader.onnx")
    options = arguments.parse_args()
    torch.manual_seed(0)
    texts = read(options.news)
    means = token_means_of(texts.passages, texts.questions)
    texts = replace(texts, questions=with_resembling(texts.passages, texts.questions, means))
    weights = read_weights(load_weights())
    network = Network(weights)
    with tempfile.TemporaryDirectory() as folder:
        options.folder = Path(folder)
        torch.multiprocessing.start_processes(
            learn, (network, texts, means, options), options.processes, start_method="fork"
        )
        network.load_state_dict(torch.load(options.folder / "learned"))
    if options.write:
        asked = texts.questions[:: len(texts.questions) // 30]
        samples = [example(one, texts.passages, random.Random(0)) for one in asked]
        write(network.eval(), weights, [put_together([one], means, random.Random(0))[0][:3] for one in samples])
        token_means.write(means)


def read(news: Path | None) -> Texts:
    rows = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    lines = news.read_text(encoding="utf-8").split("\n") if news else None
    rows = [row for row in rows if lines or "text" in row]
    for row in rows:
        if lines and "spans" in row:
            line = lines[int(row["source"].removeprefix("lee:"))]
            row["text"] = [line[start:end] for start, end in row["spans"]]
    embedder = E5(Path(tempfile.gettempdir()) / "footnote-models")
    passages, questions, statements = [], [], []
    for row in rows:
        sentences = row["text"]
        starts = np.cumsum([0, *(len(sentence) + 1 for sentence in sentences)]).tolist()
        spans = [(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=False)]
        answers = [_answer(asked, sentences, starts) for asked in row["questions"]]
        language = rank_languages(" ".join(sentences))[0][0]
        title = row["source"].removeprefix("wiki:") if row["source"].startswith("wiki:") else ""
        [tokens, [of_title]] = embedder.span_tokens(
            [" ".join(sentences), title],
            [[*spans, *((0, answer[0]) for answer in answers), *answers], [(0, len(title))]],
        )
        tokens = [_halved(own) for own in tokens]
        ends = np.cumsum([0, *map(len, tokens[: len(spans)])]).tolist()
        whole, places = torch.cat(tokens[: len(spans)]), list(pairwise(ends))
        passages.append(Passage(language, whole, _halved(of_title), row["source"], places))
        with ThreadPoolExecutor(2) as beside:
            asked_tokens = list(beside.map(embedder.query_tokens, [asked["question"] for asked in row["questions"]]))
        before, within = tokens[len(spans) : len(spans) + len(answers)], tokens[len(spans) + len(answers) :]
        for asked, own, start, answer in zip(row["questions"], asked_tokens, before, within, strict=True):
            place = (len(start), len(start) + len(answer)) if len(answer) else None
            if len(own):
                right = tuple(asked.get("sentences", ()))
                questions.append(Asked(len(passages) - 1, asked["language"], _halved(own), right, place))
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
    return Texts(passages, questions, statements)


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
        source = passages[question.passage].source
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


def learn(rank: int, network: Network, texts: Texts, means: TokenMeans, options: Namespace) -> None:
    """One of the processes that learn together: each works out the slopes of a part of the batch, on a thread."""
    torch.set_num_threads(1)
    store = f"file://{options.folder / 'meeting'}"
    distributed.init_process_group("gloo", init_method=store, rank=rank, world_size=options.processes)
    passages = texts.passages
    held, held_told = (
        [one for one in own if one.passage % HELD_OUT == 0] for own in (texts.questions, texts.statements)
    )
    known, known_told = (
        [one for one in own if one.passage % HELD_OUT][rank :: options.processes]
        for own in (texts.questions, texts.statements)
    )
    draw = random.Random(rank)
    if rank == 0:
        print(f"held out, on passages of their own: {len(held)} questions, {len(held_told)} statements", flush=True)
    fresh = [network.parts, *network.head.parameters(), *(layer.cosines for layer in network.layers)]
    taught = [values for values in network.layers.parameters() if not any(values is other for other in fresh)]
    groups = [
        {"params": [values for values in taught if values.dim() == 2], "rate": RATE, "weight_decay": DECAY},
        {"params": [values for values in taught if values.dim() == 1], "rate": RATE, "weight_decay": 0.0},
        {"params": fresh, "rate": HEAD_RATE, "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    seconds, size, size_told = options.minutes * 60, BATCH // options.processes, STATED // options.processes
    started = told = time.monotonic()
    spent = 0.0  # the mean of all processes: they stop at the same step
    left: list[Asked] = []
    left_told: list[Stated] = []
    losses: list[float] = []
    while spent < seconds:
        for group in optimiser.param_groups:
            group["lr"] = group["rate"] * min(1, (len(losses) + 1) / WARM_UP) * (1 - spent / seconds)
        if len(left) < size:
            left = draw.sample(known, len(known))
        if len(left_told) < size_told:
            left_told = draw.sample(known_told, len(known_told))
        later = spent > EARLY * seconds
        loss = loss_of(network, [example(left.pop(), passages, draw, later) for _ in range(size)], means, draw)
        loss = loss + loss_told(network, [left_told.pop() for _ in range(size_told)], passages, means, draw)
        loss.backward()
        spent = averaged(network, time.monotonic() - started)
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
        if rank == 0 and time.monotonic() - told > 180:
            told = time.monotonic()
            print(f"{spent / 60:.0f} min, {len(losses) * size / len(known):.1f} times through, loss", end=" ")
            print(f"{np.mean(losses[-200:]):.3f}, held out {report(network, passages, means, held[::8])}", end="; ")
            print(report_told(network, held_told[::8], passages, means), flush=True)
    if rank == 0:
        torch.save(network.state_dict(), options.folder / "learned")
        print(f"{len(losses) * size / len(known):.1f} times through, held out {report(network, passages, means, held)}")
        print(report_told(network, held_told, passages, means))


def averaged(network: Network, spent: float) -> float:
    """Each slope becomes its mean over all processes; that of the seconds spent is returned."""
    slopes = [values.grad for values in network.parameters()]
    together = torch.cat([*(slope.flatten() for slope in slopes), torch.tensor([spent])])
    distributed.all_reduce(together)
    together /= distributed.get_world_size()
    *means, seconds = together.split([*(slope.numel() for slope in slopes), 1])
    for slope, mean in zip(slopes, means, strict=True):
        slope.copy_(mean.view(slope.shape))
    return float(seconds)


def example(asked: Asked, passages: list[Passage], draw: random.Random, later: bool = False) -> Example:
    """A question beside some sentences, at least one; `later`: not early on."""
    limit = draw.choice(LAST_CROPS if later else CROPS)
    own = passages[asked.passage]
    if later and asked.resembling and draw.random() < RESEMBLING:
        return _unanswered(asked, passages[draw.choice(asked.resembling)], limit, draw)
    if not asked.right:
        return _unanswered(asked, own, limit, draw)
    if draw.random() < FAR and (other := draw.choice(passages)) is not own:
        return _unanswered(asked, other, limit, draw)
    kept = around(own, draw.choice(asked.right), limit, draw)
    cut = [number for number in kept if number not in asked.right]
    return Example(asked, own, cut if cut and draw.random() < CUT else kept, asked.right)


def _unanswered(asked: Asked, passage: Passage, limit: int, draw: random.Random) -> Example:
    centre = likest(asked, passage) if draw.random() < 0.7 else draw.randrange(len(passage.sentences))
    return Example(asked, passage, around(passage, centre, limit, draw), ())


def around(passage: Passage, centre: int, limit: int, draw: random.Random) -> list[int]:
    """A sentence and as many around it as have no more tokens than that."""
    lengths = [end - start for start, end in passage.sentences]
    kept, size = [centre], lengths[centre]
    while True:
        beside = [n for n in (kept[0] - 1, kept[-1] + 1) if 0 <= n < len(lengths) and size + lengths[n] <= limit]
        if not beside:
            return kept
        chosen = draw.choice(beside)
        kept, size = sorted([*kept, chosen]), size + lengths[chosen]


def likest(asked: Asked, passage: Passage) -> int:
    """The sentence whose tokens match the question's best."""
    question, tokens = (functional.normalize(own[:, -1].float(), dim=-1) for own in (asked.tokens, passage.tokens))
    matches = question @ tokens.T
    return max(
        range(len(passage.sentences)),
        key=lambda n: float(matches[:, slice(*passage.sentences[n])].max(1).values.mean()),
    )


def put_together(
    batch: list[Example], means: TokenMeans, draw: random.Random
) -> tuple[tuple[Tensor, Tensor, Tensor, list[int]], list[list[tuple[int, int]]]]:
    """What `Network` takes, and the places of each example's sentences."""
    texts, centred, part, places = [], [], [], []
    for one in batch:
        spans = [
            (start, min(end, start + reader.LONGEST)) for start, end in (one.passage.sentences[n] for n in one.kept)
        ]
        title = one.passage.title if draw.random() < TITLED else one.passage.title[:0]
        question = one.asked.tokens.float()
        told = torch.cat([title, *(one.passage.tokens[start:end] for start, end in spans)]).float()
        language = "" if draw.random() < UNKNOWN else one.asked.language
        texts += [question, told]
        centred += [
            question - torch.from_numpy(means.of_question(language)),
            told - torch.from_numpy(means.of_passage(one.passage.language)),
        ]
        part += [torch.zeros(len(question), dtype=torch.long), torch.ones(len(told), dtype=torch.long)]
        ends = np.cumsum([len(question) + len(title), *(end - start for start, end in spans)]).tolist()
        places.append(list(pairwise(ends)))
    sizes = [len(asked) + len(told) for asked, told in zip(texts[::2], texts[1::2], strict=True)]
    return (torch.cat(texts)[:, 0], torch.cat(centred), torch.cat(part), sizes), places


def read_beside(network: Network, batch: list[Example], means: TokenMeans, draw: random.Random) -> list[tuple]:
    inputs, places = put_together(batch, means, draw)
    with torch.autocast("cpu", torch.bfloat16):
        return list(zip(network(*inputs), places, strict=True))


def odds(outputs: Tensor, places: Sequence[tuple[int, int]]) -> Tensor:
    """(tokens, 2) -> how much likelier each sentence is to answer than none, (sentences,)."""
    return torch.stack([outputs[a:b, 0].mean() + torch.logsumexp(outputs[a:b, 1], 0) for a, b in places])


def loss_of(network: Network, batch: list[Example], means: TokenMeans, draw: random.Random) -> Tensor:
    finding, marking = [], []
    for (outputs, places), one in zip(read_beside(network, batch, means, draw), batch, strict=True):
        values = torch.cat([torch.zeros(1), odds(outputs, places)])
        right = torch.tensor([False] + [number in one.right for number in one.kept])
        right[0] = not right.any()
        finding.append(torch.logsumexp(values, 0) - torch.logsumexp(values[right], 0))
        labels = torch.zeros(len(outputs))
        for number, (start, end) in zip(one.kept, places, strict=True):
            first, last = one.passage.sentences[number]
            if one.right and one.asked.answer and first <= one.asked.answer[0] < last:
                at = start + one.asked.answer[0] - first
                labels[at : min(at + one.asked.answer[1] - one.asked.answer[0], end)] = 1
        begin, weight = places[0][0], torch.tensor(3.0)
        marking.append(
            functional.binary_cross_entropy_with_logits(outputs[begin:, 1], labels[begin:], pos_weight=weight)
        )
    return torch.stack(finding).mean() + TOKENS_COUNT * torch.stack(marking).mean()


def doubts(
    network: Network,
    batch: list[tuple[Stated, list[int]]],
    passages: list[Passage],
    means: TokenMeans,
    hidden: float,
    alone: float,
    draw: random.Random,
) -> list[Tensor]:
    """Of each statement beside sentences of its passage the outputs of its own tokens, (tokens, 2).

    `hidden` and `alone` are the shares whose language is taken for unknown, and whose quote is embedded alone.
    """
    texts, centred, part, lengths = [], [], [], []
    for told, kept in batch:
        own = passages[told.passage]
        spans = [own.sentences[number] for number in kept]
        quoted = torch.cat([own.tokens[start : min(end, start + reader.LONGEST)] for start, end in spans]).float()
        if tuple(kept) == told.cited and draw.random() < alone:
            quoted = told.quoted[: 2 * reader.LONGEST].float()
        language = "" if draw.random() < hidden else told.language
        statement = told.tokens.float()
        texts.append(torch.cat([statement, quoted]))
        centred += [
            statement - torch.from_numpy(means.of_question(language)),
            quoted - torch.from_numpy(means.of_passage(own.language)),
        ]
        part += [torch.zeros(len(statement), dtype=torch.long), torch.ones(len(quoted), dtype=torch.long)]
        lengths.append(len(statement))
    with torch.autocast("cpu", torch.bfloat16):
        outputs = network(torch.cat(texts)[:, 0], torch.cat(centred), torch.cat(part), list(map(len, texts)))
    return [own[:length, reader.ANSWERS :] for own, length in zip(outputs, lengths, strict=True)]


def doubt(outputs: Tensor) -> Tensor:
    """(tokens, 2) -> how much likelier the statement is to be false than true."""
    return outputs[:, 0].mean() + torch.logsumexp(outputs[:, 1], 0)


def loss_told(
    network: Network, batch: list[Stated], passages: list[Passage], means: TokenMeans, draw: random.Random
) -> Tensor:
    beside = []
    for told in batch:
        kept, chance = list(told.cited), draw.random()
        others = [n for n in range(len(passages[told.passage].sentences)) if n not in told.cited]
        if chance < UNCITED and others:
            kept = [draw.choice(others)]
        elif chance > 1 - BEFORE:
            kept = sorted({max(kept[0] - 1, 0), *kept})
        beside.append((told, kept))
    judging, marking = [], []
    outputs = doubts(network, beside, passages, means, UNKNOWN, ALONE, draw)
    for own, (told, kept) in zip(outputs, beside, strict=True):
        cited = set(told.cited) <= set(kept)
        false = torch.tensor(float(not cited or bool(told.wrong.any())))
        judging.append(functional.binary_cross_entropy_with_logits(doubt(own), false))
        if cited:
            weight = torch.tensor(3.0)
            marking.append(functional.binary_cross_entropy_with_logits(own[:, 1], told.wrong, pos_weight=weight))
    return torch.stack(judging).mean() + TOKENS_COUNT * torch.stack(marking).mean()


@torch.no_grad()
def report_told(network: Network, statements: list[Stated], passages: list[Passage], means: TokenMeans) -> str:
    """Each statement beside the sentences that it cites."""
    network.eval()
    values = []
    for first in range(0, len(statements), BATCH):
        batch = [(told, list(told.cited)) for told in statements[first : first + BATCH]]
        values += [float(doubt(own)) for own in doubts(network, batch, passages, means, 0.0, 1.0, random.Random(0))]
    network.train()
    value, false = np.array(values), np.array([bool(told.wrong.any()) for told in statements])
    same = np.array([told.language == passages[told.passage].language for told in statements])
    areas = [roc_auc_score(false[of], value[of]) for of in (same, ~same)]
    return f"statements, area in the same language {areas[0]:.3f}, in another {areas[1]:.3f}"


@torch.no_grad()
def report(network: Network, passages: list[Passage], means: TokenMeans, questions: list[Asked]) -> str:
    """Each question beside its whole passage."""
    network.eval()
    answered, values, right = [], [], []
    whole = [
        Example(asked, own, list(range(len(own.sentences))), asked.right)
        for asked in questions
        for own in [passages[asked.passage]]
    ]
    for first in range(0, len(whole), BATCH):
        batch = whole[first : first + BATCH]
        for (outputs, places), one in zip(read_beside(network, batch, means, random.Random(0)), batch, strict=True):
            own = odds(outputs, places)
            answered.append(bool(one.right))
            values.append(float(torch.logsumexp(own, 0)))
            if one.right:
                right.append(int(own.argmax()) in one.right)
    network.train()
    yes, value = np.array(answered), np.array(values)
    return (
        f"area {roc_auc_score(yes, value):.3f}, right sentence {np.mean(right):.3f}, "
        f"false answers {(value[~yes] > 0).mean():.3f}, false refusals {(value[yes] <= 0).mean():.3f}"
    )


if __name__ == "__main__":
    main()
