"""Learns the weights of the signals (qa/weights.json) from questions with known answers.

    python benchmarks/train.py ../shared/data/xquad-dev [--write]

Libraries are put together at random from the articles of the data set: of one article or many, in one
language or several, so that the weights hold for a library on a single subject as for a mixed one. A
question is asked with its article there (present), with the passages that hold the answer taken away (near)
or without any article on its subject (far). Sentences are ranked by a softmax regression over those of one
question; whether the best one answers, by a logistic regression. Figures are cross-validated by article.
"""

import argparse
import json
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from index.catalog import PassageRow
from index.chunk import passages
from index.config import EmbeddingConfig
from index.embed import open_embedder
from index.types import Article
from qa import retrieve, select
from qa.signals import SIGNALS, Candidate, measure
from qa.understand import understand

LANGUAGES = ("en", "vi", "de", "es")
FOLDS = 4
L2 = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One question asked of one library; `right` says of each sentence of the candidates whether it answers."""

    kind: str  # present, near, far
    file: str
    same_language: bool
    signals: np.ndarray
    right: np.ndarray


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--cases", type=int, default=6000)
    arguments.add_argument("--write", action="store_true", help="write qa/weights.json")
    options = arguments.parse_args()
    data = Data(options.data)
    cases = [case for seed in range(options.cases) if (case := data.case(random.Random(seed)))]
    print(f"{len(cases)} cases")
    report(cases)
    if options.write:
        sentence = fit_sentence(cases)
        store(sentence, fit_answered(cases, sentence))


class Data:
    """The articles of the data set as they are indexed, and its questions."""

    def __init__(self, folder: Path):
        embedder = open_embedder(EmbeddingConfig(), Path(tempfile.gettempdir()) / "footnote-models")
        self.library: dict[tuple[str, str], list[tuple[Article, PassageRow]]] = {}
        self.questions: dict[tuple[str, str], dict] = {}
        self.vectors: dict[tuple[str, str], np.ndarray] = {}
        for language in LANGUAGES:
            for path in sorted((folder / language / "articles").glob("*.txt")):
                self.library[language, path.name] = _indexed(path, language, embedder)
            for name in ("questions.jsonl", "absent.jsonl"):
                for line in (folder / language / name).read_text(encoding="utf-8").splitlines():
                    question = json.loads(line)
                    self.questions[language, question["id"]] = question
                    self.vectors[language, question["id"]] = embedder.query(question["question"])
        self.files = sorted({name for _, name in self.library})
        english = [q for (language, _), q in self.questions.items() if language == "en"]
        self.present = [q["id"] for q in english if q["answerable"]]
        self.absent = [q["id"] for q in english if not q["answerable"]]
        self._measured: dict[tuple, Candidate] = {}

    def case(self, draw: random.Random) -> Case | None:
        """A random library and a question to it; None where the draw gives none."""
        kind = draw.choices(("present", "near", "far"), (0.55, 0.25, 0.2))[0]
        id = draw.choice(self.absent if kind == "far" else self.present)
        file = self.questions["en", id]["file"]
        size = draw.choice((1, 3, 16, 16))
        chosen = draw.sample([f for f in self.files if f != file], min(size, len(self.files) - 1))
        if kind != "far":
            chosen[0] = file
        base, mixed = draw.choice(LANGUAGES), draw.random() < 0.6
        languages = {f: draw.choice(LANGUAGES) if mixed else base for f in chosen}
        home = languages.get(file, draw.choice(LANGUAGES))
        asked = draw.choice(LANGUAGES) if draw.random() < 0.4 else home
        rows = [pair for f in chosen for pair in self.library[languages[f], f]]
        gold = self.questions[home, id]["gold"] if kind != "far" else []
        if kind == "near":
            rows = [(a, r) for a, r in rows if a.path != file or not any(_answers(a, r, gold))]
        if not rows:
            return None
        candidates = self._candidates(asked, id, rows)
        right = [
            a.path == file and own
            for c in candidates
            for a in [c.article]
            for own in _answers(a, c.row, gold)
        ]
        if kind == "present" and not any(right):
            return None  # not among the candidates: nothing to learn for the ranking
        signals = np.concatenate([candidate.signals for candidate in candidates])
        return Case(kind, file, asked == home, signals, np.array(right))

    def _candidates(self, language: str, id: str, rows: list[tuple[Article, PassageRow]]) -> list[Candidate]:
        query = understand(self.questions[language, id]["question"], (), LANGUAGES)
        vector = self.vectors[language, id]
        measured = []
        for article, row in rows:
            key = (language, id, article.id, row.id)
            if key not in self._measured:
                self._measured[key] = measure(query, vector, article, row)
            measured.append(self._measured[key])
        in_passage = SIGNALS.index("words in passage"), SIGNALS.index("names in passage")
        by_words = sorted(measured, key=lambda c: -c.signals[0, in_passage].sum())
        kept = retrieve.shortlist(
            {c.row.id: c.row for c in measured}, vector, [c.row.id for c in by_words][:20], retrieve._MEASURED
        )
        ids = {row.id for row in kept}
        return [c for c in measured if c.row.id in ids]


def _indexed(path: Path, language: str, embedder) -> list[tuple[Article, PassageRow]]:
    text = path.read_text(encoding="utf-8").strip()
    title = text.split("\n")[0].strip()
    article = Article(f"{language}/{path.name}", path.name, title, None, None, None, language, None, "", text=text)
    found = passages(text, language)
    vectors = embedder.passages(
        [text[p.span.start : p.span.end] for p in found],
        [[(s.start - p.span.start, s.end - p.span.start) for s in p.sentences] for p in found],
        [title] * len(found),
    )
    number = 1000 * (hash((language, path.name)) % 10**9)
    return [(article, PassageRow(number + i, article.id, p, *v)) for i, (p, v) in enumerate(zip(found, vectors, strict=True))]


def _answers(article: Article, row: PassageRow, gold: list[str]) -> list[bool]:
    return [any(g in article.text[s.start : s.end] for g in gold) for s in row.passage.sentences]


def fit_sentence(cases: list[Case]) -> np.ndarray:
    """Weights (signals,) that make the right sentences likeliest among those of their question."""
    stacked = np.concatenate([case.signals for case in cases])
    mean, scale = stacked.mean(0), stacked.std(0) + 1e-6
    known = [((case.signals - mean) / scale, case.right) for case in cases if case.right.any()]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        total, gradient = 0.0, np.zeros_like(w)
        for signals, right in known:
            values = signals @ w
            e = np.exp(values - values.max())
            total -= np.log(e[right].sum() / e.sum() + 1e-12)
            gradient += (e / e.sum()) @ signals - (e[right] / e[right].sum()) @ signals[right]
        return total / len(known) + L2 * w @ w, gradient / len(known) + 2 * L2 * w

    start = np.zeros(len(mean))
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x / scale


def fit_answered(cases: list[Case], sentence: np.ndarray) -> LogisticRegression:
    """Whether the library answers, from the best sentence's features."""
    x, y = _features(cases, sentence), [case.kind == "present" for case in cases]
    return LogisticRegression(C=1.0, max_iter=5000).fit(x, y)


def _features(cases: list[Case], sentence: np.ndarray) -> np.ndarray:
    retrieve.weights()["sentence"][:] = sentence
    return np.array([select.features(case.signals) for case in cases])


def report(cases: list[Case]) -> None:
    """Prints figures on articles that the weights were not learned from."""
    files = sorted({case.file for case in cases})
    top, probability = np.zeros(len(cases), bool), np.zeros(len(cases))
    for fold in range(FOLDS):
        held = [i for i, case in enumerate(cases) if files.index(case.file) % FOLDS == fold]
        train = [case for case in cases if files.index(case.file) % FOLDS != fold]
        sentence = fit_sentence(train)
        model = fit_answered(train, sentence)
        tested = [cases[i] for i in held]
        probability[held] = model.predict_proba(_features(tested, sentence))[:, 1]
        top[held] = [case.right[(case.signals @ sentence).argmax()] for case in tested]
    kind = np.array([case.kind for case in cases])
    same = np.array([case.same_language for case in cases])
    for name, of in (("same language", same), ("other language", ~same)):
        print(f"{name}: best sentence right {top[of & (kind == 'present')].mean():.3f}")
        for threshold in (0.3, 0.4, 0.5, 0.6):
            refused = (probability < threshold)[of & (kind == "present")].mean()
            near, far = ((probability >= threshold)[of & (kind == k)].mean() for k in ("near", "far"))
            print(f"  threshold {threshold}: false refusals {refused:.3f}, false answers near {near:.3f} far {far:.3f}")


def store(sentence: np.ndarray, model: LogisticRegression) -> None:
    """Writes the weights beside the code that uses them."""
    stored = {
        "sentence": {name: round(float(w), 4) for name, w in zip(SIGNALS, sentence, strict=True)},
        "answered": {
            "intercept": round(float(model.intercept_[0]), 4),
            "weights": {name: round(float(w), 4) for name, w in zip(select.FEATURES, model.coef_[0], strict=True)},
        },
    }
    path = Path(retrieve.__file__).parent / "weights.json"
    path.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
