"""Compares sources, catalogue and vectors, and repairs what disagrees."""

import numpy as np

from index.errors import LibraryError
from index.library import Library
from index.lock import writer_lock
from index.sync import changed_since, sync, text_hash

_PROBES = 20  # passages that are looked up, and searched for by their own vector
_SAME = 0.999  # cosine
_MISSED = 0.1  # of them may not be found: Chroma's search is approximate, and passes over a passage now and then


def check(library: Library) -> list[str]:
    """What disagrees, one sentence each; empty when all is well."""
    catalog = library.catalog
    problems = [f"catalogue: {problem}" for problem in catalog.integrity()]
    problems += changed_since(library)
    problems += [f"{shown}: was read but has no article" for shown in catalog.empty_files().values()]
    problems += [problem for own in _article_problems(library).values() for problem in own]
    return problems + _vector_problems(library)


def repair(library: Library) -> None:
    """Rebuilds the vectors from the catalogue, then makes the index equal to the sources.

    Files whose articles are wrong in the catalogue are read again; vectors of passages that are right are kept.
    """
    with writer_lock(library):
        wrong = {library.catalog.file_of(id) for id in _article_problems(library)} | set(library.catalog.empty_files())
        if wrong:
            with library.catalog.writing() as writer:
                for file in wrong:
                    writer.distrust_file(file)
        library.vectors.rebuild()
    sync(library)


def _article_problems(library: Library) -> dict[str, list[str]]:
    """What is wrong with articles in the catalogue, by their ids."""
    catalog = library.catalog
    found: dict[str, list[str]] = {}
    wordless = catalog.wordless()
    for article in catalog.full_articles():
        own = [f"{article.path}: its words cannot be searched"] if article.id in wordless else []
        if text_hash(article.text) != article.content_hash:
            own.append(f"{article.path}: its text is not the one that was indexed")
        rows = catalog.passages_of(article.id)
        ends = [0, *(row.passage.span.end for row in rows)]
        starts = [*(row.passage.span.start for row in rows), len(article.text)]
        if any(ch.isalnum() for end, start in zip(ends, starts, strict=True) for ch in article.text[end:start]):
            own.append(f"{article.path}: part of its text is in no passage")
        for row in rows:
            spans = (row.passage.span, *row.passage.sentences)
            if any(not 0 <= s.start < s.end <= len(article.text) for s in spans):
                own.append(f"{article.path}: passage {row.id} lies outside the text")
            if len(row.sentence_vectors) != len(row.passage.sentences):
                own.append(f"{article.path}: passage {row.id} has sentences without a vector")
        if own:
            found[article.id] = own
    return found


def _vector_problems(library: Library) -> list[str]:
    if not library.vectors.sound:
        return ["vectors: the last write was not completed"]
    ids, vectors = library.catalog.vectors()
    try:
        stored = library.vectors.ids()
        lost, extra = set(ids) - stored, stored - set(ids)
        problems = [f"vectors: {len(lost)} passages have none"] if lost else []
        problems += [f"vectors: {len(extra)} belong to no passage"] if extra else []
        probes = [i for i in np.linspace(0, len(ids) - 1, min(_PROBES, len(ids)), dtype=int) if ids[i] in stored]
        kept = library.vectors.get([ids[i] for i in probes])
        other = [ids[i] for i in probes if kept[ids[i]] @ vectors[i] < _SAME]
        problems += [f"vectors: passage {id} has another than in the catalogue" for id in other]
        found = library.vectors.stored(vectors[probes], 5) if probes else []
        missed = [ids[i] for i, nearest in zip(probes, found, strict=True) if not _finds(nearest, ids[i])]
        if len(missed) > _MISSED * len(probes):
            problems.append(f"vectors: {len(missed)} of {len(probes)} passages are not found by their own vector")
        return problems
    except LibraryError as error:
        return [f"vectors: {error}"]


def _finds(nearest: list[tuple[int, float]], id: int) -> bool:
    """Whether a passage is among the nearest to its own vector, or one with the same vector is."""
    return id in [found for found, _ in nearest] or bool(nearest and nearest[0][1] >= _SAME)
