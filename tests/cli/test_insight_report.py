"""Figures on a terminal of 80 columns, in both languages, with all measures there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.insight import simulation
from tests.insight.desk import records, report_of

from cannery.cli import insight_report
from cannery.insight.fact import DAY, Frame
from cannery.insight.report import Report
from cannery.insight.words import words
from cannery.util.columns import columns


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(records(simulation.SCENARIOS[1], 1), Frame(180 * DAY, 7))


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def table(text: str) -> list[str]:
    """The lines between the sentence and what the figures rest on."""
    return text.split("\n\n")[1].splitlines()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_table_fits_with_wide_letters_too(
    report: Report, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    insight_report.as_text(report, language)
    lines = table(capsys.readouterr().out)
    assert max(map(columns, lines)) <= 80
    assert "…" not in "".join(lines)


def test_months_of_what_needs_its_days_are_told_apart(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the end of the month arrivals have theirs, and solutions have not."""
    early = report_of(records(simulation.SCENARIOS[1], 1), Frame(151 * DAY, 7))
    insight_report.as_text(early, "en")
    text = " ".join(capsys.readouterr().out.split())
    assert "Month: May 1970 · Month: April 1970 (Solved within 7 days," in text


def test_a_change_of_a_definition_is_named(
    report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    each = report.measures["solved_within_7d"]
    marked = each.months[-1]._replace(marks=(f"definition changed on {date(1970, 6, 2)}",))
    changed = replace(each, months=(*each.months[:-1], marked))
    told = replace(report, measures={**report.measures, "solved_within_7d": changed})
    insight_report.as_text(told, "en")
    out = capsys.readouterr().out
    assert "definition changed on 1970-06-02: Solved within 7 days\n" in out
    insight_report.as_text(told, "ja")
    assert "1970-06-02 に定義を変更: 7 日以内の解決率\n" in capsys.readouterr().out


def test_a_dimension_that_no_ticket_tells_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    insight_report.by_value({}, "team", "backlog", "en")
    insight_report.by_value({}, "team", "backlog", "ja")
    team = words("ja")["dimensions"]["team"]
    assert (
        capsys.readouterr().out
        == f"No ticket tells its team.\n{team}が分かるチケットはありません。\n"
    )
