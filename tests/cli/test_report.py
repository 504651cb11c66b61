"""What is shown of a check on a terminal, and in a pipe."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout

import pytest

from cannery.check.statistics import MANY
from cannery.cli.report import CheckFormat, show_findings
from cannery.model.location import Problem, Severity
from cannery.operations.check import Findings


class _Stream(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def _shown(problems: list[Problem], *, terminal: bool) -> list[str]:
    stream = _Stream(terminal=terminal)
    with redirect_stdout(stream), redirect_stderr(stream):
        show_findings(Findings(400, tuple(problems), {}), CheckFormat.TEXT)
    return stream.getvalue().splitlines()


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def _problems(count: int, severity: Severity, message: str) -> list[Problem]:
    return [
        Problem(f"kb/a{number:03}.md", 2, "tag", message.format(number), "Add it.", severity)
        for number in range(count)
    ]


ERROR, WARNING = Severity.ERROR, Severity.WARNING


def test_what_many_files_share_is_told_once_on_a_terminal() -> None:
    problems = [*_problems(MANY, WARNING, "no tag"), *_problems(1, WARNING, "other")]
    assert _shown(problems, terminal=True) == [
        "kb/a000.md:2: warning: no tag [tag]",
        "    And in 9 more files, such as kb/a001.md:2 and kb/a002.md:2",
        "    Add it.",
        "kb/a000.md:2: warning: other [tag]",
        "    Add it.",
        "Checked 400 entries: 0 errors, 11 warnings.",
        "For each finding, run the same with `| less` or `--json`.",
    ]


def test_a_pipe_is_given_each_finding() -> None:
    lines = _shown(_problems(300, WARNING, "no tag"), terminal=False)
    assert sum(line.endswith("[tag]") for line in lines) == 300
    assert lines[-1] == "Checked 400 entries: 0 errors, 300 warnings."


def test_a_pipe_is_told_once_what_is_decided_once() -> None:
    problems = [
        item._replace(code="header") for item in _problems(300, WARNING, "unknown key permalink")
    ]
    assert _shown(problems, terminal=False) == [
        "kb/a000.md:2: warning: unknown key permalink [header]",
        "    And in 299 more files, such as kb/a001.md:2 and kb/a002.md:2",
        "    Add it.",
        "Checked 400 entries: 0 errors, 300 warnings.",
        "For each finding, run the same with `--json`.",
    ]


def test_as_many_as_can_be_read_are_told_one_by_one() -> None:
    lines = _shown(_problems(200, WARNING, "no tag {}"), terminal=True)
    assert sum(line.endswith("[tag]") for line in lines) == 200
    assert lines[-1] == "Checked 400 entries: 0 errors, 200 warnings."


def test_of_more_the_first_errors_are_told_and_numbers() -> None:
    problems = [*_problems(300, WARNING, "no tag {}"), *_problems(20, ERROR, "bad tag {}")]
    lines = _shown(problems, terminal=True)
    told = [line for line in lines if line.startswith("kb/")]
    assert told == [f"kb/a{number:03}.md:2: error: bad tag {number} [tag]" for number in range(10)]
    assert lines[20] == "Checked 400 entries: 20 errors and 300 warnings in 300 files."
    assert lines[-2:] == [
        "For each finding, run the same with `| less` or `--json`.",
        "Next: the errors, with `kb check --select tag`.",
    ]
