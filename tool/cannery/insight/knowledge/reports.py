"""What snapshots of a knowledge base tell, in the shape of all measures."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.insight.knowledge.census import CENSUSES, Census
from cannery.insight.knowledge.measured import by_section, measure_report
from cannery.insight.knowledge.snapshot import Snapshot
from cannery.insight.periods import Period
from cannery.insight.report import MeasureReport
from cannery.model.figure import Figure

Months = Sequence[tuple[Period, Snapshot]]


def census_reports(now: Snapshot, months: Months) -> list[MeasureReport]:
    """Each census as it stands, and as it stood at the end of each month, or of the data."""
    return [_report(census, now, months) for census in CENSUSES]


def _report(census: Census, now: Snapshot, months: Months) -> MeasureReport:
    figures = ((period, _overall(census, seen)) for period, seen in months)
    sections = by_section(census.values(now), census.figure)
    return measure_report(census, _overall(census, now), figures, sections, now.at)


def _overall(census: Census, seen: Snapshot) -> Figure:
    return census.figure([value for _, value in census.values(seen)])
