"""Makes all vectors anew beside the old ones, which answer until the new ones can take their place in one step."""

import threading
from dataclasses import replace

from index.embed import embed
from index.library import Library
from index.rows import PassageRow
from index.stages import Progress
from index.types import Article

BATCH_PASSAGES = 256  # at least, of whole articles; embedded and kept together: what a kill can lose


def rebuild(library: Library, progress: Progress, stop: threading.Event) -> None:
    """Embeds every passage with the embedding configured now; articles, passages and their ids stay.

    Vectors that an earlier try made with the same embedding are kept. In the end Chroma has to be made anew, and
    every file is to be read again. Raises EmbeddingError where the embedding fails, and Stopped once `stop` is set:
    the library is as it was before.
    """
    catalog, embedder = library.catalog, library.configured
    with catalog.writing(revised=False) as writer:
        writer.begin_anew(embedder.name)
    waiting = catalog.not_anew()
    total = catalog.article_count()
    found: list[tuple[Article, PassageRow]] = []
    for done, id in enumerate(waiting, total - len(waiting) + 1):
        article = catalog.article(id)
        progress(done - 1, total, article.path)
        found += [(article, row) for row in catalog.passages_of(id)]
        if len(found) >= BATCH_PASSAGES or id == waiting[-1]:
            vectors = embed(embedder, [(article, row.passage) for article, row in found], stop)
            with catalog.writing(revised=False) as writer:
                writer.put_anew(
                    replace(row, vector=vector, sentence_vectors=sentence_vectors)
                    for (_, row), (vector, sentence_vectors) in zip(found, vectors, strict=True)
                )
            found = []
            progress(done, total, "")
    with catalog.writing() as writer:
        writer.take_anew()
