"""The articles that Footnote keeps itself: uploaded files and fetched pages, in a folder below the library's."""

import json
import os
import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from index.errors import LibraryError
from index.fetch import Fetched
from index.library import Library

FOLDER = "added"
_NAME = 100  # characters of a file's name


def keep(library: Library, name: str, content: bytes, url: str | None = None) -> str:
    """Writes a file into the managed folder, whole or not at all; returns the folder, for `sync` to index.

    Another file of that name stays and the new one gets a number; the same file again is written over.
    """
    folder = library.home / FOLDER
    stem, suffix = os.path.splitext(_plain(name))
    fresh = folder / f".{secrets.token_hex(6)}"
    try:
        folder.mkdir(exist_ok=True)
        fresh.write_bytes(content)
        number = 1
        while (place := folder / (f"{stem}-{number}{suffix}" if number > 1 else f"{stem}{suffix}")).exists():
            if place.read_bytes() == content:
                break
            number += 1
        if url is not None:
            Path(f"{place}.meta.toml").write_text(f"url = {json.dumps(url)}\n", encoding="utf-8")
        os.replace(fresh, place)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise LibraryError(
            f"{name} cannot be kept in {folder} ({error.strerror}). Check the free disk space and its permissions."
        ) from error
    return str(folder)


def keep_page(library: Library, page: Fetched) -> str:
    """A fetched page, under a name made of its address."""
    parts = urlsplit(page.url)
    name = re.sub(r"\.(html?|php|aspx?|txt|md|pdf)$", "", f"{parts.hostname}{parts.path}".strip("/"))
    return keep(library, f"{name.replace('/', '-')}{page.suffix}", page.content, page.url)


def _plain(name: str) -> str:
    """A name without folders, leading dots and what some disk refuses."""
    stem, suffix = os.path.splitext(re.split(r"[\\/]", name)[-1])
    stem = re.sub(r"[^\w .()-]", "_", stem).strip(" .") or "article"
    return f"{stem[:_NAME]}{re.sub(r'[^.A-Za-z0-9]', '', suffix)[:10]}"
