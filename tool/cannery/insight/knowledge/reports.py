"""What snapshots of a knowledge base tell, in the shape of all measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannery.insight.knowledge.census import CENSUSES, Census
from cannery.insight.knowledge.snapshot import Snapshot
from cannery.insight.noise import change
from cannery.insight.periods import Period
from cannery.insight.report import Definition, MeasureReport, Point
from cannery.model.figure import Figure

Months = Sequence[tuple[Period, Snapshot]]


def census_reports(now: Snapshot, months: Months) -> list[MeasureReport]:
    """Each census as it stands, and as it stood at the end of each month, or of the data."""
    return [_report(census, now, months) for census in CENSUSES]


def _report(census: Census, now: Snapshot, months: Months) -> MeasureReport:
    version = census.version
    told = Definition(
        census.name, census.name, census.unit, census.better, version, census.page, {}
    )
    points = tuple(
        Point(period.label, period.starts_at, _overall(census, seen), period.ends_at <= now.at)
        for period, seen in months
    )
    groups = {"section": _by_section(census, now)}
    return MeasureReport(told, _overall(census, now), points, (), groups, change(points, told))


def _overall(census: Census, seen: Snapshot) -> Figure:
    return census.figure([value for _, value in census.values(seen)])


def _by_section(census: Census, seen: Snapshot) -> Mapping[str, Figure]:
    values: dict[str, list[int]] = {}
    for section, value in census.values(seen):
        if section:
            values.setdefault(section, []).append(value)
    return {section: census.figure(found) for section, found in sorted(values.items())}
