"""Learns the weights of the reader (qa/reader.npz) from passages with questions. Needs PyTorch: pip install torch.

    python -m benchmarks.train_reader [--news lee_background.cor] [--minutes 25] [--threads 2] [--write]

`benchmarks/reading/passages.jsonl` holds passages of news and reference articles, each with about as many
questions that a sentence of it answers as questions on the same matter that none does, in a dozen languages. All
were written for this; the passages too, but for those of Wikipedia (source `wiki:TITLE`, CC BY-SA) and those of
which only the place is kept (`lee:LINE`): news in the file lee_background.cor, which the package gensim ships among
its tests' data, to be named with --news.
A question is read beside a few sentences around one that answers, or that looks like it. It learns to find
that sentence, or that none answers (a softmax over the sentences and none), and the answer's own tokens.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.nn import functional

from index.e5 import E5
from qa import reader

PASSAGES = Path(__file__).parent / "reading" / "passages.jsonl"
WIDTH, BLOCKS, HEADS = 128, 2, 4
DROPOUT, DECAY, RATE, BATCH, WARM_UP = 0.1, 0.05, 1.2e-3, 32, 100
CROPS = (1, 50, 80, 100, 100)  # tokens of the passage that a question is read beside
CUT = 0.12  # of the answered questions have the sentences that answer taken out
TOKENS_COUNT = 0.3  # what finding the answer's tokens counts beside finding its sentence
HELD_OUT = 10  # every so many-th passage


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Token directions (tokens, layers, dimensions), each sentence's tokens, each token's characters."""

    tokens: Tensor
    sentences: list[tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question on a passage, the sentences that answer (none where none does), the tokens of the answer."""

    passage: int
    tokens: Tensor
    language: str
    right: tuple[int, ...]
    answer: tuple[int, int] | None


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--news", type=Path)
    arguments.add_argument("--minutes", type=float, default=25)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--write", action="store_true", help="write qa/reader.npz")
    options = arguments.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    mean, passages, questions = read(options.news)
    network = Network(mean)
    learn(network, passages, questions, options.minutes * 60)
    if options.write:
        path = Path(reader.__file__).parent / "reader.npz"
        np.savez_compressed(path, **{name: values.astype(np.float16) for name, values in network.weights().items()})
        print(f"wrote {path.name}")


def read(news: Path | None) -> tuple[Tensor, list[Passage], list[Asked]]:
    """What all tokens have in common, (layers, dimensions), the passages and the questions."""
    rows = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    lines = news.read_text(encoding="utf-8").split("\n") if news else None
    rows = [row for row in rows if lines or "text" in row]
    for row in rows:
        if lines and "spans" in row:
            line = lines[int(row["source"].removeprefix("lee:"))]
            row["text"] = [line[start:end] for start, end in row["spans"]]
    embedder = E5(Path(tempfile.gettempdir()) / "footnote-models")
    found, questions = [], []
    for row in rows:
        sentences = row["text"]
        starts = np.cumsum([0, *(len(sentence) + 1 for sentence in sentences)]).tolist()
        spans = [(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=False)]
        answers = [_answer(asked, sentences, starts) for asked in row["questions"]]
        [tokens] = embedder.span_tokens(
            [" ".join(sentences)], [[*spans, *((0, answer[0]) for answer in answers), *answers]]
        )
        own, before, answer_tokens = np.split(np.array(tokens, dtype=object), [len(spans), len(spans) + len(answers)])
        ends = np.cumsum([0, *map(len, own)]).tolist()
        found.append((np.concatenate(list(own)), list(pairwise(ends))))
        with ThreadPoolExecutor(2) as beside:
            asked_tokens = list(beside.map(embedder.query_tokens, [asked["question"] for asked in row["questions"]]))
        for asked, asked_own, start, answer in zip(row["questions"], asked_tokens, before, answer_tokens, strict=True):
            place = (len(start), len(start) + len(answer)) if len(answer) else None
            right = tuple(asked.get("sentences", ()))
            questions.append((len(found) - 1, asked_own, asked["language"], right, place))
    mean = torch.tensor(np.mean([tokens.mean(axis=0) for tokens, _ in found], axis=0))
    passages = [Passage(_directions(tokens, mean), ends) for tokens, ends in found]
    return mean, passages, [Asked(at, _directions(own, mean), *rest) for at, own, *rest in questions if len(own)]


def _answer(asked: dict, sentences: list[str], starts: list[int]) -> tuple[int, int]:
    """Start and end of the answer in the passage; (0, 0) where none is."""
    for number in asked.get("sentences", ()):
        at = sentences[number].find(asked["answer"])
        if at >= 0:
            return starts[number] + at, starts[number] + at + len(asked["answer"])
    return 0, 0


def _directions(tokens: np.ndarray, mean: Tensor) -> Tensor:
    return functional.normalize(torch.from_numpy(tokens) - mean, dim=-1).half()


class Network(nn.Module):
    """What `qa.reader.Reader` computes, so that it can be learned."""

    def __init__(self, mean: Tensor):
        super().__init__()
        layers, dimensions = mean.shape
        self.mean = mean
        self.into = nn.Linear(layers * dimensions, WIDTH)
        self.parts = nn.Parameter(torch.zeros(2, WIDTH))
        self.cosines = nn.Parameter(torch.full((BLOCKS, HEADS, layers), 2.0))
        self.norms = nn.ModuleDict({name: nn.LayerNorm(WIDTH) for name in ("in", "last")})
        self.head = nn.Linear(WIDTH, 2)
        self.mix = nn.Parameter(torch.tensor([1.0, 1.0, -2.0]))
        self.null = nn.Parameter(torch.zeros(1))
        parts = {
            "qkv": (WIDTH, 3 * WIDTH),
            "context": (WIDTH, WIDTH),
            "up": (WIDTH, 2 * WIDTH),
            "out": (2 * WIDTH, WIDTH),
        }
        self.blocks = nn.ModuleList(
            nn.ModuleDict({name: nn.Linear(*sizes) for name, sizes in parts.items()}) for _ in range(BLOCKS)
        )
        for number, block in enumerate(self.blocks):
            self.norms.update({f"{number}_{name}": nn.LayerNorm(WIDTH) for name in ("first", "second")})
            for name in ("context", "out"):
                nn.init.normal_(block[name].weight, std=0.02 / BLOCKS**0.5)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, directions: Tensor, part: Tensor, there: Tensor) -> Tensor:
        """(texts, tokens, layers, dimensions), which part a token is of, whether it is one -> (texts, tokens, 2)."""
        texts, tokens = there.shape
        by_layer = directions.transpose(1, 2)
        cosines = by_layer @ by_layer.transpose(2, 3)
        x = self._dropped(self.into(4 * directions.reshape(texts, tokens, -1))) + self.parts[part]
        x = self.norms["in"](x)
        absent = (~there)[:, None, None, :] * -1e4
        for number, block in enumerate(self.blocks):
            qkv = block["qkv"](self.norms[f"{number}_first"](x)).view(texts, tokens, 3, HEADS, -1)
            queries, keys, values = qkv.permute(2, 0, 3, 1, 4)
            scores = queries @ keys.transpose(2, 3) / (WIDTH / HEADS) ** 0.5 + absent
            scores = scores + torch.einsum("hl,blts->bhts", self.cosines[number], cosines)
            context = (torch.softmax(scores, -1) @ values).transpose(1, 2).reshape(texts, tokens, WIDTH)
            x = x + self._dropped(block["context"](context))
            inner = functional.gelu(block["up"](self.norms[f"{number}_second"](x)), approximate="tanh")
            x = x + self._dropped(block["out"](inner))
        return self.head(self.norms["last"](x))

    def _dropped(self, x: Tensor) -> Tensor:
        return functional.dropout(x, DROPOUT, self.training)

    def odds(self, outputs: Tensor, sentences: Sequence[tuple[int, int]]) -> Tensor:
        """(tokens, 2) -> how well each sentence answers, (sentences,)."""
        return torch.stack(
            [
                self.mix[0] * outputs[a:b, 0].mean() + self.mix[1] * torch.logsumexp(outputs[a:b, 1], 0) + self.mix[2]
                for a, b in sentences
            ]
        )

    def weights(self) -> dict[str, np.ndarray]:
        """The arrays that `qa.reader.Reader` takes."""
        found = {"mean": self.mean, "parts": self.parts, "cosines": self.cosines, "mix": self.mix, "null": self.null}
        linear = {"into": self.into, "head": self.head}
        linear |= {f"{i}.{name}": own for i, block in enumerate(self.blocks) for name, own in block.items()}
        for name, layer in linear.items():
            found |= {f"{name}.weight": layer.weight.T, f"{name}.bias": layer.bias}
        for name, layer in self.norms.items():
            name = name.replace("_", ".")
            found |= {f"{name}.weight": layer.weight, f"{name}.bias": layer.bias}
        return {name: values.detach().numpy() for name, values in found.items()}


def learn(network: Network, passages: list[Passage], questions: list[Asked], seconds: float) -> None:
    held = [asked for asked in questions if asked.passage % HELD_OUT == 0]
    known = [asked for asked in questions if asked.passage % HELD_OUT]
    print(f"{len(known)} questions to learn from, {len(held)} on other passages held out", flush=True)
    draw = random.Random(0)
    matrices = [values for name, values in network.named_parameters() if values.dim() == 2 and name != "parts"]
    others = [values for name, values in network.named_parameters() if values.dim() != 2 or name == "parts"]
    groups = [{"params": matrices, "weight_decay": DECAY}, {"params": others, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98))
    started = told = time.monotonic()
    left: list[Asked] = []
    losses: list[float] = []
    while (spent := time.monotonic() - started) < seconds:
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (len(losses) + 1) / WARM_UP) * (1 - spent / seconds)
        if len(left) < BATCH:
            left = draw.sample(known, len(known))
        batch = [(asked, crop(asked, passages[asked.passage], draw)) for asked in (left.pop() for _ in range(BATCH))]
        loss = loss_of(network, passages, batch)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        losses.append(loss.item())
        if time.monotonic() - told > 180:
            told = time.monotonic()
            print(f"{spent / 60:.0f} min, {len(losses) * BATCH / len(known):.1f} times through, loss", end=" ")
            print(f"{np.mean(losses[-200:]):.3f}, held out {report(network, passages, held[:500])}", flush=True)
    print(f"{len(losses) * BATCH / len(known):.1f} times through, held out {report(network, passages, held)}")


def crop(asked: Asked, passage: Passage, draw: random.Random) -> list[int]:
    """The sentences that a question is read beside, at least one."""
    limit = draw.choice(CROPS)
    if asked.right:
        kept = around(passage, draw.choice(asked.right), limit, draw)
        cut = [number for number in kept if number not in asked.right]
        return cut if cut and draw.random() < CUT else kept
    looks = draw.random() < 0.7
    return around(passage, likest(asked, passage) if looks else draw.randrange(len(passage.sentences)), limit, draw)


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
    matches = asked.tokens[:, -1].float() @ passage.tokens[:, -1].float().T
    return max(
        range(len(passage.sentences)),
        key=lambda n: float(matches[:, slice(*passage.sentences[n])].max(1).values.mean()),
    )


def put_together(passages: list[Passage], batch: list[tuple[Asked, list[int]]]) -> tuple[Tensor, Tensor, Tensor, list]:
    """The tokens of each question and its sentences, their parts, which are there, and each sentence's place."""
    texts, places = [], []
    for asked, kept in batch:
        passage = passages[asked.passage]
        spans = [(start, min(end, start + reader.LONGEST)) for start, end in (passage.sentences[n] for n in kept)]
        texts.append(torch.cat([asked.tokens, *(passage.tokens[start:end] for start, end in spans)]))
        ends = np.cumsum([len(asked.tokens), *(end - start for start, end in spans)]).tolist()
        places.append(list(pairwise(ends)))
    longest = max(map(len, texts))
    directions = torch.zeros(len(texts), longest, *texts[0].shape[1:])
    part = torch.zeros(len(texts), longest, dtype=torch.long)
    there = torch.zeros(len(texts), longest, dtype=torch.bool)
    for number, (text, place) in enumerate(zip(texts, places, strict=True)):
        directions[number, : len(text)] = text.float()
        part[number, place[0][0] :] = 1
        there[number, : len(text)] = True
    return directions, part, there, places


def loss_of(network: Network, passages: list[Passage], batch: list[tuple[Asked, list[int]]]) -> Tensor:
    *tensors, places = put_together(passages, batch)
    outputs = network(*tensors)
    finding, marking = [], []
    for own, place, (asked, kept) in zip(outputs, places, batch, strict=True):
        odds = network.odds(own, place)
        right = torch.tensor([number in asked.right for number in kept])
        answering = torch.logsumexp(odds[right], 0) if right.any() else network.null[0]
        finding.append(torch.logsumexp(torch.cat([network.null, odds]), 0) - answering)
        labels = torch.zeros(place[-1][1])
        for number, (start, end) in zip(kept, place, strict=True):
            first, last = passages[asked.passage].sentences[number]
            if asked.answer and first <= asked.answer[0] < last:
                at = start + asked.answer[0] - first
                labels[at : min(at + asked.answer[1] - asked.answer[0], end)] = 1
        found = own[place[0][0] : place[-1][1], 1]
        weight = torch.tensor(3.0)
        marking.append(functional.binary_cross_entropy_with_logits(found, labels[place[0][0] :], pos_weight=weight))
    return torch.stack(finding).mean() + TOKENS_COUNT * torch.stack(marking).mean()


def report(network: Network, passages: list[Passage], questions: list[Asked]) -> str:
    """Each question beside its whole passage."""
    network.eval()
    answered, odds, right = [], [], []
    with torch.no_grad():
        for first in range(0, len(questions), BATCH):
            batch = [(q, list(range(len(passages[q.passage].sentences)))) for q in questions[first : first + BATCH]]
            *tensors, places = put_together(passages, batch)
            for own, place, (asked, _) in zip(network(*tensors), places, batch, strict=True):
                values = network.odds(own, place) - network.null
                answered.append(bool(asked.right))
                odds.append(float(torch.logsumexp(values, 0)))
                if asked.right:
                    right.append(int(values.argmax()) in asked.right)
    network.train()
    yes, value = np.array(answered), np.array(odds)
    return (
        f"area {roc_auc_score(yes, value):.3f}, right sentence {np.mean(right):.3f}, "
        f"false answers {(value[~yes] > 0).mean():.3f}, false refusals {(value[yes] <= 0).mean():.3f}"
    )


if __name__ == "__main__":
    main()
