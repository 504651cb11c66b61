"""What measures of the knowledge base have in common: how they are told by month and by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from cannery.insight.noise import change
from cannery.insight.periods import Period
from cannery.insight.report import Better, Definition, MeasureReport, Point, Unit
from cannery.model.figure import Figure

_T = TypeVar("_T")


class Measure(Protocol):
    """A measure without settings in its name; `page` is below articles/ of the manual."""

    @property
    def name(self) -> str: ...
    @property
    def page(self) -> str: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def better(self) -> Better: ...
    @property
    def version(self) -> int: ...


def measure_report(
    measure: Measure,
    overall: Figure,
    months: Iterable[tuple[Period, Figure]],
    sections: Mapping[str, Figure],
    at: int,
) -> MeasureReport:
    """A report as it stands at a time: months that end later are not complete."""
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
