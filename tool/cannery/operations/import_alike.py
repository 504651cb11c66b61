"""Which imported replies say much the same as another one, or as a macro that there is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cannery.model.event import Listener, counting, ignore
from cannery.search.strip_markup import strip_markup
from cannery.search.tokens import counts_and_pairs

_ALIKE = 0.7  # of the word pairs of both
_LEAST = 4  # word pairs: of fewer nothing can be said
_COMMON = 20  # texts: what more of them say is a form of words that they share


class Alike(NamedTuple):
    """The text of a number says much the same as an earlier one: `share` of their word pairs."""

    number: int
    other: int
    share: float


def same_text(text: str) -> str:
    """What two texts have in common that differ in blanks alone."""
    return " ".join(text.split())


def alike(texts: Sequence[tuple[str, str]], first: int, listener: Listener = ignore) -> list[Alike]:
    """Of each text from `first` on, the earlier one that it is most like, if it is much like it.

    A text is its language and its Markdown; those of two languages are never alike.
    """
    holders: dict[tuple[str, int], list[int]] = defaultdict(list)
    pairs: list[set[int]] = []
    found = []
    for number, (language, text) in enumerate(counting(texts, len(texts), "Comparing", listener)):
        own = {*counts_and_pairs(strip_markup(text))[1]}
        if number >= first and len(own) >= _LEAST:
            best = max(_shares(own, pairs, (holders[language, one] for one in own)), default=None)
            if best and best[0] >= _ALIKE:
                found.append(Alike(number, -best[1], round(best[0], 2)))
        pairs.append(own)
        for one in own:
            holders[language, one].append(number)
    return found


def _shares(
    own: set[int], pairs: Sequence[set[int]], held: Iterable[list[int]]
) -> Iterable[tuple[float, int]]:
    """How much each candidate shares, with its number below zero: of two the earlier one wins."""
    shared = Counter(number for numbers in held if len(numbers) <= _COMMON for number in numbers)
    for number in shared:
        yield len(own & pairs[number]) / len(own | pairs[number]), -number
