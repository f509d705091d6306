"""What is on the disk: the files under a source root, and their content as a hash."""

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import UnreadableFile

MAX_FILE_BYTES = 25_000_000
"""Above any article; from the measurements of hostile files in notes/storage.md."""
MAX_INTEGER = 0x7FFF_FFFF_FFFF_FFFF
"""Of SQLite; file systems that join others number files beyond it."""
ATTEMPTS = 6
"""At reading a file that is being written to."""
FRESH, PAUSE = 0.5, 0.03
"""A file changed less than FRESH seconds ago is read again after PAUSE seconds: a write may be under way."""
_SIDECAR = ".meta.toml"
# Parts of saved web pages that hold no article; anything else unknown is reported.
_IGNORED = frozenset((
    ".css", ".js", ".mjs", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".woff",
    ".woff2", ".ttf", ".eot", ".mp3", ".mp4",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file on the disk: what a look at it costs nothing to know.

    `mtime_ns` is the later of the times of its content and of its status: an edit that sets the time back, or a
    change of permissions, shows in the second one. Its sidecar's is added, so that also a sidecar that goes shows.
    All three are 0 where even a look is not allowed.
    """

    real: str
    shown: str
    root: str
    size: int
    mtime_ns: int
    inode: int


def walk(real: str, given: str, home: Path, unreadable: Callable[[OSError], None]) -> Iterator[FoundFile]:
    """The files under a root that may hold articles; hidden files, links within the root and `home` are left out.

    Folders that cannot be listed go to `unreadable`. Links that lead out of the root are found, so that they are
    reported; reading refuses them, and pipes.
    """
    if not os.path.isdir(real):
        yield from _found(real, given, real)
        return
    for folder, folders, names in os.walk(real, onerror=unreadable):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and Path(folder, f) != home)
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in sorted(names + links):
            path = os.path.join(folder, name)
            suffix = os.path.splitext(name)[1].lower()
            if name.startswith(".") or name.endswith(_SIDECAR) or suffix in _IGNORED:
                continue
            if os.path.islink(path) and _within(path, real):
                continue
            yield from _found(path, os.path.join(given, os.path.relpath(path, real)), real)


def _within(link: str, root: str) -> bool:
    """Whether a link leads to something in the root, which is found there itself."""
    return os.path.exists(link) and Path(os.path.realpath(link)).is_relative_to(root)


def _found(real: str, shown: str, root: str) -> Iterator[FoundFile]:
    """A sidecar's time counts as the file's: a change of either is a change. Nothing when it is gone meanwhile."""
    try:
        status = os.lstat(real)
        seen = [status, os.stat(real + _SIDECAR)] if os.path.isfile(real + _SIDECAR) else [status]
        changed = sum(max(s.st_mtime_ns, s.st_ctime_ns) for s in seen)
        stamp = (status.st_size, changed & MAX_INTEGER, status.st_ino & MAX_INTEGER)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        stamp = (0, 0, 0)  # reading it says why
    yield FoundFile(_printable(real), os.path.normpath(_printable(shown)), root, *stamp)


def _printable(path: str) -> str:
    """A path that can be stored and shown; reading refuses one that this changes."""
    return path.encode("utf-8", errors="replace").decode("utf-8")


def content_hash(real: str) -> str:
    """SHA-256 of a file and its sidecar. UnreadableFile as `read_bytes` raises it."""
    digest = hashlib.sha256()
    for path in (real, real + _SIDECAR):
        if path == real or os.path.isfile(path):
            digest.update(read_bytes(Path(path)))
            digest.update(b"\0")
    return digest.hexdigest()


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most MAX_FILE_BYTES, as they were at one moment.

    Never waits on a pipe or a device, never follows a link in the file's place.
    """
    if "?" in str(path) and not os.path.lexists(path):
        raise UnreadableFile(f"{path}: its name is not valid UTF-8; rename it.")
    if os.path.islink(path):
        raise UnreadableFile(f"{path}: a link that leads out of the folder; index what it leads to by its own path.")
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"))
    earlier = None
    for _ in range(ATTEMPTS):
        try:
            with open(os.open(path, flags), "rb") as file:
                before = os.fstat(file.fileno())
                if not stat.S_ISREG(before.st_mode):
                    raise UnreadableFile(f"{path}: not a regular file; give the path of a saved article.")
                if before.st_size > MAX_FILE_BYTES:
                    raise UnreadableFile(
                        f"{path}: larger than {MAX_FILE_BYTES // 1_000_000} MB; Footnote reads single articles, "
                        "split it."
                    )
                content = file.read(MAX_FILE_BYTES + 1)
                after = os.fstat(file.fileno())
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UnreadableFile(f"{path}: cannot be read ({reason}); check the path and its permissions.") from error
        whole = (before.st_size, before.st_mtime_ns) == (len(content), after.st_mtime_ns)
        if whole and (content == earlier or abs(time.time() - after.st_mtime) > FRESH):
            return content
        earlier = content
        time.sleep(PAUSE)
    raise UnreadableFile(f"{path}: changes while it is read; index again when it is complete.")
