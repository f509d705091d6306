"""One writer at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import filelock

from index.errors import LibraryBusy, LibraryError
from index.library import Library


@contextmanager
def writer_lock(library: Library) -> Iterator[None]:
    """Held while the library is written to; one writer at a time, in any process."""
    lock = filelock.FileLock(library.home / "writer.lock")  # the system frees it when its process ends, however
    holder = library.home / "writer.pid"
    try:
        lock.acquire(timeout=1.5)
    except filelock.Timeout as error:
        try:
            pid = int(holder.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            pid = None
        raise LibraryBusy(
            f"Another Footnote (process {pid or 'unknown'}) is indexing into {library.home}. "
            "Wait for it to end, then try again.",
            pid,
        ) from error
    except OSError as error:
        raise LibraryError(
            f"The library folder {library.home} cannot be written to ({error.strerror}). Check its permissions."
        ) from error
    try:
        with suppress(OSError):  # it only names the holder to others; a full disk is told by what is written next
            holder.write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()
