"""A report as plain rows, for a file: reading one takes a thousandth of making it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cannery.insight.report import Change, Definition, MeasureReport, Point, Report
from cannery.model.figure import Figure
from cannery.util.state import text

FORM = 2  # of the rows: a change of what a report holds goes with another one


def rows_of(report: Report) -> object:
    """What JSON can hold of a report, whole."""
    until = report.data_until
    return [
        int(report.at.timestamp()),
        report.time_zone,
        [_measure_rows(each) for each in report.measures.values()],
        report.calendar,
        None if until is None else int(until.timestamp()),
        [[name, int(end.timestamp())] for name, end in report.ended],
    ]


def _measure_rows(report: MeasureReport) -> object:
    groups = {name: dict(group) for name, group in report.groups.items()}
    change = report.change
    return [report.measure, report.overall, report.months, report.weeks, groups, change]


def report_of(rows: Sequence[Any]) -> Report:
    """The report of these rows. Raises TypeError, ValueError, LookupError for what are none."""
    at, name, measures, calendar, until, ended = rows
    zone = ZoneInfo(name)
    told = [_measure_of(each) for each in measures]
    return Report(
        datetime.fromtimestamp(at, zone),
        zone.key,
        {each.measure.name: each for each in told},
        text(calendar),
        None if until is None else datetime.fromtimestamp(until, zone),
        tuple((text(source), datetime.fromtimestamp(end, zone)) for source, end in ended),
    )


def _measure_of(rows: Sequence[Any]) -> MeasureReport:
    measure, overall, months, weeks, groups, change = rows
    return MeasureReport(
        _definition(*measure),
        _figure(overall),
        _points(months),
        _points(weeks),
        {name: _figures(group) for name, group in groups.items()},
        None if change is None else _change(*change),
    )


def _definition(*row: Any) -> Definition:  # noqa: ANN401 - as JSON has it
    name, key, unit, better, version, page, values = row
    return Definition(
        text(name), text(key), unit, better, _number(version), text(page), dict(values)
    )


def _points(rows: Sequence[Sequence[Any]]) -> tuple[Point, ...]:
    return tuple(
        Point(text(label), _number(starts_at), _figure(row), bool(is_complete), tuple(marks))
        for label, starts_at, row, is_complete, marks in rows
    )


def _figures(rows: Mapping[str, Sequence[Any]]) -> Mapping[str, Figure]:
    return {value: _figure(row) for value, row in rows.items()}


def _figure(row: Sequence[Any]) -> Figure:
    *values, n, why = row
    value, low, high = (each if each is None else _fraction(each) for each in values)
    return Figure(value, low, high, _number(n), text(why))


def _change(before: Sequence[Any], after: Sequence[Any], verdict: Any) -> Change:  # noqa: ANN401 - as JSON has it
    return Change(_figure(before), _figure(after), verdict)


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _fraction(value: object) -> float:
    return value if type(value) is float else _number(value)
