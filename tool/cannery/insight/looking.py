"""A report of all measures of tickets, from the facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cannery.insight import periods, sums
from cannery.insight.engine import Engine
from cannery.insight.fact import Frame, make_facts
from cannery.insight.measures.measure import Summed, definition
from cannery.insight.measures.table import SUMMED
from cannery.insight.noise import verdict
from cannery.insight.periods import Period
from cannery.insight.report import Change, MeasureReport, Point, Report
from cannery.insight.sums import Figures
from cannery.model.figure import Figure, suppressed
from cannery.model.ticket_event import DIMENSIONS


class Span(NamedTuple):
    """The months and weeks of the data."""

    months: Sequence[Period]
    weeks: Sequence[Period]


def make_report(engine: Engine, frame: Frame, zone: ZoneInfo) -> Report:
    """All measures, with months and weeks of a time zone. Makes `slot` and `fact`."""
    [(first,)] = engine.rows(
        f"SELECT MIN(created_at) FROM ticket WHERE created_at < {int(frame.at)}"  # noqa: S608 - a number
    )
    first = frame.at - 1 if first is None else first
    span = Span(periods.months(first, frame.at, zone), periods.weeks(first, frame.at, zone))
    periods.make_slots(engine, span.weeks[0].starts_at, frame.at, zone)
    make_facts(engine, frame)
    at = datetime.fromtimestamp(frame.at, zone)
    return Report(at, zone.key, summed_reports(engine, frame, span))


def summed_reports(engine: Engine, frame: Frame, span: Span) -> Mapping[str, MeasureReport]:
    """What sums over the facts tell, by the measures' names."""
    overall = sums.overall(engine, frame, SUMMED)
    by_dimension = {name: sums.grouped(engine, frame, SUMMED, name) for name in DIMENSIONS}
    by_month, by_week = (_by_period(engine, frame, unit) for unit in ("month", "week"))
    found = {}
    for measure in SUMMED:
        told = definition(measure, frame)
        months = _points(measure, frame, span.months, by_month.get(told.name, {}))
        found[told.name] = MeasureReport(
            told,
            overall[told.name],
            months,
            _points(measure, frame, span.weeks, by_week.get(told.name, {})),
            _groups(by_dimension, told.name),
            change(months, measure),
        )
    return found


def _by_period(engine: Engine, frame: Frame, unit: str) -> Figures:
    """By month or week, in one pass for all measures that count from the same time on."""
    found: dict[str, Mapping[int | str | None, Figure]] = {}
    for since in dict.fromkeys(measure.since for measure in SUMMED):
        alike = [measure for measure in SUMMED if measure.since == since]
        found.update(sums.grouped(engine, frame, alike, f"{since}_{unit}"))
    return found


def _groups(by_dimension: Mapping[str, Figures], name: str) -> Mapping[str, Mapping[str, Figure]]:
    """By dimension and value; what has no value is no group, and one group alone is all."""
    found = {}
    for dimension, figures in by_dimension.items():
        values = {str(key): figure for key, figure in figures.get(name, {}).items() if key}
        if values:
            found[dimension] = dict(sorted(values.items()))
    return found


def _points(
    measure: Summed,
    frame: Frame,
    spans: Sequence[Period],
    figures: Mapping[int | str | None, Figure],
) -> tuple[Point, ...]:
    wait = frame.within if measure.is_mature else 0
    return tuple(
        Point(
            period.label,
            period.starts_at,
            figures.get(period.number) or suppressed(0),
            period.ends_at + wait <= frame.at,
        )
        for period in spans
    )


def change(months: Sequence[Point], measure: Summed) -> Change | None:
    """The last two complete months; None before there are two."""
    complete = [point.figure for point in months if point.is_complete][-2:]
    if len(complete) < 2:  # noqa: PLR2004 - a month, and the one before
        return None
    before, after = complete
    return Change(before, after, verdict(before, after, measure.better))
