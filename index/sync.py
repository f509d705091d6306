"""Makes the index equal to the sources: adds, updates, removes."""

import hashlib
import itertools
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from index.catalog import Catalog
from index.chunk import CHUNK_VERSION, passages
from index.disk import Disk, hash_of, look
from index.embed import Embedded, embed
from index.errors import SourceError
from index.folder import FoundFile, content_hash
from index.library import Library
from index.lock import writer_lock
from index.rebuild import rebuild as make_anew
from index.rows import FileRow, PassageRow
from index.stages import Progress, Stopped, ahead
from index.types import EXTRACT_VERSION, Article, Draft, Failure, Passage

BATCH_PASSAGES = 256  # embedded and committed together; bounds the memory and what a kill can lose
FIRST_BATCH = 16  # passages; each batch is twice the one before, so that embedding need not wait for a whole one


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
    left: int = 0  # files that a stop left for the next sync


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that may have changed: as known before, as it is now, and its articles.

    `drafts` is None where nothing was read: its content is known, or `seen.error` says what went wrong.
    """

    row: FileRow | None
    seen: FileRow
    drafts: Sequence[Draft] | None


@dataclass(slots=True)
class _Batch:
    """Articles that are embedded and written together, each with its file and passages, and what they replace.

    `kept` has, for each passage, what the catalogue has of it where an edit left it as it was, None where it is new.
    """

    files: list[FileRow] = field(default_factory=list)
    articles: list[tuple[Article, str, tuple[Passage, ...]]] = field(default_factory=list)
    kept: list[PassageRow | None] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    added: int = 0
    updated: int = 0


def sync(
    library: Library,
    paths: Sequence[str] = (),
    *,
    allow_empty: bool = False,
    rebuild: bool = False,
    retry: bool = False,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> SyncReport:
    """Adds `paths` to the source roots and makes the index equal to what is on the disk.

    A file that fails is reported and keeps its last good version; it is read again when it changes, or with
    `retry`. `rebuild` makes all anew, with the embedding configured now; one that was not completed is gone on with.
    `stop` ends it within about a second: what is written stays, `left` counts the rest. Raises LibraryBusy where
    another process is writing, SourceError for a path that does not exist.
    """
    started = time.perf_counter()
    report, progress, stop = SyncReport(), progress or (lambda *_: None), stop or threading.Event()
    with writer_lock(library):
        _add_roots(library, paths)
        disk = look(library, allow_empty)
        try:
            if rebuild or _is_rebuilding(library):
                make_anew(library, progress, stop)
                library.vectors.rebuild()
            _remove(library, disk, report)
            _update(library, disk.found, report, retry, progress, stop)
            if not library.vectors.sound and not stop.is_set():  # and nothing was written, which would have made it so
                library.vectors.rebuild()
            library.vectors.compact()
        except Stopped:
            report.left = len(disk.found)
        report.failed = [*disk.failures, *library.failures()]
        report.articles = library.catalog.article_count()
        report.chunks = library.catalog.passage_count()
        report.unchanged = report.articles - report.added - report.updated
    report.seconds = time.perf_counter() - started
    return report


def changed_since(library: Library) -> list[str]:
    """What a sync would find to do, one sentence a file: gone, new or with another content than was indexed.

    First what it could not: roots and folders that are missing, empty or cannot be listed.
    """
    disk, files, made_by = look(library), library.catalog.files(), _made_by(library)
    gone = [row.shown for row in files.values() if disk.is_gone(row)]
    found = [failure.error for failure in disk.failures]
    found += [f"{shown}: is gone from the disk but still in the index" for shown in gone]
    for entry in disk.found.values():
        row = files.get(entry.real)
        if row is None:
            found.append(f"{entry.shown}: is on the disk but not in the index")
        elif row.made_by != made_by:
            found.append(f"{entry.shown}: was indexed by an earlier version")
        elif not _untouched(entry, row, made_by) and row.error is None and hash_of(entry.real) != row.hash:
            found.append(f"{entry.shown}: has changed since it was indexed")
    return found


def forget(library: Library, path: str) -> int:
    """Drops a source root or a file from the index, never from the disk; returns how many articles went.

    A forgotten file inside a root comes back with the next sync unless the root is forgotten too.
    Raises SourceError for a path that the library does not know.
    """
    catalog = library.catalog
    real = os.path.realpath(path)
    with writer_lock(library):
        known, rows = catalog.roots(), catalog.files()
        roots = {root for root, _ in known if root == real}
        if not roots and real not in rows:  # no such path is known from here: one that was given from another folder
            roots = {root for root, given in known if given == path}
        files = {row.real for row in rows.values() if row.root in roots or row.real == real}
        if not roots and not files:
            files = {row.real for row in rows.values() if row.shown == path or row.real.startswith(real + os.sep)}
        if not roots and not files:
            raise SourceError(f"{path} is not in the library. `footnote sources` lists what is.")
        gone = [article.id for file in files for article in catalog.articles_of(file)]
        old = sorted(catalog.passage_ids(gone))
        with _vectors(library, bool(old)):
            with catalog.writing() as writer:
                for file in files:
                    writer.drop_file(file)
                for root in roots:
                    writer.drop_root(root)
            library.vectors.remove(old)
    return len(gone)


def _is_rebuilding(library: Library) -> bool:
    """Whether a rebuild with the embedding configured now was begun and not completed."""
    begun = library.catalog.meta("anew")
    return begun is not None and begun == library.configured.name


def _add_roots(library: Library, paths: Sequence[str]) -> None:
    for path in paths:
        if not os.path.exists(path):
            raise SourceError(f"There is no file or folder {path}. Check the path.")
    known = dict(library.catalog.roots())
    fresh: dict[str, str] = {}
    for path in paths:
        real = os.path.realpath(path)
        taken = any(given == path and root != real for root, given in {**known, **fresh}.items())  # "." elsewhere
        fresh[real] = real if taken else path
    if fresh.items() - known.items():
        with library.catalog.writing() as writer:
            for real, given in fresh.items():
                writer.put_root(real, given)


def _remove(library: Library, disk: Disk, report: SyncReport) -> None:
    """Removes what is gone from the disk; a file whose content is elsewhere now has moved and keeps its ids."""
    catalog = library.catalog
    files = catalog.files()
    gone = {row.real: row for row in files.values() if disk.is_gone(row)}
    if not gone:
        return
    sizes = {row.size for row in gone.values()}
    fresh: dict[str, list[FoundFile]] = {}
    for entry in disk.found.values():
        if entry.real not in files and entry.size in sizes and (content := hash_of(entry.real)):
            fresh.setdefault(content, []).append(entry)
    moved: list[tuple[str, FileRow]] = []
    for row in list(gone.values()):
        if row.error is None and fresh.get(row.hash):
            entry = fresh[row.hash].pop()
            made_by = "" if _reads_otherwise(catalog, row, entry) else row.made_by
            moved.append((row.real, replace(row, real=entry.real, shown=entry.shown, root=entry.root,
                                            mtime_ns=entry.mtime_ns, inode=entry.inode, made_by=made_by)))  # fmt: skip
            del gone[row.real]
    articles = [article for real in gone for article in catalog.articles_of(real)]
    old = sorted(catalog.passage_ids([article.id for article in articles]))
    with _vectors(library, bool(old)):
        with catalog.writing() as writer:
            for before, row in moved:
                writer.move_file(before, row)
            for real in gone:
                writer.drop_file(real)
        library.vectors.remove(old)
    report.removed = len(articles)
    report.updated += sum(row.made_by == _made_by(library) for _, row in moved)  # the others are still to be read


def _reads_otherwise(catalog: Catalog, row: FileRow, entry: FoundFile) -> bool:
    """Whether a file that moved is of another format now, or its name was an article's title."""
    before, now = os.path.basename(row.shown), os.path.basename(entry.shown)
    if Path(before).suffixes[-2:] != Path(now).suffixes[-2:]:
        return True
    return before != now and any(article.title == before for article in catalog.articles_of(row.real))


def _update(
    library: Library,
    found: dict[str, FoundFile],
    report: SyncReport,
    retry: bool,
    progress: Progress,
    stop: threading.Event,
) -> None:
    """Reads what may have changed, embeds it and writes it; while a batch is written the next ones are on their way."""
    files = library.catalog.files()
    made_by = _made_by(library)
    suspects = [
        (entry, row)
        for entry in found.values()
        for row in [files.get(entry.real)]
        if not _untouched(entry, row, made_by) or (retry and row.error)
    ]
    if not suspects:
        return
    written = 0

    def reading(name: str) -> None:
        if stop.is_set():
            raise Stopped
        progress(written, len(suspects), name)

    with suppress(Stopped), ExitStack() as stages:
        read = stages.enter_context(ahead(_extracted(library, suspects, made_by, reading), stop))
        batches = stages.enter_context(ahead(_batches(library, read, made_by), stop))
        embedded = ((batch, _embedded(library, batch, stop)) for batch in batches)
        for batch, vectors in stages.enter_context(ahead(embedded, stop)):
            _write(library, batch, vectors)
            written += len(batch.files)
            report.added += batch.added
            report.updated += batch.updated
            report.removed += len(batch.gone)
            progress(written, len(suspects), "")
    report.left = len(suspects) - written


def _extracted(
    library: Library, suspects: Sequence[tuple[FoundFile, FileRow | None]], made_by: str, reading: Callable[[str], None]
) -> Iterator[_Read]:
    for entry, row in suspects:
        reading(entry.shown)
        yield _extract(library, entry, row, made_by)


def _batches(library: Library, files: Iterable[_Read], made_by: str) -> Iterator[_Batch]:
    batch, size = _Batch(), min(FIRST_BATCH, BATCH_PASSAGES)
    for read in files:
        _add(library, read, made_by, batch)
        if len(batch.kept) >= size:
            yield batch
            batch, size = _Batch(), min(2 * size, BATCH_PASSAGES)
    if batch.files:
        yield batch


def _made_by(library: Library) -> str:
    return f"extract {EXTRACT_VERSION}, chunk {CHUNK_VERSION} of {library.config.passage_tokens}"


def _untouched(entry: FoundFile, row: FileRow | None, made_by: str) -> bool:
    seen = (entry.shown, entry.size, entry.mtime_ns, entry.inode, made_by)
    return row is not None and seen == (row.shown, row.size, row.mtime_ns, row.inode, row.made_by)


def _extract(library: Library, entry: FoundFile, row: FileRow | None, made_by: str) -> _Read:
    """What is in a file, or why it could not be read."""
    seen = FileRow(entry.real, entry.shown, entry.root, entry.size, entry.mtime_ns, entry.inode, "", made_by)
    try:
        seen = replace(seen, hash=content_hash(entry.real))
        if row and row.error is None and (row.hash, row.made_by) == (seen.hash, made_by):
            return _Read(row, seen, None)
        return _Read(row, seen, library.sandbox.extract(Path(entry.real)))
    except OSError as error:
        reason = f"{entry.shown} cannot be read ({error.strerror}). Check its permissions."
    except SourceError as error:
        reason = str(error).replace(entry.real, entry.shown)
    return _Read(row, replace(seen, error=reason), None)


def _add(library: Library, read: _Read, made_by: str, batch: _Batch) -> None:
    """Adds to the batch what a file holds now, divided into passages, and what it replaces."""
    seen, row = read.seen, read.row
    batch.files.append(seen)
    if read.drafts is None:
        return
    old = library.catalog.articles_of(seen.real)
    pairs = _same_articles(read.drafts, old)
    for draft, before in zip(read.drafts, pairs, strict=True):
        article = _article(draft, seen, before.id if before else secrets.token_hex(6))
        if (
            before
            and replace(article, path=before.path, state=before.state) == before
            and row
            and row.made_by == made_by
        ):
            continue
        kept = _kept(library, before) if before and before.title == article.title else {}
        found = passages(article.text, article.language, library.config.passage_tokens)
        batch.articles.append((article, seen.real, found))
        batch.kept.extend(kept.pop(_key(article, passage), None) for passage in found)
        batch.updated += before is not None
        batch.added += before is None
    batch.gone.extend(article.id for article in old if article not in pairs)


def _same_articles(drafts: Sequence[Draft], old: Sequence[Article]) -> list[Article | None]:
    """For each draft of a file the article that it was before: of the same text, else address, title or place."""
    pairs: list[Article | None] = [None] * len(drafts)
    left = {article.id: article for article in old}
    signs: tuple[Callable[[Draft | Article], object], ...] = (
        lambda it: it.text,
        lambda it: it.url,
        lambda it: it.title,
        lambda it: it.part,
    )
    for sign in signs:
        known: dict[object, list[Article]] = {}
        for article in left.values():
            known.setdefault(sign(article), []).append(article)
        for i, draft in enumerate(drafts):
            if pairs[i] is None and sign(draft) is not None and known.get(sign(draft)):
                pairs[i] = left.pop(known[sign(draft)].pop(0).id)
    return pairs


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
        content_hash=text_hash(draft.text),
        text=draft.text,
        part=draft.part,
        leaves=draft.leaves,
    )


def text_hash(text: str) -> str:
    """What an article's `content_hash` is of its text."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _kept(library: Library, before: Article) -> dict[tuple[str, str], PassageRow]:
    """The passages that an edited article may still have, with their numbers and vectors, by what was embedded."""
    return {_key(before, row.passage): row for row in library.catalog.passages_of(before.id)}


def _key(article: Article, passage: Passage) -> tuple[str, str]:
    start = passage.span.start
    sentences = ",".join(f"{s.start - start}-{s.end - start}" for s in passage.sentences)
    return article.text[start : passage.span.end], sentences


def _embedded(library: Library, batch: _Batch, stop: threading.Event) -> list[Embedded]:
    """The vectors of the passages of a batch that are new, in order."""
    places = [(article, passage) for article, _, found in batch.articles for passage in found]
    fresh = [place for place, kept in zip(places, batch.kept, strict=True) if kept is None]
    return embed(library.embedder, fresh, stop) if fresh else []


def _write(library: Library, batch: _Batch, vectors: list[Embedded]) -> None:
    """New vectors, then one transaction that makes the new version current, then the old vectors go.

    Passages that stay keep their numbers: Chroma has them already.
    """
    catalog = library.catalog
    numbers, embedded, kept = itertools.count(catalog.next_passage()), iter(vectors), iter(batch.kept)

    def numbered(article: Article, passage: Passage) -> PassageRow:
        row = next(kept)
        return replace(row, passage=passage) if row else PassageRow(next(numbers), article.id, passage, *next(embedded))

    articles = [(article, file, [numbered(article, passage) for passage in found])
                for article, file, found in batch.articles]  # fmt: skip
    staying = {row.id for row in batch.kept if row}
    old = sorted(catalog.passage_ids([*(article.id for article, *_ in articles), *batch.gone]) - staying)
    new = [row for *_, rows in articles for row in rows if row.id not in staying]
    with _vectors(library, bool(new or old)):
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


@contextmanager
def _vectors(library: Library, change: bool) -> Iterator[None]:
    """Around a write that changes vectors, if it does; after an error inside, Chroma is not trusted any more."""
    if change:
        library.vectors.begin()
    yield
    if change:
        library.vectors.finish()
