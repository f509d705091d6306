"""What the catalogue tells of some passages, and of its languages."""

from pathlib import Path

import numpy as np

from index.sync import sync


def test_vectors_and_passages_of_some_articles(tmp_path: Path, make_library) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"The story of {name}\n\nA council of {name} met on Monday in the hall.")
    library = make_library()
    catalog = library.catalog
    assert catalog.vectors()[0] == [] and catalog.passage_ids([]) == set() and catalog.languages() == ()
    sync(library, [str(tmp_path / f"{name}.txt") for name in ("a", "b", "c")])
    ids = {article.title[-1]: catalog.passage_ids([article.id]) for article in library.articles()}
    assert {name: len(own) for name, own in ids.items()} == {"a": 1, "b": 1, "c": 1}
    every, vectors = catalog.vectors()
    some, own = catalog.vectors(ids["a"] | ids["c"] | {999})
    assert set(every) == set().union(*ids.values()) and some == sorted(ids["a"] | ids["c"])
    assert np.array_equal(own, vectors[[every.index(id) for id in some]])


def test_languages_follow_the_articles(tmp_path: Path, make_library) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The council met on Monday\n\nThe members of the council spoke about the new bridge and its cost.")
    writer, reader = make_library(), make_library()
    sync(writer, [str(path)])
    assert reader.catalog.languages() == ("en",)
    path.write_text("Der Rat tagte am Montag\n\nDie Mitglieder des Rates sprachen über die neue Brücke und die Kosten.")
    sync(writer)
    assert reader.catalog.languages() == ("de",)
