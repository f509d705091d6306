"""Where in a sentence the time or the number stands that a question asks for, if that is clear."""

from index.words import fold, rarity, stem, words
from qa.dates import times
from qa.figures import asks_percent, numbers
from qa.language import cue
from qa.types import Query

_UNIT = 3  # words after a number among which what is counted must stand
_ARTICLE = 0.3  # a number in words that tells less than this is as often an article or another word

Place = tuple[int, int]


def answer_span(query: Query, sentence: str, language: str | None) -> Place | None:
    """Start and end in the sentence of what is asked for; None where there is none, or more than one.

    Only times and numbers, for which there are rules; the rest is left to the reader (`qa.reader.marked`).
    """
    if query.kind == "number":
        found = _numbers(query, sentence, language)
    elif query.kind == "when":
        found = [(time.start, time.end) for time in times(sentence, language)]
    else:
        return None
    asked = {fold(word) for word in words(query.text)}
    new = [(start, end) for start, end in found if not asked & {fold(w) for w in words(sentence[start:end])}]
    return new[0] if len({sentence[start:end] for start, end in new}) == 1 else None


def _numbers(query: Query, sentence: str, language: str | None) -> list[Place]:
    """The numbers that count what is asked for; all of them where none stands before its word."""
    dated = times(sentence, language)
    counting = [
        number
        for number in numbers(sentence, language)
        if not number.ordinal
        and not sentence[number.spoken_end : number.spoken_end + 1].isalnum()
        and not any(time.start < number.spoken_end and number.start < time.end for time in dated)
    ]
    places = [(number.start, number.spoken_end) for number in counting]
    if asks_percent(query.text):
        return [place for place, number in zip(places, counting, strict=True) if number.unit == "percent"]
    if query.focus:
        wanted = stem(query.focus, language)
        own = [place for place in places if wanted in _after(sentence, place[1], language)]
        own += _written(sentence, wanted, language)
        if own:
            return own
    return [*places, *_written(sentence, None, language)]


def _written(sentence: str, wanted: str | None, language: str | None) -> list[Place]:
    """Numbers in words; with `wanted` those that stand right before that stem, else all but articles."""
    found = list(cue(language, "numerals").finditer(sentence))
    if wanted:
        return [m.span() for m in found if wanted in _after(sentence, m.end(), language)[:2]]
    return [m.span() for m in found if rarity(m[0].casefold(), language) >= _ARTICLE]


def _after(sentence: str, end: int, language: str | None) -> list[str]:
    return [stem(word, language) for word in words(sentence[end : end + 60])[:_UNIT]]
