"""What a file holds before cleaning."""

from dataclasses import dataclass
from typing import Literal

from index.types import Draft

NOTHING = Draft(text="")


@dataclass(frozen=True, slots=True)
class Page:
    """One article's worth of a file, before cleaning.

    `text` has one paragraph or line of the page a line; of an article, with a blank line between. A "page"
    is text with menus and all, out of which the article must be cut; a "print" may be one (a web page saved
    as PDF) or a document; an "article" is the article already. `stated` is what the file itself declares
    about the article (its text left empty), word for word. `part` tells apart the articles of one file.
    `leaves` are the offsets in `text` at which the numbered pages of a PDF begin. `around` is the whole page as
    text where `text` is the article alone: lines around the article tell what `stated` does not.
    """

    text: str
    kind: Literal["page", "print", "article"]
    stated: Draft = NOTHING
    part: str = ""
    leaves: tuple[int, ...] = ()
    around: str = ""
