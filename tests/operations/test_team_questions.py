"""Questions that wait on the team's host."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.conftest import Base, Run
from tests.hosts.server import Host
from tests.repositories import Team

from cannery.errors import CanneryError
from cannery.operations.ask_log import keep_asked, unanswered
from cannery.operations.team_questions import fetch_questions, team_questions
from cannery.workspace import Workspace, open_workspace

LIST = "/repos/team/kb/issues?state=open&labels=question&per_page=100&limit=100&page=1"
WEB = "https://github.com/team/kb/issues"


@pytest.fixture
def api(team: Team, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """GitHub's API, with two open questions."""
    host = Host()
    monkeypatch.setenv("GITHUB_API_URL", host.address)
    monkeypatch.setenv("GH_TOKEN", "t0ken")
    team.mine.write("kb/kb.toml", 'repository = "https://github.com/team/kb"\n')
    _answer(host, (1, "Question: Is there a dark mode?"), (2, "Question: jane@example.com?? SCIM"))
    yield host
    host.end()


def _answer(host: Host, *issues: tuple[int, str]) -> None:
    rows = [
        {"number": number, "title": title, "labels": [{"name": "question"}],
         "created_at": "2026-11-01T09:00:00Z"}
        for number, title in issues
    ]  # fmt: skip
    host.answers = {LIST: (200, {}, rows)}


def _workspace(team: Team) -> Workspace:
    return open_workspace(team.mine.root)


def _open(team: Team) -> list[str]:
    return [asked.question for asked in unanswered(_workspace(team))]


def test_what_waits_there_is_unanswered(team: Team, api: Host) -> None:
    fetch_questions(_workspace(team))
    assert _open(team) == ["Is there a dark mode?", "…?? SCIM"]
    (first, _) = unanswered(_workspace(team))
    assert first.time == 1793523600.0


def test_what_the_host_lists_no_more_is_closed(team: Team, api: Host) -> None:
    keep_asked(_workspace(team), "Is there a dark mode?", f"{WEB}/1", is_draft=False)
    _answer(api)
    assert _open(team) == ["Is there a dark mode?"]
    fetch_questions(_workspace(team))
    assert _open(team) == []


def test_what_was_asked_here_and_waits_there_counts_once(team: Team, api: Host) -> None:
    keep_asked(_workspace(team), "Is there a dark mode?", f"{WEB}/1", is_draft=False)
    fetch_questions(_workspace(team))
    keep_asked(_workspace(team), "Where is our data?", f"{WEB}/3", is_draft=False)
    assert sorted(_open(team)) == ["Is there a dark mode?", "Where is our data?", "…?? SCIM"]


def test_an_entry_that_names_the_issue_answers_it(team: Team, api: Host) -> None:
    fetch_questions(_workspace(team))
    team.mine.write("kb/articles/dark.md", f"---\ntitle: Dark\n---\nYes.\n\nSource: {WEB}/1\n")
    assert _open(team) == ["…?? SCIM"]


def test_the_command_asks_the_host(team: Team, api: Host, kb: Run) -> None:
    assert "Is there a dark mode?" in kb("insight", "gaps", "--issues").out
    assert "ask 1" in kb("insight", "gaps").out  # and they are known from then on
    assert len(api.told) == 1


def test_a_host_that_refuses_changes_nothing(team: Team, api: Host) -> None:
    fetch_questions(_workspace(team))
    api.answers = {}
    api.answer = (500, {}, {"message": "down"})
    with pytest.raises(CanneryError):
        fetch_questions(_workspace(team))
    assert len(team_questions(_workspace(team)).questions) == 2


def test_a_folder_has_no_host(base: Base) -> None:
    with pytest.raises(CanneryError, match="can't be listed"):
        fetch_questions(base.workspace)


def test_where_nothing_may_be_kept_nothing_is_asked(team: Team, api: Host) -> None:
    team.mine.write("kb/kb.toml", "[insight]\nsearches = false\n")
    with pytest.raises(CanneryError, match="may not be kept"):
        fetch_questions(_workspace(team))
    assert api.told == []
