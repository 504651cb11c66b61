"""What lifts documents among those that were found: words side by side, a title, a shortcut.

The site's `search_titles.js` is its twin.
"""

from __future__ import annotations

from cannery.search.query_terms import query_terms
from cannery.search.reader import Reader
from cannery.search.tokens import pairs

NEAR = 30  # documents that are looked at for words side by side
MAX_PAIRS = 64
_PAIR_WEIGHT = 0.2
_CALLED = 1.0  # of the score comes on top where the title is what is asked for
_LONGEST_TITLE = 40  # terms
_NAMED = 2.0  # of the best score comes on top where a shortcut is what is asked for


def near(reader: Reader, words: str, best: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """The best, with more for words that stand there side by side as they were asked for."""
    asked = [
        (number, _PAIR_WEIGHT * (reader.rarity(one) + reader.rarity(two)) / 2)
        for one, two, number in pairs(words)[:MAX_PAIRS]
        if one.isascii() and two.isascii()  # Japanese terms are pairs of letters already
    ]
    if not asked:
        return best
    numbers = [number for number, _ in asked]
    better = []
    for score, document in best:
        adjacent = reader.has_pairs(document, numbers)
        more = sum(value for (_, value), has in zip(asked, adjacent, strict=True) if has)
        better.append((score + more, document))
        reader.trace.raised("adjacent", document, more)
    return sorted(better, key=lambda item: (-item[0], item[1]))


def called(reader: Reader, words: str, best: list[tuple[float, int]]) -> list[tuple[float, int]]:
    """The best, with twice the score for a title that has the words that are asked for, alone."""
    name = frozenset(query_terms(words))
    if not 0 < len(name) <= _LONGEST_TITLE:
        return best
    better = []
    for score, document in best:
        is_called = reader.entitles(name, document) and name == frozenset(
            query_terms(reader.stored(document)["shown"])
        )
        more = _CALLED * score if is_called else 0.0
        better.append((score + more, document))
        reader.trace.raised("title", document, more)
    return sorted(better, key=lambda item: (-item[0], item[1]))


def with_shortcut(
    reader: Reader, named: set[int], best: list[tuple[float, int]]
) -> list[tuple[float, int]]:
    """The best, with more than any other has for the macro whose shortcut is what was typed."""
    more = _NAMED * max((score for score, _ in best), default=0.0)
    lifted = [(score + more * (document in named), document) for score, document in best]
    for document in named:
        reader.trace.raised("shortcut", document, more)
    return sorted(lifted, key=lambda item: (-item[0], item[1]))
