"""The sorted terms of a site's index, cut into files that stay as they are when others change.

Where a file ends is told by the terms that stand there: after an edit the borders are where they
were, and the files of terms that no edited page has are the same bytes. What is the same but for
its kana or its spelling stands side by side, for a query asks for all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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


def key(term: str) -> str:
    """What a term is sorted by."""
    return as_katakana(term.removesuffix(MARK))


def in_order(term: str) -> tuple[str, str]:
    return key(term), term


def shards(terms: Mapping[str, Postings]) -> Iterator[tuple[str, bytes]]:
    """The files: by what the terms of each begin with, which is empty for the first one."""
    return joined(packed_groups(sorted(terms, key=in_order), terms.__getitem__))


def packed_groups(
    names: Iterable[str], postings: Callable[[str], Postings]
) -> Iterator[tuple[str, bytes]]:
    """Sorted terms as files have them, those of one key together."""
    for start, group in groupby(names, key=key):
        yield start, b"".join(_packed(term, postings(term)) for term in group)


def joined(groups: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The groups as files, by the key of the first; of the very first one it is empty."""
    cutter, first, data = Cutter(TERMS), "", bytearray()
    for start, packed in groups:
        may = len(start) <= _LONGEST_NAME
        if cutter.begins(start, len(packed), may=may) and data:
            yield first, bytes(data)
            first, data = start, bytearray()
        data += packed
    if data:
        yield first, bytes(data)


def shard_name(first: str) -> str:
    """The file whose terms begin with a key."""
    return f"t-{first.encode('utf-8', 'replace').hex()}.bin"


def _packed(term: str, postings: Postings) -> bytes:
    raw = term.encode("utf-8", "replace")
    sizes = varint(postings.frequency) + varint(len(postings.raw))
    return varint(len(raw)) + raw + sizes + postings.raw


def unpacked(data: bytes) -> Iterator[tuple[str, Postings]]:
    """The terms in a file. Raises IndexError if it is cut short."""
    at = 0
    while at < len(data):
        size, at = read_varint(data, at)
        term = data[at : at + size].decode("utf-8", "replace")
        frequency, at = read_varint(data, at + size)
        size, at = read_varint(data, at)
        yield term, Postings(frequency, data[at : at + size])
        at += size


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
