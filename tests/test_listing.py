"""The Sources page lists, searches, narrows and counts in the catalogue."""

from pathlib import Path

import pytest

from index.catalog import Catalog
from index.listing import Wanted
from index.sync import sync
from index.types import Article, Failure
from tests.catalogued import catalogued
from tests.test_doubles import shelf
from tests.test_render import article
from ui import sources


def shown(catalog: Catalog, **choice) -> str:
    chosen, totals = sources.Choice(**choice), catalog.totals()
    listing = catalog.listing(sources.wanted(chosen, totals.languages), chosen.page, sources.PAGE)
    return sources.sources_page(listing, totals, chosen)


def one(id: str, **fields) -> Article:
    """With a text of its own."""
    return article(" ".join(f"{id}{i}" for i in range(30)), id=id, **fields)


def test_articles_are_paged_and_searched(tmp_path: Path) -> None:
    many = [one(f"a{n}", title=f"Title {n}", path=f"p/{n:03}.txt") for n in range(230)]
    catalog = catalogued(tmp_path / "c", many, [Failure("x.pdf", "no text")])
    first, last, found = shown(catalog), shown(catalog, page=99), shown(catalog, q="TITLE 229")
    assert (first.count('class="open"'), last.count('class="open"')) == (100, 30)
    assert "Page 1 of 3" in first and "Page 3 of 3" in last and 'rel="next"' not in last
    assert found.count('class="open"') == 1 and "1 of 230 articles, 1 file" in found
    assert "x.pdf" in first and "x.pdf" not in found and "x.pdf" in shown(catalog, q="NO TEXT")
    assert "footnote index FOLDER" in shown(catalogued(tmp_path / "empty", []))


def test_articles_are_narrowed_and_charted(tmp_path: Path) -> None:
    months = [f"2023-{month:02}-01" for month in (1, 1, 3)]
    found = [one(f"a{i}", publisher=("Ä", "B")[i // 2], published=day) for i, day in enumerate(months)]
    found += [one(f"c{i}", publisher="C", published=None, language="ar") for i in range(7)]
    found += [one("x", publisher=None, published=None, language="vi"), one("m", published="2023", publisher=None)]
    catalog = catalogued(tmp_path / "c", found)

    def number(**choice) -> int:
        return shown(catalog, **choice).count('class="open"')

    assert number() == 12
    assert (number(publisher="ä"), number(language="vi"), number(state="copy"), number(state="<")) == (2, 1, 0, 0)
    assert (number(after="2023-02-01"), number(before="2023-01-31"), number(q="bridge vietnamese")) == (1, 3, 1)
    html = shown(catalog)
    assert "<rect" not in shown(catalog, language="en")
    assert 'aria-label="Articles by month: January 2023: 2; March 2023: 1"' in html and html.count("<rect") == 6
    assert 'href="sources?publisher=%C3%84"' in html


def test_what_was_found_follows_the_library(tmp_path: Path, make_library) -> None:
    """States, copies and passages are those of the library now, and a moved file is found by its new path."""
    folder = tmp_path / "a"
    shelf(folder)
    library = make_library()
    sync(library, [str(folder)])
    states = {row.article.title: (row.article.state, row.original and row.original.title, row.passages)
              for row in library.listing(Wanted(), 1, 9).rows}  # fmt: skip
    assert states == {
        "first": ("copy", "reprint", 1), "monday": ("indexed", None, 1), "report": ("indexed", None, 1),
        "reprint": ("indexed", None, 1), "tuesday": ("indexed", None, 1),
    }  # fmt: skip
    assert library.totals().states == ("copy", "indexed")
    assert all(row.indexed > "2020" for row in library.listing(Wanted(), 1, 9).rows)
    (folder / "monday.md").rename(folder / "montag.md")
    (folder / "tuesday.md").write_bytes(b"")
    sync(library)
    assert [row.article.title for row in library.listing(Wanted((("MONTAG", ()),)), 1, 9).rows] == ["monday"]
    stale = library.listing(Wanted(state="stale"), 1, 9)
    assert [row.article.title for row in stale.rows] == ["tuesday"]
    assert [failure.path for failure in stale.failures] == [str(folder / "tuesday.md")]
    assert (library.totals().failures, library.totals().states) == (1, ("stale", "copy", "indexed"))


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_pages_together_are_all(tmp_path: Path, size: int) -> None:
    catalog = catalogued(tmp_path / "c", [one(f"a{n}", path=f"p/{9 - n}.txt") for n in range(7)])
    for wanted in (Wanted(), Wanted(language="en")):
        found = [row.article.id for page in range(1, 9) for row in catalog.listing(wanted, page, size).rows]
        assert list(dict.fromkeys(found)) == [f"a{n}" for n in reversed(range(7))]
