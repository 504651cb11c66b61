"""What a measure says in a sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cannery.insight.measures.table import ORDER
from cannery.insight.report import Change, Definition, MeasureReport, Point, Report, Verdict
from cannery.insight.sentence import headline, sentence
from cannery.insight.wording import phrase
from cannery.model.figure import Figure, suppressed

KEY = "solved_within_{days}d"
SOLVED = Definition(
    "solved_within_7d", KEY, "share", "high", 1, "measures/solved-within", {"days": 7}
)
BEFORE, AFTER = Figure(0.77, 0.73, 0.81, 400), Figure(0.78, 0.74, 0.82, 412)


def report(verdict: Verdict = "no change", after: Figure = AFTER) -> MeasureReport:
    months = (
        Point("2026-09", 0, BEFORE, is_complete=True),
        Point("2026-10", 1, after, is_complete=True),
        Point("2026-11", 2, BEFORE, is_complete=False),
    )
    return MeasureReport(SOLVED, BEFORE, months, change=Change(BEFORE, after, verdict))


def said(found: MeasureReport, day: int = 20, language: str = "en") -> str:
    return sentence(found, datetime(2026, 11, day, tzinfo=UTC), language).sentence.replace(
        "\u00a0", " "
    )


def test_it_has_value_interval_number_and_what_became_of_it() -> None:
    assert said(report()) == (
        "In October 2026, 78% of tickets stood solved within 7 days (74 to 82%, n = 412):"
        " no change from the month before (77%), the difference is within chance."
    )


def test_it_is_said_in_japanese() -> None:
    assert said(report("better"), language="ja") == (
        "2026年10月は、チケットの 78% が 7 日以内に解決していました（74〜82%、n = 412）。前月（77%）より改善しました。"
    )


@pytest.mark.parametrize(
    ("verdict", "words"),
    [("better", "better than"), ("worse", "worse than"), ("too few", "too few to compare")],
)
def test_the_verdict_is_in_it(verdict: Verdict, words: str) -> None:
    assert words in said(report(verdict))


def test_a_month_that_is_not_the_last_one_is_said_to_be_the_last_complete_one() -> None:
    """The last month is over, but its tickets have not had their days."""
    found = MeasureReport(SOLVED, BEFORE, report().months[:1])
    assert said(found, 3).startswith("In September 2026, the last month that is complete, 77%")


def test_what_is_not_shown_says_why() -> None:
    assert (
        said(report(after=suppressed(3)))
        == "In October 2026, “Solved within 7 days” can't be told: fewer than 5."
    )


def test_a_measure_without_months_is_of_all_data() -> None:
    assert said(MeasureReport(SOLVED, AFTER)).startswith("Over all data, 78% of tickets")


def test_the_first_sentence_is_of_what_can_be_told() -> None:
    unknown = MeasureReport(
        SOLVED, suppressed(0), (Point("2026-10", 0, suppressed(0), is_complete=True),)
    )
    few = MeasureReport(SOLVED._replace(name="few"), suppressed(3))
    told = MeasureReport(SOLVED._replace(name="told"), AFTER)
    at = datetime(2026, 11, 20, tzinfo=UTC)
    assert headline(Report(at, "UTC", {"a": unknown, "b": few, "c": told})) is told
    assert headline(Report(at, "UTC", {"a": unknown, "b": few})) is None


def test_of_two_figures_that_read_alike_no_difference_is_spoken_of() -> None:
    alike = MeasureReport(SOLVED, BEFORE, report().months, change=Change(AFTER, AFTER, "no change"))
    assert said(alike).endswith(": no change from the month before (78%).")


def test_each_measure_has_a_sentence_of_its_own_but_promises_which_their_title_tells() -> None:
    promises = {key for key in ORDER if key.startswith("sla_")}
    assert [key for key in ORDER if key not in promises and not phrase("en", key)] == []
