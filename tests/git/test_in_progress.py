"""What was begun with git and not finished is named with the command that goes on."""

from __future__ import annotations

import subprocess

import pytest
from tests.conftest import Run
from tests.repositories import Team

HAR = "kb/articles/har.md"


@pytest.mark.parametrize(
    ("begin", "command"),
    [
        (("merge", "origin/main"), "git merge --continue"),
        (("rebase", "origin/main"), "git rebase --continue"),
        (("rebase", "--apply", "origin/main"), "git rebase --continue"),
        (("cherry-pick", "origin/main"), "git cherry-pick --continue"),
        (("bisect", "start"), "git bisect reset"),
    ],
)
def test_each_is_named_and_nothing_is_changed(
    team: Team, kb: Run, begin: tuple[str, ...], command: str
) -> None:
    team.other.edit(HAR, "First line", "theirs")
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    team.mine.git("commit", "-q", "-a", "-m", "mine")
    team.mine.git("fetch", "-q")
    subprocess.run(["git", *begin], cwd=team.mine.root, capture_output=True, check=False)
    before = team.mine.state()
    for arguments in (("sync",), ("propose", "--yes")):
        done = kb(*arguments)
        assert (done.code, f"then run `{command}`" in done.err) == (1, True)
    assert command in kb("status").err
    assert team.mine.state() == before
    assert team.branches() == []


def test_nothing_begun_is_nothing_told(team: Team, kb: Run) -> None:
    assert "in progress" not in kb("status").err
    assert kb("sync").code == 0
    assert team.branches() == []
