"""A report of all measures of tickets, from the database's events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from cannery.insight import periods
from cannery.insight.clock.choice import Clocks
from cannery.insight.clock.tables import make_clocks
from cannery.insight.clock.written import written
from cannery.insight.engine import Engine
from cannery.insight.fact import Frame, make_facts
from cannery.insight.families.family import Family
from cannery.insight.families.table import FAMILIES
from cannery.insight.look import Cut, Figures, Look
from cannery.insight.measures.table import ORDER
from cannery.insight.noise import change
from cannery.insight.report import MeasureReport, Report
from cannery.insight.series import nothing, points
from cannery.model.event import Listener, Progress, counting, ignore
from cannery.model.figure import Figure
from cannery.model.ticket_event import DIMENSIONS

_NO_CLOCKS = Clocks()
_READING = "Reading tickets"
MOST_GROUPS = 200  # of a dimension: more are no groups but a text that anyone types


def make_report(
    engine: Engine, frame: Frame, zone: ZoneInfo, clocks: Clocks = _NO_CLOCKS
) -> Report:
    """All measures, with months and weeks of a time zone. Makes `slot` and the facts."""
    return make_all(prepared(engine, frame, zone, clocks))


def make_all(look: Look, listener: Listener = ignore) -> Report:
    """All measures of the facts; of 1,000,000 tickets they take a minute."""
    dimensions = map(Cut, look.dimensions)
    cuts = (*(Cut(unit=unit) for unit in ("", "month", "week")), *dimensions)
    steps = [(family, cut) for family in FAMILIES for cut in cuts]
    counted = counting(steps, len(steps), "Counting", listener)
    figures = iter([family.figures(look, cut) for family, cut in counted])
    found = [_reports(look, family, {cut: next(figures) for cut in cuts}) for family in FAMILIES]
    return told(look, [report for reports in found for report in reports])


def told(look: Look, reports: Sequence[MeasureReport]) -> Report:
    """Measures in their order."""
    ordered = sorted(reports, key=lambda report: ORDER.index(report.measure.key))
    at = datetime.fromtimestamp(look.frame.at, look.zone)
    by_name = {report.measure.name: report for report in ordered}
    return Report(at, look.zone.key, by_name, written(look.clocks, look.months[0].starts_at, at))


def prepared(
    engine: Engine,
    frame: Frame,
    zone: ZoneInfo,
    clocks: Clocks = _NO_CLOCKS,
    listener: Listener = ignore,
) -> Look:
    """Make `slot` and the facts, for any number of looks at them."""
    total = len(FAMILIES) + 1
    listener(Progress(_READING, 0, total))
    [(first,)] = engine.rows(
        "SELECT MIN(created_at) FROM ticket"  # noqa: S608 - numbers
        f" WHERE created_at < {int(frame.at)} AND created_at >= {int(frame.since)}"
    )
    first = frame.at - 1 if first is None else first
    months, weeks = (each(first, frame.at, zone) for each in (periods.months, periods.weeks))
    periods.make_slots(engine, weeks[0].starts_at, frame.at, zone)
    make_facts(engine, frame)
    if clocks.calendars or clocks.policies:
        make_clocks(engine, frame, clocks)
    look = Look(engine, frame, zone, months, weeks, _dimensions(engine), clocks)
    for done, family in enumerate(FAMILIES, 1):
        listener(Progress(_READING, done, total))
        family.prepare(look)
    listener(Progress(_READING, total, total))
    return look


def _dimensions(engine: Engine) -> tuple[str, ...]:
    """Those of which any ticket has a value."""
    greatest = ", ".join(f"MAX({name})" for name in DIMENSIONS)
    [row] = engine.rows(f"SELECT {greatest} FROM fact")  # noqa: S608 - our own SQL
    return tuple(name for name, value in zip(DIMENSIONS, row, strict=True) if value)


def _reports(look: Look, family: Family, figures: Mapping[Cut, Figures]) -> list[MeasureReport]:
    overall, by_month, by_week = (figures[Cut(unit=unit)] for unit in ("", "month", "week"))
    by_dimension = {name: figures[Cut(name)] for name in look.dimensions}
    found = []
    for named in family.named(look):
        name = named.definition.name
        months = points(named, look, look.months, by_month.get(name, {}))
        found.append(
            MeasureReport(
                named.definition,
                overall.get(name, {}).get((), nothing(named.measure)),
                months,
                points(named, look, look.weeks, by_week.get(name, {})),
                _groups(by_dimension, name),
                change(months, named.definition),
            )
        )
    return found


def _groups(by_dimension: Mapping[str, Figures], name: str) -> Mapping[str, Mapping[str, Figure]]:
    """By dimension and value; what has no value is no group, and only the greatest ones are."""
    found = {}
    for dimension, figures in by_dimension.items():
        values = [(str(key), figure) for (key,), figure in figures.get(name, {}).items() if key]
        values.sort(key=lambda pair: (-pair[1].n, pair[0]))
        if values:
            found[dimension] = dict(sorted(values[:MOST_GROUPS]))
    return found
