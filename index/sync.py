"""Makes the index equal to the sources: adds, updates, removes."""

import hashlib
import itertools
import os
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import filelock
import numpy as np

from index.catalog import FileRow, PassageRow
from index.chunk import CHUNK_VERSION, passages
from index.errors import LibraryBusy, LibraryError, SourceError
from index.extract import EXTRACT_VERSION
from index.folder import FoundFile, content_hash, walk
from index.library import Library
from index.types import Article, Draft, Failure, Passage

BATCH_PASSAGES = 256  # embedded and committed together; bounds the memory and what a kill can lose
AHEAD = 2  # batches that reading is ahead of embedding, and embedding of writing

T = TypeVar("T")
Embedded = tuple[np.ndarray, np.ndarray]  # vectors of a passage (dimensions,), of its sentences (sentences, dimensions)
Progress = Callable[[int, int, str], None]  # files done, files in all, what is being read


@dataclass(slots=True)
class SyncReport:
    """What a sync did, in articles."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    failed: list[Failure] = field(default_factory=list)
    articles: int = 0
    chunks: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _Batch:
    """Articles that are embedded and written together, each with its file and passages, and what they replace.

    `kept` are the vectors of passages that an edit left as they were, None for those to embed.
    """

    files: list[FileRow] = field(default_factory=list)
    articles: list[tuple[Article, str, tuple[Passage, ...]]] = field(default_factory=list)
    kept: list[Embedded | None] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    added: int = 0
    updated: int = 0


def sync(
    library: Library,
    paths: Sequence[str] = (),
    *,
    allow_empty: bool = False,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> SyncReport:
    """Adds `paths` to the source roots and makes the index equal to what is on the disk.

    A file that fails is reported and keeps its last good version. Raises LibraryBusy where another process
    is writing, SourceError for a path that does not exist.
    """
    started = time.perf_counter()
    with writer_lock(library):
        report = SyncReport()
        if rebuild:
            _forget_everything(library)
        _add_roots(library, paths)
        if not library.vectors.sound:
            library.vectors.rebuild()
        found, missing, failures = _look(library, allow_empty)
        _remove(library, found, missing, report)
        _update(library, found, report, progress or (lambda done, total, name: None))
        report.failed = [*failures, *library.failures()]
        report.articles = len(library.articles())
        report.chunks = library.catalog.passage_count()
        report.unchanged = report.articles - report.added - report.updated
    report.seconds = time.perf_counter() - started
    return report


def forget(library: Library, path: str) -> int:
    """Drops a source root or a file from the index, never from the disk; returns how many articles went.

    A forgotten file inside a root comes back with the next sync unless the root is forgotten too.
    Raises SourceError for a path that the library does not know.
    """
    catalog = library.catalog
    real = os.path.realpath(path)
    with writer_lock(library):
        roots = {root for root, given in catalog.roots() if path == given or real == root}
        files = {
            row.real
            for row in catalog.files().values()
            if row.root in roots or row.real == real or row.shown == path or row.real.startswith(real + os.sep)
        }
        if not roots and not files:
            raise SourceError(f"{path} is not in the library. `footnote sources` lists what is.")
        gone = [article.id for file in files for article in catalog.articles_of(file)]
        old = sorted(catalog.passage_ids(gone))
        library.vectors.begin()
        with catalog.writing() as writer:
            for file in files:
                writer.drop_file(file)
            for root in roots:
                writer.drop_root(root)
        library.vectors.remove(old)
        library.vectors.finish()
    return len(gone)


@contextmanager
def writer_lock(library: Library) -> Iterator[None]:
    """Held while the library is written to; one writer at a time, in any process."""
    lock = filelock.FileLock(library.home / "writer.lock")
    holder = library.home / "writer.pid"
    try:
        lock.acquire(timeout=1.5)
    except filelock.Timeout as error:
        pid = holder.read_text(encoding="utf-8") if holder.exists() else "unknown"
        raise LibraryBusy(
            f"Another Footnote (process {pid}) is indexing into {library.home}. Wait for it to end, then try again."
        ) from error
    except OSError as error:
        raise LibraryError(
            f"The library folder {library.home} cannot be written to ({error.strerror}). Check its permissions."
        ) from error
    try:
        holder.write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _forget_everything(library: Library) -> None:
    with library.catalog.writing() as writer:
        for file in library.catalog.files():
            writer.drop_file(file)
        writer.drop_meta("embedding")
    library.vectors.rebuild()


def _add_roots(library: Library, paths: Sequence[str]) -> None:
    for path in paths:
        if not os.path.exists(path):
            raise SourceError(f"There is no file or folder {path}. Check the path.")
    known = library.roots()
    fresh = [path for path in paths if path not in known]
    if fresh:
        with library.catalog.writing() as writer:
            for path in fresh:
                writer.put_root(os.path.realpath(path), path)


def _look(library: Library, allow_empty: bool) -> tuple[dict[str, FoundFile], set[str], list[Failure]]:
    """The files on the disk by real path, the roots that are not to be trusted, and why."""
    known_roots = {row.root for row in library.catalog.files().values()}
    found: dict[str, FoundFile] = {}
    missing: set[str] = set()
    failures: list[Failure] = []
    for real, given in library.catalog.roots():
        before = len(found)
        if not os.path.exists(real):
            missing.add(real)
            failures.append(
                Failure(
                    given,
                    f"{given} is missing; its articles are kept. Bring it back, or run `footnote forget {given}`.",
                )
            )
            continue
        for entry in walk(real, given, library.home.resolve()):
            found.setdefault(entry.real, entry)
        if len(found) == before and real in known_roots and not allow_empty:
            missing.add(real)
            failures.append(
                Failure(
                    given,
                    f"{given} is empty now; its articles are kept. If that is right: `footnote index --allow-empty`.",
                )
            )
    return found, missing, failures


def _remove(library: Library, found: dict[str, FoundFile], missing: set[str], report: SyncReport) -> None:
    """Removes what is gone from the disk; a file whose content is elsewhere now has moved and keeps its ids."""
    catalog = library.catalog
    files = catalog.files()
    gone = [row for row in files.values() if row.real not in found and row.root not in missing]
    if not gone:
        return
    fresh = {real: entry for real, entry in found.items() if real not in files}
    by_size: dict[int, list[FoundFile]] = {}
    for entry in fresh.values():
        by_size.setdefault(entry.size, []).append(entry)
    moved: list[tuple[str, FileRow]] = []
    for row in list(gone):
        for entry in by_size.get(row.size, []):
            if row.error is None and content_hash(entry.real) == row.hash:
                moved.append((row.real, replace(row, real=entry.real, shown=entry.shown, root=entry.root,
                                                mtime_ns=entry.mtime_ns, inode=entry.inode)))  # fmt: skip
                by_size[row.size].remove(entry)
                gone.remove(row)
                break
    articles = [article for row in gone for article in catalog.articles_of(row.real)]
    old = sorted(catalog.passage_ids([article.id for article in articles]))
    library.vectors.begin()
    with catalog.writing() as writer:
        for before, row in moved:
            writer.move_file(before, row)
        for row in gone:
            writer.drop_file(row.real)
    library.vectors.remove(old)
    library.vectors.finish()
    report.removed = len(articles)
    report.updated += len(moved)


def _update(library: Library, found: dict[str, FoundFile], report: SyncReport, progress: Progress) -> None:
    """Reads what may have changed, embeds it and writes it; while a batch is written the next ones are on their way."""
    files = library.catalog.files()
    made_by = _made_by(library)
    suspects = [
        (entry, files.get(entry.real))
        for entry in found.values()
        if not _untouched(entry, files.get(entry.real), made_by)
    ]
    with _ahead(_batches(library, suspects, made_by, progress)) as batches:
        embedded = ((batch, _embed(library, batch)) for batch in batches)
        with _ahead(embedded) as complete:
            for batch, vectors in complete:
                _write(library, batch, vectors)
                report.added += batch.added
                report.updated += batch.updated
                report.removed += len(batch.gone)
    if suspects:
        progress(len(suspects), len(suspects), "")


@contextmanager
def _ahead(items: Iterable[T]) -> Iterator[Iterator[T]]:
    """The same items, made in a thread that is at most AHEAD of them ahead; its errors are raised here.

    When the block ends, the thread has ended too.
    """
    made: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()
    free = threading.Semaphore(AHEAD)
    left = threading.Event()

    def make() -> None:
        try:
            for item in items:
                made.put((item, None))
                free.acquire()
                if left.is_set():
                    return
            made.put((None, None))
        except BaseException as error:  # whatever it is, it is raised where the items are wanted
            made.put((None, error))

    def take() -> Iterator[T]:
        while True:
            item, error = made.get()
            if error is not None:
                raise error
            if item is None:
                return
            yield item
            free.release()

    thread = threading.Thread(target=make, name="ahead", daemon=True)
    thread.start()
    try:
        yield take()
    finally:
        left.set()
        free.release()
        thread.join()


def _batches(
    library: Library, suspects: Sequence[tuple[FoundFile, FileRow | None]], made_by: str, progress: Progress
) -> Iterator[_Batch]:
    batch = _Batch()
    for done, (entry, row) in enumerate(suspects):
        progress(done, len(suspects), entry.shown)
        _read(library, entry, row, made_by, batch)
        if len(batch.kept) >= BATCH_PASSAGES:
            yield batch
            batch = _Batch()
    if batch.files:
        yield batch


def _made_by(library: Library) -> str:
    return f"extract {EXTRACT_VERSION}, chunk {CHUNK_VERSION} of {library.config.passage_tokens}"


def _untouched(entry: FoundFile, row: FileRow | None, made_by: str) -> bool:
    seen = (entry.shown, entry.size, entry.mtime_ns, entry.inode, made_by)
    return row is not None and seen == (row.shown, row.size, row.mtime_ns, row.inode, row.made_by)


def _read(library: Library, entry: FoundFile, row: FileRow | None, made_by: str, batch: _Batch) -> None:
    """Adds to the batch what is in a file, or why it could not be read."""
    seen = FileRow(entry.real, entry.shown, entry.root, entry.size, entry.mtime_ns, entry.inode, "", made_by)
    try:
        seen = replace(seen, hash=content_hash(entry.real))
        if row and row.error is None and (row.hash, row.made_by) == (seen.hash, made_by):
            batch.files.append(seen)
            return
        drafts = library.sandbox.extract(Path(entry.real))
    except OSError as error:
        batch.files.append(
            replace(seen, error=f"{entry.shown} cannot be read ({error.strerror}). Check its permissions.")
        )
        return
    except SourceError as error:
        batch.files.append(replace(seen, error=str(error).replace(entry.real, entry.shown)))
        return
    batch.files.append(seen)
    old = library.catalog.articles_of(entry.real)
    for i, draft in enumerate(drafts):
        before = old[i] if i < len(old) else None
        article = _article(draft, entry, before.id if before else secrets.token_hex(6))
        if (
            before
            and replace(article, path=before.path, state=before.state) == before
            and row
            and row.made_by == made_by
        ):
            continue
        kept = _kept(library, before) if before and before.title == article.title else {}
        found = passages(article.text, article.language, library.config.passage_tokens)
        batch.articles.append((article, entry.real, found))
        batch.kept.extend(kept.get(_key(article, passage)) for passage in found)
        batch.updated += before is not None
        batch.added += before is None
    batch.gone.extend(article.id for article in old[len(drafts) :])


def _article(draft: Draft, entry: FoundFile, id: str) -> Article:
    return Article(
        id=id,
        path=entry.shown,
        title=draft.title or os.path.basename(entry.shown),
        publisher=draft.publisher,
        author=draft.author,
        published=draft.published,
        language=draft.language,
        url=draft.url,
        content_hash=hashlib.sha256(draft.text.encode()).hexdigest()[:32],
        text=draft.text,
        part=draft.part,
        leaves=draft.leaves,
    )


def _kept(library: Library, before: Article) -> dict[tuple[str, str], Embedded]:
    """The vectors that an edited article still has a use for, by what was embedded."""
    rows = library.catalog.passages_of(before.id)
    return {_key(before, row.passage): (row.vector, row.sentence_vectors) for row in rows}


def _key(article: Article, passage: Passage) -> tuple[str, str]:
    start = passage.span.start
    sentences = ",".join(f"{s.start - start}-{s.end - start}" for s in passage.sentences)
    return article.text[start : passage.span.end], sentences


def _embed(library: Library, batch: _Batch) -> list[Embedded]:
    """The vectors of every passage of a batch, in order; only text that is new is embedded."""
    places = [(article, passage) for article, _, found in batch.articles for passage in found]
    wanted = [place for place, kept in zip(places, batch.kept, strict=True) if kept is None]
    if not wanted:
        return list(batch.kept)
    fresh = iter(
        library.embedder.passages(
            [article.text[p.span.start : p.span.end] for article, p in wanted],
            [[(s.start - p.span.start, s.end - p.span.start) for s in p.sentences] for _, p in wanted],
            [article.title for article, _ in wanted],
        )
    )
    return [next(fresh) if kept is None else kept for kept in batch.kept]


def _write(library: Library, batch: _Batch, vectors: list[Embedded]) -> None:
    """New vectors, then one transaction that makes the new version current, then the old vectors go."""
    catalog = library.catalog
    numbers = itertools.count(catalog.next_passage())
    own = iter(vectors)
    articles = [
        (article, file, [PassageRow(next(numbers), article.id, passage, *next(own)) for passage in found])
        for article, file, found in batch.articles
    ]
    replaced = [article.id for article, *_ in articles] + batch.gone
    old = sorted(catalog.passage_ids(replaced))
    new = [row for *_, rows in articles for row in rows]
    library.vectors.begin()
    if new:
        library.vectors.add([row.id for row in new], np.array([row.vector for row in new]))
    with catalog.writing() as writer:
        if new:
            writer.set_meta("embedding", library.embedder.name)
        for file in batch.files:
            writer.put_file(file)
        for id in batch.gone:
            writer.drop_article(id)
        for article, file, rows in articles:
            writer.put_article(article, file, rows)
    library.vectors.remove(old)
    library.vectors.finish()
