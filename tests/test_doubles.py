"""One article in several files is one source; what only looks alike stays two."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.check import check
from index.doubles import LIKE, SIZE, bands
from index.sync import forget, sync
from qa.ask import ask
from qa.retrieve import retrieve
from qa.types import Filters, Question
from qa.understand import understand

STORY = """The council of Kestrel agreed at last to raise the old dam by four metres, the mayor said after the meeting.

The work will cost 31 million crowns and take three years, during which the lake stays closed to swimmers.

The dam was built in 1931 by the Vale company, and it has been raised twice since then, in 1954 and in 1980.

Farmers below the dam fear for their wells, and they asked the council for a study of the water under the valley.

The council said that such a study would be made by the university of Dunlin, and paid for by the Vale company."""
OTHER_REPORT = """Kestrel's lake will be closed to swimmers for three years: its dam is to grow, for 31 million.

On Monday night the councillors voted for the work, eleven to four, in a meeting that lasted until after midnight.

"Nobody has asked us about our wells," said a farmer who has lived below the wall since it was raised in 1980.

A study of the ground water is promised, and the university of Dunlin is to write it at the company's expense."""
WEATHER = """The weather service expects a high of {} degrees and a low of {} degrees in the city of Kestrel today.

Rain of {} millimetres is likely in the afternoon, with winds of {} kilometres an hour from the west.

Residents are asked to check the service's warnings before they travel to the mountains or to the coast.

The service publishes its forecasts twice a day, in the morning and in the evening, for all the towns of the valley."""
QUAKE = """An earthquake of magnitude {} struck near {} on Monday night, the seismological service of the valley said.

Its centre lay in a depth of ten kilometres, and it was felt in the villages around {} and along the railway.

The service asks all who noticed the quake to fill in the form on its pages, which helps to improve its maps.

Quakes of this strength shake the region about once in three years, and seldom do any harm to its buildings."""


def write(folder: Path, name: str, text: str, published: str, publisher: str) -> None:
    folder.mkdir(exist_ok=True)
    head = f"---\ntitle: {name}\npublished: {published}\npublisher: {publisher}\n---\n"
    (folder / f"{name}.md").write_text(f"{head}{text}\n", encoding="utf-8")


def states(library) -> dict[str, str]:
    return {article.title: article.state for article in library.articles()}


def shelf(folder: Path) -> None:
    write(folder, "first", STORY, "2024-05-06", "Vale Gazette")
    reprint = STORY.replace("The council of Kestrel", "KESTREL (AP) - The council of Kestrel").replace("fear", "worry")
    write(folder, "reprint", reprint, "2024-05-08", "Dunlin Post")
    write(folder, "report", OTHER_REPORT, "2024-05-07", "Kestrel Echo")
    write(folder, "monday", WEATHER.format(14, 6, "2.5", 30), "2024-05-06", "Vale Gazette")
    write(folder, "tuesday", WEATHER.format(19, 9, "0.5", 15), "2024-05-07", "Vale Gazette")


def test_copies_are_linked_and_the_newest_edition_is_quoted(tmp_path: Path, make_library) -> None:
    shelf(tmp_path / "a")
    library = make_library()
    sync(library, [str(tmp_path / "a")])
    ids = {article.title: article.id for article in library.articles()}
    assert states(library) == {
        "first": "copy", "monday": "indexed", "report": "indexed", "reprint": "indexed", "tuesday": "indexed"
    }  # fmt: skip
    assert library.catalog.copies(ids.values()) == {ids["first"]: ids["reprint"]}
    answer = ask(library, Question("How much will the work on the dam cost?"))
    assert {citation.article.title for citation in answer.citations} <= {"reprint", "report"}
    found = retrieve(library, understand("How much will the work on the dam cost?", (), ("en",)), limit=20)
    assert "first" not in {candidate.article.title for candidate in found.candidates}
    own = ask(library, Question("How much will the work on the dam cost?", filters=Filters(publisher="Vale Gazette")))
    assert {citation.article.title for citation in own.citations} == {"first"}
    assert check(library) == []


def test_reports_of_one_pattern_on_two_places_stay_two(tmp_path: Path, make_library) -> None:
    for place, strength in (("Dunlin", 3.1), ("Kestrel", 4.4)):
        write(tmp_path / "a", place, QUAKE.format(strength, place, place), "2024-05-06", "Vale Gazette")
    write(tmp_path / "a", "again", f"(AP) - {QUAKE.format(3.1, 'Dunlin', 'Dunlin')}", "2024-05-07", "Kestrel Echo")
    library = make_library()
    sync(library, [str(tmp_path / "a")])
    assert states(library) == {"Dunlin": "copy", "Kestrel": "indexed", "again": "indexed"}
    for place, strength in (("Dunlin", "3.1"), ("Kestrel", "4.4")):
        answer = ask(library, Question(f"How strong was the earthquake near {place}?"), 0.0)
        assert f"magnitude {strength} struck near {place}" in answer.citations[0].quote


def test_what_is_like_a_copy_alone_is_no_copy_of_its_original(tmp_path: Path, make_library) -> None:
    library = make_library()
    for day, place in ((8, "Dunlin"), (7, "Kestrel"), (6, "the coast")):
        write(tmp_path / "a", place, QUAKE.format(3.1, place, place), f"2024-05-0{day}", "Vale Gazette")
        sync(library, [str(tmp_path / "a")])
    assert states(library) == {"Dunlin": "indexed", "Kestrel": "indexed", "the coast": "copy"}


@pytest.mark.parametrize(
    ("first", "second"),
    [("Smith", "Smyth"), ("Zelensky", "Zelenskyy"), ("the man", "his friend")],
)
def test_a_name_spelt_in_two_ways_is_one(tmp_path: Path, make_library, first: str, second: str) -> None:
    for i, name in enumerate((first, second)):
        text = STORY.replace("the mayor said", f"{name} said").replace("Farmers below", f"Farmers and {name} below")
        write(tmp_path / "a", f"story {i}", text, f"2024-05-0{i + 1}", "Vale Gazette")
    library = make_library()
    sync(library, [str(tmp_path / "a")])
    assert states(library) == {"story 0": "copy", "story 1": "indexed"}


def test_a_copy_whose_original_goes_is_an_article_again(tmp_path: Path, make_library) -> None:
    shelf(tmp_path / "a")
    write(tmp_path / "a", "third", STORY, "2024-05-07", "Third Times")
    library = make_library()
    sync(library, [str(tmp_path / "a")])
    assert (states(library)["first"], states(library)["third"]) == ("copy", "copy")
    (tmp_path / "a" / "reprint.md").unlink()
    sync(library)
    assert (states(library)["first"], states(library)["third"]) == ("copy", "indexed")
    write(tmp_path / "a", "third", OTHER_REPORT.replace("lake", "pond"), "2024-05-09", "Third Times")
    sync(library)
    assert (states(library)["first"], states(library)["third"], states(library)["report"]) == (
        "indexed", "indexed", "copy"
    )  # fmt: skip
    forget(library, str(tmp_path / "a" / "third.md"))
    assert set(states(library).values()) == {"indexed"}


def test_a_copy_answers_while_the_file_of_its_original_is_away(tmp_path: Path, make_library) -> None:
    shelf(tmp_path / "a")
    (tmp_path / "a" / "report.md").unlink()
    library = make_library()
    sync(library, [str(tmp_path / "a")])
    for away, cited in ((False, {"reprint"}), (True, {"first"}), (False, {"reprint"})):
        (tmp_path / "a" / "reprint.md").rename(tmp_path / "reprint.md") if away else None
        answer = ask(library, Question("How much will the work on the dam cost?"))
        assert {citation.article.title for citation in answer.citations} == cited
        (tmp_path / "reprint.md").rename(tmp_path / "a" / "reprint.md") if away else None


def test_the_order_of_arrival_does_not_matter(tmp_path: Path, make_library) -> None:
    shelf(tmp_path / "new")
    (tmp_path / "old").mkdir()
    (tmp_path / "new" / "first.md").rename(tmp_path / "old" / "first.md")
    library = make_library()
    sync(library, [str(tmp_path / "new")])
    sync(library, [str(tmp_path / "old")])
    assert (states(library)["first"], states(library)["reprint"]) == ("copy", "indexed")


def test_editions_at_one_address_may_differ_more(tmp_path: Path, make_library) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    paragraphs = STORY.split("\n\n")
    for name, text in (("early", paragraphs[:3]), ("late", [*paragraphs, OTHER_REPORT])):
        head = f"---\ntitle: {name}\nurl: https://vale.example/dam\n---\n"
        (folder / f"{name}.md").write_text(head + "\n\n".join(text), encoding="utf-8")
    library = make_library()
    sync(library, [str(folder)])
    assert states(library) == {"early": "copy", "late": "indexed"}


def test_articles_that_are_alike_share_a_band() -> None:
    chance = np.random.default_rng(1)
    least = int(np.ceil(LIKE * SIZE))
    for _ in range(200):
        one, other = chance.integers(0, 2**32, (2, SIZE), dtype=np.uint32)
        assert not set(bands(one)) & set(bands(other))
        equal = chance.permutation(SIZE)[:least]
        other[equal] = one[equal]
        assert set(bands(one)) & set(bands(other))


def test_only_originals_are_looked_up(tmp_path: Path, make_library) -> None:
    """Bands are kept of every article that is no copy, through all that happens, and of nothing else."""
    library = make_library()

    def looked_up() -> set[str]:
        with closing(sqlite3.connect(library.home / "catalog.sqlite")) as connection:
            kept = set(connection.execute("SELECT band, article FROM bands"))
            rows = connection.execute("SELECT article, signature FROM doubles WHERE copy_of IS NULL").fetchall()
        assert kept == {(band, id) for id, own in rows for band in bands(np.frombuffer(own, np.uint32))}
        return {id for _, id in kept}

    shelf(tmp_path / "a")
    sync(library, [str(tmp_path / "a")])
    assert len(looked_up()) == 4
    (tmp_path / "a" / "reprint.md").unlink()
    sync(library)
    assert len(looked_up()) == 4 == len(library.articles())
    write(tmp_path / "a", "report", STORY, "2024-06-01", "Dunlin Post")
    sync(library)
    assert len(looked_up()) == 3
    forget(library, str(tmp_path / "a"))
    assert looked_up() == set()
