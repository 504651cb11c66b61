"""What measures of the knowledge base have in common: how they are told by month and by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from cannery.insight.measures.measure import Defined
from cannery.insight.noise import change
from cannery.insight.periods import Period
from cannery.insight.report import Definition, MeasureReport, Point
from cannery.model.figure import Figure

_T = TypeVar("_T")


def measure_report(
    measure: Defined,
    overall: Figure,
    months: Iterable[tuple[Period, Figure]],
    sections: Mapping[str, Figure],
    at: int,
) -> MeasureReport:
    """A report as it stands at a time: months that end later are not complete.

    The name of the measure has no settings in it.
    """
    name, version = measure.name, measure.version
    told = Definition(name, name, measure.unit, measure.better, version, measure.page, {})
    points = tuple(
        Point(period.label, period.starts_at, figure, period.ends_at <= at)
        for period, figure in months
    )
    return MeasureReport(told, overall, points, (), {"section": sections}, change(points, told))


def by_section(
    values: Iterable[tuple[str, _T]], figure: Callable[[Sequence[_T]], Figure]
) -> Mapping[str, Figure]:
    """A figure of the values of each section; what is in none is left out."""
    found: dict[str, list[_T]] = {}
    for section, value in values:
        if section:
            found.setdefault(section, []).append(value)
    return {section: figure(each) for section, each in sorted(found.items())}
