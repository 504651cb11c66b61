"""How much of a knowledge base is used."""

from __future__ import annotations

import random

import pytest

from cannery.insight.knowledge.snapshot import EntryAt, Snapshot
from cannery.insight.knowledge.uses import Uses, UsesOfDay, used_reports
from cannery.insight.periods import Period

DAY = 86_400


def _entry(name: str, section: str = "a") -> EntryAt:
    return EntryAt(name, section, 0, 1, 0)


def _told(uses: Uses, entries: list[EntryAt], day: int) -> dict[str, float | None]:
    reports = used_reports(uses, Snapshot(day * DAY, day, entries, []), [])
    return {report.measure.name: report.overall.value for report in reports}


def test_counts_are_those_of_a_look_at_each_use() -> None:
    draw = random.Random(11)  # noqa: S311 - examples
    uses = [
        UsesOfDay(draw.choice("abc"), draw.randrange(200), draw.randint(1, 3)) for _ in range(200)
    ]
    kept = Uses(uses)
    for _ in range(200):
        since, until = sorted((draw.randrange(210), draw.randrange(210)))
        entry = draw.choice("abcd")
        expected = sum(use.times for use in uses if use.entry == entry and since <= use.day < until)
        assert kept.count(entry, since, until) == expected


def test_only_the_window_before_the_time_counts() -> None:
    entries = [_entry(name) for name in "abcde"]
    uses = Uses([UsesOfDay("a", 100, 3), UsesOfDay("b", 189, 1), UsesOfDay("c", 99, 5)], since=0)
    assert _told(uses, entries, 190) == {"used_entries_90d": 0.4, "reuse_90d": 0.8}


def test_uses_that_are_not_known_far_back_are_no_zero() -> None:
    entries = [_entry(name) for name in "abcde"]
    for uses in (Uses([]), Uses([UsesOfDay("a", 150, 1)])):
        assert _told(uses, entries, 190) == {"used_entries_90d": None, "reuse_90d": None}
    assert _told(Uses([UsesOfDay("a", 109, 1)]), entries, 190)["used_entries_90d"] == 0.2


def test_fewer_than_five_entries_are_not_shown() -> None:
    assert _told(Uses([], since=0), [_entry("a")], 190)["used_entries_90d"] is None


def test_months_and_sections_stand_beside() -> None:
    entries = [_entry(f"{section}{n}", section) for section in ("請求", "") for n in range(5)]
    uses = Uses([UsesOfDay("請求1", 100, 2)], since=0)
    at = 120 * DAY
    seen = Snapshot(at, 120, entries, [])
    month = Period(1, "2026-01", 0, at)
    used, reuse = used_reports(uses, seen, [(month, seen)])
    assert [(name, figure.value) for name, figure in used.groups["section"].items()] == [
        ("請求", 0.2)
    ]
    assert [point.figure.value for point in reuse.months] == [pytest.approx(0.2)]
    assert reuse.overall.low == 0.0
