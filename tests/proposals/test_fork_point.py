"""What the team has taken out of its history is not the user's: it is not proposed again."""

from __future__ import annotations

import pytest

from tests.conftest import Run
from tests.repositories import Team, git

HAR, PROXY, SECRET = "kb/articles/har.md", "kb/articles/proxy.md", "kb/articles/secret.md"


@pytest.fixture(params=["reset", "rewritten"])
def withdrawn(team: Team, request: pytest.FixtureRequest) -> Team:
    """The user's clone has a commit with a secret, which the team has pushed away since."""
    before = team.other.git("rev-parse", "HEAD")
    team.other.write(SECRET, "---\ntitle: Secret\n---\nhunter2\n")
    team.other.edit(HAR, "Third line", "hunter2")
    team.other.push()
    team.mine.pull()
    team.other.git("reset", "-q", "--hard", before)
    if request.param == "rewritten":
        team.other.edit(HAR, "Third line", "3rd")
        team.other.git("commit", "-q", "-a", "-m", "Without")
    team.other.git("push", "-q", "-f", "origin", "HEAD:main")
    return team


def test_a_proposal_has_the_user_s_changes_alone(withdrawn: Team, kb: Run) -> None:
    withdrawn.mine.edit(HAR, "First line", "1st")
    withdrawn.mine.edit(PROXY, "First line", "1st")
    assert kb("propose", "--yes").code == 0
    (branch,) = withdrawn.branches()
    changed = git(withdrawn.remote, "diff", "--name-only", "main", branch)
    assert changed.splitlines() == [HAR, PROXY]
    assert "hunter2" not in git(withdrawn.remote, "log", "-p", branch)


def test_a_sync_takes_it_out_and_keeps_the_user_s_changes(withdrawn: Team, kb: Run) -> None:
    withdrawn.mine.edit(HAR, "First line", "1st")
    assert kb("sync").code == 0
    text = (withdrawn.mine.root / HAR).read_text("utf-8")
    assert ("1st" in text, "hunter2" in text) == (True, False)
    assert not (withdrawn.mine.root / SECRET).exists()
    assert withdrawn.mine.git("status", "--porcelain") == f" M {HAR}"
    assert kb("undo").code == 0


def test_a_commit_on_top_of_it_is_the_only_one_to_propose(withdrawn: Team, kb: Run) -> None:
    withdrawn.mine.edit(PROXY, "First line", "1st")
    withdrawn.mine.git("commit", "-q", "-a", "-m", "mine")
    assert next(row.split()[-1] for row in kb("status").out.splitlines()) == PROXY
    assert kb("propose", "--yes").code == 0
    (branch,) = withdrawn.branches()
    assert git(withdrawn.remote, "diff", "--name-only", "main", branch) == PROXY
