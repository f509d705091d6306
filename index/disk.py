"""What is on the disk, beside what the catalogue knows of it."""

import os
from dataclasses import dataclass

from index.errors import SourceError
from index.folder import FoundFile, content_hash, walk
from index.library import Library
from index.rows import FileRow
from index.types import Failure


@dataclass(frozen=True, slots=True)
class Disk:
    """What is on the disk: files by real path, folders and roots that nothing is known about now, and why."""

    found: dict[str, FoundFile]
    unknown: tuple[str, ...]
    failures: tuple[Failure, ...]

    def is_gone(self, row: FileRow) -> bool:
        within = (folder for folder in self.unknown if (row.real + os.sep).startswith(folder.rstrip(os.sep) + os.sep))
        return row.real not in self.found and row.root not in self.unknown and not any(within)


def look(library: Library, allow_empty: bool = False) -> Disk:
    """Stats every file under the source roots; reads none."""
    known = library.catalog.files()
    home = library.home.resolve()
    found: dict[str, FoundFile] = {}
    unknown: list[str] = []
    failures: list[Failure] = []
    for real, given in library.catalog.roots():
        if not os.path.exists(real):
            unknown.append(real)
            failures.append(
                Failure(
                    given,
                    f"{given} is missing; its articles are kept. Bring it back, or run `footnote forget {given}`.",
                )
            )
            continue
        unread: list[OSError] = []
        entries = list(walk(real, given, home, unread.append))
        for entry in entries:
            found.setdefault(entry.real, entry)
        for error in unread:
            if isinstance(error, FileNotFoundError):
                continue  # a folder that went while it was looked at
            shown = os.path.normpath(os.path.join(given, os.path.relpath(error.filename, real)))
            unknown.append(error.filename)
            failures.append(
                Failure(
                    shown,
                    f"{shown} cannot be listed ({error.strerror}); its articles are kept. Check its permissions.",
                )
            )
        had = not entries and any(row.root == real or row.real.startswith(real + os.sep) for row in known.values())
        if had and real not in unknown and not allow_empty:
            unknown.append(real)
            failures.append(
                Failure(
                    given,
                    f"{given} is empty now; its articles are kept. If that is right: `footnote index --allow-empty`.",
                )
            )
    return Disk(found, tuple(unknown), tuple(failures))


def hash_of(real: str) -> str | None:
    """The hash of a file's content, None for one that cannot be read (now)."""
    try:
        return content_hash(real)
    except (SourceError, OSError):
        return None
