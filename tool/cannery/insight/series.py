"""Figures of periods, as points in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannery.insight.families.family import Named
from cannery.insight.look import Key, Look
from cannery.insight.measures.measure import Measure
from cannery.insight.periods import Period
from cannery.insight.report import Point
from cannery.model.figure import Figure, suppressed


def points(
    named: Named, look: Look, spans: Sequence[Period], figures: Mapping[Key, Figure]
) -> tuple[Point, ...]:
    """A point for each period, also for those that have no tickets."""
    wait = look.frame.within if named.measure.is_mature else 0
    settled = look.frame.at if named.settled_until is None else named.settled_until
    none = nothing(named.measure)
    return tuple(
        Point(
            period.label,
            period.starts_at,
            figures.get((period.number,), none),
            period.ends_at + wait <= look.frame.at and period.ends_at <= settled,
        )
        for period in spans
    )


def nothing(measure: Measure) -> Figure:
    """The figure of a period without tickets: a count of none is one."""
    return Figure(0.0, None, None, 0) if measure.unit == "count" else suppressed(0)
