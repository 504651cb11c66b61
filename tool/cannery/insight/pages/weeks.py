"""What a week was: for a digest that is sent, and a feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cannery.insight.noise import change
from cannery.insight.report import Change, Definition, MeasureReport, Point, Report


class Told(NamedTuple):
    """A measure in a week, and beside an earlier one, if there is any."""

    measure: Definition
    point: Point
    change: Change | None


def complete_weeks(report: Report) -> list[str]:
    """The labels of weeks that the first measure is complete in, the last one first."""
    first = next(iter(report.measures.values()), None)
    points = first.weeks if first else ()
    return [point.label for point in reversed(points) if point.is_complete]


def told_of(report: Report, week: str, since: str = "") -> list[Told]:
    """All measures that the week tells anything of.

    They are beside the week before, or beside that of `since`, a label such as 2026-W40.
    """
    found = (_told(each, week, since) for each in report.measures.values() if each.overall.n)
    return [each for each in found if each and _tells(each)]


def _tells(told: Told) -> bool:
    """Whether there was anything to count, in the week or in the one that it is beside."""
    figures = [told.point.figure, *([told.change.before] if told.change else [])]
    return any(figure.n or figure.value is not None for figure in figures)


def _told(each: MeasureReport, week: str, since: str) -> Told | None:
    points = [point for point in each.weeks if point.label <= week and point.is_complete]
    if not points or points[-1].label != week:
        return None
    kept = [*_until(points[:-1], since), points[-1]]
    return Told(each.measure, points[-1], change(kept, each.measure))


def _until(points: Sequence[Point], since: str) -> Iterator[Point]:
    return (point for point in points if not since or point.label <= since)
