"""What a guide shows as printed is printed so."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from tests.conftest import Base, Run
from tests.manual.commands import ROOT, blocks

from cannery.cli import gap_report
from cannery.cli.capture import _show
from cannery.insight.gaps.fit import Fit
from cannery.insight.gaps.trend import Trend
from cannery.insight.report import Change, Definition, MeasureReport, Point
from cannery.insight.sentence import sentence
from cannery.manual import ARTICLES
from cannery.model.figure import Figure
from cannery.operations.capture import personal_spans
from cannery.operations.insight_gaps import Gap, Gaps

ENDINGS = ("md", "ja.md")


def _shown(guide: str, ending: str) -> str:
    """The only block of a guide that is neither typed nor written by a reader."""
    page = ARTICLES / "guides" / f"{guide}.{ending}"
    (found,) = (block.text for block in blocks(page) if block.language in ("", "text"))
    return found


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_gap_is_listed_as_shown(ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    gap = Gap(
        3, "dark mode", "en", 14, {"search": 11, "site": 3}, Trend(2, 12, "rising"),
        ("ダークモード", "dark theme for the dashboard"),
        (Fit("articles/display", "Display settings", 0.0, 0.3, 0.0),), "missing", (),
    )  # fmt: skip
    gap_report.show(Gaps((gap,)), 20)
    assert capsys.readouterr().out == _shown("gaps", ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_sentence_of_a_month_is_as_shown(ending: str) -> None:
    before, after = Figure(0.72, 0.68, 0.76, 600), Figure(0.75, 0.71, 0.78, 617)
    definition = Definition(
        "solved_within_7d", "solved_within_{days}d", "share", "high", 1, "measures/solved-within",
        {"days": 7},
    )  # fmt: skip
    months = (
        Point("2026-09", 0, before, is_complete=True),
        Point("2026-10", 1, after, is_complete=True),
        Point("2026-11", 2, before, is_complete=False),
    )
    report = MeasureReport(definition, before, months, change=Change(before, after, "no change"))
    language = "ja" if ending == "ja.md" else "en"
    said = sentence(report, datetime(2026, 11, 20, tzinfo=UTC), language).sentence
    between = "" if language == "ja" else " "
    assert said.replace("\u00a0", " ") == between.join(_shown("insight", ending).splitlines())


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_personal_part_is_proposed_as_shown(
    base: Base, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    head, line, question = _shown("contributing", ending).splitlines()
    text = re.sub(r"\[(.*?) → .*?\]", r"\1", line.strip())
    spans = personal_spans(base.workspace, text)
    _show(text, spans, "2 of 5")
    assert capsys.readouterr().err.splitlines() == [head, line]
    what = question.strip().removesuffix(":")
    source = (ROOT / "tool/cannery/cli/capture.py").read_text("utf-8")
    assert what.replace("[Y]es, [n]o", "{what}") in source


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_explanation_has_the_rows_that_are_shown(
    ending: str, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of our own knowledge base, whatever the numbers are by now."""
    monkeypatch.chdir(ROOT)
    printed = kb("find", "返金したい", "--explain").out
    rows = {_row(line) for line in printed.split("\n 2. ")[0].splitlines()}
    assert {_row(line) for line in _shown("searching", ending).splitlines()} <= rows


def _row(line: str) -> tuple[str, ...]:
    """Its words, without numbers and without what an entry lacks."""
    words = re.sub(r"[-+]?\d+\.\d+", "#", line).partition("lacks")
    return (*words[0].split(), words[1])
