"""Figures of support as rows, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.insight.report import MeasureReport, Point, Report
from cannery.model.figure import Figure
from cannery.util.csv_text import csv_text

_HEAD = (
    "measure", "unit", "dimension", "group", "period", "value", "low", "high", "n", "why",
    "is_complete", "marks",
)  # fmt: skip
_ALL = ("", "", "")  # no dimension, group and period


def as_csv(report: Report) -> str:
    """A row for each figure: over all data, by group, by month and by week."""
    return csv_text(_HEAD, [row for each in report.measures.values() for row in _rows(each)])


def _rows(report: MeasureReport) -> Iterator[tuple[object, ...]]:
    start = (report.measure.name, report.measure.unit)
    yield (*start, *_ALL, *_figure(report.overall), "", "")
    for dimension, group in report.groups.items():
        for value, figure in group.items():
            yield (*start, dimension, value, "", *_figure(figure), "", "")
    for point in (*report.months, *report.weeks):
        yield (*start, "", "", point.label, *_figure(point.figure), *_state(point))


def _state(point: Point) -> tuple[str, str]:
    return "yes" if point.is_complete else "no", "; ".join(point.marks)


def _figure(figure: Figure) -> tuple[object, ...]:
    numbers = (figure.value, figure.low, figure.high)
    return (*("" if number is None else number for number in numbers), figure.n, figure.why)
