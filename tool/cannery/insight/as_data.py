"""A report as JSON has it: stable names, for other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from cannery.insight.report import Change, MeasureReport, Point, Report
from cannery.insight.wording import doubts
from cannery.model.figure import Figure


def report_data(report: Report) -> dict[str, object]:
    """All of a report; figures that are suppressed have null and the reason."""
    return {
        "at": report.at.isoformat(),
        "data_until": report.data_until.isoformat() if report.data_until else None,
        "doubts": doubts(report, "en"),
        "ended": {name: end.isoformat() for name, end in report.ended},
        "time_zone": report.time_zone,
        "calendar": report.calendar,
        "measures": {name: _measure(each) for name, each in report.measures.items()},
    }


def _measure(report: MeasureReport) -> dict[str, object]:
    told = report.measure
    return {
        **figure_data(report.overall),
        "unit": told.unit,
        "better": told.better,
        "version": told.version,
        "page": told.page,
        "change": _change(report.change) if report.change else None,
        "months": _points(report.months),
        "weeks": _points(report.weeks),
        "groups": {name: _group(group) for name, group in report.groups.items()},
    }


def figure_data(figure: Figure) -> dict[str, object]:
    """A figure: `value`, `low`, `high`, `n` and `why`."""
    return figure._asdict()


def _change(change: Change) -> dict[str, object]:
    figures = figure_data(change.before), figure_data(change.after)
    return {"before": figures[0], "after": figures[1], "verdict": change.verdict}


def _points(points: Sequence[Point]) -> list[dict[str, object]]:
    return [
        {
            "label": point.label,
            "starts_at": datetime.fromtimestamp(point.starts_at, UTC).isoformat(),
            **figure_data(point.figure),
            "is_complete": point.is_complete,
            "marks": list(point.marks),
        }
        for point in points
    ]


def _group(figures: Mapping[str, Figure]) -> dict[str, object]:
    return {value: figure_data(figure) for value, figure in figures.items()}
