"""Learns the weights of the reader (qa/reader.onnx) from passages with questions. Needs PyTorch: pip install torch.

    python -m benchmarks.train_reader [--news lee_background.cor] [--minutes 60] [--processes 2] [--further] [--write]

`benchmarks/reading/passages.jsonl` holds passages of news and reference articles, each with about as many
questions that a sentence of it answers as questions on the same matter that none does, in some thirty languages;
a `bare` one ("How long was the strike?") names nothing, and is not held against passages that resemble it;
`elsewhere.jsonl` beside it what people ask of the rest of the world, which is read beside what resembles it. All
were written for this; the passages too, but for those of Wikipedia (source `wiki:TITLE`, CC BY-SA) and those of
which only the place is kept (`lee:LINE`): news in the file lee_background.cor, which the package gensim ships among
its tests' data, to be named with --news.
A question is read beside a few sentences around one that answers, or that looks like it. The upper layers of the
embedder, which so far read texts one by one, learn to read both together and to find that sentence, or that none
answers (a softmax over the sentences and none), the answer's own tokens, and by the question's tokens, as of a
statement, whether none answers.

With --further it goes on from the weights of qa/reader.onnx, at half the rate, and the mean of both is kept (Izmailov
et al. 2018, "Averaging Weights Leads to Wider Optima").
"""

import argparse
import random
import tempfile
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor, distributed, nn
from torch.nn import functional

from benchmarks.reader_network import Network, load, write
from benchmarks.reader_statements import TOKENS_COUNT, UNKNOWN, doubt, loss_told, report_told
from benchmarks.reader_texts import Asked, Passage, Stated, Texts, read, token_means_of, with_resembling
from index.e5 import load_weights
from index.e5_build import read_weights
from qa import reader, token_means
from qa.token_means import TokenMeans

DECAY, BATCH, WARM_UP = 0.02, 32, 100
RATE, HEAD_RATE = 2e-4, 1e-3
FURTHER = 0.5  # of the rates, when it goes on from what was learned
CROPS = (1, 50, 80, 110, 150)  # tokens of the passage that a question is read beside
LAST_CROPS = (1, 60, 110, 180, 250)  # later
EARLY = 0.4  # of the time; what is read later is more like what is read in earnest
CUT = 0.12  # of the answered questions have the sentences that answer taken out
FAR = 0.08  # and as many are read beside any other passage
RESEMBLING = 0.5  # of all, later, are read beside another passage that resembles the question
TITLED = 0.5  # of the passages whose title is known are read under it
STATED = 24  # statements in a batch
DOUBTED = 0.5  # what the doubt whether a question is answered counts, beside finding the sentence


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A question beside some sentences of a passage: their numbers, and which of them answer."""

    asked: Asked
    passage: Passage
    kept: list[int]
    right: tuple[int, ...]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--news", type=Path)
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--processes", type=int, default=2, help="of one thread each, which learn together")
    arguments.add_argument("--further", action="store_true", help="go on from qa/reader.onnx, and keep the mean")
    arguments.add_argument("--write", action="store_true", help="write qa/reader.onnx")
    options = arguments.parse_args()
    torch.manual_seed(0)
    texts = read(options.news)
    means = token_means_of(texts.passages, texts.questions)
    texts = replace(texts, questions=with_resembling(texts.passages, texts.questions, means))
    weights = read_weights(load_weights())
    network = Network(weights)
    if options.further:
        load(network)
    with tempfile.TemporaryDirectory() as folder:
        options.folder = Path(folder)
        torch.multiprocessing.start_processes(
            learn, (network, texts, means, options), options.processes, start_method="fork"
        )
        learned = torch.load(options.folder / "learned")
    if options.further:
        learned = {name: (values + learned[name]) / 2 for name, values in network.state_dict().items()}
    network.load_state_dict(learned)
    if options.write:
        asked = texts.questions[:: len(texts.questions) // 30]
        samples = [example(one, texts.passages, random.Random(0)) for one in asked]
        write(network.eval(), weights, [put_together([one], means, random.Random(0))[0][:3] for one in samples])
        token_means.write(means)


def learn(rank: int, network: Network, texts: Texts, means: TokenMeans, options: Namespace) -> None:
    """One of the processes that learn together: each works out the slopes of a part of the batch, on a thread."""
    torch.set_num_threads(1)
    store = f"file://{options.folder / 'meeting'}"
    distributed.init_process_group("gloo", init_method=store, rank=rank, world_size=options.processes)
    passages = texts.passages
    both = (texts.questions, texts.statements)
    held, held_told = ([one for one in own if _is_held_out(one, passages)] for own in both)
    known, known_told = (
        [one for one in own if not _is_held_out(one, passages)][rank :: options.processes] for own in both
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
    pace = FURTHER if options.further else 1.0
    started = told = time.monotonic()
    spent = 0.0  # the mean of all processes: they stop at the same step
    left: list[Asked] = []
    left_told: list[Stated] = []
    losses: list[float] = []
    while spent < seconds:
        for group in optimiser.param_groups:
            group["lr"] = pace * group["rate"] * min(1, (len(losses) + 1) / WARM_UP) * (1 - spent / seconds)
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


def _is_held_out(one: Asked | Stated, passages: list[Passage]) -> bool:
    return one.passage is not None and passages[one.passage].held_out


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
    elsewhere = asked.passage is None
    if elsewhere or (later and asked.resembling and draw.random() < RESEMBLING):
        return _unanswered(asked, passages[draw.choice(asked.resembling)], limit, draw)
    own = passages[asked.passage]
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
    return list(zip(network(*inputs), places, strict=True))


def odds(outputs: Tensor, places: Sequence[tuple[int, int]]) -> Tensor:
    """(tokens, 2) -> how much likelier each sentence is to answer than none, (sentences,)."""
    return torch.stack([outputs[a:b, 0].mean() + torch.logsumexp(outputs[a:b, 1], 0) for a, b in places])


def loss_of(network: Network, batch: list[Example], means: TokenMeans, draw: random.Random) -> Tensor:
    finding, doubting, marking = [], [], []
    for (outputs, places), one in zip(read_beside(network, batch, means, draw), batch, strict=True):
        values = torch.cat([torch.zeros(1), odds(outputs, places)])
        right = torch.tensor([False] + [number in one.right for number in one.kept])
        right[0] = not right.any()
        finding.append(torch.logsumexp(values, 0) - torch.logsumexp(values[right], 0))
        in_doubt = doubt(outputs[: len(one.asked.tokens), reader.ANSWERS :])
        doubting.append(functional.binary_cross_entropy_with_logits(in_doubt, right[0].float()))
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
    found, doubted, marked = (torch.stack(losses).mean() for losses in (finding, doubting, marking))
    return found + DOUBTED * doubted + TOKENS_COUNT * marked


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
