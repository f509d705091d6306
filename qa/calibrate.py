"""Measures false answers and false refusals on the library's own articles, to choose the threshold by."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.library import Library
from index.types import Article
from index.words import rarity, words
from qa.ask import trace
from qa.types import ANY, Filters, Question

FALSE_ANSWERS = 0.05  # the share of questions that the articles don't answer, at most, that may be answered
THRESHOLDS = tuple(i / 100 for i in range(5, 100, 5))
_TELLING = 0.3  # how much a word must tell to be asked with
_WORDS = (4, 9)  # telling words of a sentence that a question is made of; of fewer it is unclear, more say it all
_ENOUGH = 10  # questions of each kind, below which nothing is proposed
_OWN = 0.45  # how much a word must tell to say that a library has something on its subject

# Plain questions on common subjects. One is asked where the articles have at most one of its telling words.
_OTHERS = {
    "en": (
        "What is the boiling point of ethanol?", "Who painted the ceiling of the Sistine Chapel?",
        "How many moons does Jupiter have?", "When was the violin invented?", "How do bees make honey?",
        "What is the deepest lake in the world?", "Who wrote the novel Don Quixote?", "How is parmesan cheese made?",
        "Which planet has the longest day?", "How many bones does a horse have?", "What causes a rainbow?",
        "Who composed the opera The Magic Flute?", "How high can a kangaroo jump?", "When did the dinosaurs die out?",
        "What is the chemical symbol of tungsten?", "How long does an elephant carry its calf?",
    ),
    "vi": (
        "Nhiệt độ sôi của rượu etylic là bao nhiêu?", "Ai vẽ trần nhà nguyện Sistine?", "Sao Mộc có bao nhiêu vệ tinh?",
        "Đàn vĩ cầm ra đời khi nào?", "Ong làm mật như thế nào?", "Hồ nào sâu nhất thế giới?",
        "Ai viết tiểu thuyết Đôn Kihôtê?", "Phô mai parmesan được làm như thế nào?", "Ngựa có bao nhiêu chiếc xương?",
        "Cầu vồng hình thành do đâu?", "Chuột túi nhảy cao bao nhiêu mét?", "Khủng long tuyệt chủng khi nào?",
    ),
    "de": (
        "Bei welcher Temperatur siedet Ethanol?", "Wer malte die Decke der Sixtinischen Kapelle?",
        "Wie viele Monde hat der Jupiter?", "Wann wurde die Geige erfunden?", "Wie stellen Bienen Honig her?",
        "Welcher See ist der tiefste der Welt?", "Wer schrieb den Roman Don Quijote?", "Wie wird Parmesan hergestellt?",
        "Wie viele Knochen hat ein Pferd?", "Wie entsteht ein Regenbogen?", "Wie hoch springt ein Känguru?",
        "Wann starben die Dinosaurier aus?",
    ),
    "fr": (
        "Quelle est la température d'ébullition de l'éthanol ?", "Qui a peint le plafond de la chapelle Sixtine ?",
        "Combien de lunes possède Jupiter ?", "Quand le violon a-t-il été inventé ?",
        "Comment les abeilles font-elles le miel ?", "Quel est le lac le plus profond du monde ?",
        "Qui a écrit le roman Don Quichotte ?", "Comment fabrique-t-on le parmesan ?",
        "Combien d'os compte un cheval ?", "Comment se forme un arc-en-ciel ?",
        "Quelle hauteur saute un kangourou ?", "Quand les dinosaures ont-ils disparu ?",
    ),
    "es": (
        "¿A qué temperatura hierve el etanol?", "¿Quién pintó el techo de la Capilla Sixtina?",
        "¿Cuántas lunas tiene Júpiter?", "¿Cuándo se inventó el violín?", "¿Cómo hacen la miel las abejas?",
        "¿Cuál es el lago más profundo del mundo?", "¿Quién escribió la novela Don Quijote?",
        "¿Cómo se elabora el queso parmesano?", "¿Cuántos huesos tiene un caballo?", "¿Cómo se forma un arcoíris?",
        "¿Qué altura salta un canguro?", "¿Cuándo se extinguieron los dinosaurios?",
    ),
}  # fmt: skip

# How a question is made of the words of a sentence; in other languages it is the words alone.
_ASKED = {"en": "What about {}?", "vi": "{} là gì?", "de": "Was ist mit {}?", "fr": "Qu'en est-il de {} ?",
          "es": "¿Qué hay de {}?"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares, 0 to 1, at one threshold: of the questions about others and of the masked ones that are answered, of
    both together (`false_answers`), and of those made from the articles that are refused (`false_refusals`)."""

    threshold: float
    others: float
    masked: float
    false_answers: float
    false_refusals: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How many questions of each kind were asked, what each threshold does, and the one proposed.

    `made` are made from a sentence of an article; `masked` are the same with that article left out of the search;
    `others` are about other things. None is proposed where there is not `enough` to measure, or no threshold does.
    """

    made: int
    masked: int
    others: int
    rates: tuple[Rates, ...]
    proposed: float | None
    enough: bool


def calibrate(library: Library, limit: int = 60, seed: int = 0) -> Calibration:
    """Asks at most `limit` questions of each kind.

    Proposed is the least threshold with at most FALSE_ANSWERS. It errs towards refusing, since what other articles on
    the subject of a masked one say may well answer. A made question shares its words with its sentence, so people's
    own are refused more often than the figures say.
    """
    draw = random.Random(seed)
    made = _made(library, limit, draw)
    present = [_probability(library, question) for question, _ in made]
    masked = [_probability(library, question, Filters(without=article.path)) for question, article in made]
    others = [_probability(library, question) for question in _about_others(library, limit, draw)]
    rates = tuple(
        Rates(
            t, *(_share(p >= t for p in of) for of in (others, masked, others + masked)), _share(p < t for p in present)
        )
        for t in THRESHOLDS
    )
    enough = min(len(present), len(others)) >= _ENOUGH
    proposed = next((r.threshold for r in rates if r.false_answers <= FALSE_ANSWERS), None) if enough else None
    return Calibration(len(present), len(masked), len(others), rates, proposed, enough)


def _probability(library: Library, question: str, filters: Filters = ANY) -> float:
    return trace(library, Question(question, filters=filters)).probability


def _made(library: Library, limit: int, draw: random.Random) -> list[tuple[str, Article]]:
    """Questions, each with the article that answers it, spread over the articles that no other has word for word."""
    articles = library.articles()
    copies = library.catalog.copies({article.id for article in articles})
    articles = [article for article in articles if article.id not in copies and article.id not in copies.values()]
    draw.shuffle(articles)
    each = max(1, -(-limit // max(1, len(articles))))
    found: list[tuple[str, Article]] = []
    for article in articles[:limit]:
        full = library.article(article.id)
        spans = [s for row in library.catalog.passages_of(article.id) for s in row.passage.sentences] if full else []
        draw.shuffle(spans)
        questions = (question_from(full.text[s.start : s.end], article.language) for s in spans if full)
        found += [(question, article) for question, _ in zip((q for q in questions if q), range(each), strict=False)]
    return found[:limit]


def question_from(sentence: str, language: str | None) -> str | None:
    """A question that a sentence answers; None where it says too little or too much.

    Of its telling words every third is left out, as a reader does not know them all; so is its first figure, which
    may be what is asked for.
    """
    told = [w for w in re.findall(r"\w+", sentence) if all(rarity(own, language) >= _TELLING for own in words(w))]
    figure = next((w for w in told if w[0].isdigit()), None)
    asked = [w for i, w in enumerate(w for w in told if w != figure) if i % 3 != 1]
    if not _WORDS[0] <= len(asked) <= _WORDS[1]:
        return None
    return _ASKED.get(language or "", "{}?").format(" ".join(asked))


def _about_others(library: Library, limit: int, draw: random.Random) -> list[str]:
    questions = [(text, language) for language, own in _OTHERS.items() for text in own]
    draw.shuffle(questions)
    return [text for text, language in questions if not _on_a_subject_of(library, text, language)][:limit]


def _on_a_subject_of(library: Library, question: str, language: str) -> bool:
    telling = {word for word in words(question) if rarity(word, language) >= _OWN}
    return sum(library.catalog.passages_with(word, language) > 0 for word in telling) > 1


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else 0.0
