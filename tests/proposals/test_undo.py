"""`kb undo` takes back what `kb` did, and nothing that the user did since."""

from __future__ import annotations

from tests.conftest import Run
from tests.repositories import ARTICLE, Team, git

HAR, PROXY = "kb/articles/har.md", "kb/articles/proxy.md"


def undo(kb: Run, code: int = 0) -> str:
    done = kb("undo")
    assert done.code == code, done.err
    return done.out + done.err


def test_a_sync_is_taken_back_and_can_be_done_again(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    team.other.edit(PROXY, "First line", "1st")
    team.other.write("kb/articles/new.md", "---\ntitle: New\n---\n")
    (team.other.root / "kb/macros/hello.md").unlink()
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    before = team.mine.state()
    assert kb("sync").code == 0
    after = team.mine.state()
    listed = kb("undo", "--dry-run").out.split()
    assert sorted(listed) == sorted([HAR, PROXY, "kb/articles/new.md", "kb/macros/hello.md"])
    assert "Undone: sync." in undo(kb)
    assert team.mine.state() == before
    assert "nothing to undo" in undo(kb)
    assert kb("sync").code == 0
    assert team.mine.state() == after


def test_what_was_changed_since_stays(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    team.other.push()
    kb("sync")
    team.mine.edit(HAR, "First line", "mine")
    undo(kb)
    assert (team.mine.root / HAR).read_text() == ARTICLE.replace("First line", "mine")


def test_where_both_meet_nothing_is_taken_back(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    team.other.edit(PROXY, "Third line", "3rd")
    team.other.push()
    kb("sync")
    team.mine.edit(PROXY, "3rd", "mine")
    before = team.mine.state()
    assert f"{PROXY} has been changed since" in undo(kb, 1)
    assert team.mine.state() == before


def test_a_branch_that_has_gone_on_is_left(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    team.other.push()
    kb("sync")
    team.mine.edit(PROXY, "First line", "mine")
    team.mine.git("commit", "-q", "-a", "-m", "more")
    before = team.mine.state()
    assert "the branch has moved" in undo(kb, 1)
    assert team.mine.state() == before


def test_a_restore_is_taken_back(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    team.mine.git("commit", "-q", "-a", "-m", "x")
    before = team.mine.state()
    kb("restore", "har", "--at", "HEAD~1")
    assert team.mine.state() != before
    undo(kb)
    assert team.mine.state() == before


def test_it_tells_which_files_are_restored_and_which_are_deleted(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "Second line", "## A\n\n#### B")
    kb("check", "--fix")
    draft = kb("new", "article", "Another one").out.strip()
    assert kb("undo").err == f"deleted  {draft}\n"
    assert kb("undo").err == f"restored {HAR}\n"


def test_what_was_mended_or_begun_is_taken_back(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "Second line", "## A\n\n#### B")
    before = team.mine.state()
    kb("check", "--fix")
    kb("new", "article", "Another one")
    assert team.mine.state() != before
    assert "Undone: draft." in undo(kb)
    assert "Undone: check --fix." in undo(kb)
    assert team.mine.state() == before


def test_a_proposal_is_withdrawn_step_by_step(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    kb("propose", "--yes")
    (branch,) = team.branches()
    first = git(team.remote, "rev-parse", branch)
    team.mine.edit(HAR, "Second line", "2nd")
    before = team.mine.state()
    kb("propose", "--yes")
    undo(kb)
    assert git(team.remote, "rev-parse", branch) == first
    undo(kb)
    assert team.branches() == []
    assert team.mine.state() == before
    assert kb("propose", "--yes").code == 0
    assert "2nd" in team.shown(team.branches()[0], HAR)


def test_a_proposal_that_somebody_has_added_to_stays(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    kb("propose", "--yes")
    (branch,) = team.branches()
    team.other.git("fetch", "-q")
    team.other.git("checkout", "-q", branch)
    team.other.edit(HAR, "Third line", "3rd")
    team.other.git("commit", "-q", "-a", "-m", "x")
    team.other.git("push", "-q", "origin", branch)
    assert "someone else has pushed" in undo(kb, 1)
    assert team.branches() == [branch]
