"""A page of a site -> what its search's index has of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cannery.model.hit import SearchRecord
from cannery.search.equivalents import equivalents
from cannery.search.query_terms import query_terms
from cannery.search.strip_markup import headings, strip_markup
from cannery.search.tokens import compact_places, counts, has_cjk, pairs

_LONGEST = 40_000  # characters of a page that its passages are taken from


@dataclass(frozen=True)
class PageTerms:
    """A page's terms with their counts, and what tells which of them stand side by side.

    `places`: by pair of kanji or katakana, offsets in the text. `followers`: by word, the numbers
    of those that stand behind it, see `_followers`. `called`: how many terms a query for its title
    has. `plain`: what is read on it, for passages.
    """

    text: Mapping[str, int]
    title: Mapping[str, int]
    heading: Mapping[str, int]
    places: Mapping[str, Sequence[int]]
    followers: Mapping[str, Sequence[int]]
    called: int
    plain: str


def page_terms(record: SearchRecord) -> PageTerms:
    body = strip_markup(record.body)
    text = f"{record.names} {record.summary} {body}"
    title = f"{record.names} {record.entry.rsplit('/', 1)[-1]}"
    heading = f"{record.summary} {strip_markup(headings(record.body))}"
    return PageTerms(
        counts(text) | equivalents(text),
        counts(title) | equivalents(title),
        counts(heading) | equivalents(heading),
        compact_places(text),
        _followers(text),
        len(query_terms(record.title)),
        body[:_LONGEST].strip(),
    )


def _followers(text: str) -> dict[str, list[int]]:
    """By word, the pairs that it begins, each as the lower half of its number, sorted.

    Half a number is enough: two words that follow the same one seldom share it.
    """
    following: dict[str, list[int]] = {}
    for word, _, number in pairs(text):
        if not has_cjk(word):
            following.setdefault(word, []).append(number & 0xFFFF)
    return {word: sorted(numbers) for word, numbers in following.items()}
