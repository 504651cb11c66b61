"""Changes are planned and submitted by a caller that has no terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.git_calls import recorded
from tests.repositories import Team

from cannery.model.event import Event, Remark
from cannery.operations import propose
from cannery.operations.check import CheckResult, check
from cannery.operations.proposal_draft import FaultyContentError
from cannery.operations.propose import ProposeQuery
from cannery.operations.send import resume
from cannery.workspace import Workspace, open_workspace

HAR, PROXY = "kb/articles/har.md", "kb/articles/proxy.md"


def test_a_change_is_planned_and_submitted_without_a_word_on_any_stream(
    team: Team, capfd: pytest.CaptureFixture[str]
) -> None:
    team.mine.edit(HAR, "First line", "1st")
    workspace = open_workspace(team.mine.root)
    events: list[Event] = []
    plan = propose.plan(workspace, ProposeQuery(why="It reads better."), events.append)
    (draft,) = plan.drafts
    assert draft.title == "Update HAR files"
    assert draft.body.startswith("It reads better.\n")
    (sent,) = propose.submit(workspace, plan, events.append)
    assert sent.is_sent
    assert team.branches() == [sent.branch]
    assert Remark(f"Update  {HAR}") in events
    assert capfd.readouterr() == ("", "")


def test_what_is_new_in_two_open_proposals_is_checked_once(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = open_workspace(team.mine.root)
    for path in (HAR, PROXY):
        team.mine.edit(path, "First line", "1st")
        plan = propose.plan(workspace, ProposeQuery((Path(path),)))
        assert all(item.is_sent for item in propose.submit(workspace, plan))
    checks: list[Workspace] = []

    def counted(checked: Workspace, *arguments: object) -> CheckResult:
        checks.append(checked)
        return check(checked)

    monkeypatch.setattr("cannery.operations.check.check", counted)
    for path in (HAR, PROXY):
        team.mine.edit(path, "Second line", "2nd")
    plan = propose.plan(workspace, ProposeQuery())
    assert [draft.group.earlier is None for draft in plan.drafts] == [False, False]
    assert len(checks) == 1


def test_errors_of_what_is_proposed_come_with_the_failure(team: Team) -> None:
    team.mine.edit(HAR, "First line", "[x](gone.md)")
    with pytest.raises(FaultyContentError) as caught:
        propose.plan(open_workspace(team.mine.root), ProposeQuery())
    assert [(item.path, item.code) for item in caught.value.problems] == [(HAR, "link")]


def test_what_the_remote_could_not_be_sent_is_sent_when_it_is_back(
    team: Team, tmp_path: Path
) -> None:
    workspace = open_workspace(team.mine.root)
    team.mine.edit(HAR, "First line", "1st")
    away = team.remote.rename(tmp_path / "away.git")
    plan = propose.plan(workspace, ProposeQuery())
    (waiting,) = propose.submit(workspace, plan)
    assert (plan.destination.online, waiting.is_sent) == (False, False)
    away.rename(team.remote)
    (sent,) = resume(workspace)
    assert sent == waiting._replace(sent=waiting.tip)
    assert team.branches() == [sent.branch]


def _processes(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> list[str]:
    """The git processes that `kb` starts in the user's clone."""
    calls = recorded(tmp_path, monkeypatch)
    command = [sys.executable, "-m", "cannery", *arguments]
    subprocess.run(command, cwd=team.mine.root, check=True, capture_output=True)
    return calls()


def test_one_changed_file_takes_few_git_processes(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.mine.edit(HAR, "First line", "1st")
    calls = _processes(team, tmp_path, monkeypatch, ("propose", "--yes"))
    assert len(team.branches()) == 1
    assert len(calls) <= 25, "\n".join(calls)


def test_a_change_to_an_open_proposal_of_many_takes_few_git_processes(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = open_workspace(team.mine.root)
    for path in (HAR, PROXY, "kb/macros/hello.md"):
        team.mine.edit(path, "He" if "hello" in path else "Fi", "A")
        plan = propose.plan(workspace, ProposeQuery((Path(path),)))
        assert all(item.is_sent for item in propose.submit(workspace, plan))
    team.mine.edit(HAR, "Second", "2nd")
    calls = _processes(team, tmp_path, monkeypatch, ("propose", "--yes"))
    assert len(team.branches()) == 3
    assert len(calls) <= 25, "\n".join(calls)


def test_with_a_translation_left_behind_it_takes_few_git_processes(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.other.write("kb/articles/har.ja.md", "---\ntitle: HAR\n---\n記録\n")
    team.other.push()
    team.other.edit(HAR, "Second line", "2nd")
    team.other.push()
    team.mine.pull()
    team.mine.edit(HAR, "First line", "1st")
    calls = _processes(team, tmp_path, monkeypatch, ("propose", "--yes"))
    assert len(team.branches()) == 1
    assert len(calls) <= 26, "\n".join(calls)
