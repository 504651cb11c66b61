"""A file on one side and a folder of the same name on the other: one conflict, the rest comes."""

from __future__ import annotations

import pytest

from tests.conftest import Outcome, Run
from tests.repositories import ARTICLE, Team, git

HAR, PROXY = "kb/articles/har.md", "kb/articles/proxy.md"
INNER, DEEP = f"{HAR}/x.md", f"{HAR}/y/z.md"
PAGE = "---\ntitle: X\n---\nx\n"
MINE = ARTICLE.replace("First line", "mine")


def _folder_for_an_edited_file(team: Team) -> None:
    team.mine.write(HAR, MINE)
    (team.other.root / HAR).unlink()
    team.other.write(INNER, PAGE)
    team.other.write(DEEP, PAGE)
    team.other.edit(PROXY, "First line", "1st")
    team.other.push()


def _conflict(kb: Run, path: str) -> Outcome:
    done = kb("sync")
    assert (done.code, done.err.count("you and the team both changed it")) == (1, 1), done.err
    assert f"`kb propose {path}`. Or take theirs: `git checkout HEAD -- {path}`." in done.err
    return done


def test_an_edited_file_stays_where_the_team_has_a_folder(team: Team, kb: Run) -> None:
    _folder_for_an_edited_file(team)
    assert "1 updated, 1 in conflict" in _conflict(kb, HAR).err
    assert (team.mine.root / HAR).read_text() == MINE
    assert "1st" in (team.mine.root / PROXY).read_text()
    assert team.mine.git("rev-parse", "HEAD") == git(team.remote, "rev-parse", "main")
    assert not (team.mine.root / f"{HAR}.theirs").exists()
    assert "Already up to date." in kb("sync").err


def test_it_still_stays_when_the_folder_changes(team: Team, kb: Run) -> None:
    _folder_for_an_edited_file(team)
    _conflict(kb, HAR)
    team.other.edit(INNER, "x\n", "y\n")
    (team.other.root / DEEP).unlink()
    team.other.push()
    _conflict(kb, HAR)
    assert (team.mine.root / HAR).read_text() == MINE


@pytest.mark.parametrize("has_hook", [False, True])
def test_the_users_file_can_be_proposed(team: Team, kb: Run, has_hook: bool) -> None:
    _folder_for_an_edited_file(team)
    _conflict(kb, HAR)
    if has_hook:  # the files are written, not the index alone
        team.mine.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n").chmod(0o755)
    done = kb("propose", "--yes", HAR)
    assert done.code == 0, done.err
    (branch,) = team.branches()
    assert team.shown(branch, HAR) == MINE
    assert git(team.remote, "diff", "--name-only", "--no-renames", "main", branch).split() == [
        HAR,
        INNER,
        DEEP,
    ]


def test_the_teams_folder_can_be_taken(team: Team, kb: Run) -> None:
    _folder_for_an_edited_file(team)
    _conflict(kb, HAR)
    team.mine.git("checkout", "HEAD", "--", HAR)
    assert team.mine.git("status", "--porcelain") == ""
    assert (team.mine.root / DEEP).read_text() == PAGE
    assert "Already up to date." in kb("sync").err


def test_such_a_sync_can_be_undone(team: Team, kb: Run) -> None:
    _folder_for_an_edited_file(team)
    before = team.mine.git("status", "--porcelain"), team.mine.git("rev-parse", "HEAD")
    _conflict(kb, HAR)
    assert kb("undo").code == 0
    assert before == (team.mine.git("status", "--porcelain"), team.mine.git("rev-parse", "HEAD"))
    assert (team.mine.root / HAR).read_text() == MINE


def test_a_file_that_git_does_not_know_is_in_the_way_as_well(team: Team, kb: Run) -> None:
    team.mine.write("kb/articles/notes", "mine")
    team.other.write("kb/articles/notes/x.md", PAGE)
    team.other.edit(PROXY, "First line", "1st")
    team.other.push()
    _conflict(kb, "kb/articles/notes")
    assert (team.mine.root / "kb/articles/notes").read_text() == "mine"
    assert "1st" in (team.mine.root / PROXY).read_text()


def test_a_file_that_nobody_has_edited_becomes_a_folder(team: Team, kb: Run) -> None:
    (team.other.root / HAR).unlink()
    team.other.write(INNER, PAGE)
    team.other.push()
    assert kb("sync").code == 0
    assert (team.mine.root / INNER).read_text() == PAGE
    assert team.mine.git("status", "--porcelain") == ""


@pytest.mark.parametrize("has_hook", [False, True])
def test_a_folder_of_the_users_stays_where_the_team_has_a_file(
    team: Team, kb: Run, has_hook: bool
) -> None:
    team.mine.write("kb/articles/new.md/x.md", PAGE)
    team.other.write("kb/articles/new.md", ARTICLE)
    team.other.edit(PROXY, "First line", "1st")
    team.other.push()
    _conflict(kb, "kb/articles/new.md")
    assert (team.mine.root / "kb/articles/new.md/x.md").read_text() == PAGE
    assert "1st" in (team.mine.root / PROXY).read_text()
    if has_hook:
        team.mine.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n").chmod(0o755)
    done = kb("propose", "--yes", "kb/articles/new.md")
    assert done.code == 0, done.err
    (branch,) = team.branches()
    assert team.shown(branch, "kb/articles/new.md/x.md") == PAGE
    assert "Remove  kb/articles/new.md\n" in done.err + done.out
