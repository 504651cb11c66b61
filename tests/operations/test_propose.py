"""Changes are planned and submitted by a caller that has no terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repositories import Team

from cannery.model.event import Event, Remark
from cannery.operations import propose
from cannery.operations.check import CheckResult, check
from cannery.operations.propose import FaultyContentError, ProposeQuery
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
    assert (plan.online, waiting.is_sent) == (False, False)
    away.rename(team.remote)
    (sent,) = resume(workspace)
    assert sent == waiting._replace(sent=waiting.tip)
    assert team.branches() == [sent.branch]
