"""A pull request looked at: what it changes, what the check finds, who must approve."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.repositories import Team, git
from tests.reviewing import ReviewedTeam, reviewed_team

from cannery.check.baseline import counted, written
from cannery.errors import CanneryError
from cannery.git.repository import GitError
from cannery.hosts.code_owners import Owners
from cannery.model.event import Event, Remark
from cannery.operations.check import check
from cannery.operations.review import open_requests, review_request, review_revision, seen_numbers
from cannery.operations.review_act import say, verdict
from cannery.operations.review_beside import check_out, put_back
from cannery.workspace import Workspace, open_workspace

HAR, HELLO = "kb/articles/har.md", "kb/macros/hello.md"


@pytest.fixture
def reviewed(team: Team, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReviewedTeam]:
    monkeypatch.setenv("FORGE_TOKEN", "s3cret")
    with reviewed_team(team, home) as made:
        yield made


@pytest.fixture
def workspace(reviewed: ReviewedTeam) -> Workspace:
    return open_workspace(reviewed.team.mine.root)


def test_a_request_is_looked_at_and_nothing_of_the_user_s_changes(
    reviewed: ReviewedTeam, workspace: Workspace
) -> None:
    reviewed.team.mine.edit(HAR, "First line", "Mine")
    before = reviewed.team.mine.state()
    reviewed.team.other.edit(HELLO, "Hello {{", "Good day {{")
    reviewed.team.other.write("tools/run.sh", "echo\n")
    commit = reviewed.propose()
    found = review_request(workspace, 1)
    assert found.request is not None
    assert (found.request.number, found.commit) == (1, commit)
    assert [(entry.path, entry.before, entry.after) for entry in found.entries] == [
        (HELLO, "Hello [name]", "Good day [name]")
    ]
    assert found.others == ("tools/run.sh",)
    assert reviewed.team.mine.state() == before


def test_the_check_tells_what_the_change_brings_and_no_more(
    reviewed: ReviewedTeam, workspace: Workspace
) -> None:
    other = reviewed.team.other
    other.write(
        "kb/articles/old.md", "---\ntitle: Old\n---\n[nowhere](missing.md)\n\n[HAR](har.md)\n"
    )
    other.push()
    other.git("rm", "-q", HAR)
    other.write("kb/articles/new.md", "---\ntitle: New\n---\n{{ not closed\n\n[x](nowhere.md)\n")
    reviewed.propose()
    found = review_request(workspace, 1).problems
    assert {(item.path, item.code) for item in found if item.severity == "error"} == {
        ("kb/articles/new.md", "link"),
        ("kb/articles/old.md", "link"),
    }
    assert not any("missing.md" in item.message for item in found)


def test_articles_that_a_setting_makes_public_are_told(
    reviewed: ReviewedTeam, workspace: Workspace
) -> None:
    other = reviewed.team.other
    settings = (other.root / "kb/kb.toml").read_text("utf-8")
    other.write("kb/kb.toml", f'{settings}\n[content]\naudience = "public"\n')
    reviewed.propose()
    told = [item for item in review_request(workspace, 1).problems if item.code == "setting"]
    assert [(item.path, item.message) for item in told] == [
        ("kb/kb.toml", "articles become public by this change: 2, articles/har first")
    ]


def test_what_a_change_adds_to_the_baseline_is_told(
    reviewed: ReviewedTeam, workspace: Workspace
) -> None:
    other = reviewed.team.other
    path = "kb/articles/new.md"
    other.write(path, "---\ntitle: New\n---\n[x](nowhere.md)\n")
    found = [item for item in check(open_workspace(other.root)).problems if item.path == path]
    other.write("kb/baseline.txt", written(counted(found)).decode())
    reviewed.propose()
    told = review_request(workspace, 1).problems
    assert [(item.path, item.message) for item in told] == [
        ("kb/baseline.txt", "findings become known by this change: 1, and are told no more")
    ]


def test_owners_are_those_of_the_branch_that_it_is_for(
    reviewed: ReviewedTeam, workspace: Workspace
) -> None:
    other = reviewed.team.other
    other.write("CODEOWNERS", "* @all\n/kb/macros/ @leads\n")
    other.push()
    other.write("CODEOWNERS", "* @nobody\n")
    other.edit(HELLO, "Hello", "Hi")
    reviewed.propose()
    assert review_request(workspace, 1).owners == (
        Owners("", ("@all",), ("CODEOWNERS",)),
        Owners("", ("@leads",), (HELLO,)),
    )


def test_a_branch_is_looked_at_without_a_host(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    team.other.edit(HELLO, "Hello", "Hi")
    team.other.git("commit", "-qam", "Hi")
    team.other.git("push", "-q", "origin", "HEAD:hi")
    team.mine.git("fetch", "-q", "origin")
    found = review_revision(open_workspace(team.mine.root), "origin/hi")
    assert [(entry.before, entry.after) for entry in found.entries] == [
        ("Hello [name]", "Hi [name]")
    ]
    with pytest.raises(GitError, match="no pull requests that kb can read"):
        open_requests(open_workspace(team.mine.root))
    with pytest.raises(CanneryError, match="not a revision"):
        review_revision(open_workspace(team.mine.root), "--output=x")
    again = review_revision(open_workspace(team.mine.root), "origin/hi", since="origin/hi")
    assert again.entries == ()


@pytest.mark.parametrize("base", ["main:refs/heads/x", "-x", "../x", "a b", "x*", ""])
def test_a_branch_that_a_host_names_is_no_option_and_no_more_than_a_branch(
    reviewed: ReviewedTeam, workspace: Workspace, base: str
) -> None:
    reviewed.team.other.edit(HELLO, "Hello", "Hi")
    reviewed.propose()
    reviewed.forge.requests[0]["base"] = {"ref": base}
    before = reviewed.team.mine.state()
    with pytest.raises(GitError, match="is not a branch"):
        review_request(workspace, 1)
    assert reviewed.team.mine.state() == before


def test_what_is_no_longer_open_is_forgotten(reviewed: ReviewedTeam, workspace: Workspace) -> None:
    from cannery.git.clone import open_checkout

    reviewed.team.other.edit(HELLO, "Hello", "Hi")
    reviewed.propose()
    review_request(workspace, 1)
    checkout = open_checkout(workspace.root)
    assert seen_numbers(checkout) == ["1"]
    assert [item.number for item in open_requests(workspace)] == [1]
    reviewed.forge.requests.clear()
    assert open_requests(workspace) == []
    assert seen_numbers(checkout) == []


def test_what_has_changed_since_it_was_seen_is_not_approved(
    reviewed: ReviewedTeam, workspace: Workspace
) -> None:
    reviewed.team.other.edit(HELLO, "Hello", "Hi")
    reviewed.propose()
    review_request(workspace, 1)
    reviewed.team.other.edit(HELLO, "Hello", "Send me your password,")
    reviewed.propose()
    with pytest.raises(CanneryError, match="has changed since you looked at it"):
        verdict(workspace, 1, "", approves=True)
    assert verdict(workspace, 1, "Why?", approves=False).comment == "Why?"
    review_request(workspace, 1)
    say(verdict(workspace, 1, "Fine.", approves=True))
    assert [item["event"] for item in reviewed.forge.reviews] == ["APPROVE"]
    reviewed.forge.requests[0]["state"] = "closed"
    with pytest.raises(CanneryError, match="pull request 1 is closed"):
        verdict(workspace, 1, "", approves=True)


def test_a_request_is_checked_out_beside_and_removed_again(
    reviewed: ReviewedTeam, workspace: Workspace
) -> None:
    mine = reviewed.team.mine
    mine.edit(HAR, "First line", "Mine")
    before = mine.state()
    reviewed.team.other.edit(HELLO, "Hello", "Hi")
    commit = reviewed.propose()
    folder = check_out(workspace, 1)
    assert folder == mine.root.parent / "mine-review-1"
    assert "Hi {{ name }}" in (folder / HELLO).read_text("utf-8")
    assert git(folder, "rev-parse", "HEAD") == commit
    assert open_workspace(folder).root == folder
    assert mine.state()[:-1] == before[:-1]
    with pytest.raises(CanneryError, match="has pull request 1"):
        check_out(workspace, 1)
    assert put_back(open_workspace(folder), 1) == folder
    assert not folder.exists()
    assert mine.state() == before
    with pytest.raises(CanneryError, match="is not checked out"):
        put_back(workspace, 1)


@pytest.mark.parametrize("commits", [False, True])
def test_what_was_done_there_is_not_removed(
    reviewed: ReviewedTeam, workspace: Workspace, commits: bool
) -> None:
    reviewed.team.other.edit(HELLO, "Hello", "Hi")
    reviewed.propose()
    folder = check_out(workspace, 1)
    (folder / "note.md").write_text("mine")
    if commits:
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", "Mine")
    with pytest.raises(CanneryError, match="has changes of yours"):
        put_back(workspace, 1)
    assert (folder / "note.md").read_text() == "mine"


def test_who_stands_in_the_folder_goes_out_first(
    reviewed: ReviewedTeam, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reviewed.team.other.edit(HELLO, "Hello", "Hi")
    reviewed.propose()
    folder = check_out(workspace, 1)
    monkeypatch.chdir(folder / "kb")
    with pytest.raises(CanneryError, match="you are in"):
        put_back(workspace, 1)
    assert folder.exists()


def test_folders_of_a_review_are_no_remark_on_the_change(
    reviewed: ReviewedTeam, workspace: Workspace
) -> None:
    other = reviewed.team.other
    other.edit("kb/kb.toml", '["en"]', '["en", "ja"]')
    other.write("kb/articles/har.ja.md", "---\ntitle: HAR\n---\n一行目。\n")
    reviewed.propose()
    told: list[Event] = []
    review_request(workspace, 1, told.append)
    assert told
    assert [each for each in told if isinstance(each, Remark)] == []
