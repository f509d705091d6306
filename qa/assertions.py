"""How single languages deny, doubt, bound and tell who did what, as data: what the gate compares by."""

from dataclasses import dataclass, field

from qa import assertions_de_es_fr, assertions_en_vi


@dataclass(frozen=True, slots=True)
class Assertions:
    """What makes or breaks the truth of a sentence in one language, as patterns in lower case.

    `negation`: words that deny (verbs too: "refused" is "did not accept"), of which
    `denying` are the verbs; `doubt`: what makes a fact a plan, a claim
    or a chance, of which `claim` (someone's word for it) and `chance` (or a condition) are told on as such;
    `over`, `under`: what stands before a figure and makes it a bound; `part`: what stands before a figure of which
    only a part is meant ("twelve of the 40"), `among` the same more loosely; `thereof`: what begins a clause on a
    part ("of whom 5"); `partial`: most or some of something,
    `whole`: all of it; `reporting`: what stands after the one who tells; `source`: "{name}" as the one who reports;
    `breaks`: where a clause ends; `passive`: that what stands first is not who does it; `fronted`: what begins a
    sentence before its subject; `relative`: what begins a clause on the name before; `placed`: what stands before a
    place; `joined`: what stands between things of one list; `nouns`: what stands before a capital that is only a
    noun's; `surnames`: those that are common words too; `be`: words before a verb that make it
    passive; `inverts`: whether the subject follows the verb where
    anything else begins the sentence. `opposites` are pairs of patterns and `amounts` patterns of vague figures, by the
    same key in every language.
    """

    negation: str = "(?!)"
    denying: str = "(?!)"
    doubt: str = "(?!)"
    claim: str = "(?!)"
    chance: str = "(?!)"
    over: str = "(?!)"
    under: str = "(?!)"
    part: str = "(?!)"
    among: str = "(?!)"
    thereof: str = "(?!)"
    partial: str = "(?!)"
    whole: str = "(?!)"
    reporting: str = "(?!)"
    source: tuple[str, ...] = ()
    breaks: str = r"[;:—–]|, "
    passive: str = "(?!)"
    fronted: str = "(?!)"
    relative: str = "(?!)"
    placed: str = "(?!)"
    joined: str = "(?!)"
    nouns: str = "(?!)"
    surnames: str = "(?!)"
    be: tuple[str, ...] = ()
    inverts: bool = False
    opposites: dict[str, tuple[str, str]] = field(default_factory=dict)
    amounts: dict[str, str] = field(default_factory=dict)


_ASSERTIONS = {
    language: Assertions(**fields)
    for table in (assertions_en_vi.ASSERTIONS, assertions_de_es_fr.ASSERTIONS)
    for language, fields in table.items()
}
LANGUAGES = tuple(_ASSERTIONS)


def assertions(language: str | None) -> Assertions | None:
    """None for a language whose negations are not known: there a paraphrase cannot be trusted."""
    return _ASSERTIONS.get(language or "")
