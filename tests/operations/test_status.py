"""How a clone stands, and how many git processes it takes to know."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.git_calls import recorded
from tests.repositories import Team

from cannery.operations.history import history
from cannery.operations.propose import ProposeQuery, plan, submit
from cannery.operations.status import status
from cannery.operations.sync import sync
from cannery.workspace import open_workspace

HAR, PROXY = "kb/articles/har.md", "kb/articles/proxy.md"


def test_what_is_edited_proposed_and_behind(team: Team) -> None:
    workspace = open_workspace(team.mine.root)
    team.mine.edit(PROXY, "First line", "1st")
    (sent,) = submit(workspace, plan(workspace, ProposeQuery()))
    team.other.edit(HAR, "First line", "1st")
    team.other.push()
    found = status(workspace)
    assert [item.path for item in found.edited] == [PROXY]
    assert [(item.proposal, item.state) for item in found.proposed] == [(sent, "proposed")]
    assert (found.behind, found.conflicts, found.online) == (1, {}, True)


def test_a_proposal_whose_branch_is_gone_is_closed(team: Team) -> None:
    workspace = open_workspace(team.mine.root)
    team.mine.edit(PROXY, "First line", "1st")
    (sent,) = submit(workspace, plan(workspace, ProposeQuery()))
    team.mine.git("push", "-q", "origin", f":{sent.branch}")
    assert [item.state for item in status(workspace).proposed] == ["closed"]


def test_a_status_takes_few_git_processes(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = open_workspace(team.mine.root)
    for path in (HAR, PROXY):
        team.mine.edit(path, "First line", "1st")
        assert [*submit(workspace, plan(workspace, ProposeQuery((Path(path),))))]
    calls = recorded(tmp_path, monkeypatch)
    assert len(status(workspace).proposed) == 2
    assert len(took := calls()) <= 14, took


def test_a_sync_takes_as_many_git_processes_for_five_files_as_for_one(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = open_workspace(team.mine.root)
    for number in range(6):
        team.other.write(f"kb/articles/{number}.md", f"---\ntitle: N{number}\n---\na\n\nb\n\nc\n")
    team.other.push()
    sync(workspace)
    calls = recorded(tmp_path, monkeypatch)
    took = []
    for numbers in ((0,), (1, 2, 3, 4, 5)):
        for number in numbers:
            team.other.edit(f"kb/articles/{number}.md", "\na\n", "\nA\n")
            team.mine.edit(f"kb/articles/{number}.md", "\nb\n", "\nb\n\nmine\n")
        team.other.push()
        calls()  # those of the test's own
        assert {item.how for item in sync(workspace)} == {"merged"}
        took.append(
            [
                call
                for call in calls()
                if "--no-index" not in call and not call.startswith("hash-object -w --stdin")
            ]
        )
    assert len(took[0]) == len(took[1]) <= 22, took


def test_a_history_takes_few_git_processes(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = open_workspace(team.mine.root)
    calls = recorded(tmp_path, monkeypatch)
    assert len([*history(workspace, "har")]) == 1
    assert len(took := calls()) <= 5, took
