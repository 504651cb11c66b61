"""A conflict is the lines that meet: all else is merged, and nothing is written over."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Run
from tests.repositories import ARTICLE, Team, git

HAR, PROXY = "kb/articles/har.md", "kb/articles/proxy.md"
BESIDE = f"{HAR}.theirs"


@pytest.fixture
def met(team: Team) -> Team:
    """Both have edited the first line; the team the third and the tags, the user the owner."""
    team.other.edit(HAR, "First line", "theirs")
    team.other.edit(HAR, "Third line", "3rd")
    team.other.edit(HAR, "[network]", "[network, http]")
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    team.mine.edit(HAR, "owner: me", "owner: you")
    return team


def text(team: Team, path: str = HAR) -> str:
    return (team.mine.root / path).read_text("utf-8")


def test_all_but_the_hunk_is_merged_and_the_three_texts_are_shown(met: Team, kb: Run) -> None:
    done = kb("sync")
    merged = ARTICLE.replace("[network]", "[network, http]").replace("owner: me", "owner: you")
    merged = merged.replace("Third line", "3rd")
    assert done.code == 1
    assert text(met) == merged.replace("First line", "mine")
    assert text(met, BESIDE) == merged.replace("First line", "theirs")
    shown = [line.split() for line in done.err.splitlines()]
    for row in (["before", "First", "line."], ["yours", "mine."], ["team's", "theirs."]):
        assert row in shown


def test_to_decide_for_one_s_own_takes_nothing_of_the_team_s_back(met: Team, kb: Run) -> None:
    kb("sync")
    (met.mine.root / BESIDE).unlink()
    assert kb("propose", "--yes").code == 0
    (branch,) = met.branches()
    changed = git(met.remote, "diff", "-U0", "main", branch).splitlines()
    lines = [line for line in changed if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert lines == ["-owner: me", "+owner: you", "-theirs.", "+mine."]


def test_a_key_that_meets_leaves_the_rest_of_the_front_matter_merged(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "title: HAR files", "title: Theirs")
    team.other.edit(HAR, "owner: me", "owner: us")
    team.other.push()
    team.mine.edit(HAR, "title: HAR files", "title: Mine")
    done = kb("sync", "--json")
    (item,) = json.loads(done.out)
    assert (item["how"], item["what"]) == ("conflict", ["title"])
    assert item["hunks"] == [
        {"what": "title", "line": 0, "base": "HAR files", "ours": "Mine", "theirs": "Theirs"}
    ]
    assert text(team) == ARTICLE.replace("HAR files", "Mine").replace("owner: me", "owner: us")


def test_a_later_change_of_the_team_s_is_merged_into_an_open_conflict(met: Team, kb: Run) -> None:
    kb("sync")
    met.other.edit(HAR, "3rd", "Third line")
    met.other.edit(HAR, "theirs", "theirs again")
    met.other.push()
    done = kb("sync")
    assert done.code == 1
    assert "Third line" in text(met)
    assert "\nmine.\n" in text(met)
    assert "theirs again" in text(met, BESIDE)
    assert ["before", "First", "line."] in [line.split() for line in done.err.splitlines()]


def test_what_the_user_has_written_beside_is_not_written_over(met: Team, kb: Run) -> None:
    kb("sync")
    own = text(met, BESIDE).replace("theirs.", "theirs and mine.")
    met.mine.write(BESIDE, own)
    met.other.edit(HAR, "Second line", "2nd")
    met.other.push()
    kb("sync")
    assert text(met, BESIDE) == own.replace("Second line", "2nd")
    met.other.edit(HAR, "theirs.", "another.")
    met.other.push()
    kb("sync")
    assert "theirs and mine.\nanother.\n" in text(met, BESIDE)
    kb("undo")
    assert text(met, BESIDE) == own.replace("Second line", "2nd")


def test_an_undo_ends_the_conflict_and_leaves_what_was_written_beside(met: Team, kb: Run) -> None:
    before = text(met)
    kb("sync")
    met.mine.write(BESIDE, "what I think of it\n")
    assert kb("undo").code == 0
    assert text(met) == before
    assert text(met, BESIDE) == "what I think of it\n"
    assert "conflict" not in kb("status").out


def test_what_is_open_is_shown_again_until_it_is_decided(met: Team, kb: Run) -> None:
    kb("sync")
    again = kb("sync")
    assert (again.code, "line 6" in again.err) == (1, True)
    (met.mine.root / BESIDE).unlink()
    assert kb("sync").code == 0


def test_a_file_that_the_team_has_deleted_is_brought_back_by_its_name_alone(
    team: Team, kb: Run
) -> None:
    (team.other.root / HAR).unlink()
    team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    team.mine.edit(PROXY, "First line", "1st")
    assert f"{HAR} was deleted by the team" in kb("sync").err
    assert not (team.mine.root / BESIDE).exists()
    done = kb("propose", "--yes")
    assert (done.code, f"Left out: {HAR} was deleted" in done.err) == (0, True)
    assert git(team.remote, "diff", "--name-only", "main", *team.branches()) == PROXY
    assert kb("propose", "--yes", HAR).code == 0
    assert len(team.branches()) == 2
    assert "conflict" not in kb("status").out


def test_a_file_that_is_deleted_on_both_sides_is_in_no_conflict(team: Team, kb: Run) -> None:
    (team.other.root / HAR).unlink()
    team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    kb("sync")
    (team.mine.root / HAR).unlink()
    assert kb("sync").code == 0
    assert "No changes" in kb("status").err


def test_one_conflict_keeps_one_file_out_of_a_proposal(met: Team, kb: Run) -> None:
    met.mine.edit(PROXY, "First line", "1st")
    done = kb("propose", "--yes")
    assert (done.code, f"{HAR}: body" in done.err, "kb sync" in done.err) == (0, True, True)
    assert git(met.remote, "diff", "--name-only", "main", *met.branches()) == PROXY
    kb("sync")
    met.mine.edit(PROXY, "Second line", "2nd")
    done = kb("propose", "--yes")
    assert (done.code, BESIDE in done.err) == (0, True)
    assert git(met.remote, "diff", "--name-only", "main", *met.branches()) == PROXY


@pytest.mark.parametrize("is_on_branch", [False, True])
def test_commits_that_meet_the_team_s_lead_out_by_one_command(
    met: Team, kb: Run, *, is_on_branch: bool
) -> None:
    if is_on_branch:
        met.mine.git("checkout", "-q", "-b", "topic")
    met.mine.git("commit", "-q", "-a", "-m", "mine")
    command = "git pull --rebase --autostash origin main"
    for arguments in (("sync",), ("propose", "--yes")):
        done = kb(*arguments)
        assert (done.code, f"`{command}`" in done.err) == (1, True)
        assert "kb sync" not in done.err
