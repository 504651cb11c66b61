"""Measures of all entries as they stand."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from cannery.insight.knowledge.census import CENSUSES
from cannery.insight.knowledge.reports import census_reports
from cannery.insight.knowledge.snapshot import EntryAt, Snapshot, TranslationAt
from cannery.insight.periods import Period

DAY = 86_400


def _snapshot(draw: random.Random, at: int) -> Snapshot:
    day = 739_000
    sections = ("", "請求", "auth")
    entries = [
        EntryAt(f"e{n}", draw.choice(sections), day + draw.randint(-60, 90), draw.randint(0, 3), 0)
        for n in range(draw.randint(0, 40))
    ]
    translations = [
        TranslationAt(draw.choice(sections), draw.choice((0, draw.randint(1, 99) * DAY)))
        for _ in range(draw.randint(0, 40))
    ]
    return Snapshot(at, day, entries, translations)


def _with_pandas(seen: Snapshot) -> dict[str, float | None]:
    entries = pd.DataFrame(seen.entries, columns=EntryAt._fields)
    behind = pd.DataFrame(seen.translations, columns=TranslationAt._fields)["behind"]
    late, soon = entries["due"] < seen.day, entries["due"].between(seen.day, seen.day + 29)
    return {
        "reviews_overdue": late.mean() if len(late) > 4 else None,
        "reviews_due_30d": soon.mean() if len(soon) > 4 else None,
        "one_person_entries": (entries["people"] <= 1).mean() if len(entries) > 4 else None,
        "translations_behind": (behind > 0).mean() if len(behind) > 4 else None,
        "translation_lag": behind[behind > 0].median() if (behind > 0).sum() > 4 else None,
    }


@pytest.mark.parametrize("seed", range(12))
def test_figures_are_those_of_pandas(seed: int) -> None:
    seen = _snapshot(random.Random(seed), 0)  # noqa: S311 - examples
    found = {report.measure.name: report for report in census_reports(seen, [])}
    for name, value in _with_pandas(seen).items():
        figure = found[name].overall
        assert figure.value == (None if value is None else pytest.approx(value)), name
        assert (figure.low, figure.high) == (None, None)
    assert {*found} == {census.name for census in CENSUSES}


def test_sections_are_groups_and_what_is_in_none_is_not() -> None:
    entries = [EntryAt(f"e{n}", section, 0, 1, 0) for section in ("", "請求") for n in range(6)]
    [report] = [
        report
        for report in census_reports(Snapshot(0, 9, entries, []), [])
        if report.measure.name == "reviews_overdue"
    ]
    assert {name: figure.n for name, figure in report.groups["section"].items()} == {"請求": 6}


def test_months_are_told_as_they_stood_and_the_last_is_not_over() -> None:
    entries = [EntryAt(f"e{n}", "a", 10, 1, 0) for n in range(5)]
    early, late = (Snapshot(at, day, entries, []) for at, day in ((100, 9), (150, 11)))
    months = [(Period(1, "2026-01", 0, 100), early), (Period(2, "2026-02", 100, 200), late)]
    report = census_reports(late, months)[0]
    assert [(p.label, p.figure.value, p.is_complete) for p in report.months] == [
        ("2026-01", 0.0, True),
        ("2026-02", 1.0, False),
    ]
