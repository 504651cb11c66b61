"""The sorted terms of a site's index, cut into files that stay as they are when others change.

Where a file ends is told by the terms that stand there: after an edit the borders are where they
were, and the files of terms that no edited page has are the same bytes. What is the same but for
its kana or its spelling stands side by side, for a query asks for all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from zlib import crc32

from cannery.search.browser_postings import Postings, read_varint, varint
from cannery.search.tokens import MARK
from cannery.util.text import as_katakana

_LONGEST_NAME = 12  # characters of a term that a file may be called after


@dataclass(frozen=True)
class Sizes:
    """How many bytes a file has: from `least` on it ends sooner or later, at `most` at once."""

    least: int
    span: int
    most: int


TERMS = Sizes(12_000, 12_000, 36_000)


class Cutter:
    """Tells of one item after the other whether a file begins with it."""

    def __init__(self, sizes: Sizes) -> None:
        self._sizes, self._size = sizes, 0

    def begins(self, name: str, weight: int, *, may: bool = True) -> bool:
        """`weight`: the item's bytes. The first one begins a file, and none that may not."""
        sizes, size = self._sizes, self._size
        number = crc32(name.encode("utf-8", "replace"))
        ends = size + weight > sizes.most
        ends |= size >= sizes.least and number * sizes.span < weight << 32
        if size and not (may and ends):
            self._size += weight
            return False
        self._size = weight
        return True

    def begins_file(self, start: str, group: bytes) -> bool:
        """Whether a file of terms begins with those of a key, after which files are called."""
        return self.begins(start, len(group), may=len(start) <= _LONGEST_NAME)


def key(term: str) -> str:
    """What a term is sorted by."""
    return as_katakana(term.removesuffix(MARK))


def in_order(term: str) -> tuple[str, str]:
    return key(term), term


def shards(terms: Mapping[str, Postings]) -> Iterator[tuple[str, bytes]]:
    """The files: by what the terms of each begin with, which is empty for the first one."""
    pieces = ((term, packed(term, terms[term])) for term in sorted(terms, key=in_order))
    cutter, first, data = Cutter(TERMS), "", bytearray()
    for start, group in grouped(pieces):
        if cutter.begins_file(start, group) and data:
            yield first, bytes(data)
            first, data = start, bytearray()
        data += group
    if data:
        yield first, bytes(data)


def grouped(pieces: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Sorted terms, packed: those of one key together."""
    for start, group in groupby(pieces, key=lambda piece: key(piece[0])):
        yield start, b"".join(data for _, data in group)


def shard_name(first: str) -> str:
    """The file whose terms begin with a key."""
    return f"t-{first.encode('utf-8', 'replace').hex()}.bin"


def packed(term: str, postings: Postings) -> bytes:
    raw = term.encode("utf-8", "replace")
    sizes = varint(postings.frequency) + varint(len(postings.raw))
    return varint(len(raw)) + raw + sizes + postings.raw


def pieces_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The terms in a file, each with all it has there. Raises IndexError if it is cut short."""
    at = 0
    while at < len(data):
        start = at
        size, at = read_varint(data, at)
        term = data[at : at + size].decode("utf-8", "replace")
        _, at = read_varint(data, at + size)
        size, at = read_varint(data, at)
        at += size
        yield term, data[start:at]


def unpacked(piece: bytes) -> Postings:
    """The postings of a term in what a file has of it."""
    size, at = read_varint(piece, 0)
    frequency, at = read_varint(piece, at + size)
    _, at = read_varint(piece, at)
    return Postings(frequency, piece[at:])


def terms_in(data: bytes) -> Iterator[str]:
    """The terms in a file that pages have; of one that is cut short, those before the cut.

    What stands for other spellings comes from words that pages have and from a public table.
    """
    at = 0
    try:
        while at < len(data):
            size, at = read_varint(data, at)
            term = data[at : at + size].decode("utf-8", "replace")
            if not term.endswith(MARK):
                yield term
            _, at = read_varint(data, at + size)
            size, at = read_varint(data, at)
            at += size
    except IndexError:
        return
