"""What an operation tells is shown where somebody looks."""

from __future__ import annotations

import itertools
import sys
import time

import pytest

from cannery.cli.progress import shown
from cannery.model.event import Progress, Remark, counting, ignore


class TestShown:
    def test_a_remark_is_a_line_on_stderr(self, capsys: pytest.CaptureFixture[str]) -> None:
        with shown() as listener:
            listener(Remark("The index was built anew."))
        assert capsys.readouterr() == ("", "The index was built anew.\n")

    def test_no_bar_is_drawn_where_nobody_looks(self, capsys: pytest.CaptureFixture[str]) -> None:
        with shown() as listener:
            assert [*counting(range(3), 500, "Checking", listener)] == [0, 1, 2]
        assert capsys.readouterr() == ("", "")

    def test_a_step_of_many_items_gets_a_bar_on_a_terminal(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        with shown() as listener:
            assert sum(1 for _ in counting(range(400), 400, "Checking", listener)) == 400
        told = capsys.readouterr().err
        assert "Checking" in told
        assert "100%" in told

    def test_a_step_of_few_items_gets_none(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        with shown() as listener:
            [*counting(range(20), 20, "Checking", listener)]
        assert capsys.readouterr().err == ""

    def test_a_step_of_few_items_that_takes_long_gets_a_bar(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        ticks = itertools.count(0, 0.3)
        monkeypatch.setattr(time, "monotonic", lambda: next(ticks))
        with shown() as listener:
            [*counting(range(6), 6, "Writing", listener)]
        told = capsys.readouterr().err
        assert "Writing" in told
        assert "100%" in told

    def test_a_wait_of_a_few_seconds_gets_a_bar(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        with shown() as listener:
            for second in range(4):
                listener(Progress("Waiting", second, 3, is_time=True))
        told = capsys.readouterr().err
        assert "Waiting" in told
        assert "100%" in told


class TestIgnore:
    def test_a_caller_that_shows_nothing_gets_all_items(self) -> None:
        assert [*counting("ab", 2, "Reading", ignore)] == ["a", "b"]


class TestCounting:
    def test_each_item_is_told_when_it_is_done(self) -> None:
        told: list[object] = []
        [*counting("ab", 2, "Reading", told.append)]
        assert told == [Progress("Reading", done, 2) for done in (0, 1, 2)]
