"""One renames a file, the other edits it: the edit follows the file."""

from __future__ import annotations

import pytest

from tests.conftest import Run
from tests.repositories import ARTICLE, Clone, Team, git

HAR, NEW, OTHER = "kb/articles/har.md", "kb/articles/logs/har.md", "kb/articles/http-archive.md"


def rename(clone: Clone, new: str = NEW, old: str = HAR) -> None:
    target = clone.root / new
    target.parent.mkdir(parents=True, exist_ok=True)
    (clone.root / old).rename(target)


def text(team: Team, path: str) -> str:
    return (team.mine.root / path).read_text("utf-8")


def files(team: Team) -> list[str]:
    return sorted(path.name for path in (team.mine.root / "kb/articles").rglob("har*"))


BOTH = ARTICLE.replace("First line", "1st").replace("Third line", "3rd")


@pytest.mark.parametrize("is_staged", [False, True])
def test_they_rename_and_the_edit_goes_into_the_new_file(
    team: Team, kb: Run, *, is_staged: bool
) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    rename(team.other)
    team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    if is_staged:
        team.mine.git("add", HAR)
    before = team.mine.state()
    done = kb("sync")
    assert (done.code, f"{HAR} was renamed to {NEW}" in done.err) == (0, True)
    assert text(team, NEW) == BOTH
    assert team.mine.git("status", "--porcelain") == f" M {NEW}"
    assert kb("undo").code == 0
    if not is_staged:
        assert team.mine.state() == before


@pytest.mark.parametrize("is_staged", [False, True])
def test_the_user_renames_and_their_edit_comes_to_the_new_file(
    team: Team, kb: Run, *, is_staged: bool
) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    rename(team.mine)
    if is_staged:
        team.mine.git("add", "-A")
    done = kb("sync")
    assert (done.code, f"{HAR} was renamed to {NEW}" in done.err) == (0, True)
    assert text(team, NEW) == BOTH
    assert not (team.mine.root / HAR).exists()
    assert kb("propose", "--yes").code == 0
    (branch,) = team.branches()
    assert team.shown(branch, NEW) == BOTH


def test_both_rename_and_the_team_s_name_stands(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    rename(team.other)
    team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    rename(team.mine, OTHER)
    assert kb("sync").code == 0
    assert text(team, NEW) == BOTH
    assert not (team.mine.root / OTHER).exists()


def test_both_rename_alike_and_both_edits_are_in_it(team: Team, kb: Run) -> None:
    for clone, old, new in ((team.other, "Third line", "3rd"), (team.mine, "First line", "1st")):
        clone.edit(HAR, old, new)
        rename(clone)
    team.other.push()
    assert kb("sync").code == 0
    assert text(team, NEW) == BOTH


def test_what_meets_in_a_renamed_file_is_a_conflict_at_its_new_place(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "First line", "theirs")
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    kb("sync")
    team.other.edit(HAR, "Third line", "3rd")
    rename(team.other)
    team.other.push()
    done = kb("sync")
    assert (done.code, f"{NEW}: you and the team both changed: body, line 6" in done.err) == (
        1,
        True,
    )
    assert files(team) == ["har.md", "har.md.theirs"]
    assert text(team, NEW) == ARTICLE.replace("First line", "mine").replace("Third line", "3rd")
    (team.mine.root / f"{NEW}.theirs").unlink()
    assert kb("sync").code == 0


def test_a_file_in_the_way_of_a_renamed_one_is_not_written_over(team: Team, kb: Run) -> None:
    rename(team.other)
    team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    team.mine.write(NEW, "my own\n")
    assert kb("sync").code == 1
    assert "1st" in text(team, HAR)
    assert "my own" in text(team, NEW)


def proposed(team: Team) -> dict[str, str]:
    """What the only proposal does to files, by path."""
    (branch,) = team.branches()
    rows = git(team.remote, "diff", "--no-renames", "--name-status", "main", branch).splitlines()
    return {path: what for what, path in (row.split("\t") for row in rows)}


def test_without_a_sync_an_edit_is_proposed_where_the_file_is_now(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    rename(team.other)
    team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    assert kb("propose", "--yes").code == 0
    assert proposed(team) == {NEW: "M"}
    assert team.shown(team.branches()[0], NEW) == BOTH
    assert "Nothing to propose" in kb("propose", "--yes").err
    team.mine.edit(HAR, "Second line", "2nd")
    assert kb("propose", "--yes").code == 0
    assert proposed(team) == {NEW: "M"}
    assert team.shown(team.branches()[0], NEW) == BOTH.replace("Second line", "2nd")


def test_without_a_sync_a_renamed_file_is_proposed_with_the_team_s_edit(
    team: Team, kb: Run
) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    rename(team.mine)
    assert kb("propose", "--yes").code == 0
    assert proposed(team) == {HAR: "D", NEW: "A"}
    assert team.shown(team.branches()[0], NEW) == BOTH


def test_an_open_proposal_follows_a_file_that_the_team_renames(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    kb("propose", "--yes")
    rename(team.other)
    team.other.push()
    team.mine.edit(HAR, "Third line", "3rd")
    assert kb("propose", "--yes").code == 0
    assert proposed(team) == {NEW: "M"}
    assert team.shown(team.branches()[0], NEW) == BOTH


def test_what_meets_in_a_renamed_file_names_its_new_place(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "First line", "theirs")
    rename(team.other)
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    done = kb("propose", "--yes")
    assert (done.code, f"{HAR}: renamed to {NEW}, body" in done.err) == (1, True)


def test_a_file_that_the_team_has_deleted_is_told_as_deleted(team: Team, kb: Run) -> None:
    (team.other.root / HAR).unlink()
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    done = kb("propose", "--yes")
    assert (done.code, f"{HAR}: deleted by the team" in done.err) == (1, True)


def test_an_open_proposal_follows_a_file_through_a_sync(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    kb("propose", "--yes")
    rename(team.other)
    team.other.push()
    kb("sync")
    team.mine.edit(NEW, "Third line", "3rd")
    assert kb("propose", "--yes").code == 0
    assert proposed(team) == {NEW: "M"}


def test_an_open_proposal_follows_a_file_that_the_user_renames(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    kb("propose", "--yes")
    team.mine.edit(HAR, "Third line", "3rd")
    rename(team.mine)
    assert kb("propose", "--yes").code == 0
    assert proposed(team) == {HAR: "D", NEW: "A"}
    assert team.shown(team.branches()[0], NEW) == BOTH


def test_without_a_sync_what_both_have_renamed_is_proposed_under_the_team_s_name(
    team: Team, kb: Run
) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    rename(team.other)
    team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    rename(team.mine, OTHER)
    assert kb("propose", "--yes").code == 0
    assert proposed(team) == {NEW: "M"}
    assert team.shown(team.branches()[0], NEW) == BOTH
    assert "Nothing to propose" in kb("propose", "--yes").err


def test_what_the_team_has_deleted_and_the_user_renamed_is_a_new_file(team: Team, kb: Run) -> None:
    (team.other.root / HAR).unlink()
    team.other.push()
    rename(team.mine)
    assert kb("propose", "--yes").code == 0
    assert proposed(team) == {NEW: "A"}
