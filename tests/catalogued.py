"""A catalogue of articles that no file holds: for pages that show what is indexed."""

from collections.abc import Iterable
from pathlib import Path

from index.catalog import Catalog
from index.rows import FileRow
from index.types import Article, Failure


def catalogued(path: Path, articles: Iterable[Article], failures: Iterable[Failure] = ()) -> Catalog:
    """Each article with its own file of its path, without passages."""
    catalog = Catalog(path)
    with catalog.writing() as writer:
        writer.put_root("/saved", "saved")
        for article in articles:
            real = f"/saved/{article.id}"
            writer.put_file(FileRow(real, article.path, "/saved", 1, 1, 1, "", ""))
            writer.put_article(article, real, ())
        for failure in failures:
            writer.put_file(FileRow(failure.path, failure.path, "/saved", 1, 1, 1, "", "", failure.error))
    return catalog
