"""What has become of a proposal is what its host says, where the user is signed in there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hosts.forges import Forge
from tests.repositories import Team

from cannery.model.event import Event, Listener, ignore
from cannery.operations.propose import ProposeQuery, plan, submit
from cannery.operations.status import status
from cannery.workspace import open_workspace

HAR = "kb/articles/har.md"


@pytest.fixture
def forge(team: Team, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Forge]:
    """The user has proposed a change, and the team's repository is on a forge where it is known."""
    workspace = open_workspace(team.mine.root)
    team.mine.edit(HAR, "First line", "1st")
    (sent,) = submit(workspace, plan(workspace, ProposeQuery()))
    made = Forge("gitlab")
    made.requests[0]["source_branch"] = sent.branch
    path = home / "config/cannery/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f'[hosts]\n"{made.name}" = {{ token_variable = "FORGE_TOKEN" }}\n', "utf-8")
    team.mine.write("kb/kb.toml", f'repository = "{made.address}"\nforge = "gitlab"\n')
    monkeypatch.setenv("FORGE_TOKEN", "s3cret")
    yield made
    made.end()


def _state(team: Team, listener: Listener = ignore) -> str:
    (found,) = status(open_workspace(team.mine.root), listener).proposed
    return found.state


@pytest.mark.parametrize(
    ("on_host", "state"), [("opened", "proposed"), ("merged", "merged"), ("closed", "closed")]
)
def test_the_host_knows_more_than_the_branch(
    team: Team, forge: Forge, on_host: str, state: str
) -> None:
    forge.requests[0]["state"] = on_host
    assert _state(team) == state


def test_a_request_whose_branch_is_gone_is_still_the_host_s_to_tell(
    team: Team, forge: Forge
) -> None:
    (branch,) = team.branches()
    team.mine.git("push", "-q", "origin", f":{branch}")
    forge.requests[0]["state"] = "merged"
    assert _state(team) == "merged"
    forge.requests.clear()
    assert _state(team) == "closed"


def test_who_is_not_signed_in_asks_nobody(
    team: Team, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORGE_TOKEN")
    forge.requests[0]["state"] = "merged"
    assert (_state(team), forge.paths) == ("proposed", [])


def test_a_host_that_answers_with_an_error_is_told_and_the_branch_counts(
    team: Team, forge: Forge
) -> None:
    forge.refusal = (500, {"message": "Down for maintenance"})
    said: list[Event] = []
    assert _state(team, said.append) == "proposed"
    assert "Down for maintenance" in str(said)
