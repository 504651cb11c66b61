"""The number of a gap stays the same while questions come and go."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

_MAX_MEMBERS = 200  # of a gap: enough to know it by


class Numbered(NamedTuple):
    """A gap that has been listed: its number, and hashes of the questions that it had."""

    number: int
    members: tuple[str, ...]


def mark_of(text: str) -> str:
    """What is kept of a question, so that it is known again: nothing to read."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def numbers(groups: Sequence[Sequence[str]], known: Collection[Numbered]) -> list[int]:
    """The number of each group of questions: that of the known one with which it shares the most.

    A group that shares nothing, or less than another one, gets a new number.
    """
    having: dict[str, set[int]] = defaultdict(set)
    for gap in known:
        for member in gap.members:
            having[member].add(gap.number)
    shared = sorted(_shared(groups, having), reverse=True)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, number in shared:
        if -at not in found and -number not in taken:
            found[-at] = -number
            taken.add(-number)
    after = max((gap.number for gap in known), default=0)
    new = iter(range(after + 1, after + 1 + len(groups)))
    return [found[at] if at in found else next(new) for at in range(len(groups))]


def _shared(
    groups: Sequence[Sequence[str]], having: dict[str, set[int]]
) -> Iterable[tuple[int, int, int]]:
    """How many questions a group and a known gap share; both negative, so that the first win."""
    for at, texts in enumerate(groups):
        counts = Counter(number for text in texts for number in having.get(mark_of(text), ()))
        yield from ((count, -at, -number) for number, count in counts.items())


def remembered(number: int, texts: Iterable[str]) -> Numbered:
    """What is kept of a group that has this number."""
    return Numbered(
        number, tuple(mark_of(text) for text, _ in zip(texts, range(_MAX_MEMBERS), strict=False))
    )
