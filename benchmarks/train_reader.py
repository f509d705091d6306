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
import tempfile
import time
from argparse import Namespace
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto
from sklearn.metrics import roc_auc_score
from torch import Tensor, distributed, nn
from torch.nn import functional

from index.e5 import E5, HIDDEN, LAYERS, load_weights
from index.e5_build import Graph, Weights, add_layers, read_weights, through
from qa import reader

PASSAGES = Path(__file__).parent / "reading" / "passages.jsonl"
DROPOUT, DECAY, BATCH, WARM_UP = 0.1, 0.02, 32, 100
RATE, HEAD_RATE = 2e-4, 1e-3
COSINES = 1.5  # what a head weighs a cosine before it has learned
CROPS = (1, 50, 80, 110, 150)  # tokens of the passage that a question is read beside
LAST_CROPS = (1, 60, 110, 180, 250)  # in the last quarter of the time
CUT = 0.12  # of the answered questions have the sentences that answer taken out
FAR = 0.08  # and as many are read beside any other passage
RESEMBLING = 0.33  # of all, in the last quarter, are read beside another passage that resembles the question
RESEMBLE = 12  # the passages that do, by the mean of their tokens
TITLED = 0.5  # of the passages whose title is known are read under it
TOKENS_COUNT = 0.3  # what finding the answer's tokens counts beside finding its sentence
HELD_OUT = 10  # every so many-th passage


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Token vectors (tokens, layers, 384) of the passage and of its title, and each sentence's tokens."""

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


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--news", type=Path)
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--processes", type=int, default=2, help="of one thread each, which learn together")
    arguments.add_argument("--write", action="store_true", help="write qa/reader.onnx")
    options = arguments.parse_args()
    torch.manual_seed(0)
    passages, questions = read(options.news)
    questions = with_resembling(passages, questions)
    weights = read_weights(load_weights())
    mean = torch.stack([passage.tokens.float().mean(0) for passage in passages]).mean(0)
    network = Network(weights, mean)
    with tempfile.TemporaryDirectory() as folder:
        options.folder = Path(folder)
        torch.multiprocessing.start_processes(
            learn, (network, passages, questions, options), options.processes, start_method="fork"
        )
        network.load_state_dict(torch.load(options.folder / "learned"))
    if options.write:
        samples = [example(asked, passages, random.Random(0)) for asked in questions[:: len(questions) // 30]]
        write(network.eval(), weights, samples)


def read(news: Path | None) -> tuple[list[Passage], list[Asked]]:
    rows = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    lines = news.read_text(encoding="utf-8").split("\n") if news else None
    rows = [row for row in rows if lines or "text" in row]
    for row in rows:
        if lines and "spans" in row:
            line = lines[int(row["source"].removeprefix("lee:"))]
            row["text"] = [line[start:end] for start, end in row["spans"]]
    embedder = E5(Path(tempfile.gettempdir()) / "footnote-models")
    passages, questions = [], []
    for row in rows:
        sentences = row["text"]
        starts = np.cumsum([0, *(len(sentence) + 1 for sentence in sentences)]).tolist()
        spans = [(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=False)]
        answers = [_answer(asked, sentences, starts) for asked in row["questions"]]
        title = row["source"].removeprefix("wiki:") if row["source"].startswith("wiki:") else ""
        [tokens, [of_title]] = embedder.span_tokens(
            [" ".join(sentences), title],
            [[*spans, *((0, answer[0]) for answer in answers), *answers], [(0, len(title))]],
        )
        tokens = [_halved(own) for own in tokens]
        ends = np.cumsum([0, *map(len, tokens[: len(spans)])]).tolist()
        passages.append(
            Passage(torch.cat(tokens[: len(spans)]), _halved(of_title), row["source"], list(pairwise(ends)))
        )
        with ThreadPoolExecutor(2) as beside:
            asked_tokens = list(beside.map(embedder.query_tokens, [asked["question"] for asked in row["questions"]]))
        before, within = tokens[len(spans) : len(spans) + len(answers)], tokens[len(spans) + len(answers) :]
        for asked, own, start, answer in zip(row["questions"], asked_tokens, before, within, strict=True):
            place = (len(start), len(start) + len(answer)) if len(answer) else None
            if len(own):
                right = tuple(asked.get("sentences", ()))
                questions.append(Asked(len(passages) - 1, _halved(own), right, place))
    return passages, questions


def with_resembling(passages: list[Passage], questions: list[Asked]) -> list[Asked]:
    means = torch.stack([passage.tokens[:, -1].float().mean(0) for passage in passages])
    asked = torch.stack([question.tokens[:, -1].float().mean(0) for question in questions])
    directions, wanted = (functional.normalize(own - own.mean(0), dim=-1) for own in (means, asked))
    found = []
    for question, own in zip(questions, wanted, strict=True):
        source = passages[question.passage].source
        nearest = (directions @ own).topk(min(RESEMBLE, len(passages))).indices.tolist()
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


class Layer(nn.Module):
    """A layer of the embedder, as it is before it learns, with a bias of attention to what matches."""

    def __init__(self, weights: Weights, number: int):
        super().__init__()
        self.heads, self.number = weights.heads, number

        def linear(*names: str) -> nn.Linear:
            matrix = torch.cat([torch.tensor(weights.rows(f"l{number}.{name}.w")) for name in names])
            layer = nn.Linear(*reversed(matrix.shape))
            layer.weight.data = matrix
            layer.bias.data = torch.cat([torch.tensor(weights.floats[f"l{number}.{name}.b"]) for name in names])
            return layer

        def norm(name: str) -> nn.LayerNorm:
            layer = nn.LayerNorm(HIDDEN, eps=weights.epsilon)
            layer.weight.data, layer.bias.data = (torch.tensor(weights.floats[f"l{number}.{name}.{p}"]) for p in "wb")
            return layer

        self.qkv, self.ao, self.fi, self.fo = linear("q", "k", "v"), linear("ao"), linear("fi"), linear("fo")
        self.aln, self.oln = norm("aln"), norm("oln")
        self.cosines = nn.Parameter(torch.full((self.heads, len(LAYERS)), COSINES))

    def forward(self, x: Tensor, sizes: list[int], cosines: list[Tensor]) -> Tensor:
        """(tokens of all texts, 384), each text's tokens and cosines (layers, tokens x tokens) -> as x.

        Only tokens of one text see each other.
        """
        contexts = []
        for own, matched in zip(self.qkv(x).view(len(x), 3, self.heads, -1).split(sizes), cosines, strict=True):
            queries, keys, values = own.permute(1, 2, 0, 3)
            bias = (self.cosines @ matched).view(self.heads, len(own), len(own))
            scores = torch.baddbmm(bias, queries, keys.transpose(1, 2), alpha=queries.shape[-1] ** -0.5)
            contexts.append(torch.bmm(torch.softmax(scores, -1), values).transpose(0, 1))
        x = self.aln(x + self._dropped(self.ao(torch.cat(contexts).reshape(x.shape))))
        return self.oln(x + self._dropped(self.fo(functional.gelu(self.fi(x)))))

    def _dropped(self, x: Tensor) -> Tensor:
        """As `functional.dropout`, which draws its numbers one by one: these are part of one drawing."""
        if not self.training:
            return x
        start = random.randrange(len(_KEPT) - x.numel())
        return x * _KEPT[start : start + x.numel()].view(x.shape)

    def weights(self) -> dict[str, np.ndarray]:
        """As `index.e5_build` names them."""
        layers = {name: getattr(self, name) for name in ("ao", "fi", "fo", "aln", "oln")}
        found = {f"{name}.w": layer.weight for name, layer in layers.items()}
        found |= {f"{name}.b": layer.bias for name, layer in layers.items()}
        for number, name in enumerate("qkv"):
            rows = slice(number * HIDDEN, (number + 1) * HIDDEN)
            found |= {f"{name}.w": self.qkv.weight[rows], f"{name}.b": self.qkv.bias[rows]}
        return {f"l{self.number}.{name}": values.detach().numpy() for name, values in found.items()}


_KEPT = (torch.rand(1 << 23) > DROPOUT).to(torch.bfloat16) / (1 - DROPOUT)


class Network(nn.Module):
    """What qa/reader.onnx computes, so that it can be learned; `mean` is what all tokens share, (layers, 384)."""

    def __init__(self, weights: Weights, mean: Tensor):
        super().__init__()
        numbers = range(reader.FIRST_LAYER, reader.LAST_LAYER)
        self.layers = nn.ModuleList(Layer(weights, number) for number in numbers)
        self.parts = nn.Parameter(torch.zeros(2, HIDDEN))
        self.head = nn.Linear(HIDDEN, 2)
        nn.init.normal_(self.head.weight, std=0.02)
        self.head.bias.data = torch.tensor([-2.0, 0.0])
        self.mean = mean

    def forward(self, tokens: Tensor, part: Tensor, sizes: list[int]) -> list[Tensor]:
        """(tokens of all texts, layers, 384), which part each is of, each text's tokens -> (tokens, 2) for each."""
        cosines = [
            matches(*own, self.mean).flatten(1) for own in zip(tokens.split(sizes), part.split(sizes), strict=True)
        ]
        x = tokens[:, 0] + self.parts[part]
        for layer in self.layers:
            x = layer(x, sizes, cosines)
        return list(self.head(x).float().split(sizes))


def matches(tokens: Tensor, part: Tensor, mean: Tensor) -> Tensor:
    """Cosines of tokens of the question with those of the passage, 0 of others: (layers, tokens, tokens)."""
    directions = functional.normalize(tokens - mean, dim=-1).transpose(0, 1)
    return directions @ directions.transpose(1, 2) * (part[:, None] != part[None, :])


def odds(outputs: Tensor, places: Sequence[tuple[int, int]]) -> Tensor:
    """(tokens, 2) -> how much likelier each sentence is to answer than none, (sentences,)."""
    return torch.stack([outputs[a:b, 0].mean() + torch.logsumexp(outputs[a:b, 1], 0) for a, b in places])


def learn(rank: int, network: Network, passages: list[Passage], questions: list[Asked], options: Namespace) -> None:
    """One of the processes that learn together: each works out the slopes of a part of the batch, on a thread."""
    torch.set_num_threads(1)
    store = f"file://{options.folder / 'meeting'}"
    distributed.init_process_group("gloo", init_method=store, rank=rank, world_size=options.processes)
    held = [asked for asked in questions if asked.passage % HELD_OUT == 0]
    known = [asked for asked in questions if asked.passage % HELD_OUT][rank :: options.processes]
    draw = random.Random(rank)
    if rank == 0:
        print(
            f"{len(questions) - len(held)} questions to learn from, {len(held)} on other passages held out", flush=True
        )
    fresh = [network.parts, *network.head.parameters(), *(layer.cosines for layer in network.layers)]
    taught = [values for values in network.layers.parameters() if not any(values is other for other in fresh)]
    groups = [
        {"params": [values for values in taught if values.dim() == 2], "rate": RATE, "weight_decay": DECAY},
        {"params": [values for values in taught if values.dim() == 1], "rate": RATE, "weight_decay": 0.0},
        {"params": fresh, "rate": HEAD_RATE, "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    seconds, size = options.minutes * 60, BATCH // options.processes
    started = told = time.monotonic()
    spent = 0.0  # the mean of all processes: they stop at the same step
    left: list[Asked] = []
    losses: list[float] = []
    while spent < seconds:
        for group in optimiser.param_groups:
            group["lr"] = group["rate"] * min(1, (len(losses) + 1) / WARM_UP) * (1 - spent / seconds)
        if len(left) < size:
            left = draw.sample(known, len(known))
        last = spent > 0.75 * seconds
        loss = loss_of(network, [example(left.pop(), passages, draw, last) for _ in range(size)], draw)
        loss.backward()
        spent = averaged(network, time.monotonic() - started)
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
        if rank == 0 and time.monotonic() - told > 180:
            told = time.monotonic()
            print(f"{spent / 60:.0f} min, {len(losses) * size / len(known):.1f} times through, loss", end=" ")
            print(f"{np.mean(losses[-200:]):.3f}, held out {report(network, passages, held[::8])}", flush=True)
    if rank == 0:
        torch.save(network.state_dict(), options.folder / "learned")
        print(f"{len(losses) * size / len(known):.1f} times through, held out {report(network, passages, held)}")


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


def example(asked: Asked, passages: list[Passage], draw: random.Random, last: bool = False) -> Example:
    """A question beside some sentences, at least one; `last`: of the last quarter of the time."""
    limit = draw.choice(LAST_CROPS if last else CROPS)
    own = passages[asked.passage]
    if last and asked.resembling and draw.random() < RESEMBLING:
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


def put_together(batch: list[Example], draw: random.Random) -> tuple[tuple[Tensor, Tensor, list[int]], list]:
    """What `Network` takes, and the places of each example's sentences."""
    texts, part, places = [], [], []
    for one in batch:
        spans = [
            (start, min(end, start + reader.LONGEST)) for start, end in (one.passage.sentences[n] for n in one.kept)
        ]
        title = one.passage.title if draw.random() < TITLED else one.passage.title[:0]
        question = one.asked.tokens
        texts.append(torch.cat([question, title, *(one.passage.tokens[start:end] for start, end in spans)]))
        part += [
            torch.zeros(len(question), dtype=torch.long),
            torch.ones(len(texts[-1]) - len(question), dtype=torch.long),
        ]
        ends = np.cumsum([len(question) + len(title), *(end - start for start, end in spans)]).tolist()
        places.append(list(pairwise(ends)))
    return (torch.cat(texts).float(), torch.cat(part), list(map(len, texts))), places


def read_beside(network: Network, batch: list[Example], draw: random.Random) -> list[tuple[Tensor, list]]:
    inputs, places = put_together(batch, draw)
    with torch.autocast("cpu", torch.bfloat16):
        return list(zip(network(*inputs), places, strict=True))


def loss_of(network: Network, batch: list[Example], draw: random.Random) -> Tensor:
    finding, marking = [], []
    for (outputs, places), one in zip(read_beside(network, batch, draw), batch, strict=True):
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


@torch.no_grad()
def report(network: Network, passages: list[Passage], questions: list[Asked]) -> str:
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
        for (outputs, places), one in zip(read_beside(network, batch, random.Random(0)), batch, strict=True):
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


@dataclass(frozen=True, slots=True)
class Learned:
    """The layers as `index.e5_build` takes them."""

    heads: int
    epsilon: float
    floats: dict[str, np.ndarray]

    def rows(self, name: str) -> np.ndarray:
        return self.floats[name]


def write(network: Network, weights: Weights, samples: list[Example]) -> None:
    """qa/reader.onnx: question and passage, (tokens, layers, 384) -> outputs, (passage tokens, 2); int8."""
    numbers = range(reader.FIRST_LAYER, reader.LAST_LAYER)
    floats = {name: values for layer in network.layers for name, values in layer.weights().items()}
    learned = Learned(weights.heads, weights.epsilon, floats)
    seen = [_inputs_seen(network, learned, numbers, sample) for sample in samples]
    graph = Graph()
    sizes = [graph.node("Shape", name, start=0, end=1) for name in ("question", "passage")]
    zeros = [graph.node("ConstantOfShape", size) for size in sizes]
    part = graph.node("Concat", zeros[0], graph.node("Add", zeros[1], graph.constant(np.float32([1]))), axis=0)
    first, second = graph.constant([0]), graph.constant([1])
    column, row = graph.node("Unsqueeze", part, second), graph.node("Unsqueeze", part, first)
    tokens = graph.node("Concat", "question", "passage", axis=0)
    length = graph.node("Shape", tokens, start=0, end=1)

    directions = graph.node("Sub", tokens, graph.constant(network.mean.numpy()))
    directions = graph.node("LpNormalization", directions, axis=-1, p=2)
    cosines = graph.node(
        "MatMul",
        graph.node("Transpose", directions, perm=[1, 0, 2]),
        graph.node("Transpose", directions, perm=[1, 2, 0]),
    )
    cosines = graph.node("Mul", cosines, graph.node("Abs", graph.node("Sub", column, row)))
    flat = graph.node("Reshape", cosines, graph.constant([len(LAYERS), -1]))
    shape = graph.node("Concat", graph.constant([1, weights.heads]), length, length, axis=0)
    biases = {
        layer.number: graph.node(
            "Reshape", graph.node("MatMul", graph.constant(layer.cosines.detach().numpy()), flat), shape
        )
        for layer in network.layers
    }
    of_question, of_passage = network.parts.detach().numpy()
    x = graph.node("Transpose", graph.node("Gather", tokens, first, axis=1), perm=[1, 0, 2])
    x = graph.node("Add", x, graph.constant(of_question))
    x = graph.node("Add", x, graph.node("Mul", column, graph.constant(of_passage - of_question)))
    *_, x = add_layers(graph, learned, numbers, x, seen, biases)
    x = graph.node("Slice", graph.node("Squeeze", x, first), sizes[0], length, first, second)
    x = graph.node("MatMul", x, graph.constant(network.head.weight.detach().numpy().T))
    x = graph.node("Add", x, graph.constant(network.head.bias.detach().numpy()))
    inputs = {name: (TensorProto.FLOAT, [f"{name} tokens", len(LAYERS), HIDDEN]) for name in ("question", "passage")}
    path = Path(reader.__file__).parent / "reader.onnx"
    onnx.save_model(graph.model(inputs, {"outputs": (x, ["passage tokens", 2])}), path)
    print(f"wrote {path.name}, {path.stat().st_size / 2**20:.1f} MiB")


@torch.no_grad()
def _inputs_seen(network: Network, learned: Learned, numbers: range, sample: Example) -> dict[str, np.ndarray]:
    """What the layers' matrices get to see of an example, in float32."""
    (tokens, part, _), _ = put_together([sample], random.Random(0))
    cosines = matches(tokens, part, network.mean)
    biases = {layer.number: torch.einsum("hl,lts->hts", layer.cosines, cosines).numpy() for layer in network.layers}
    return through(learned, numbers, (tokens[:, 0] + network.parts[part]).numpy(), biases)[1]


if __name__ == "__main__":
    main()
