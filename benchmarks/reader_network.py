"""The network of the reader in PyTorch, as it is learned, and how it is written as qa/reader.onnx."""

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from index.e5 import HIDDEN, LAYERS
from index.e5_build import Graph, Weights, add_layers, through
from qa import reader

DROPOUT = 0.1
COSINES = 1.5  # what a head weighs a cosine before it has learned
_PATH = Path(reader.__file__).parent / "reader.onnx"
_SHAPES = 5  # constants of the graph's shapes, which stand before the weights


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
    """What qa/reader.onnx computes, so that it can be learned."""

    def __init__(self, weights: Weights):
        super().__init__()
        numbers = range(reader.FIRST_LAYER, reader.LAST_LAYER)
        self.layers = nn.ModuleList(Layer(weights, number) for number in numbers)
        self.parts = nn.Parameter(torch.zeros(2, HIDDEN))
        self.head = nn.Linear(HIDDEN, reader.ANSWERS + reader.DOUBTS)
        nn.init.normal_(self.head.weight, std=0.02)
        self.head.bias.data = torch.tensor([-2.0, 0.0, 0.0, -3.0])

    def forward(self, tokens: Tensor, centred: Tensor, part: Tensor, sizes: list[int]) -> list[Tensor]:
        """(tokens of all texts, 384) of the first layer, (tokens, layers, 384) less the mean of their language, which
        part each is of, each text's tokens -> (tokens, 4) for each text.

        On a processor with AMX in bfloat16, ten times as fast there; with AVX-512 alone it takes 1.7 times as long.
        """
        with torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_amx_tile_supported()):
            return self._read(tokens, centred, part, sizes)

    def _read(self, tokens: Tensor, centred: Tensor, part: Tensor, sizes: list[int]) -> list[Tensor]:
        texts = zip(centred.split(sizes), part.split(sizes), strict=True)
        cosines = [matches(*own).flatten(1) for own in texts]
        x = tokens + self.parts[part]
        for layer in self.layers:
            x = layer(x, sizes, cosines)
        return list(self.head(x).float().split(sizes))


def matches(centred: Tensor, part: Tensor) -> Tensor:
    """Cosines of tokens of the question with those of the passage, 0 of others: (layers, tokens, tokens)."""
    directions = functional.normalize(centred, dim=-1).transpose(0, 1)
    return directions @ directions.transpose(1, 2) * (part[:, None] != part[None, :])


@dataclass(frozen=True, slots=True)
class Learned:
    """The layers as `index.e5_build` takes them."""

    heads: int
    epsilon: float
    floats: dict[str, np.ndarray]

    def rows(self, name: str) -> np.ndarray:
        return self.floats[name]


def write(network: Network, weights: Weights, samples: list[tuple[Tensor, Tensor, Tensor]]) -> None:
    """Writes qa/reader.onnx: question and passage, (tokens, layers, 384), and the means of their languages,
    (layers, 384) -> answers, (passage tokens, 2), and doubts, (question tokens, 2); int8. Samples are what the
    network takes of a text each.
    """
    numbers = range(reader.FIRST_LAYER, reader.LAST_LAYER)
    floats = {name: values for layer in network.layers for name, values in layer.weights().items()}
    learned = Learned(weights.heads, weights.epsilon, floats)
    seen = [_inputs_seen(network, learned, numbers, *sample) for sample in samples]
    graph = Graph()
    sizes = [graph.node("Shape", name, start=0, end=1) for name in ("question", "passage")]
    zeros = [graph.node("ConstantOfShape", size) for size in sizes]
    part = graph.node("Concat", zeros[0], graph.node("Add", zeros[1], graph.constant(np.float32([1]))), axis=0)
    first, second = graph.constant([0]), graph.constant([1])
    column, row = graph.node("Unsqueeze", part, second), graph.node("Unsqueeze", part, first)
    tokens = graph.node("Concat", "question", "passage", axis=0)
    length = graph.node("Shape", tokens, start=0, end=1)

    centred = [graph.node("Sub", name, f"{name}_mean") for name in ("question", "passage")]
    directions = graph.node("LpNormalization", graph.node("Concat", *centred, axis=0), axis=-1, p=2)
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
    x = graph.node("MatMul", graph.node("Squeeze", x, first), graph.constant(network.head.weight.detach().numpy().T))
    x = graph.node("Add", x, graph.constant(network.head.bias.detach().numpy()))
    answers, doubts = graph.node("Split", x, graph.constant([reader.ANSWERS, reader.DOUBTS]), outputs=2, axis=1)
    outputs = {
        "answers": (graph.node("Slice", answers, sizes[0], length, first), ["passage tokens", reader.ANSWERS]),
        "doubts": (graph.node("Slice", doubts, first, sizes[0], first), ["question tokens", reader.DOUBTS]),
    }
    inputs = {name: (TensorProto.FLOAT, [f"{name} tokens", len(LAYERS), HIDDEN]) for name in ("question", "passage")}
    inputs |= {f"{name}_mean": (TensorProto.FLOAT, [len(LAYERS), HIDDEN]) for name in ("question", "passage")}
    onnx.save_model(graph.model(inputs, outputs), _PATH)
    print(f"wrote {_PATH.name}, {_PATH.stat().st_size / 2**20:.1f} MiB")


@torch.no_grad()
def load(network: Network) -> None:
    """Gives a network the weights of qa/reader.onnx, as exact as int8 is, to go on learning from them.

    The file's constants are read in the order in which `write` and `index.e5_build` add them.
    """
    constants = iter([numpy_helper.to_array(own) for own in onnx.load(_PATH).graph.initializer][_SHAPES:])

    def take() -> Tensor:
        return torch.tensor(next(constants))

    def take_matrix(divided: Tensor | float = 1.0) -> tuple[Tensor, Tensor]:
        """(out, in), its inputs as they were before they were divided, and the bias."""
        levels, steps, bias = take(), take(), take()
        return (levels * steps).T * divided, bias

    def fill(layer: nn.Linear | nn.LayerNorm, weight: Tensor, bias: Tensor) -> None:
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)

    for layer in network.layers:
        layer.cosines.copy_(take())
    of_question = take()
    network.parts.copy_(torch.stack([of_question, of_question + take()]))
    for layer in network.layers:
        divided = take()
        matrices, biases = zip(*(take_matrix(divided) for _ in "qkv"), strict=True)
        fill(layer.qkv, torch.cat(matrices), torch.cat(biases))
        fill(layer.ao, *take_matrix())
        fill(layer.aln, take(), take())
        into, bias, out = take(), take(), take()  # of the neuron that is kept apart
        (inner, inner_bias), (outer, outer_bias) = take_matrix(take()), take_matrix()
        apart = int(inner.abs().sum(1).argmin())
        inner[apart], inner_bias[apart], outer[:, apart] = into[:, 0], bias[0], out
        fill(layer.fi, inner, inner_bias)
        fill(layer.fo, outer, outer_bias)
        fill(layer.oln, take(), take())
    fill(network.head, take().T, take())


@torch.no_grad()
def _inputs_seen(
    network: Network, learned: Learned, numbers: range, tokens: Tensor, centred: Tensor, part: Tensor
) -> dict[str, np.ndarray]:
    """What the layers' matrices get to see of a text, in float32."""
    cosines = matches(centred, part)
    biases = {layer.number: torch.einsum("hl,lts->hts", layer.cosines, cosines).numpy() for layer in network.layers}
    return through(learned, numbers, (tokens + network.parts[part]).numpy(), biases)[1]
