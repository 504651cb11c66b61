"""Which branch of a remote is the team's, where the clone does not know."""

from __future__ import annotations

import shutil

import pytest
from tests.repositories import Team, git

from cannery.git.clone import open_checkout
from cannery.git.default_branch import default_branch
from cannery.git.failures import RemoteError
from cannery.git.repository import GitError
from cannery.operations.status import status
from cannery.operations.sync import sync
from cannery.workspace import open_workspace


@pytest.fixture
def astray(team: Team) -> Team:
    """Made by `git init --bare` where the usual name is another; the user's clone is not told."""
    git(team.remote, "symbolic-ref", "HEAD", "refs/heads/nobody")
    team.mine.git("remote", "set-head", "origin", "--delete")
    return team


def test_it_is_what_the_remote_says(team: Team) -> None:
    git(team.remote, "branch", "trunk", "main")
    git(team.remote, "symbolic-ref", "HEAD", "refs/heads/trunk")
    team.mine.git("remote", "set-head", "origin", "--delete")
    assert open_checkout(team.mine.root).main == "trunk"


def test_the_only_branch_is_it(astray: Team) -> None:
    git(astray.remote, "branch", "-m", "main", "trunk")
    astray.mine.git("branch", "--unset-upstream")
    assert default_branch(astray.mine.root, "origin") == "trunk"


def test_branches_of_proposals_are_not_it(astray: Team) -> None:
    git(astray.remote, "branch", "-m", "main", "trunk")
    git(astray.remote, "branch", "kb/har-1234", "trunk")
    assert default_branch(astray.mine.root, "origin") == "trunk"


def test_of_several_it_is_what_the_current_branch_follows(astray: Team) -> None:
    git(astray.remote, "branch", "trunk", "main")
    astray.mine.git("fetch", "-q")
    astray.mine.git("branch", "-q", "--set-upstream-to", "origin/trunk")
    assert default_branch(astray.mine.root, "origin") == "trunk"


def test_or_the_one_of_the_usual_name(astray: Team) -> None:
    git(astray.remote, "branch", "trunk", "main")
    astray.mine.git("checkout", "-q", "--detach")
    assert default_branch(astray.mine.root, "origin") == "main"


def test_where_nothing_tells_the_user_can(astray: Team) -> None:
    git(astray.remote, "branch", "-m", "main", "one")
    git(astray.remote, "branch", "two", "one")
    with pytest.raises(GitError, match="has no default branch") as raised:
        default_branch(astray.mine.root, "origin")
    assert "git remote set-head origin BRANCH" in raised.value.hint
    astray.mine.git("fetch", "-q")
    astray.mine.git("remote", "set-head", "origin", "two")
    assert open_checkout(astray.mine.root).main == "two"


def test_an_empty_remote_wants_a_first_commit(astray: Team) -> None:
    git(astray.remote, "update-ref", "-d", "refs/heads/main")
    with pytest.raises(GitError, match="has no branches") as raised:
        default_branch(astray.mine.root, "origin")
    assert "git push -u origin HEAD" in raised.value.hint


def test_the_user_works_with_such_a_remote_as_with_any(astray: Team) -> None:
    astray.other.edit("kb/articles/har.md", "First line", "1st")
    astray.other.push()
    workspace = open_workspace(astray.mine.root)
    assert status(workspace).behind == 1
    sync(workspace)
    assert status(workspace).behind == 0


def test_offline_the_status_is_of_what_was_fetched(astray: Team) -> None:
    shutil.rmtree(astray.remote)
    found = status(open_workspace(astray.mine.root))
    assert (found.behind, found.online) == (0, False)


def test_offline_a_clone_that_never_fetched_says_that_it_is(astray: Team) -> None:
    astray.mine.git("update-ref", "-d", "refs/remotes/origin/main")
    shutil.rmtree(astray.remote)
    with pytest.raises(RemoteError, match="can't be reached"):
        status(open_workspace(astray.mine.root))
