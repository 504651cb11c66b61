"""Reports of given measures."""

from __future__ import annotations

from datetime import UTC, datetime

from cannery.insight.report import MeasureReport, Report


def report_of(*measures: MeasureReport) -> Report:
    """A report of the end of a November."""
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return Report(at, "UTC", {each.measure.name: each for each in measures})
