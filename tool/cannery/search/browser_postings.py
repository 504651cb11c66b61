"""Where terms stand, as bytes: what of a site's index is read by `site/web/search_postings.js`."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cannery.search.browser_terms import PageTerms
from cannery.search.rows import little_endian
from cannery.search.tokens import is_compact


class Postings(NamedTuple):
    """How many texts have a term, and its posting list: numbers in seven bits a byte.

    Each posting: the gap to the previous page's number; the count in the text times 8, plus 4 if
    other words follow it, plus 2 if the title has the term, plus 1 if a heading has it; the counts
    in those; how many follow it, and two bytes for each; for a placed term the number of its
    offsets and the gaps between them.
    """

    frequency: int
    raw: bytes


def postings(analysed: Sequence[PageTerms]) -> dict[str, Postings]:
    """Those of all terms of some pages, which are numbered in their order."""
    lists: dict[str, bytearray] = {}
    last: dict[str, int] = {}
    frequency: Counter[str] = Counter()
    for number, page in enumerate(analysed):
        frequency.update(page.text.keys())
        for term in terms_of(page):
            into = lists.setdefault(term, bytearray())
            into += varint(number - last.get(term, -1) - 1)
            into += posting(page, term)
            last[term] = number
    return {term: Postings(frequency[term], bytes(raw)) for term, raw in lists.items()}


def terms_of(page: PageTerms) -> Iterable[str]:
    return page.text.keys() | page.title.keys()  # a file's name is of the title alone


def gaps(numbers: Iterable[int]) -> bytes:
    """The numbers of pages, sorted, where nothing else is told of them."""
    return b"".join(varint(two - one - 1) for one, two in pairwise((-1, *numbers)))


def posting(page: PageTerms, term: str) -> bytearray:
    """What the posting list of a term has of a page, but for its number."""
    in_title, in_heading = page.title.get(term, 0), page.heading.get(term, 0)
    followers = page.followers.get(term, ())
    flags = 4 * bool(followers) + 2 * (in_title > 0) + (in_heading > 0)
    packed = bytearray(varint(page.text.get(term, 0) * 8 + flags))
    for count in filter(None, (in_title, in_heading, len(followers))):
        packed += varint(count)
    if followers:
        packed += little_endian(array("H", followers)).tobytes()
    if is_placed(term):
        packed += _offsets(page.places.get(term, ()))
    return packed


def _offsets(offsets: Sequence[int]) -> bytes:
    between = (after - before for before, after in pairwise((0, *offsets)))
    return varint(len(offsets)) + b"".join(map(varint, between))


def is_placed(term: str) -> bool:
    """Whether the index has the offsets of a term: a pair of kanji or katakana."""
    return len(term) == 2 and all(is_compact(char) for char in term)  # noqa: PLR2004 - a pair


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


def length(terms: Mapping[str, int], mark: str) -> int:
    """How many terms a text has, but for its words' other spellings."""
    return sum(count for term, count in terms.items() if not term.endswith(mark))
