"""Where terms stand, as bytes: what of a site's index is read by `site/web/search_postings.js`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from cannery.search.tokens import is_compact

_TEXT = 8  # what a posting's first number is from on, if the text has the term


class Postings(NamedTuple):
    """How many texts have a term, and its posting list: numbers in seven bits a byte.

    Each posting: the gap to the previous page's number, and what `PageTerms` has of the page.
    """

    frequency: int
    raw: bytes


NO_POSTINGS = Postings(0, b"")


def merged(pages: Iterable[Mapping[str, bytes]]) -> dict[str, Postings]:
    """The postings of all terms of some pages, which are numbered in their order."""
    lists: dict[str, bytearray] = {}
    last: dict[str, int] = {}
    frequency: dict[str, int] = {}
    for number, page in enumerate(pages):
        for term, posting in page.items():
            before = last.get(term)
            if before is None:
                lists[term] = bytearray(varint(number))
                frequency[term] = 0
            else:
                lists[term] += varint(number - before - 1)
            lists[term] += posting
            last[term] = number
            frequency[term] += posting[0] >= _TEXT
    return {term: Postings(frequency[term], bytes(raw)) for term, raw in lists.items()}


def gaps(numbers: Iterable[int]) -> bytes:
    """The numbers of pages, sorted, where nothing else is told of them."""
    return b"".join(varint(two - one - 1) for one, two in pairwise((-1, *numbers)))


def is_placed(term: str) -> bool:
    """Whether the index has the offsets of a term: a pair of kanji or katakana."""
    return len(term) == 2 and all(is_compact(char) for char in term)  # noqa: PLR2004 - a pair


def replaced(term: str, postings: Postings, number: int, posting: bytes) -> Postings:
    """The postings with this one of a page in place of the page's own; empty: with none of it."""
    raw, is_at = postings.raw, _Place(postings.raw, number, is_placed=is_placed(term))
    gap, behind = number - is_at.before - 1, raw[is_at.end :]
    frequency = postings.frequency
    if is_at.start < is_at.end:
        frequency -= raw[is_at.body] >= _TEXT
    if posting:
        frequency += posting[0] >= _TEXT
        start = varint(gap) + posting
        after = number
    else:
        start, after = b"", is_at.before
    if behind:
        _, body = read_varint(raw, is_at.end)
        behind = varint(is_at.after - after - 1) + raw[body:]
    return Postings(frequency, raw[: is_at.start] + start + behind)


class _Place:
    """Where in a posting list a page's posting is, or would be.

    From `start` to `end`, `body` behind its gap; `before` and `after` are the pages beside it.
    """

    def __init__(self, raw: bytes, number: int, *, is_placed: bool) -> None:
        at, self.before, self.after = 0, -1, -1
        self.start = self.body = self.end = len(raw)
        while at < len(raw):
            gap, body = read_varint(raw, at)
            page = self.before + gap + 1
            if page > number:
                self.start = self.end = min(self.start, at)
                self.after = page
                return
            end = _end_of(raw, body, is_placed=is_placed)
            if page == number:
                self.start, self.body, self.end = at, body, end
                if end < len(raw):
                    self.after = page + read_varint(raw, end)[0] + 1
                return
            self.before, at = page, end


def _end_of(raw: bytes, at: int, *, is_placed: bool) -> int:
    """Where a posting ends whose first number is at `at`."""
    packed, at = read_varint(raw, at)
    for flag in (2, 1):
        if packed & flag:
            _, at = read_varint(raw, at)
    if packed & 4:
        count, at = read_varint(raw, at)
        at += 2 * count
    if is_placed:
        count, at = read_varint(raw, at)
        for _ in range(count):
            _, at = read_varint(raw, at)
    return at


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:  # noqa: PLR2004 - seven bits
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


_SMALL = [_varint(value) for value in range(16_384)]


def varint(value: int) -> bytes:
    return _SMALL[value] if value < len(_SMALL) else _varint(value)


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """The number at an offset, and the offset behind it. Raises IndexError at the end."""
    value = shift = 0
    while data[at] > 0x7F:  # noqa: PLR2004 - seven bits
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
    return value | data[at] << shift, at + 1
