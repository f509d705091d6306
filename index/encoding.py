"""Decodes text of unknown encoding."""

import codecs
import re
from pathlib import Path

from index.errors import UnreadableFile


def decode(content: bytes, path: Path, declared: re.Pattern[bytes] | None = None) -> str:
    """The text of bytes: by byte-order mark, as UTF-8, by the page's own declaration, else by likeness.

    UTF-8 with a few damaged bytes is read as such, the damaged characters lost.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\0\0\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if (encoding := utf16_without_mark(content)) is not None:
        return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(content) - error.start < 4:
            return content.decode("utf-8", errors="ignore")
    if declared and (match := declared.search(content[:4096])):
        try:
            return decode_declared(content, match.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    lossy = content.decode("utf-8", errors="ignore")
    lost = len(content) - len(lossy.encode())
    if lost < MOSTLY_UTF8 * (len(lossy.encode()) - len(lossy)):
        return lossy
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is None:
        raise UnreadableFile(f"{path}: not text in a known encoding; save it as UTF-8.")
    return str(best)


def decode_declared(content: bytes, name: str, errors: str = "strict") -> str:
    """The text of bytes in the encoding of a declared name, as browsers read it.

    ISO-8859-1 and ASCII mean Windows-1252, unless the bytes are UTF-8. LookupError for an unknown name, else errors
    as bytes.decode has them.
    """
    codec = codecs.lookup(name).name
    if codec not in ("iso8859-1", "ascii"):
        return content.decode(codec, errors)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


MOSTLY_UTF8 = 0.5
"""Lost bytes to continuation bytes. Text in a legacy encoding forms next to no UTF-8 sequences by chance."""


def utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 text of a Western language has a zero in every other byte."""
    sample = content[:2000]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.3 * len(sample) / 2 or min(even, odd) > 0.05 * len(sample) / 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
