"""Measures how questions on a subject alone fare in each wording: "What do the articles say about X?", "Tell me of X".

    python -m benchmarks.subjects [--drawn 12]

Subjects are names of several words that an article of the seeds or of a desk of `benchmarks/desks` has twice; absent
ones those of another library with which this one shares no word of more than three letters. An answer is right where
a quote has the name.
"""

import argparse
import random
import re
import statistics
import tempfile
from collections import Counter
from pathlib import Path

from index.config import EmbeddingConfig, IndexConfig
from index.embed import open_embedder
from index.library import Library
from index.sync import sync
from index.words import words
from qa.ask import ask
from qa.types import Question

FOLDERS = (Path("seeds"), *(Path("benchmarks/desks") / desk for desk in ("one", "two", "three", "four", "five")))
WORDINGS = (
    "{}", "What is there about {}?", "What do the articles say about {}?", "What has been reported about {}?",
    "Tell me about {}", "What is known about {}?", "Do you have anything on {}?",
    "Bài báo nói gì về {}?", "Có bài báo nào nói về {} không?", "Hãy cho tôi biết về {}",
    "Was sagen die Artikel über {}?", "Was wird über {} berichtet?",
    "Que disent les articles sur {} ?", "Que dit-on de {} ?",
    "¿Qué dicen los artículos sobre {}?", "¿Qué se dice de {}?",
    "O que dizem os artigos sobre {}?", "Cosa dicono gli articoli su {}?", "Что говорят статьи о {}?",
)  # fmt: skip
NAME = re.compile(r"(?<=[a-zà-ỹ,] )[A-ZĐÀ-Ý][\w'’-]+(?: [A-ZĐÀ-Ý][\w'’-]+)+")
LONG = 3  # letters of a word at most that an absent name may share


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--drawn", type=int, default=12, help="subjects of each library")
    options = arguments.parse_args()
    home = Path(tempfile.gettempdir()) / "footnote-subjects"
    embedder = open_embedder(EmbeddingConfig(), home / "models")
    libraries = [Library(IndexConfig(home=home / folder.name), embedder) for folder in FOLDERS]
    names, vocabulary = [], []
    for library, folder in zip(libraries, FOLDERS, strict=True):
        sync(library, [str(folder)])
        texts = [f"{article.title} {article.text}" for article in library.catalog.full_articles()]
        told = Counter(name for text in texts for name, n in Counter(NAME.findall(text)).items() if n > 1)
        names.append(sorted(told))
        vocabulary.append({word for text in texts for word in words(text)})
    draw = random.Random(0)
    cases = []
    for number, library in enumerate(libraries):
        others = {name for own in names if own is not names[number] for name in own}
        absent = sorted(n for n in others if not any(len(w) > LONG and w in vocabulary[number] for w in words(n)))
        for told, known in ((True, names[number]), (False, absent)):
            cases += [(library, name, told) for name in draw.sample(known, min(options.drawn, len(known)))]
    print(f"{sum(told for *_, told in cases)} subjects that the articles have, {len(cases)} in all")
    print(f"{'':42}  right  refused  absent ones refused")
    for wording in WORDINGS:
        right, refused, absent_refused = [], [], []
        for library, name, told in cases:
            answer = ask(library, Question(wording.format(name)))
            if told:
                right.append(any(name in citation.quote for citation in answer.citations))
                refused.append(not answer.citations)
            else:
                absent_refused.append(not answer.citations)
        print(f"{wording:42}  {statistics.mean(right):5.2f}  {statistics.mean(refused):7.2f}", end="  ")
        print(f"{statistics.mean(absent_refused):.2f}", flush=True)


if __name__ == "__main__":
    main()
