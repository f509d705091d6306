"""Gives a question in Vietnamese that was typed without accents the accents that the articles write."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from index.catalog import Catalog
from index.language import rank_languages
from index.words import fold, rarity, words

_VIETNAMESE = "vi"
_SHARE = 0.5  # of the words that must look Vietnamese
_SURE = 0.8  # probability of another language that tells against it: so 98% of 849 such questions are known, and 0.4%
# of 1,274 in German, Spanish, French, Portuguese, Indonesian, Italian and Dutch mistaken, none of 875 in English
_FOREIGN = 0.6  # rarity in English from which a word does not count as English
_PASSAGES = 20  # in which the articles' own writing is looked up
_PAIR = 3.0  # what ten times the pair in these passages counts, in powers of ten of a word's general frequency
_ASKED = (
    "bao nhiêu", "bao lâu", "bao giờ", "bao xa", "khi nào", "lúc nào", "ngày nào", "năm nào", "nơi nào", "nước nào",
    "thế nào", "như thế", "như nào", "ở đâu", "tại đâu", "vì sao", "tại sao", "vì lý", "lý do", "là gì", "làm gì",
    "điều gì", "cái gì", "là ai", "do ai", "của ai", "với ai", "ai đã", "ai là", "mấy giờ", "có phải", "phải không",
    "được không", "hay không",
)  # fmt: skip
"""Pairs that questions are asked with, and articles don't write."""
_WORD = re.compile(r"[^\W\d_]+")


def accented(text: str, catalog: Catalog) -> str:
    """The question with its accents; as it was where it has some, or does not look Vietnamese.

    Of the ways to write its words the likeliest is taken, by how common each is (wordfreq) and by which stand side by
    side in the passages that have most of them (Viterbi).
    """
    typed = [match.group().casefold() for match in _WORD.finditer(text)]
    if not text.isascii() or not typed or _VIETNAMESE not in catalog.languages():
        return text
    foreign = [word for word in typed if rarity(word, "en") > _FOREIGN]
    if len(foreign) < _SHARE * len(typed) or sum(word in _written() for word in foreign) < _SHARE * len(typed):
        return text
    language, sure = next(iter(rank_languages(text)), (None, 0.0))
    if language != _VIETNAMESE and sure >= _SURE:
        return text
    forms = iter(_likeliest(typed, *_as_in(catalog, typed)))

    def form(match: re.Match[str]) -> str:
        own = next(forms)
        return own.capitalize() if match.group()[0].isupper() else own

    return _WORD.sub(form, text)


@cache
def _written() -> dict[str, dict[str, float]]:
    """The ways to write each Vietnamese word without accents, with how common each is (Zipf)."""
    import wordfreq

    found: dict[str, dict[str, float]] = defaultdict(dict)
    for word, frequency in wordfreq.get_frequency_dict(_VIETNAMESE, "small").items():
        found[fold(word)][word] = math.log10(frequency) + 9
    return dict(found)


def _as_in(catalog: Catalog, typed: Sequence[str]) -> tuple[dict[str, set[str]], Counter[tuple[str, str]]]:
    """How the passages that have most of the words write them, and which stand side by side there."""
    found = catalog.passages([id for id, _ in catalog.search_words(typed, _VIETNAMESE, _PASSAGES)])
    forms, pairs = defaultdict(set), Counter(dict.fromkeys((tuple(pair.split()) for pair in _ASKED), 1))
    for row in found.values():
        article = catalog.article(row.article)
        own = words(article.text[row.passage.span.start : row.passage.span.end]) if article else []
        for word in own:
            forms[fold(word)].add(word)
        pairs.update(pairwise(own))
    return forms, pairs


def _likeliest(typed: Sequence[str], forms: dict[str, set[str]], pairs: Counter[tuple[str, str]]) -> list[str]:
    best: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for word in typed:
        general = _written().get(word, {})
        reached = {}
        for form in {*general, *forms.get(word, ())} or {word}:
            ways = [
                (score + general.get(form, 0.0) + _PAIR * math.log10(1 + 9 * pairs[before, form]), [*way, form])
                for before, (score, way) in best.items()
            ]
            reached[form] = max(ways)
        best = reached
    return max(best.values())[1]
