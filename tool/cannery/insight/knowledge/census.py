"""Measures of all entries as they stand: counted whole, so that no interval belongs to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple

from cannery.insight.knowledge.snapshot import EntryAt, Snapshot, TranslationAt
from cannery.insight.report import Better, Unit
from cannery.model.figure import SMALLEST, Figure, suppressed

_SOON = 30  # days


class Census(NamedTuple):
    """`values` are what it looks at, each with its section, of a snapshot; `figure` sums them up.

    It has a name and a page as other measures do.
    """

    name: str
    page: str
    values: Callable[[Snapshot], Sequence[tuple[str, int]]]
    figure: Callable[[Sequence[int]], Figure]
    unit: Unit = "share"
    better: Better = "low"
    version: int = 1


def share(values: Sequence[int]) -> Figure:
    """The share of values that are not 0."""
    if len(values) < SMALLEST:
        return suppressed(len(values))
    return Figure(sum(map(bool, values)) / len(values), None, None, len(values))


def middle(values: Sequence[int]) -> Figure:
    """The median of those that are not 0."""
    found = [value for value in values if value]
    if len(found) < SMALLEST:
        return suppressed(len(found))
    return Figure(float(median(found)), None, None, len(found))


def _of_entries(
    hit: Callable[[EntryAt, int], bool],
) -> Callable[[Snapshot], Sequence[tuple[str, int]]]:
    return lambda seen: [(entry.section, hit(entry, seen.day)) for entry in seen.entries]


def _behind(seen: Snapshot) -> Sequence[tuple[str, int]]:
    return [_translation(each) for each in seen.translations]


def _translation(each: TranslationAt) -> tuple[str, int]:
    return each.section, each.behind


CENSUSES: tuple[Census, ...] = (
    Census(
        "reviews_overdue",
        "measures/reviews-overdue",
        _of_entries(lambda entry, day: entry.due < day),
        share,
    ),
    Census(
        "reviews_due_30d",
        "measures/reviews-due",
        _of_entries(lambda entry, day: day <= entry.due < day + _SOON),
        share,
        better="",
    ),
    Census("translations_behind", "measures/translations-behind", _behind, share),
    Census("translation_lag", "measures/translation-lag", _behind, middle, unit="seconds"),
    Census(
        "one_person_entries",
        "measures/one-person-entries",
        _of_entries(lambda entry, _: entry.people < 2),  # noqa: PLR2004 - one person, or none
        share,
    ),
)
