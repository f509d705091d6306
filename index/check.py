"""Compares sources, catalogue and vectors, and repairs what disagrees."""

import os

import numpy as np

from index.errors import LibraryError
from index.library import Library
from index.sync import sync, writer_lock

_PROBES = 20  # passages whose own vector must find them


def check(library: Library) -> list[str]:
    """What disagrees, one sentence each; empty when all is well."""
    catalog = library.catalog
    problems = [f"catalogue: {problem}" for problem in catalog.integrity()]
    for row in catalog.files().values():
        if not os.path.isfile(row.real):
            problems.append(f"{row.shown}: is gone from the disk but still in the index")
    for article in catalog.full_articles():
        for row in catalog.passages_of(article.id):
            spans = (row.passage.span, *row.passage.sentences)
            if any(not 0 <= s.start < s.end <= len(article.text) for s in spans):
                problems.append(f"{article.path}: passage {row.id} lies outside the text")
    return problems + _vector_problems(library)


def repair(library: Library) -> None:
    """Rebuilds the vectors from the catalogue, then makes the index equal to the sources."""
    with writer_lock(library):
        library.vectors.rebuild()
    sync(library)


def _vector_problems(library: Library) -> list[str]:
    if not library.vectors.sound:
        return ["vectors: the last write was not completed"]
    ids, vectors = library.catalog.vectors()
    try:
        stored = library.vectors.ids()
        lost, extra = set(ids) - stored, stored - set(ids)
        problems = [f"vectors: {len(lost)} passages have none"] if lost else []
        problems += [f"vectors: {len(extra)} belong to no passage"] if extra else []
        for i in np.linspace(0, len(ids) - 1, min(_PROBES, len(ids)), dtype=int):
            nearest = library.vectors.nearest(vectors[i], 5)
            if ids[i] not in [id for id, _ in nearest] and nearest[0][1] < 0.999:
                problems.append(f"vectors: passage {ids[i]} is not found by its own vector")
        return problems
    except LibraryError as error:
        return [f"vectors: {error}"]
