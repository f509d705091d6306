"""Whether a statement turns round what its quote says."""

import re
from functools import lru_cache

from index.words import rarity, stem, words
from qa.assertions import Assertions
from qa.facts import TELLING, Reading

_DENIED = 4  # words of its clause that a negation denies
_MAY = re.compile(r"(?<=\w )May\b")  # the month


def turned_round(statement: Reading, quoted: Reading) -> str | None:
    """A denial, a plan told as a fact, a part told as the whole, a direction: what differs, or None."""
    language = statement.language if statement.language == quoted.language else None
    said, quote, own, theirs = statement.text, quoted.text, statement.asserts, quoted.asserts
    part = _nearest_clauses(said, own, quote, theirs, language)
    lower, against, whole = (_MAY.sub(" ", text).casefold() for text in (said, part, quote))
    denied = bool(re.search(own.negation, lower))
    agreed = language and _denied(lower, own, language) & _denied(whole, theirs, language)
    if denied != bool(re.search(theirs.negation, against)) and not agreed:
        return "negation"
    if _doubly_denied(lower, own) != _doubly_denied(against, theirs):
        return "negation"
    doubted = bool(re.search(own.doubt, lower))
    if not doubted and re.search(theirs.doubt, against):
        return "doubt"
    if doubted and not re.search(theirs.doubt, whole):
        return "doubt"
    for kind in ("claim", "chance"):
        if re.search(getattr(theirs, kind), against) and not re.search(rf"{own.claim}|{getattr(own, kind)}", lower):
            return "doubt"
    if _vague(lower, own) - _vague(whole, theirs):
        return "number"
    if (re.search(theirs.partial, against) and not re.search(own.partial, lower)) or (
        re.search(own.whole, lower) and not re.search(theirs.whole, whole)
    ):
        return "part"
    if language and _denied_otherwise(lower, own, whole, theirs, language):
        return "negation"
    other_way = turned(lower, own, against, theirs) or (language and turned(lower, own, whole, theirs))
    return "opposite" if other_way else None


def _doubly_denied(text: str, own: Assertions) -> bool:
    """Whether a denial is denied: "did not refuse"."""
    for clause in re.split(own.breaks, text):
        verb = re.search(own.denying, clause)
        if verb and re.search(own.negation, f"{clause[: verb.start()]} {clause[verb.end() :]}"):
            return True
    return False


def _vague(text: str, own: Assertions) -> set[str]:
    return {key for key, pattern in own.amounts.items() if re.search(pattern, text)}


def turned(said: str, own: Assertions, quote: str, theirs: Assertions) -> bool:
    """Whether one text has one of two opposites, and the other only the other."""
    for key, sides in own.opposites.items():
        pair = theirs.opposites.get(key, ("(?!)", "(?!)"))
        for i in (0, 1):
            one_sided = re.search(sides[i], said) and not re.search(sides[1 - i], said)
            if one_sided and re.search(pair[1 - i], quote) and not re.search(pair[i], quote):
                return True
    return False


def _denied_otherwise(said: str, own: Assertions, quote: str, theirs: Assertions, language: str) -> bool:
    """Whether a word is denied in one text and told in the other: the first telling ones after each negation."""
    mine, others = _denied(said, own, language), _denied(quote, theirs, language)
    if mine & others:
        return False
    unclear = not others and re.search(theirs.negation, quote)  # "rejected it"
    return bool(mine & _stems(quote, language) and not unclear) or bool(others & _stems(said, language))


def _denied(text: str, own: Assertions, language: str) -> set[str]:
    found: set[str] = set()
    for match in re.finditer(own.negation, text):
        for clause in re.split(own.breaks, text[match.end() :]):  # the first one that says something
            following = [w for w in words(clause) if w.isdigit() or rarity(w, language) >= TELLING]
            found.update(stem(word, language) for word in following[:_DENIED])
            if following:
                break
    return found


def _nearest_clauses(said: str, own: Assertions, quote: str, theirs: Assertions, language: str | None) -> str:
    """The clauses of the quote that share telling words or a figure with the statement; all of it across languages."""
    if language is None:
        return quote
    wanted = _content(said, language)
    clauses = [clause for clause in re.split(f"(?={theirs.breaks})", quote, flags=re.IGNORECASE) if clause.strip()]
    shared = [(len(wanted & _content(clause, language)), clause) for clause in clauses]
    most = max((count for count, _ in shared), default=0)
    digits = {word for word in words(said) if word.isdigit()}
    near = [clause for count, clause in shared if count and (count * 2 >= most or digits & set(words(clause)))]
    return " ; ".join(near) or quote


@lru_cache(maxsize=1024)
def _content(text: str, language: str | None) -> frozenset[str]:
    return telling(text, language, TELLING)


def telling(text: str, language: str | None, least: float) -> frozenset[str]:
    """The stems of the words that tell at least so much."""
    return frozenset(stem(word, language) for word in words(text) if rarity(word, language) >= least)


def _stems(text: str, language: str | None) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words(text))
