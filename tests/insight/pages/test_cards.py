"""Which measures have a card on the first page."""

from __future__ import annotations

from datetime import UTC, datetime

from cannery.insight.pages.cards import cards, without_data
from cannery.insight.report import Definition, MeasureReport, Point, Report
from cannery.model.figure import Figure, suppressed

_TOLD = Figure(0.78, 0.74, 0.82, 412)


def measure(key: str, last: Figure) -> MeasureReport:
    definition = Definition(key.format(days=7), key, "share", "high", 1, "measures/x", {"days": 7})
    return MeasureReport(definition, _TOLD, (Point("2026-10", 0, last, is_complete=True),))


def test_a_card_is_of_what_the_last_month_tells_and_a_cross_check_has_none() -> None:
    told = {
        "solved_within_7d": measure("solved_within_{days}d", _TOLD),
        "solved_within_7d_km": measure("solved_within_{days}d_km", _TOLD),
        "few": measure("link_rate_{days}d", suppressed(3)),
        "nothing": measure("macro_use_{days}d", suppressed(0)),
    }
    report = Report(datetime(2026, 11, 20, tzinfo=UTC), "UTC", told)
    assert [card["title"] for card in cards(report, "en")] == ["Solved within 7 days", "Link rate"]
    assert [title for title, _ in without_data(report, "en")] == ["Macro use"]
