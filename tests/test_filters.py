"""The catalogue chooses the articles that a plain reading of the filters chooses."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalog import Catalog
from index.rows import PassageRow
from index.types import Article, Passage, Span
from index.vectors import Vectors
from qa.retrieve import _allowed
from qa.types import ANY, Filters
from tests.catalogued import catalogued
from tests.test_render import article

PUBLISHERS = (None, "Straße am Main", "STRASSE AM MAIN", "100% News_")
AUTHORS = (None, "Ann Bee", "Zoë Ngô")
DATES = (None, "2023", "2023-05-01", "2023-05-01T10:00:00Z")
PATHS = ("a/b.txt", "a%/b.txt", "Ấn/a/b.jsonl#3")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalog, dict[int, Article]]:
    """Articles of every kind, each with one passage, by the number of that."""
    kinds = enumerate(product(PUBLISHERS, AUTHORS, DATES, ("en", None), PATHS), 1)
    articles = {
        number: article(f"x{number}", id=f"a{number}", publisher=publisher, author=author, published=date,
                        language=language, path=path, part="", url=None)
        for number, (publisher, author, date, language, path) in kinds
    }  # fmt: skip
    catalog = catalogued(Path(tmp_path_factory.mktemp("shelf")) / "c", articles.values())
    passage = Passage(Span(0, 1), (Span(0, 1),))
    with catalog.writing() as writer:
        for number, own in articles.items():
            row = PassageRow(number, own.id, passage, np.ones(2, np.float32), np.ones((1, 2), np.float32))
            writer.put_article(own, f"/saved/{own.id}", [row])
    return catalog, articles


def passes(article: Article, filters: Filters) -> bool:
    date = article.published
    return (
        (filters.publisher is None or filters.publisher.casefold() in (article.publisher or "").casefold())
        and (filters.author is None or filters.author.casefold() in (article.author or "").casefold())
        and (filters.language is None or filters.language == article.language)
        and (filters.path is None or article.path.startswith(filters.path))
        and (filters.without is None or not article.path.startswith(filters.without))
        and (filters.after is None or (date is not None and date >= filters.after))
        and (filters.before is None or (date is not None and date <= filters.before))
    )


def parts(*texts: str | None) -> st.SearchStrategy[str | None]:
    """None, or a part of one of the texts, as it is or in other case, or anything."""
    cuts = st.tuples(st.sampled_from([text for text in texts if text]), st.integers(0, 9), st.integers(0, 20))
    cut = cuts.map(lambda own: own[0][own[1] : own[1] + own[2]])
    return st.one_of(st.none(), cut, cut.map(str.upper), st.sampled_from(["%", "_", '"', "'"]))


@given(
    st.builds(
        Filters,
        publisher=parts(*PUBLISHERS),
        author=parts(*AUTHORS),
        language=st.sampled_from([None, "en", "vi"]),
        after=st.sampled_from(DATES),
        before=st.sampled_from(DATES),
        path=parts(*PATHS),
        without=parts(*PATHS),
    )
)
def test_filters(shelf, filters: Filters) -> None:
    catalog, articles = shelf
    chosen = {number for number, article in articles.items() if passes(article, filters)}
    assert _allowed(catalog, filters) == (None if filters == ANY else chosen)


def test_the_nearest_of_those_that_pass_whether_many_do_or_few_or_only_the_furthest(tmp_path: Path) -> None:
    draw = np.random.default_rng(0)
    drawn = draw.normal(size=(300, 8)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    catalog = catalogued(tmp_path / "c", [own := article("x", id="a")])
    one = Passage(Span(0, 1), (Span(0, 1),))
    with catalog.writing() as writer:
        writer.put_article(own, "/saved/a", [PassageRow(i, own.id, one, v, v[None]) for i, v in enumerate(drawn, 1)])
    vectors = Vectors(tmp_path, catalog)
    vectors.rebuild()
    ranked = (np.argsort(-drawn @ drawn[7]) + 1).tolist()
    for among in (set(ranked), set(ranked[::2]), set(ranked[::30]), set(ranked[150:])):
        [nearest] = vectors.nearest(drawn[7][None], 9, among)
        assert [id for id, _ in nearest] == [id for id in ranked if id in among][:9]
