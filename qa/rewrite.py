"""Asks a language model for search questions: a follow-up that stands alone, a question in another language."""

import logging
import re
from collections import Counter

from index.chunk import token_counts
from index.errors import ModelError
from index.words import fold, words
from qa.facts import Facts, facts
from qa.gate import MARKUP, instructs
from qa.model import Model
from qa.types import Question
from qa.understand import detect_language

log = logging.getLogger(__name__)

_TOKENS = 80  # of a search question
_LONGEST = 300  # characters of one
_TURNS = 4  # earlier questions that the model is told
ALONE = """You rewrite the last question of a conversation so that it can be understood without the others.
Put the names and things in that its "he", "it", "there" and the like stand for. Add nothing else, answer nothing.
Write only the question, on one line, in the language of the last question."""
TRANSLATED = """You translate a question into {language}, to search newspaper articles with it.
Keep every name and number. Answer nothing. Write only the translated question, on one line."""


class Rewriting:
    """Search questions of a model, each within its seconds; None where it has nothing that can be used.

    What it writes is only searched with, and only where it names nothing that the reader did not: a model that
    invents a name would else lead to articles on something else. It has a circuit breaker of its own, since a model
    that is too slow here may still write in time.
    """

    def __init__(self, model: Model):
        self.model = model.apart()

    def alone(self, question: Question, language: str | None, usage: Counter[str]) -> str | None:
        """A follow-up with what it takes over from the turns before."""
        turns = [*question.history[-_TURNS:], question.text]
        told = "\n".join(f"Question {i}: {_line(turn)}" for i, turn in enumerate(turns, 1))
        reply = self._asked(ALONE, told, usage)
        known = "\n".join([*turns, question.said])
        return reply if reply and _names_nothing_new(facts(reply, language), known, language) else None

    def translated(self, text: str, language: str | None, into: str, usage: Counter[str]) -> str | None:
        """A question in the language (ISO 639-1) of articles that it is not put in."""
        from babel import Locale, UnknownLocaleError

        try:
            name = Locale.parse("en").languages[into]
        except (UnknownLocaleError, KeyError):
            return None
        reply = self._asked(TRANSLATED.format(language=name), f"Question: {_line(text)}", usage)
        if not reply or detect_language(reply, (into,)) != into:
            return None
        asked, told = facts(text, language), facts(reply, into)
        return reply if _figures(asked) == _figures(told) and _names_nothing_new(told, text, language) else None

    def _asked(self, system: str, text: str, usage: Counter[str]) -> str | None:
        reply = ""
        pieces = self.model.stream(system, [("user", text)], self.model.config.search_timeout, _TOKENS)
        try:
            for piece in pieces:
                reply += piece
                if "\n" in reply.lstrip() or len(reply) > _LONGEST:
                    break
        except ModelError as error:
            log.info("searched without the model: %s", error)
            return None
        finally:
            pieces.close()
            usage["prompt_tokens"] += sum(token_counts([system, text]))
            usage["reply_tokens"] += sum(token_counts([reply]))
        line = re.sub(r"^(?:rewritten )?question(?: \d+)?: *", "", reply.strip().partition("\n")[0], flags=re.I)
        line = line.strip(" \"'“”")
        usable = words(line) and len(reply) <= _LONGEST and not MARKUP.search(line) and not instructs(line)
        return line if usable else None


def _figures(told: Facts) -> set[float]:
    years = {float(day.year) for days in told.dates for day in days if day.year}
    return years | {max(figure.readings) for figure in told.figures if figure.unit != "word"}


def _names_nothing_new(told: Facts, known: str, language: str | None) -> bool:
    """Whether each name and figure of a search question is in what the reader said or was quoted."""
    given = facts(known, language)
    plain = {fold(word) for word in words(known)}
    translated = {name.key for name in given.names if name.translated}
    named = all(n.key in translated if n.translated else n.common or n.key in plain for n in told.names)
    return named and _figures(told) <= _figures(given)


def _line(text: str) -> str:
    return " ".join(text.split())
