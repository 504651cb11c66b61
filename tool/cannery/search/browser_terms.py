"""A page of a site -> what its search's index has of it."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cannery.model.hit import SearchRecord
from cannery.search.browser_filters import dashed_in
from cannery.search.browser_postings import is_placed, varint
from cannery.search.equivalents import equivalents
from cannery.search.query_terms import query_terms
from cannery.search.rows import little_endian
from cannery.search.strip_markup import headings, strip_markup
from cannery.search.tokens import MARK, compact_places, counts, has_cjk, pairs

_LONGEST = 40_000  # characters of a page that its passages are taken from


@dataclass(frozen=True)
class PageTerms:
    """A page's terms, and numbers of it.

    `postings`: by term, the count in the text times 8, plus 4 if other words follow it, plus 2 if
    the title has the term, plus 1 if a heading has it; the counts in those; how many follow it, and
    two bytes for each; for a placed term the number of its offsets and the gaps between them.
    `text`, `title`, `heading`: how many terms there are. `called`: how many a query for its title
    has. `dashed`: see `browser_filters`. `plain`: what is read on it, for passages.
    """

    postings: Mapping[str, bytes]
    text: int
    title: int
    heading: int
    called: int
    dashed: Sequence[str]
    plain: str


@dataclass(frozen=True)
class _Counts:
    """A page's terms with their counts, and what tells which of them stand side by side.

    `places`: by pair of kanji or katakana, offsets in the text. `followers`: by word, the numbers
    of those that stand behind it, see `_followers`.
    """

    text: Mapping[str, int]
    title: Mapping[str, int]
    heading: Mapping[str, int]
    places: Mapping[str, Sequence[int]]
    followers: Mapping[str, Sequence[int]]


def page_terms(record: SearchRecord) -> PageTerms:
    body = strip_markup(record.body)
    text = f"{record.names} {record.summary} {body}"
    title = f"{record.names} {record.entry.rsplit('/', 1)[-1]}"
    heading = f"{record.summary} {strip_markup(headings(record.body))}"
    counted = _Counts(
        counts(text) | equivalents(text),
        counts(title) | equivalents(title),
        counts(heading) | equivalents(heading),
        compact_places(text),
        _followers(text),
    )
    terms = counted.text.keys() | counted.title.keys()  # a file's name is of the title alone
    return PageTerms(
        {term: _posting(counted, term) for term in sorted(terms)},
        _length(counted.text),
        _length(counted.title),
        _length(counted.heading),
        len(query_terms(record.title)),
        dashed_in(f"{record.names} {record.summary} {record.body}"),
        body[:_LONGEST].strip(),
    )


def _length(terms: Mapping[str, int]) -> int:
    """How many terms a text has, but for its words' other spellings."""
    return sum(count for term, count in terms.items() if not term.endswith(MARK))


def _followers(text: str) -> dict[str, list[int]]:
    """By word, the pairs that it begins, each as the lower half of its number, sorted.

    Half a number is enough: two words that follow the same one seldom share it.
    """
    following: dict[str, list[int]] = {}
    for word, _, number in pairs(text):
        if not has_cjk(word):
            following.setdefault(word, []).append(number & 0xFFFF)
    return {word: sorted(numbers) for word, numbers in following.items()}


def _posting(page: _Counts, term: str) -> bytes:
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
    return bytes(packed)


def _offsets(offsets: Sequence[int]) -> bytes:
    between = (after - before for before, after in pairwise((0, *offsets)))
    return varint(len(offsets)) + b"".join(map(varint, between))
