"""Entries that say much the same as another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, combinations
from typing import NamedTuple

from cannery.check.facts import Facts
from cannery.check.minhash import SIZE, MinHash, unpack
from cannery.check.rule import Rule
from cannery.check.subjects import Subjects
from cannery.check.whole import Whole
from cannery.content.pieces import is_piece
from cannery.model.location import Problem, Severity, Status

CODE = "duplicate"
# Measured on pairs made from real articles: tests/benchmarks/duplicates.py.
_PAIRS_ALIKE = 0.4  # of the word pairs of both texts, the part that both have
_WORDS_ALIKE = 0.6  # or of their words, where some word pairs are the same too
_SOME_PAIRS = 0.2
_SHORT_ALIKE = 0.7  # of word pairs, where a text is so short that its minhash has all of it
_COMMON = 20  # entries: what more of them say is a form that they share, and not their matter
_LOOKED_AT = 32  # hashes of each, by which pairs are found that may be alike
_SHARED = 4  # of them
_LEAST = 20  # hashes that are not common: of fewer nothing can be said


class Alike(NamedTuple):
    """Files that one decision concerns, by their paths.

    `first` and `second` are the two most alike, which have `part` of their word pairs in common.
    """

    part: float
    first: str
    second: str
    paths: frozenset[str]


def duplicates(whole: Whole) -> Iterator[Problem]:
    """Entries that say much the same: one finding for all that one decision concerns."""
    for alike in groups(whole):
        item = whole.facts[alike.second]
        more = len(alike.paths) - 2
        others = f" and {more} more" if more else ""
        message = f"{alike.part:.0%} similar to {alike.first.removeprefix('kb/')}{others}"
        hint = f"Merge them, or make clear how they differ: see `kb similar {item.at.id}`."
        yield Problem(alike.second, item.body_line, CODE, message, hint, Severity.WARNING)


def groups(whole: Whole) -> Iterator[Alike]:
    """The files that say much the same, as far as they are no translations of such."""
    alike = {(one.at.path, two.at.path): part for one, two, part in pairs(whole)}
    default = whole.workspace.settings.default_language
    for group in _groups(whole.trees.originals(alike, default)):
        part, first, second = max(
            (part, *pair) for pair, part in alike.items() if group.issuperset(pair)
        )
        yield Alike(part, first, second, frozenset(group))


def _groups(pairs: Iterable[tuple[str, str]]) -> Iterator[set[str]]:
    """The sets of files that pairs join."""
    group_of: dict[str, set[str]] = {}
    for one, two in pairs:
        joined = group_of.get(one, {one}) | group_of.get(two, {two})
        group_of.update(dict.fromkeys(joined, joined))
    yield from {id(group): group for group in group_of.values()}.values()


def pairs(whole: Whole) -> Iterator[tuple[Facts, Facts, float]]:
    """The entries that say much the same, with the part of their word pairs that both have."""
    shown = [
        item
        for item in whole.entries
        if item.minhash and item.status != Status.RETIRED and not is_piece(item.at.path)
    ]
    subjects = Subjects(whole.workspace)
    minhashes = [unpack(item.minhash) for item in shown]
    spread = Counter(chain.from_iterable(minhash.pairs for minhash in minhashes))
    common = {value for value, count in spread.items() if count > _COMMON}
    telling = {value for value, count in spread.items() if count > 1} - common
    for (one, two), shared in _candidates(minhashes, telling).items():
        if shared < _SHARED or shown[one].at.id == shown[two].at.id:
            continue
        alike = _alike(minhashes[one], minhashes[two], common)
        both = shown[one], shown[two]
        are_parallel = alike and whole.trees.are_parallel(*(item.at.path for item in both))
        if alike and not are_parallel and not subjects.differ(*both):
            yield *both, alike


def _candidates(minhashes: Sequence[MinHash], telling: set[int]) -> Counter[tuple[int, int]]:
    """How many telling hashes any two have in common, without a look at all pairs."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, minhash in enumerate(minhashes):
        for value in telling.intersection(minhash.pairs[:_LOOKED_AT]):
            holders[value].append(number)
    return Counter(chain.from_iterable(combinations(numbers, 2) for numbers in holders.values()))


def _alike(one: MinHash, two: MinHash, common: AbstractSet[int]) -> float:
    """The part of both texts that both have; 0 where that is not enough to be called the same."""
    pairs, count = _shared(one.pairs, two.pairs, common)
    if count < _LEAST or pairs < _SOME_PAIRS:
        return 0.0
    if min(len(one.pairs), len(two.pairs)) < SIZE:
        return pairs if pairs >= _SHORT_ALIKE else 0.0
    words, _ = _shared(one.words, two.words, frozenset())
    return max(pairs, words) if pairs >= _PAIRS_ALIKE or words >= _WORDS_ALIKE else 0.0


def _shared(one: Sequence[int], two: Sequence[int], common: AbstractSet[int]) -> tuple[float, int]:
    """The part of the hashes of both that both have, less those that are common; of how many."""
    here, there = set(one), set(two)
    telling = {*sorted(here | there)[:SIZE]} - common
    return len(telling & here & there) / (len(telling) or 1), len(telling)


_TEXT = """---
title: {}
---
A HAR file records every request your browser sends and every response it gets, with timings. Open
the developer tools with F12, go to the Network tab, tick "Preserve log", and reload the page. Then
save everything with content as a file, remove passwords and cookies, and attach it to the ticket.
{}
"""
_OTHER = """---
title: Clock skew
---
A server whose clock is a few minutes slow rejects every sign-in, because the response from the
identity provider is not valid yet. Compare both clocks, and keep them in sync with a time service.
Then ask a colleague to sign in again in a private window, so that no old session gets in the way.
"""

RULES = (
    Rule(
        code=CODE,
        whole=duplicates,
        why="When two entries say the same thing, one goes out of date and no one knows which.",
        wrong={
            "articles/har.md": _TEXT.format("HAR files", ""),
            "articles/recording.md": _TEXT.format("Recording the network", "Thank you."),
        },
        right={"articles/har.md": _TEXT.format("HAR files", ""), "articles/clock.md": _OTHER},
    ),
)
