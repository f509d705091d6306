"""What a question asks for, with what it takes over from earlier turns."""

import threading
from collections.abc import Collection, Sequence
from itertools import pairwise
from math import inf

import regex

from index.language import rank_languages
from index.words import rarity, words
from qa.language import cue
from qa.overlap import names_of, weighted
from qa.types import Kind, Query

_KINDS: tuple[Kind, ...] = ("when", "number", "who", "where")
_THIN = 1.75
"""A question with less to search for than this, in rare words, leans on the turn before it: so do 82% of 1,500
Vietnamese follow-ups as people type them (benchmarks/questions), and 5% of the golden questions that stand alone."""
_POINTING = 3.5
"""With less than this it does where it points back: in a longer one "his" is as often of someone whom it names itself.
Of the golden follow-ups that have nothing else but such a word none tells more than 2.6."""
_PARTS = 3  # things that one question asks at most
_UNSPACED = ("zh", "ja")
_PAIR = 0.35  # what a pair of characters, which is no word, tells of what a word does
_SAID = 0.3  # what the only word of a part of a question must tell besides what is asked for
_QUESTION_END = regex.compile(r"\?(?:\s+|(?=¿))|[？؟](?![\p{Pe}\p{Pf}\"'])\s*")
_HIRAGANA = regex.compile(r"\p{Hiragana}+")
_NAME = regex.compile(r"\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)+")
_NAMES = 2  # of the answer before that a follow-up takes over at most
_TURNS = 3  # earlier questions that a follow-up takes over at most


def understand(
    question: str,
    history: Sequence[str] = (),
    languages: Sequence[str] = (),
    unsearched: Collection[str] = (),
    said: str = "",
    language: str | None = None,
    worded: str = "",
) -> Query:
    """The question as it is searched. `languages` are those of the articles, likelier than others; `language` is the
    question's where that is known.

    `unsearched` are words, lower case, that no text must have: those that name a source. `said` is what the answer
    before quoted: its names are what a pronoun may stand for. `worded` is how it was put, if otherwise.
    """
    language = language or detect_language(question, languages)
    own = cue(language, "opening").sub("", question).strip(" ,") or question
    worded = worded or question
    context = _context(history, languages) if history and leans_on_history(worded, language) else ""
    if context and cue(language, "reference").search(cue(language, "opening").sub("", worded)):
        context = " ".join([context, *_new_names(said, context)])
    kind = _kind(own, language)
    focus = cue(language, "focus").search(own)
    return Query(
        text=f"{context} {own}" if context else question,
        language=language,
        words=weighted([w for w in words(own) if w not in unsearched], language),
        names=weighted([w for w in names_of(own, skip_first=True) if w not in unsearched], language),
        context_words=weighted(words(context), language),
        kind=kind,
        focus=next((g.casefold() for g in focus.groups() if g), "") if focus else "",
        context=context,
    )


def _kind(question: str, language: str | None) -> Kind | None:
    """What the first of its question words asks for: "how many were hurt when ...?" asks for a number."""
    found = ((match.start(), i) for i, kind in enumerate(_KINDS) if (match := cue(language, kind).search(question)))
    first = min(found, default=None)
    return _KINDS[first[1]] if first else None


def parts(question: str) -> list[str]:
    """A question that asks several things, divided.

    "Who led A, and who led B?" are two questions, the second one a follow-up of the first; "how many men and how many
    women came?" is one.
    """
    language = detect_language(question)
    places = {match.end(): True for match in _QUESTION_END.finditer(question) if question[match.end() :].strip(" .!")}
    joints = cue(language, "joint").finditer(question)
    places |= {match.start("cut"): False for match in joints if not _goes_on(question, match.span("cut"), language)}
    if not regex.search(r"[?？؟]\s*$", question):  # "How heavy is it? I have seen two figures."
        places = {place: ends for place, ends in places.items() if not ends}
    cuts = [0]
    for place, ends in sorted(places.items()):
        if len(cuts) < _PARTS and _asks_alone(question[cuts[-1] : place], language, ends, first=len(cuts) == 1):
            cuts.append(place)
    pieces = [question[i:j].strip(" ,;") for i, j in pairwise([*cuts, len(question)])]
    return [piece for piece in pieces if piece] or [question]


def _goes_on(question: str, cut: tuple[int, int], language: str | None) -> bool:
    """Whether what is behind a cut goes on from a clause before it: "the man who fell and who was saved"."""
    asking = cue(language, "asking")
    first, behind = asking.search(question, 0, cut[0]), asking.match(question, cut[1])
    clauses = asking.finditer(question, first.end(), cut[0]) if first and behind else ()
    return any(clause[0].casefold() == behind[0].casefold() for clause in clauses)


def _asks_alone(piece: str, language: str | None, ends: bool, first: bool) -> bool:
    """Whether a piece of a question asks, and says more than what it asks for: not "when", nor "how many men".

    What goes on may be short ("and when"); what `ends` with a mark asks, in whatever language.
    """
    if not words(piece) or not (ends or cue(language, "asking").search(piece)):
        return False
    if not first and not cue(language, "focus").search(piece):
        return True
    for name in ("focus", *_KINDS, "asking"):
        piece = cue(language, name).sub("", piece)
    left = words(piece)
    return len(left) > 1 or any(rarity(word, language) >= _SAID for word in left)


def warm_up() -> None:
    """Loads what telling languages needs in a thread beside the caller."""
    threading.Thread(target=detect_language, args=("warm",), name="languages", daemon=True).start()


def leans_on_history(question: str, language: str | None) -> bool:
    """Whether a question cannot be searched alone: it opens like a follow-up, points back, or names little."""
    if cue(language, "opening").search(question):
        return True
    pointing = cue(language, "reference").search(question)
    limit = _THIN if pointing is None else _POINTING if question[: pointing.start()].strip(" ¿") else inf
    return _tells(question, language) < limit


def _tells(question: str, language: str | None) -> float:
    """How much there is to search for, in rare words."""
    if language not in _UNSPACED:
        return sum(rarity(word, language) for word in set(words(question)))
    for name in _KINDS:
        question = cue(language, name).sub(" ", question)
    return _PAIR * sum(not _HIRAGANA.fullmatch(pair) for pair in set(words(question)))


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
