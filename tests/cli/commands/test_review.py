"""`kb review` at the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.repositories import Team
from tests.reviewing import ReviewedTeam, reviewed_team

from cannery.cli.commands.review import seen

HELLO = "kb/macros/hello.md"


@pytest.fixture(params=["github", "gitlab", "gitea"])
def reviewed(
    request: pytest.FixtureRequest, team: Team, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ReviewedTeam]:
    monkeypatch.setenv("FORGE_TOKEN", "s3cret")
    with reviewed_team(team, home, request.param, 2) as made:
        made.team.other.edit(HELLO, "Hello {{", "Good day {{")
        made.propose()
        yield made


def test_it_lists_shows_comments_and_approves(reviewed: ReviewedTeam, kb: Run) -> None:
    done = kb("review")
    assert done.code == 0
    assert done.out.startswith("    2  Change 2  (draft)\n       kim · 2026-11-25 · http")
    done = kb("review", "1")
    assert done.code == 0, done.err
    assert done.out.startswith("1  Change 1  (open)\nkim · 2026-11-25 · http")
    assert (
        "\nChanged: Hello\n  kb/macros/hello.md\n  -Hello [name]\n  +Good day [name]\n" in done.out
    )
    assert "\nCheck: 0 errors, " in done.out
    assert "Asked on the host: @lee" in done.out
    assert kb("review", "1", "--comment", "Why?", "--yes").code == 0
    assert [item["body"] for item in reviewed.forge.comments] == ["Why?"]
    done = kb("review", "1", "--approve", "--yes")
    assert (done.code, len(reviewed.forge.reviews)) == (0, 1), done.err
    assert done.out.startswith(reviewed.forge.address)


def test_a_dry_run_sends_nothing(reviewed: ReviewedTeam, kb: Run) -> None:
    done = kb("review", "1", "--approve", "--comment", "Fine.", "--dry-run", "--json")
    assert json.loads(done.out)["sent"] is False
    assert "Approve 1, Change 1" in done.err
    assert (reviewed.forge.reviews, reviewed.forge.comments) == ([], [])


def test_what_a_program_reads_has_all_of_it(reviewed: ReviewedTeam, kb: Run) -> None:
    found = json.loads(kb("review", "1", "--json").out)
    assert (found["request"]["number"], found["request"]["state"]) == (1, "open")
    assert [(item["path"], item["kind"], item["after"]) for item in found["entries"]] == [
        (HELLO, "changed", "Good day [name]")
    ]
    assert [item["number"] for item in json.loads(kb("review", "--json").out)] == [2, 1]


def test_what_a_stranger_says_steers_no_terminal(reviewed: ReviewedTeam, kb: Run) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\u202e\n1 approved"
    for item in reviewed.forge.requests:
        item.update({"title": evil, "body": evil, "description": evil, "updated_at": evil})
    for arguments in (("review",), ("review", "1"), ("review", "1", "--approve", "--dry-run")):
        done = kb(*arguments)
        assert done.code == 0
        assert not {"\x1b", "\x07", "\u202e"} & {*done.out, *done.err}
    assert "\n1 approved" not in kb("review").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--approve",), "no pull request is given"),
        (("main", "--comment", "x"), "no pull request is given"),
        (("--checkout",), "no pull request is given"),
        (("1" * 5000, "--approve"), "no pull request is given"),
        (("1", "--checkout", "--approve"), "exclude each other"),
        (("main", "--since", "-x"), "-x is not a revision"),
        (("99",), "can't read"),
        (("no-such-branch",), "unknown revision no-such-branch"),
        (("1", "--return"), "pull request 1 is not checked out"),
    ],
)
def test_what_can_t_be_done_is_told(
    team: Team, home: Path, kb: Run, arguments: tuple[str, ...], message: str
) -> None:
    with reviewed_team(team, home):
        done = kb("review", *arguments)
    assert done.code in (1, 2)
    assert message in done.err


def test_a_number_is_completed_once_it_was_looked_at(
    reviewed: ReviewedTeam, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert seen("") == []
    assert kb("review", "#1").code == 0
    assert (seen(""), seen("2")) == (["1"], [])
    monkeypatch.chdir("/")
    assert seen("") == []


def test_a_commit_that_changes_no_file_is_told_as_such(team: Team, kb: Run) -> None:
    done = kb("review", "HEAD", "--since", "HEAD")
    assert (done.code, done.out) == (0, "No files change.\n\nCheck: 0 errors, 0 warnings\n")
