"""What a question asks for, with what it takes over from earlier turns."""

import threading
from collections.abc import Collection, Sequence
from itertools import pairwise

import regex

from index.language import rank_languages
from index.words import rarity, words
from qa.language import cue
from qa.overlap import names_of, weighted
from qa.types import Kind, Query

_KINDS: tuple[Kind, ...] = ("when", "number", "who", "where")
# A question with less to search for than this, in rare words, leans on the turn before it.
_THIN = 1.5
_PARTS = 3  # things that one question asks at most
_SAID = 0.3  # what a part of a question must tell at least, in rare words
_QUESTION_END = regex.compile(r"(?:\?\s+|[？؟]\s*)(?=.*[?？؟])")
_NAME = regex.compile(r"\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)+")
_NAMES = 2  # of the answer before that a follow-up takes over at most
_TURNS = 3  # earlier questions that a follow-up takes over at most


def understand(
    question: str,
    history: Sequence[str] = (),
    languages: Sequence[str] = (),
    unsearched: Collection[str] = (),
    said: str = "",
) -> Query:
    """The question as it is searched. `languages` are those of the articles, likelier than others.

    `unsearched` are words, lower case, that no text must have: those that name a source. `said` is what the answer
    before quoted: its names are what a pronoun may stand for.
    """
    language = detect_language(question, languages)
    own = cue(language, "opening").sub("", question).strip(" ,") or question
    context = _context(history, languages) if history and leans_on_history(question, language) else ""
    if context and cue(language, "reference").search(own):
        context = " ".join([context, *_new_names(said, context)])
    asked = own.casefold()
    kind = next((k for k in _KINDS if cue(language, k).search(asked)), None)
    focus = cue(language, "focus").search(asked)
    return Query(
        text=f"{context} {own}" if context else question,
        language=language,
        words=weighted([w for w in words(own) if w not in unsearched], language),
        names=weighted([w for w in names_of(own, skip_first=True) if w not in unsearched], language),
        context_words=weighted(words(context), language),
        kind=kind,
        focus=next((g for g in focus.groups() if g), "") if focus else "",
        context=context,
    )


def parts(question: str, history: Sequence[str] = ()) -> list[tuple[str, tuple[str, ...]]]:
    """A question that asks several things, divided; each part with the turns before it.

    "Who led A, and who led B?" are two questions, the second one a follow-up of the first; "how many men and how many
    women came?" is one.
    """
    language = detect_language(question)
    places = {match.end(): True for match in _QUESTION_END.finditer(question)}
    places |= {match.start("cut"): False for match in cue(language, "joint").finditer(question)}
    cuts = [0]
    for place, ends in sorted(places.items()):
        piece = question[cuts[-1] : place]
        if (ends or cue(language, "asking").search(piece)) and _says(piece, language) >= _SAID:
            cuts.append(place)
    pieces = [question[i:j].strip(" ,;") for i, j in pairwise([*cuts, len(question)])]
    pieces = [piece for piece in pieces if piece] or [question]
    return [(piece, (*history, *pieces[:i])) for i, piece in enumerate(pieces[:_PARTS])]


def _says(piece: str, language: str | None) -> float:
    """How much a piece of a question tells besides what it asks for: of "how many men" nothing."""
    for name in ("focus", *_KINDS, "asking"):
        piece = cue(language, name).sub("", piece)
    return sum(rarity(word, language) for word in words(piece))


def warm_up() -> None:
    """Loads what telling languages needs in a thread beside the caller."""
    threading.Thread(target=detect_language, args=("warm",), name="languages", daemon=True).start()


def leans_on_history(question: str, language: str | None) -> bool:
    """Whether a question cannot be searched alone: it opens like a follow-up, points back, or names little."""
    return bool(
        cue(language, "opening").search(question)
        or cue(language, "reference").search(question)
        or sum(rarity(word, language) for word in set(words(question))) < _THIN
    )


def detect_language(text: str, likely: Sequence[str] = ()) -> str | None:
    """ISO 639-1 code of a short text; a likely language is taken when it is close to the best."""
    ranked = rank_languages(text)
    if not ranked:
        return None
    close = [code for code, probability in ranked if code in likely and probability > ranked[0][1] / 2]
    return close[0] if close else ranked[0][0]


def _new_names(said: str, context: str) -> list[str]:
    """The first names of several words in a quote that the context does not have."""
    names = [match.group() for match in _NAME.finditer(said)]
    return [name for name in dict.fromkeys(names) if name.casefold() not in context.casefold()][:_NAMES]


def _context(history: Sequence[str], languages: Sequence[str]) -> str:
    """The last earlier question that stands alone, and what has been asked since."""
    kept: list[str] = []
    for turn in reversed(history):
        kept.insert(0, turn.strip())
        if not leans_on_history(turn, detect_language(turn, languages)):
            break
    return " ".join(kept[-_TURNS:])
