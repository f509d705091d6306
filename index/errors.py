"""The whole error tree; every message is safe to show to a user.

FootnoteError
├── UsageError          the command or a setting is wrong               (exit status 2)
├── SourceError         one file or folder could not be used; the rest goes on
│   ├── UnreadableFile      cannot be opened or decoded
│   ├── UnknownFormat       no reader for this kind of file
│   └── NoArticle           read, but there is no article in it
├── LibraryError        the library folder could not be used
│   ├── LibraryBusy         somebody else is writing to it
│   ├── LibraryDamaged      the catalogue cannot be read
│   ├── LibraryTooNew       made by a newer version
│   └── EmbeddingMismatch   made with another embedding
├── EmbeddingError      the embedding provider failed
└── ModelError          the language model failed; the quotes answer without it
"""


class FootnoteError(Exception):
    """What failed, on which value, and what to type next."""


class UsageError(FootnoteError):
    """The command line or a setting is wrong; nothing was done."""


class SourceError(FootnoteError):
    """One file or folder could not be used; it is reported and the rest goes on."""


class UnreadableFile(SourceError):
    """The file cannot be opened or decoded."""


class UnknownFormat(SourceError):
    """There is no reader for this kind of file."""


class NoArticle(SourceError):
    """The file was read, but no article text was found in it."""


class LibraryError(FootnoteError):
    """The library folder could not be used; nothing was changed."""


class LibraryBusy(LibraryError):
    """Somebody else is writing to the library; trying again later helps. `pid` is the process, None where unknown."""

    def __init__(self, message: str, pid: int | None = None):
        super().__init__(message)
        self.pid = pid


class LibraryDamaged(LibraryError):
    """The catalogue cannot be read."""


class LibraryTooNew(LibraryError):
    """The library was made by a newer version of Footnote."""


class EmbeddingMismatch(LibraryError):
    """The library's vectors come from another embedding; it must be rebuilt to use this one."""


class EmbeddingError(FootnoteError):
    """The embedding provider failed or is not installed."""


class ModelError(FootnoteError):
    """The language model failed, is slow or is not installed; the quotes answer without it."""
