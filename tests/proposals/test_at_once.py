"""Two commands at once wait for each other; one that is interrupted tells how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import NoReturn

import pytest

from cannery.git.clone import open_local
from cannery.model.event import Event, Remark
from cannery.model.location import Problem
from cannery.operations.propose import ProposeQuery, plan, submit
from cannery.operations.sync import sync
from cannery.util import lock
from cannery.workspace import open_workspace
from tests.conftest import Run
from tests.repositories import Team, git

HAR, PROXY = "kb/articles/har.md", "kb/articles/proxy.md"


@contextmanager
def fetching(team: Team) -> Iterator[None]:
    """Another process of `kb` asks the remote."""
    with lock.alone(open_local(team.mine.root).store / "fetching", "sync", lambda _: None):
        yield


def test_a_second_sync_waits_for_the_first_and_says_so(team: Team) -> None:
    team.other.edit(HAR, "First line", "1st")
    team.other.push()
    told: list[Event] = []
    waits = Thread(target=sync, args=(open_workspace(team.mine.root), told.append))
    with fetching(team):
        waits.start()
        while not told:
            waits.join(0.01)
    waits.join()
    assert any(isinstance(item, Remark) and "Waiting for kb sync" in item.text for item in told)
    assert team.mine.git("rev-parse", "HEAD") == git(team.remote, "rev-parse", "main")


@pytest.mark.parametrize("more", [False, True])
def test_a_second_proposal_goes_on_from_the_first(team: Team, *, more: bool) -> None:
    workspace = open_workspace(team.mine.root)
    team.mine.edit(HAR, "First line", "1st")
    first = plan(workspace, ProposeQuery())
    if more:
        team.mine.edit(HAR, "Third line", "3rd")
    second = plan(workspace, ProposeQuery())
    (one,) = submit(workspace, first)
    told: list[Event] = []
    others = [*submit(workspace, second, told.append)]
    assert [item.branch for item in others] == [one.branch] * more
    assert ("3rd" in team.shown(one.branch, HAR)) is more
    assert any("Another kb propose" in item.text for item in told if isinstance(item, Remark))


def interrupt(*_: object, **__: object) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("cannery.operations.propose.commit", "Nothing was proposed."),
        ("cannery.operations.send.push", "Not pushed yet: Update HAR files."),
        ("cannery.operations.send._open_request", "Proposed: Update HAR files."),
    ],
)
def test_an_interrupted_proposal_tells_what_was_done(
    team: Team, kb: Run, monkeypatch: pytest.MonkeyPatch, place: str, said: str
) -> None:
    team.mine.edit(HAR, "First line", "1st")
    with monkeypatch.context() as patch:
        patch.setattr(place, interrupt)
        done = kb("propose", "--yes")
    assert (done.code, said in done.err) == (130, True)
    assert len(team.branches()) == said.startswith("Proposed")
    assert kb("propose", "--yes").code == 0
    assert len(team.branches()) == 1


def test_an_interrupted_sync_tells_that_nothing_was_changed(
    team: Team, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.other.edit(HAR, "First line", "1st")
    team.other.push()
    before = team.mine.state()
    monkeypatch.setattr("cannery.proposals.carry_out.put", interrupt)
    done = kb("sync")
    assert (done.code, "Nothing was changed." in done.err) == (130, True)
    assert team.mine.state() == before


def test_an_undone_proposal_tells_what_becomes_of_its_branch(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    kb("propose", "--yes")
    (branch,) = team.branches()
    team.mine.edit(HAR, "Third line", "3rd")
    kb("propose", "--yes")
    assert f"restored {branch}" in kb("undo").err
    assert f"deleted  {branch}" in kb("undo").err


def test_what_another_proposes_while_a_plan_is_made_is_seen(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = open_workspace(team.mine.root)
    team.mine.edit(HAR, "First line", "1st")
    sent: list[str] = []

    def check(*_: object) -> list[Problem]:
        if not sent:
            sent.append("begun")
            sent.extend(item.branch for item in submit(workspace, plan(workspace, ProposeQuery())))
        return []

    monkeypatch.setattr("cannery.operations.propose.problems", check)
    slow = plan(workspace, ProposeQuery())
    assert [*submit(workspace, slow)] == []
    assert team.branches() == sent[1:]
