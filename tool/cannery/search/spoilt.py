"""Corrupt files of the index: what reading them raises, as one exception."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from struct import error as StructError  # noqa: N812 - a class
from zlib import error as ZlibError  # noqa: N812 - a class

from whoosh.filedb.filetables import FileFormatError

# From bytes that nobody wrote so: a file that is cut off, a number that is none, a place beyond the
# end, text that is no UTF-8 or JSON. What only a bug raises, such as TypeError, is not among them.
_READ_ERRORS = (
    EOFError,
    FileFormatError,
    LookupError,
    OverflowError,
    StructError,
    ValueError,
    ZlibError,
)


class SpoiltIndexError(Exception):
    """The index's files are missing or corrupt: it must be rebuilt."""


@contextmanager
def reading_index() -> Iterator[None]:
    """Around calls of Whoosh that read the index, except while it writes: see `merging_index`.

    Raises SpoiltIndexError for what corrupt or missing files raise.
    """
    try:
        yield
    except (OSError, *_READ_ERRORS) as error:
        raise SpoiltIndexError("a file of the index is missing or spoilt") from error


@contextmanager
def merging_index() -> Iterator[None]:
    """As `reading_index`, but an OSError stays one: the disk that is written to may be full."""
    try:
        yield
    except _READ_ERRORS as error:
        raise SpoiltIndexError("a file of the index is spoilt") from error
