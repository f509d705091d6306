"""Makes a folder of distinct, realistic articles, the same for the same seed, each with a question that it answers.

python -m benchmarks.corpus FOLDER [--articles 1000] [--seed 0] [--texts FOLDER]
"""

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

TEXTS = Path(__file__).parents[2] / "shared/data/xquad-dev"
SEEDS = Path(__file__).parents[1] / "seeds"
LANGUAGES = ("en", "en", "vi", "en", "de", "en", "es")
A_FOLDER = 500  # files

_TOWN = tuple(
    line.split()
    for line in (
        "Al Bar Bel Bran Cal Cor Dal Dun El Esk Fal Fen Gar Glen Hal Har Inver Kel Kil Lan Lin Mar Mel Mor Nor Ost Pen"
        " Quar Ros Sal Sel Stan Tam Thorn Tor Ul Ver Wal Wex Yar",
        "a be co de e fi go i la le lo mi na ne o ra re sa ti u",
        "beck berg borough bridge bury by dale fell field ford gate ham haven heim holm mouth stad stead ton wick",
    )
)
_FIRST = (
    "Amina Anna Boris Carla Chen Daniel Elena Fatima George Hanna Ivan Jana Karim Linh Maria Nadia Omar Petra"
    " Quang Rosa Samir Tomas Ursula Viktor Wanda Yusuf"
)
_LAST = (
    "Abbas Becker Castillo Dvorak Eriksen Fontana Grünwald Haddad Ibsen Jansen Kowalski Lindqvist Moreau Nguyen"
    " Okafor Petrov Quintero Rossi Schäfer Tanaka Ueda Vasquez Weber Yilmaz Zhang"
)
_PAPERS = "Courier Gazette Herald Mercury Observer Post Sentinel Standard Times Tribune"
# By language: title, paragraph that answers, question, answer.
_EVENTS = {
    "en": (
        (
            "{town} council approves new bridge over the {river}",
            "The council of {town} approved a new bridge over the river {river} on {day}, by {n} votes to {m}. It will"
            " cost {money} million euros and replace a ferry that has run since {year}.",
            "How much will the new bridge in {town} cost?",
            "{money} million euros",
        ),
        (
            "Floods in {town} force {people} people from their homes",
            "Some {people} people had to leave their homes in {town} after the {river} burst its banks on {day}. The"
            " water stood {n} centimetres high in the market square, the highest level since {year}.",
            "How many people had to leave their homes in {town}?",
            "{people}",
        ),
        (
            "{who} named director of the {town} museum",
            "The museum of {town} has named {who} as its new director. {last}, who has worked on the collection since"
            " {year}, succeeds {other} and will show {n} works that have never been seen in public.",
            "Who is the new director of the museum of {town}?",
            "{who}",
        ),
        (
            "Solar park near {town} starts to deliver power",
            "A solar park of {n} hectares near {town} delivered its first power on {day}. Its {people} panels supply"
            " the valley of the {river}, and {money} million euros went into the grid alone.",
            "How many panels does the solar park near {town} have?",
            "{people}",
        ),
        (
            "{town} reopens railway line closed in {year}",
            "After decades without trains, {town} is on the railway map again: the line along the {river}, closed in"
            " {year}, reopened on {day}. Trains run every {m} minutes and take {n} minutes to the coast.",
            "When was the railway line of {town} closed?",
            "{year}",
        ),
        (
            "{who} wins mayoral election in {town}",
            "{who} has won the mayoral election in {town} with {n} percent of the vote, ahead of {other}, who had"
            " governed since {year}. Turnout was {money} percent, the election office said on {day}.",
            "Who won the mayoral election in {town}?",
            "{who}",
        ),
        (
            "Researchers in {town} find bird believed lost",
            "Biologists have found {m} pairs of a warbler in the reeds of the {river} near {town}, where the bird was"
            " last seen in {year}. The group led by {who} counted {people} birds of other species on {day}.",
            "Who led the group that found the warbler near {town}?",
            "{who}",
        ),
        (
            "Factory in {town} to close, {people} jobs at risk",
            "The paper factory in {town}, which has {people} employees, will close within {m} months. {who}, speaking"
            " for the owners, said on {day} that losses had reached {money} million euros a year.",
            "How many employees does the paper factory in {town} have?",
            "{people}",
        ),
    ),
    "vi": (
        (
            "Hội đồng {town} thông qua cây cầu mới qua sông {river}",
            "Hội đồng thị trấn {town} đã thông qua việc xây một cây cầu mới qua sông {river} với {n} phiếu thuận và {m}"
            " phiếu chống. Cây cầu sẽ tốn {money} triệu euro và thay thế chuyến phà có từ năm {year}.",
            "Cây cầu mới ở {town} sẽ tốn bao nhiêu?",
            "{money} triệu euro",
        ),
        (
            "{who} làm giám đốc bảo tàng {town}",
            "Bảo tàng {town} vừa bổ nhiệm {who} làm giám đốc mới. Người tiền nhiệm là {other}, đã lãnh đạo bảo tàng từ"
            " năm {year}.",
            "Ai là giám đốc mới của bảo tàng {town}?",
            "{who}",
        ),
    ),
    "de": (
        (
            "Hochwasser in {town}: {people} Menschen verlassen ihre Häuser",
            "Etwa {people} Menschen mussten in {town} ihre Häuser verlassen, nachdem die {river} über die Ufer getreten"
            " war. Das Wasser stand {n} Zentimeter hoch auf dem Marktplatz, so hoch wie seit {year} nicht mehr.",
            "Wie viele Menschen mussten in {town} ihre Häuser verlassen?",
            "{people}",
        ),
        (
            "{who} gewinnt die Bürgermeisterwahl in {town}",
            "{who} hat die Bürgermeisterwahl in {town} mit {n} Prozent der Stimmen gewonnen, vor {other}, der seit"
            " {year} regierte.",
            "Wer hat die Bürgermeisterwahl in {town} gewonnen?",
            "{who}",
        ),
    ),
    "es": (
        (
            "{town} reabre la línea de tren cerrada en {year}",
            "Tras décadas sin trenes, {town} vuelve al mapa ferroviario: la línea a lo largo del {river}, cerrada en"
            " {year}, ha reabierto. Los trenes pasan cada {m} minutos y tardan {n} minutos en llegar a la costa.",
            "¿En qué año se cerró la línea de tren de {town}?",
            "{year}",
        ),
        (
            "La fábrica de papel de {town} cerrará con {people} empleos en peligro",
            "La fábrica de papel de {town}, que tiene {people} empleados, cerrará dentro de {m} meses. {who}, en nombre"
            " de los dueños, dijo que las pérdidas llegaban a {money} millones de euros al año.",
            "¿Cuántos empleados tiene la fábrica de papel de {town}?",
            "{people}",
        ),
    ),
}
_REACTIONS = (
    '"We have waited a long time for this day," said {other}, who leads the citizens\' group of {town}.',
    "{other} of the regional government called the news from {town} a sign that others should take seriously.",
    "An inquiry will report to the assembly in spring, {other} told reporters outside the town hall.",
    "Shopkeepers on the road to {river} had asked for more time, but {other} saw no reason to wait.",
)
_MENU = "Home\nNews\nPolitics\nSport\nWeather\nSubscribe\nLog in\n"
_FOOTER = "\n\nMost read\nAbout us\nPrivacy policy\nTerms of use\n© {paper}. All rights reserved.\n"
_HTML = (
    '<!doctype html><html lang="{language}"><head><title>{title} | {paper}</title>'
    '<meta property="og:site_name" content="{paper}"><meta property="article:published_time" content="{iso}">'
    '</head><body><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>'
    "<article><h1>{title}</h1><p>{body}</p></article><footer>Privacy policy</footer></body></html>"
)


@dataclass(frozen=True, slots=True)
class Made:
    """An article as a file (`name` is relative, with a folder), and what may be asked of it."""

    name: str
    content: str
    question: str
    answer: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder of LANGUAGE/articles/*.txt")
    options = parser.parse_args()
    for made in write(options.folder, options.articles, options.seed, options.texts):
        print(json.dumps({"file": made.name, "question": made.question, "gold": [made.answer]}, ensure_ascii=False))


def write(folder: Path, number: int, seed: int = 0, texts: Path = TEXTS) -> list[Made]:
    """Writes the articles that are not there yet; a larger number adds to the same ones."""
    found = list(articles(number, seed, texts))
    for made in found:
        path = folder / made.name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made.content, encoding="utf-8")
    return found


def articles(number: int, seed: int = 0, texts: Path = TEXTS) -> Iterator[Made]:
    """Reports of 60 to 200 words, each twentieth of 500: a story of its own, then borrowed sentences."""
    towns = [a + b + c for a in _TOWN[0] for b in _TOWN[1] for c in _TOWN[2]]
    random.Random(seed).shuffle(towns)
    for i in range(number):
        town = towns[i % len(towns)] + ("" if i < len(towns) else f" {i // len(towns)}")
        yield _article(i, town, random.Random(f"{seed} {i}"), texts)


def _article(i: int, town: str, chance: random.Random, texts: Path) -> Made:
    language = LANGUAGES[i % len(LANGUAGES)]
    title, story, question, answer = chance.choice(_EVENTS[language])
    when = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
    names = [f"{chance.choice(_FIRST.split())} {chance.choice(_LAST.split())}" for _ in range(2)]
    values = {
        "town": town,
        "language": language,
        "river": chance.choice(_TOWN[0]) + chance.choice(("e", "a", "en")),
        "who": names[0],
        "last": names[0].split()[1],
        "other": names[1],
        "paper": f"{chance.choice(_TOWN[0])}{chance.choice(_TOWN[2])} {chance.choice(_PAPERS.split())}",
        "day": f"{when.day} {when:%B}",
        "iso": when.isoformat(),
        "year": chance.randint(1870, 2010),
        "money": f"{chance.randint(2, 80)}.{chance.randint(1, 9)}",
        "people": f"{chance.randint(1, 60)},{chance.randint(100, 999)}",
        "n": chance.randint(20, 90),
        "m": chance.randint(2, 19),
    }
    values["title"] = title.format(**values)
    borrowed = _borrowed(texts, language)
    paragraphs = [story.format(**values)]
    for _ in range(10 if i % 20 == 19 else chance.randint(0, 2)):  # loose sentences: no two passages are alike
        paragraphs.append(" ".join(chance.sample(borrowed, 2)))
    if language == "en":
        paragraphs.append(" ".join(part.format(**values) for part in chance.sample(_REACTIONS, 2)))
    head, body = values["title"], "\n\n".join(paragraphs)
    if i % 5 == 3:
        suffix, content = "html", _HTML.format(**values, body=body.replace("\n\n", "</p><p>"))
    elif i % 5 == 4:
        suffix, content = "txt", f"{_MENU}\n{head}\n\n{values['paper']}\n{when:%B} {when.day}, {when.year}\n\n{body}"
        content += _FOOTER.format(**values)
    else:
        suffix, content = "txt", f"{head}\n\nBy {names[1]}, {when:%B} {when.day}, {when.year}\n\n{body}\n"
    return Made(f"{i // A_FOLDER:03}/{i:06}.{suffix}", content, question.format(**values), answer.format(**values))


@lru_cache(maxsize=16)
def _borrowed(texts: Path, language: str) -> list[str]:
    """Sentences of a language, or of the starter corpus where the texts are not there."""
    files = sorted((texts / language / "articles").glob("*.txt")) or sorted(SEEDS.glob("*.txt"))
    paragraphs = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if len(line) > 80]
    return [f"{part.strip()}." for line in paragraphs for part in line.split(". ") if 40 < len(part) < 400]


if __name__ == "__main__":
    main()
