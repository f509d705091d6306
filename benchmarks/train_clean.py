"""Trains the weights of index/clean.py on pages-dev (needs scikit-learn); prints scores by cross-validation.

    python benchmarks/train_clean.py            scores on unseen pages, eight folds by page
    python benchmarks/train_clean.py --write    and trains on all, writing into index/clean.py

A line is the article's when the gold body holds it. Two logistic regressions: the first sees a line and its
neighbours, the second also the prose that the first finds around it. Longer lines weigh more.
"""

import argparse
import json
import random
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from index.clean import AROUND, OWN, around_features, cut, dot, own_features  # noqa: E402
from index.lines import Line, read_lines  # noqa: E402
from index.stated import tidy  # noqa: E402

FOLDS = 8
Page = tuple[tuple[Line, ...], list[int], list[float]]
Weights = tuple[float, tuple[float, ...]]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/pages-dev")
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    if not (options.data / "gold.json").exists():
        print(f"no pages in {options.data}: give their folder with --data", file=sys.stderr)
        return 1
    sys.path.insert(0, str(options.data))
    import score_clean

    gold = json.loads((options.data / "gold.json").read_text(encoding="utf-8"))
    pages = {
        name: labelled((options.data / "pages_txt" / f"{name}.txt").read_text(encoding="utf-8"), record, score_clean)
        for name, record in gold.items()
    }
    names = sorted(pages)
    random.Random(0).shuffle(names)
    results = []
    for fold in (names[i::FOLDS] for i in range(FOLDS)):
        weights = train([pages[name] for name in names if name not in fold])
        for name in fold:
            lines = pages[name][0]
            body = cut(lines, score(lines, *weights))
            results.append(score_clean.score_page(gold[name], "\n".join(body.paragraphs)))
    print(score_clean.HEAD)
    print(score_clean.fmt("unseen pages", score_clean.agg(results)))
    if options.write:
        write(*train(list(pages.values())))
    return 0


def labelled(text: str, record: dict, scoring) -> Page:
    """A page's lines, which of them are the article's (1 or 0), and how much each counts."""
    lines = read_lines(tidy(text))
    body = [scoring.seq(paragraph) for paragraph in record["body"]]
    whole = " ".join(body)
    standfirst, neutral = ([scoring.seq(one) for one in record[key]] for key in ("optional", "neutral"))
    labels, weights = [], []
    for line in lines:
        words = scoring.seq(line.text)
        count = len(words.split())
        label, weight = 0, 1.0 if count else 0.3
        if (
            words in body
            or (count >= 5 and words in whole)
            or any(len(one) > 60 and one in words and len(one) > 0.7 * len(words) for one in body)
        ):
            label = 1
        elif count >= 5 and any(words in one or one in words for one in standfirst if one.strip()):
            label, weight = 1, 0.5
        elif count and any(words in one or one in words for one in neutral if one.strip()):
            weight = 0.0
        labels.append(label)
        weights.append(weight * (0.7 + min(line.size, 300) / 200))
    return lines, labels, weights


def train(pages: list[Page]) -> tuple[Weights, Weights]:
    labels = [label for page in pages for label in page[1]]
    counts = [weight for page in pages for weight in page[2]]
    own_rows = [own_features(lines) for lines, _, _ in pages]
    own = fit([row for rows in own_rows for row in rows], labels, counts)
    around_rows = [
        row + more
        for (lines, _, _), rows in zip(pages, own_rows, strict=True)
        for row, more in zip(rows, around_features(lines, rows, applied(own, rows)), strict=True)
    ]
    return own, fit(around_rows, labels, counts)


def fit(rows: list[list[float]], labels: list[int], counts: list[float]) -> Weights:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, max_iter=2000).fit(rows, labels, sample_weight=counts)
    return float(model.intercept_[0]), tuple(float(weight) for weight in model.coef_[0])


def applied(weights: Weights, rows: list[list[float]]) -> list[float]:
    return [weights[0] + dot(weights[1], row) for row in rows]


def score(lines: tuple[Line, ...], own: Weights, around: Weights) -> list[float]:
    rows = own_features(lines)
    more = around_features(lines, rows, applied(own, rows))
    return applied(around, [row + extra for row, extra in zip(rows, more, strict=True)])


def write(own: Weights, around: Weights) -> None:
    """Puts the weights into index/clean.py, between the two comments that mark their place."""
    blocks = []
    for name, (bias, weights), features in (("OWN", own, OWN), ("AROUND", around, OWN + AROUND)):
        rows = "\n".join(f"    {weight:.2f},  # {feature}" for weight, feature in zip(weights, features, strict=True))
        blocks.append(f"{name}_BIAS = {bias:.2f}\n{name}_WEIGHTS = (\n{rows}\n)\n")
    path = ROOT / "index/clean.py"
    source = path.read_text(encoding="utf-8")
    place = re.compile(r"(?<=# weights\n).*?(?=# end of weights)", re.DOTALL)
    path.write_text(place.sub(lambda _: "".join(blocks), source), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
