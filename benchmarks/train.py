"""Learns the weights of the signals (qa/weights.json) from questions with known answers.

    python -m benchmarks.train ../shared/data [--write]

Libraries are put together at random from the articles of xquad-dev, which exist in every language, the news
articles of pages-dev, and every tenth passage of `benchmarks/reading`, none of which the reader learned from: of one
article or many, in one language or several, so that the weights hold for a library on a single subject as for a mixed
one. A question is asked with its article there (present), with the passages that hold the answer taken out (near), or
without its article (far). Besides xquad's own questions those of `benchmarks/questions` and, as often, of
`benchmarks/reading` are asked, which were written for these articles; some of them no article answers, though it
speaks of the very thing (beside), and some are what people ask a chat about the rest of the world (far too).
Sentences are ranked by a softmax regression over those of one question; whether the best one answers, by the
product of two logistic regressions learned together. Figures are cross-validated by article.
"""

import argparse
import json
import random
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from index.chunk import passages
from index.config import EmbeddingConfig
from index.embed import open_embedder
from index.language import rank_languages
from index.rows import PassageRow
from index.types import Article
from qa import retrieve
from qa.overlap import Bag, share
from qa.retrieve import Weights, beside, read_under_title, searched_with, shortlist, vector_of
from qa.select import features
from qa.signals import FEATURES, LATE, SIGNALS, measure, with_late
from qa.understand import understand

LANGUAGES = ("en", "vi", "de", "es")
KINDS = {"present": 0.46, "near": 0.06, "far": 0.34, "beside": 0.14}
SIZES = (1, 3, 15, 60)  # articles of a library
_OVERLAP = ("words in sentence", "words in passage", "names in sentence", "names in passage")
_COSINES = ("sentence cosine", "passage cosine")
_OF_ALL = ("another's name missing", "length", "title")
RANKED_BY = {
    "plain": (*_COSINES, *_OVERLAP, *_OF_ALL, "kind found", "kind missing", "focus in sentence", "focus missing"),
    "late": (*_COSINES, *LATE, *_OF_ALL),
}
JUDGED_BY = {
    "plain": ("score", "lead", *_COSINES, *_OVERLAP, "another's name missing"),
    "late": (
        *("in passage", "weakest in passage", "names in passage", "kind missing"),
        *("reading", "best reading", "reading of any", "mean reading"),
    ),
}
"""What sentences are ranked by, and what tells whether the best one answers: as little as will do. Who wrote these
questions had the text before their eyes, so the words that question and text share, and levels of cosines, tell more
here than anywhere else; where tokens are compared and read, the rest ranks as well and judges better without."""
JUDGED = {
    "plain": {"near": 0.4, "beside": 0.0},
    "late": {"near": 0.0, "far": 3.0},
}
"""What the kinds of unanswerable questions weigh when it is learned whether a question is answered, if not 1.
Signals without tokens hardly tell what is close to the subject from answers. Of what is left of an article without
the passage that answers another one often answers too. Most questions are on other subjects, and of many articles
one always looks a little like them."""
OF_PASSAGES = 0.5
"""What a question on the reader's passages weighs there: with 1, more of the desks' questions are answered right (0.77
instead of 0.76), but of xquad-dev's absent ones 8% instead of 6%."""
QUESTIONS = Path(__file__).parent / "questions"
READING = Path(__file__).parent / "reading" / "passages.jsonl"
HELD_OUT = 10  # the reader learns from every passage but each so many-th
FOLDS = 4
L2 = 1e-3
CONDITIONS = 2  # of an answer, such as that it is on the subject and that it tells what is asked; a third gains nothing
_PASSAGE = "reading-"  # begins the name of such a passage
Pair = tuple[Article, PassageRow]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on an article, `present`, `beside`, `far` or `elsewhere`; its text and the answers by language."""

    kind: str
    file: str
    text: dict[str, str]
    gold: dict[str, list[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A question in a language, asked of one library: the candidates, and of each of their sentences its signals,
    (sentences, signals), whether it answers, and the number of its passage.
    """

    kind: str
    file: str
    id: str
    language: str
    same_language: bool
    pairs: list[Pair]
    signals: np.ndarray
    right: np.ndarray
    passage: np.ndarray


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--cases", type=int, default=5600)
    arguments.add_argument("--write", action="store_true", help="write qa/weights.json")
    options = arguments.parse_args()
    data = Data(options.data)
    plain = [case for seed in range(options.cases) if (case := data.case(random.Random(seed)))]
    ranking = fit_sentence(plain, "plain")
    read = [data.read(case, ranking) for case in plain]
    stored = {}
    for name, cases in (("plain", plain), ("late", read)):
        print(f"{name}: {len(cases)} cases", flush=True)
        report(cases, name)
        stored[name] = as_json(fit(cases, name), name)
    if options.write:
        path = Path(retrieve.__file__).parent / "weights.json"
        path.write_text(json.dumps(stored) + "\n", encoding="utf-8")
        print(f"wrote {path.name}")


class Data:
    """The articles of the data sets as they are indexed, and the questions on them."""

    def __init__(self, folder: Path):
        self._embedder = open_embedder(EmbeddingConfig(), Path(tempfile.gettempdir()) / "footnote-models")
        self.articles: dict[str, dict[str, list[Pair]]] = {}  # file -> language -> passages
        self.pages: set[str] = set()  # the files that are news
        self.questions: dict[str, Asked] = {}
        self._count = 0
        self._tokens: dict[int, list[np.ndarray]] = {}
        self._read_xquad(folder / "xquad-dev")
        self._read_pages(folder / "pages-dev")
        self._read_reading()
        for i, row in enumerate(rows(QUESTIONS / "elsewhere.jsonl")):
            id = f"elsewhere-{i}"
            self.questions[id] = Asked("elsewhere", id, {row["language"]: row["question"]}, {})
        self.files = sorted(self.articles)
        self.of_kind: dict[str, dict[bool, list[str]]] = {}  # kind -> whether on the reader's passages -> questions
        for id, asked in self.questions.items():
            self.of_kind.setdefault(asked.kind, {}).setdefault(asked.file.startswith(_PASSAGE), []).append(id)
        self._bag = cache(lambda id, language, text: Bag(text, language))
        self._asked = cache(self._understood)

    def _read_xquad(self, folder: Path) -> None:
        for language in LANGUAGES:
            for path in sorted((folder / language / "articles").glob("*.txt")):
                text = path.read_text(encoding="utf-8").strip()
                article = _article(f"{language}/{path.name}", path.name, text.split("\n")[0], language, text)
                self.articles.setdefault(path.name, {})[language] = self._embedded(article)
            for name, kind in (("questions.jsonl", "present"), ("absent.jsonl", "far")):
                for row in rows(folder / language / name):
                    asked = self.questions.setdefault(row["id"], Asked(kind, row["file"], {}, {}))
                    asked.text[language] = row["question"]
                    asked.gold[language] = row["gold"]
        for i, row in enumerate(rows(QUESTIONS / "xquad-dev.jsonl")):
            gold = {language: [text] for language, text in (row["gold"] or {}).items()}
            self.questions[f"xquad-{i}"] = Asked("present" if gold else "beside", row["file"], row["question"], gold)

    def _read_pages(self, folder: Path) -> None:
        pages = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        for id, page in pages.items():
            article = _article(id, id, page.get("title") or "", page["lang"], "\n".join(page["body"]))
            self.pages.add(id)
            self.articles[id] = {page["lang"]: self._embedded(article)}
        for i, row in enumerate(rows(QUESTIONS / "pages-dev.jsonl")):
            gold = {pages[row["page"]]["lang"]: [row["gold"]]} if row["gold"] else {}
            self.questions[f"page-{i}"] = Asked("present" if gold else "beside", row["page"], row["question"], gold)

    def _read_reading(self) -> None:
        for number, row in enumerate(rows(READING)):
            if number % HELD_OUT or "text" not in row:
                continue
            text, id = " ".join(row["text"]), f"{_PASSAGE}{number}"
            language = rank_languages(text)[0][0]
            article = _article(id, id, row.get("title", ""), language, text)
            self.pages.add(id)
            self.articles[id] = {language: self._embedded(article)}
            for i, asked in enumerate(row["questions"]):
                gold = [
                    asked["answer"] if text.count(asked["answer"]) == 1 else row["text"][n]
                    for n in asked.get("sentences", ())
                ]
                kind = "present" if gold else "beside"
                known = {asked["language"]: asked["question"]}
                self.questions[f"{id}-{i}"] = Asked(kind, id, known, {language: gold} if gold else {})

    def case(self, draw: random.Random) -> Case | None:
        """A random library and a question to it; None where the draw gives none."""
        kind = draw.choices(list(KINDS), list(KINDS.values()))[0]
        drawn = {"near": "present", "far": draw.choice(sorted(self.of_kind))}.get(kind, kind)
        id = draw.choice(draw.choice(list(self.of_kind[drawn].values())))
        asked = self.questions[id]
        file, gold = asked.file, asked.gold
        others = [f for f in self.files if f != file]
        if draw.random() < 0.5:  # a library of one kind, an encyclopaedia's or a newspaper's
            others = [f for f in others if (f in self.pages) == (file in self.pages)]
        chosen = draw.sample(others, min(draw.choice(SIZES), len(others)))
        if kind != "far":
            chosen[0] = file
        spoken = draw.sample(LANGUAGES, draw.choice((1, 2, 2, 4)))
        pairs = [pair for f in chosen for pair in _version(self.articles[f], draw.choice(spoken))]
        home = {a.language for a, r in pairs if a.path == file and any(_answers(a, r, gold.get(a.language, [])))}
        if kind == "near":
            pairs = [(a, r) for a, r in pairs if a.path != file or not any(_answers(a, r, gold.get(a.language, [])))]
        at_home = sorted(home & set(asked.text)) if draw.random() < 0.6 else []
        language = draw.choice(at_home or sorted(asked.text))
        pairs = self._shortlist(language, id, pairs)
        right = np.array([a.path == file and own for a, r in pairs for own in _answers(a, r, gold.get(a.language, []))])
        if not pairs or (kind == "present" and not right.any()):
            return None  # not among the candidates: nothing to learn for the ranking
        query, vector, _ = self._asked(language, id)
        signals = np.concatenate([candidate.signals for candidate in measure(query, vector, pairs)])
        near_by = home or {article.language for article, _ in pairs}
        passage = np.repeat(np.arange(len(pairs)), [len(row.passage.sentences) for _, row in pairs])
        return Case(kind, file, id, language, language in near_by, pairs, signals, right, passage)

    def read(self, case: Case, ranking: np.ndarray) -> Case:
        """The case with those passages only that are read, and read: the best by the signals without tokens."""
        scores = case.signals @ ranking
        best = sorted(set(case.passage), key=lambda number: -scores[case.passage == number].max())[: retrieve.READ]
        pairs = [case.pairs[number] for number in best]
        query, _, question = self._asked(case.language, case.id)
        tokens = [[own.astype(np.float32) for own in self._tokens[row.id]] for _, row in pairs]
        values = beside(question, query.language, tokens, [article.language for article, _ in pairs])
        own = [case.passage == number for number in best]
        return replace(
            case,
            pairs=pairs,
            signals=np.concatenate([with_late(case.signals[of], v) for of, (v, _) in zip(own, values, strict=True)]),
            right=np.concatenate([case.right[of] for of in own]),
            passage=np.repeat(np.arange(len(best)), [of.sum() for of in own]),
        )

    def _shortlist(self, language: str, id: str, pairs: list[Pair]) -> list[Pair]:
        query, vector, _ = self._asked(language, id)
        searched = searched_with(vector, {article.language for article, _ in pairs})
        told = {}
        for article, row in pairs:
            bag = self._bag(row.id, article.language, f"{article.title}\n{_text(article, row)}")
            told[row.id] = share(query.words, bag, article.language != language) + share(query.names, bag)
        by_words = sorted(told, key=told.__getitem__, reverse=True)[:20]
        kept = {row.id for row in shortlist({r.id: r for _, r in pairs}, searched, by_words, retrieve.MEASURED)}
        return [(article, row) for article, row in pairs if row.id in kept]

    def _understood(self, language: str, id: str):
        text = self.questions[id].text[language]
        query = understand(text, (), LANGUAGES)
        return query, vector_of(self._embedder, query), self._embedder.query_tokens(text)

    def _embedded(self, article: Article) -> list[Pair]:
        """The passages of an article with their vectors."""
        pairs = []
        for passage in passages(article.text, article.language):
            self._count += 1
            pairs.append((article, PassageRow(self._count, article.id, passage, np.zeros(0), np.zeros(0))))
        vectors = self._embedder.passages(*_arguments(pairs))
        pairs = [(a, replace(r, vector=v, sentence_vectors=s)) for (a, r), (v, s) in zip(pairs, vectors, strict=True)]
        for (_, row), tokens in zip(pairs, self._embedder.span_tokens(*_under_titles(pairs)), strict=True):
            self._tokens[row.id] = [own.astype(np.float16) for own in tokens]
        return pairs


def rows(path: Path) -> list[dict]:
    """The records of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _article(id: str, path: str, title: str, language: str, text: str) -> Article:
    return Article(id, path, title, None, None, None, language, None, "", text=text)


def _version(versions: dict[str, list[Pair]], language: str) -> list[Pair]:
    """The passages in a language, or in the only one that there is."""
    return versions.get(language) or next(iter(versions.values()))


def _under_titles(pairs: list[Pair]) -> tuple[list[str], list[list[tuple[int, int]]]]:
    """The texts under their titles, and the places of title and sentences, as `qa.retrieve` compares them."""
    arguments = [read_under_title(article, row.passage) for article, row in pairs]
    return [text for text, _ in arguments], [spans for _, spans in arguments]


def _arguments(pairs: list[Pair]) -> tuple[list[str], list[list[tuple[int, int]]], list[str]]:
    """The texts, sentences and titles of passages, as an embedder wants them."""
    spans = [
        [(s.start - r.passage.span.start, s.end - r.passage.span.start) for s in r.passage.sentences] for _, r in pairs
    ]
    return [_text(*pair) for pair in pairs], spans, [article.title for article, _ in pairs]


def _text(article: Article, row: PassageRow) -> str:
    return article.text[row.passage.span.start : row.passage.span.end]


def _answers(article: Article, row: PassageRow, gold: list[str]) -> list[bool]:
    return [any(g in article.text[s.start : s.end] for g in gold) for s in row.passage.sentences]


def fit(cases: list[Case], kind: str) -> Weights:
    """The weights of a kind, `plain` or `late`, that fit the cases best."""
    weights = Weights(fit_sentence(cases, kind), np.zeros((CONDITIONS, 1 + len(FEATURES))))
    used = [FEATURES.index(name) for name in JUDGED_BY[kind]]
    x = np.array([features(case.signals, weights) for case in cases])[:, used]
    y = np.array([case.right.any() for case in cases])
    weight = np.array(
        [JUDGED[kind].get(c.kind, 1.0) * (OF_PASSAGES if c.file.startswith(_PASSAGE) else 1.0) for c in cases]
    )
    weights.answered[:, [0, *(1 + i for i in used)]] = fit_answered(x, y, weight)
    return weights


def fit_answered(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Intercepts and weights, (conditions, 1 + features), of features (cases, features) whose product tells y best."""
    mean, scale = x.mean(0), x.std(0) + 1e-3
    known = np.hstack([np.ones((len(x), 1)), (x - mean) / scale])
    shape = (CONDITIONS, known.shape[1])
    weight = weight / weight.sum()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(shape)
        odds = known @ w.T
        told = -np.logaddexp(0, -odds).sum(axis=1)  # log of the product
        not_told = np.log(np.maximum(-np.expm1(told), 1e-9))
        slope = weight * np.where(y, -1.0, np.exp(told - not_told))
        gradient = (slope[:, None] / (1 + np.exp(odds))).T @ known
        gradient[:, 1:] += 2 * L2 * w[:, 1:]
        return -weight @ np.where(y, told, not_told) + L2 * (w[:, 1:] ** 2).sum(), gradient.ravel()

    start = np.random.default_rng(0).normal(0, 0.1, shape)  # the conditions would stay equal if they began so
    w = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x.reshape(shape)
    w[:, 1:] /= scale
    w[:, 0] -= w[:, 1:] @ mean
    return w


def fit_sentence(cases: list[Case], kind: str) -> np.ndarray:
    """Weights (signals,) that make the right sentences likeliest among those of their question; 0 for unused ones."""
    used = [SIGNALS.index(name) for name in RANKED_BY[kind]]
    stacked = np.concatenate([case.signals for case in cases])[:, used]
    mean, scale = stacked.mean(0), stacked.std(0) + 1e-3
    known = [case for case in cases if case.right.any()]
    signals = (np.concatenate([case.signals for case in known])[:, used].astype(float) - mean) / scale
    right = np.concatenate([case.right for case in known]).astype(float)
    lengths = [len(case.right) for case in known]
    starts, group = np.cumsum([0, *lengths[:-1]]), np.repeat(np.arange(len(known)), lengths)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        values = signals @ w
        e = np.exp(values - np.maximum.reduceat(values, starts)[group])
        all_, good = np.add.reduceat(e, starts), np.add.reduceat(e * right, starts)
        gradient = signals.T @ (e / all_[group] - e * right / good[group]) / len(known)
        return -np.log(good / all_).mean() + L2 * w @ w, gradient + 2 * L2 * w

    found = minimize(loss, np.zeros(len(mean)), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    weights = np.zeros(len(SIGNALS), dtype=np.float32)
    weights[used] = found.x / scale
    return weights


def report(cases: list[Case], kind: str) -> None:
    """Prints figures on articles that the weights were not learned from."""
    files = sorted({case.file for case in cases})
    fold = np.array([files.index(case.file) % FOLDS for case in cases])
    top, top3, probability = np.zeros(len(cases)), np.zeros(len(cases)), np.zeros(len(cases))
    for held in range(FOLDS):
        weights = fit([case for case, own in zip(cases, fold, strict=True) if own != held], kind)
        for i in np.flatnonzero(fold == held):
            order = np.argsort(-weights.scores(cases[i].signals))
            top[i], top3[i] = cases[i].right[order[0]], cases[i].right[order[:3]].any()
            probability[i] = weights.probability(features(cases[i].signals, weights))
    kinds = np.array([case.kind for case in cases])
    same = np.array([case.same_language for case in cases])
    for name, of in (("same language", same), ("other language", ~same)):
        present = of & (kinds == "present")
        print(f"  {name}: best sentence right {top[present].mean():.3f}, one of three {top3[present].mean():.3f}")
        for threshold in (0.4, 0.5, 0.6, 0.7, 0.8):
            refused = (probability < threshold)[present].mean()
            wrong = [f"{k} {(probability >= threshold)[of & (kinds == k)].mean():.3f}" for k in list(KINDS)[1:]]
            print(f"    threshold {threshold}: false refusals {refused:.3f}, false answers {', '.join(wrong)}")


def as_json(weights: Weights, kind: str) -> dict:
    """Weights by the name of what they weigh."""
    sentence = dict(zip(SIGNALS, weights.sentence.tolist(), strict=True))
    answered = [dict(zip(("intercept", *FEATURES), own, strict=True)) for own in weights.answered]
    return {
        "sentence": {name: round(sentence[name], 4) for name in RANKED_BY[kind]},
        "answered": [{name: round(own[name], 4) for name in ("intercept", *JUDGED_BY[kind])} for own in answered],
    }


if __name__ == "__main__":
    main()
