"""Measures how alike reprints, other articles and reports of one pattern are, to choose index/doubles.py's limits.

python -m benchmarks.doubles
"""

import itertools
import json
import random
import statistics
import sys
from pathlib import Path

from index.doubles import likeness, other_names, other_numbers, signature
from index.types import Article

DATA = Path(__file__).resolve().parent.parent.parent / "shared/data/pages-dev"
WEATHER = (
    "The weather service expects a high of {} degrees and a low of {} degrees in the city.",
    "Rain of {} millimetres is likely, with winds of {} km/h from the west.",
    "The sun rises at {} and sets at {} local time.",
    "Drivers should expect delays on the ring road and on bridges, the police said in a statement.",
    "Humidity stays near {} per cent, and the pressure is {} hectopascals.",
    "Residents are asked to check the service's warnings before they travel to the mountains or to the coast.",
    "The service was founded in 1921 and publishes its forecasts twice a day, in the morning and in the evening.",
)
SHARES = (
    "The company's shares closed at {}, {} per cent from the day before, and moved in a range of {} to {}.",
    "Trading volume was {} shares, compared with an average of {}.",
    "The company has a market capitalisation of {} billion and a price-earnings ratio of {}.",
    "Its fifty-day moving average is {}, and its two-hundred-day moving average is {}.",
    "It reported earnings of {} per share for the quarter, beating the consensus estimate of {} by {}.",
    "Analysts expect that it will post {} earnings per share for the current year.",
)
QUAKE = (
    "An earthquake of magnitude {} struck near {} on Monday night, the seismological service said.",
    "Its centre lay in a depth of ten kilometres, and it was felt in the villages around {}.",
    "No injuries were reported, and the tracks of the railway were searched for damage before the trains ran again.",
    "The service asks all who noticed the quake to fill in the form on its pages, which helps to improve its maps.",
    "Quakes of this strength shake the region about once in three years, and seldom do any harm to buildings.",
)
PLACES = ("Aldern", "Brockau", "Cawdon", "Dunlin", "Eskby", "Farrow", "Gorley", "Hallin", "Ironby", "Kestrel")


def main() -> int:
    if not (DATA / "gold.json").exists():
        print(f"no pages in {DATA}", file=sys.stderr)
        return 1
    gold = json.loads((DATA / "gold.json").read_text(encoding="utf-8"))
    bodies = ["\n\n".join(page["body"]) for page in gold.values() if len(page["body"]) > 2]
    chance = random.Random(1)
    vocabulary = sorted({word for body in bodies for word in body.split()})
    pairs = {
        "reprints": [(body, reprint(body, vocabulary, chance)) for body in bodies],
        "2% edited": [(body, edited(body, 0.02, vocabulary, chance)) for body in bodies],
        "5% edited": [(body, edited(body, 0.05, vocabulary, chance)) for body in bodies],
        "other articles": list(itertools.combinations(bodies, 2)),
        "weather": [(filled(WEATHER, chance), filled(WEATHER, chance)) for _ in range(200)],
        "shares": [(filled(SHARES, chance), filled(SHARES, chance)) for _ in range(200)],
        "quakes": [(quake(one, chance), quake(other, chance)) for one, other in itertools.permutations(PLACES, 2)],
    }
    print("likeness           least    5%   50%   95%  most   other numbers, other names")
    for name, own in pairs.items():
        values = [like(*pair) for pair in own]
        cuts = statistics.quantiles(values, n=20)
        spread = (min(values), cuts[0], cuts[9], cuts[18], max(values))
        numbers = sum(other_numbers(*pair) for pair in own) / len(own)
        names = sum(other_names(*map(article, pair)) for pair in own) / len(own)
        print(f"{name:17} " + " ".join(f"{value:5.2f}" for value in spread) + f"   {numbers:.2f}  {names:.2f}")
    return 0


def like(one: str, other: str) -> float:
    first, second = (signature(article(text)) for text in (one, other))
    return float(likeness(first[None], second)[0])


def article(text: str) -> Article:
    return Article("", "", "", *[None] * 5, "", text=text)


def edited(text: str, rate: float, vocabulary: list[str], chance: random.Random) -> str:
    """Each word dropped, replaced or followed by another with a third of the rate each."""
    found = []
    for word in text.split(" "):
        roll = chance.random() / rate
        other = chance.choice(vocabulary)
        found += [[], [word, other], [other]][int(roll * 3)] if roll < 1 else [word]
    return " ".join(found)


def reprint(text: str, vocabulary: list[str], chance: random.Random) -> str:
    """With a dateline and a notice, a paragraph gone and a word in a hundred changed."""
    paragraphs = text.split("\n\n")
    if len(paragraphs) > 4:
        paragraphs.pop(chance.randrange(1, len(paragraphs)))
    paragraphs = [f"LONDON (AP) - {paragraphs[0]}", *paragraphs[1:], "First published by the Vale Gazette."]
    return edited("\n\n".join(paragraphs), 0.01, vocabulary, chance)


def filled(pattern: tuple[str, ...], chance: random.Random) -> str:
    return "\n\n".join(pattern).replace("{}", "%s") % tuple(
        chance.choice((str(chance.randrange(1, 2000)), f"{chance.uniform(0, 200):.2f}"))
        for _ in range("".join(pattern).count("{}"))
    )


def quake(place: str, chance: random.Random) -> str:
    return "\n\n".join(QUAKE).format(f"{chance.uniform(2, 5):.1f}", place, place)


if __name__ == "__main__":
    sys.exit(main())
