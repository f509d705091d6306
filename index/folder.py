"""What is on the disk: the files under a source root, and their content as a hash."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SIDECAR = ".meta.toml"
# Parts of saved web pages that hold no article; anything else unknown is reported.
_IGNORED = frozenset((
    ".css", ".js", ".mjs", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".woff",
    ".woff2", ".ttf", ".eot", ".mp3", ".mp4",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file on the disk: what a look at it costs nothing to know."""

    real: str
    shown: str
    root: str
    size: int
    mtime_ns: int
    inode: int


def walk(real: str, given: str, home: Path) -> Iterator[FoundFile]:
    """The regular files under a root that may hold articles; links, hidden files and `home` are left out."""
    if os.path.isfile(real):
        if not os.path.islink(real):
            yield _stat(real, given, real)
        return
    for folder, folders, names in os.walk(real):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and Path(folder, f) != home)
        for name in sorted(names):
            path = os.path.join(folder, name)
            suffix = os.path.splitext(name)[1].lower()
            if name.startswith(".") or name.endswith(_SIDECAR) or suffix in _IGNORED or os.path.islink(path):
                continue
            yield _stat(path, os.path.join(given, os.path.relpath(path, real)), real)


def _stat(real: str, shown: str, root: str) -> FoundFile:
    """A sidecar's time counts as the file's: a change of either is a change."""
    status = os.stat(real)
    times = [status.st_mtime_ns]
    if os.path.isfile(real + _SIDECAR):
        times.append(os.stat(real + _SIDECAR).st_mtime_ns)
    return FoundFile(real, os.path.normpath(shown), root, status.st_size, max(times), status.st_ino)


def content_hash(real: str) -> str:
    """SHA-256 of a file and its sidecar."""
    digest = hashlib.sha256()
    for path in (real, real + _SIDECAR):
        if path == real or os.path.isfile(path):
            with open(path, "rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
            digest.update(b"\0")
    return digest.hexdigest()
