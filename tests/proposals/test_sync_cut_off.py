"""A sync that is cut off: what had come is no edit of the user's, and no conflict is made of it."""

from __future__ import annotations

import pytest

from tests.conftest import Run
from tests.proposals.cut import BRANCH, DONE, WRITE, failing, kill
from tests.repositories import ARTICLE, Team, git

HAR, PROXY = "kb/articles/har.md", "kb/articles/proxy.md"
POINTS = [(WRITE, 1), (WRITE, 4), (WRITE, 9), (BRANCH, 1), (DONE, 1)]


@pytest.fixture
def news(team: Team) -> Team:
    """The team has eight files more, one less, one in another state; the user has edited two."""
    for name in "abcdefgh":
        team.other.write(f"kb/articles/{name}.md", ARTICLE.replace("HAR files", name))
    team.other.edit(HAR, "Third line", "3rd")
    (team.other.root / "kb/macros/hello.md").unlink()
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    team.mine.edit(PROXY, "First line", "mine")
    team.mine.git("add", PROXY)
    return team


def goes_on(team: Team) -> None:
    """The team changes again what had come in part."""
    for name in "abcdefgh":
        team.other.edit(f"kb/articles/{name}.md", "First line", "newer")
    team.other.push()


def is_like_the_team(team: Team, *edited: str) -> bool:
    status = team.mine.git("status", "--porcelain").splitlines()
    here, newest = team.mine.git("rev-parse", "HEAD"), git(team.remote, "rev-parse", "main")
    return here == newest and sorted(line[3:] for line in status) == sorted(edited)


@pytest.mark.parametrize(("step", "number"), POINTS)
def test_what_had_come_is_no_conflict_when_the_team_has_gone_on(
    news: Team, kb: Run, step: str, number: int
) -> None:
    kill(news.mine.root, step, number, "sync")
    goes_on(news)
    done = kb("sync")
    assert (done.code, "The interrupted sync was finished." in done.err) == (0, True)
    assert is_like_the_team(news, HAR, PROXY)
    assert news.mine.git("diff", "--cached", "--name-only") == PROXY
    text = (news.mine.root / HAR).read_text()
    assert ("mine" in text, "3rd" in text) == (True, True)


@pytest.mark.parametrize(("step", "number"), POINTS)
def test_a_killed_sync_is_taken_back_by_undo(news: Team, kb: Run, step: str, number: int) -> None:
    before = news.mine.state()
    kill(news.mine.root, step, number, "sync")
    assert kb("undo").code == 0
    assert news.mine.state() == before


@pytest.mark.parametrize("number", [2, 9])
def test_what_its_user_has_edited_in_between_is_merged(news: Team, kb: Run, number: int) -> None:
    kill(news.mine.root, WRITE, number, "sync")
    there = [name for name in "abcdefgh" if (news.mine.root / f"kb/articles/{name}.md").exists()]
    edited = [f"kb/articles/{name}.md" for name in there[-1:]]
    for path in edited:
        news.mine.edit(path, "Second line", "2nd")
    news.mine.edit(PROXY, "Third line", "mine too")
    news.mine.git("add", PROXY)
    done = kb("sync")
    assert done.code == 0, done.err
    assert is_like_the_team(news, HAR, PROXY, *edited)
    assert all("2nd" in (news.mine.root / path).read_text() for path in edited)
    assert "mine too" in (news.mine.root / PROXY).read_text()


@pytest.mark.parametrize("number", [1, 5])
def test_a_killed_undo_of_a_sync_is_finished(news: Team, kb: Run, number: int) -> None:
    before = news.mine.state()
    kb("sync")
    kill(news.mine.root, WRITE, number, "undo")
    assert kb("undo").err == "The interrupted undo was finished.\n"
    assert news.mine.state() == before


def test_ctrl_c_in_the_middle_leaves_all_as_it_was(news: Team, kb: Run) -> None:
    before = news.mine.state()
    with failing(5, KeyboardInterrupt()):
        assert kb("sync").code == 130
    assert news.mine.state() == before
    assert kb("sync").code == 0
    assert is_like_the_team(news, HAR, PROXY)


def test_what_is_committed_in_between_stays_committed(news: Team, kb: Run) -> None:
    kill(news.mine.root, WRITE, 6, "sync")
    news.mine.git("add", "kb/articles")
    news.mine.git("commit", "-q", "-m", "All of it")
    said = kb("new", "article", "Another").err
    assert "The interrupted sync was left as it is: the branch has moved since." in said
    assert news.mine.git("log", "-1", "--format=%s") == "All of it"
    assert kb("undo").out == "Undone: draft.\n"


def test_a_conflict_that_was_cut_off_is_one_conflict(news: Team, kb: Run) -> None:
    news.other.edit(HAR, "First line", "theirs")
    news.other.push()
    kill(news.mine.root, BRANCH, 1, "sync")
    news.other.edit(PROXY, "Third line", "3rd")
    news.other.push()
    done = kb("sync")
    assert (done.code, "body, line 6" in done.err) == (1, True)
    assert "theirs" in (news.mine.root / f"{HAR}.theirs").read_text()
    assert "mine" in (news.mine.root / HAR).read_text()
    kb("undo")
    kb("undo")
    assert not (news.mine.root / f"{HAR}.theirs").exists()


@pytest.mark.parametrize("step", ["push.push", "undo_log.UndoLog.pushed"])
def test_a_killed_proposal_can_be_withdrawn(team: Team, kb: Run, step: str) -> None:
    team.mine.edit(HAR, "First line", "1st")
    before = team.mine.state()
    kill(team.mine.root, step, 1, "propose", "--yes")
    assert kb("undo").out == "Undone: proposal.\n"
    assert team.branches() == []
    assert team.mine.state() == before
    assert kb("undo").err == "There is nothing to undo.\n"
    assert kb("propose", "--yes").code == 0


def test_the_working_tree_of_a_killed_proposal_is_taken_away_by_who_writes_next(
    team: Team, kb: Run
) -> None:
    team.mine.edit(HAR, "First line", "1st")
    before = team.mine.state()
    kill(team.mine.root, "commit._has_hooks", 1, "propose", "--yes")
    assert team.mine.git("worktree", "list").count("\n") == 1
    kb("undo")
    assert team.mine.state() == before


def test_a_killed_proposal_that_is_sent_again_is_one_proposal(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    kill(team.mine.root, "undo_log.UndoLog.pushed", 1, "propose", "--yes")
    assert kb("propose", "--yes").code == 0
    kb("undo")
    assert team.branches() == []
    assert kb("undo").err == "There is nothing to undo.\n"
