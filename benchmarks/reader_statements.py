"""How the reader learns to tell what a quote carries from what it does not."""

import random

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor
from torch.nn import functional

from benchmarks.reader_network import Network
from benchmarks.reader_texts import Passage, Stated
from qa import reader
from qa.token_means import TokenMeans

ALONE = 0.6  # of the quotes are embedded without what stands around them, as in earnest
UNCITED = 0.1  # of them are read beside a sentence that they don't cite
BEFORE = 0.15  # and with the sentence before those cited
UNKNOWN = 0.08  # of the languages of questions and statements are taken for unknown
TOKENS_COUNT = 0.3  # what finding the tokens counts, beside finding the sentence or judging the statement
REPORTED = 32  # statements at once


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
    for first in range(0, len(statements), REPORTED):
        batch = [(told, list(told.cited)) for told in statements[first : first + REPORTED]]
        values += [float(doubt(own)) for own in doubts(network, batch, passages, means, 0.0, 1.0, random.Random(0))]
    network.train()
    value, false = np.array(values), np.array([bool(told.wrong.any()) for told in statements])
    same = np.array([told.language == passages[told.passage].language for told in statements])
    areas = [roc_auc_score(false[of], value[of]) for of in (same, ~same)]
    return f"statements, area in the same language {areas[0]:.3f}, in another {areas[1]:.3f}"
