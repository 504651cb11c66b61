"""Entries that say much the same as another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, combinations

from cannery.check.facts import Facts, Whole
from cannery.check.rule import Rule
from cannery.check.sketch import SIZE, opened
from cannery.place import Problem, Severity, Status

# Measured on pairs made from real articles: tests/benchmarks/duplicates.py.
_ALIKE = 0.35  # of the word pairs of both texts, the part that both have
_SHORT = 100  # word pairs: of two texts with fewer, more must be the same
_SHORT_ALIKE = 0.6
_COMMON = 20  # entries: what more of them say is a form that they share, and not their matter
_LOOKED_AT = 32  # hashes of each, by which pairs are found that may be alike
_SHARED = 4  # of them
_LEAST = 20  # hashes that are not common: of fewer nothing can be said


def duplicates(whole: Whole) -> Iterator[Problem]:
    """Entries of which another says much the same, each with the likest one."""
    shown = [item for item in whole.entries if item.sketch and item.status != Status.RETIRED]
    nearest: dict[int, tuple[float, int]] = {}
    for one, two, alike in _pairs(shown):
        for this, other in ((one, two), (two, one)):
            nearest[this] = max(nearest.get(this, (0.0, other)), (alike, other))
    for number, (alike, other) in sorted(nearest.items()):
        item = shown[number]
        message = f"much the same as {shown[other].at.path.removeprefix('kb/')}: {alike:.0%} of it"
        hint = f"Make one of both, or say what is different: kb similar {item.at.id}"
        yield Problem(item.at.path, item.body_line, "duplicate", message, hint, Severity.WARNING)


def _pairs(shown: Sequence[Facts]) -> Iterator[tuple[int, int, float]]:
    sketches = [opened(item.sketch) for item in shown]
    spread = Counter(chain.from_iterable(sketches))
    for (one, two), shared in _candidates(sketches, spread).items():
        if shared >= _SHARED and shown[one].at.id != shown[two].at.id:
            alike, size = _alike(set(sketches[one]), set(sketches[two]), spread)
            if alike >= (_ALIKE if size >= _SHORT else _SHORT_ALIKE):
                yield one, two, alike


def _candidates(
    sketches: Sequence[Sequence[int]], spread: Mapping[int, int]
) -> Counter[tuple[int, int]]:
    """How many telling hashes any two have in common, without a look at all pairs."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, sketch in enumerate(sketches):
        for value in sketch[:_LOOKED_AT]:
            if 1 < spread[value] <= _COMMON:
                holders[value].append(number)
    found: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        found.update(combinations(numbers, 2))
    return found


def _alike(
    one: AbstractSet[int], two: AbstractSet[int], spread: Mapping[int, int]
) -> tuple[float, int]:
    """The part of the word pairs of both that both have, and how many were looked at."""
    least = sorted(one | two)[:SIZE]
    telling = [value for value in least if spread[value] <= _COMMON]
    if len(telling) < _LEAST:
        return 0.0, 0
    return sum(value in one and value in two for value in telling) / len(telling), len(telling)


_TEXT = """---
title: {}
---
A HAR file holds all that your browser asked for and was answered, with times. Open the developer
tools with F12, choose the tab Network, tick "Preserve log", and load the page again. Then save
everything with content as a file, take out passwords and cookies, and attach it to the ticket.
{}
"""
_OTHER = """---
title: Clock skew
---
A server whose clock is some minutes off refuses each sign-in, since what the identity provider says
is not valid yet. Compare both clocks, and let a time service keep them. Then ask your colleague to
sign in once more in a private window, so that nothing old is left over from the last attempt.
"""

RULES = (
    Rule(
        code="duplicate",
        whole=duplicates,
        why="Of two entries that say the same one gets old, and nobody knows which.",
        wrong={
            "articles/har.md": _TEXT.format("HAR files", ""),
            "articles/recording.md": _TEXT.format("Record the network", "Thank you."),
        },
        right={"articles/har.md": _TEXT.format("HAR files", ""), "articles/clock.md": _OTHER},
    ),
)
