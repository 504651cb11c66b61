"""A file that the user has left alone since `kb propose` takes the team's version without a word."""

from __future__ import annotations

import pytest

from tests.conftest import Run
from tests.repositories import ARTICLE, Team, git

HAR, PROXY = "kb/articles/har.md", "kb/articles/proxy.md"


def text(team: Team, path: str = HAR) -> str:
    return (team.mine.root / path).read_text("utf-8")


def propose(team: Team, kb: Run, new: str = "mine.") -> str:
    """Propose another first line; the branch."""
    team.mine.edit(HAR, "First line.", new)
    assert kb("propose", "--yes").code == 0
    (branch,) = team.branches()
    team.other.git("fetch", "-q")
    return branch


def suggest(team: Team, branch: str, *, is_pushed: bool) -> None:
    """A reviewer edits the proposed line, on its branch or while it is squashed."""
    team.other.git("checkout", "-q", "--detach", f"origin/{branch}")
    team.other.edit(HAR, "mine.", "mine, and better.")
    team.other.git("commit", "-q", "-a", "-m", "Suggestion")
    if is_pushed:
        team.other.git("push", "-q", "origin", f"HEAD:{branch}")
    suggested = team.other.git("rev-parse", "HEAD")
    team.other.git("checkout", "-q", "main")
    team.other.git("merge", "-q", "--squash", suggested)
    team.other.push("Better words")
    if not is_pushed:
        team.other.git("push", "-q", "origin", f":{branch}")


def test_a_suggestion_that_keeps_all_words_is_taken_though_nobody_tells_of_a_merge(
    team: Team, kb: Run
) -> None:
    branch = propose(team, kb, "The mine is deep.")
    team.other.git("merge", "-q", "--squash", f"origin/{branch}")
    team.other.edit(HAR, "The mine is deep.", "The mine is very deep, today.")
    team.other.push("Squashed with an edit")
    assert kb("sync").code == 0
    assert text(team) == ARTICLE.replace("First line.", "The mine is very deep, today.")
    assert "Nothing to propose" in kb("propose", "--yes").err


@pytest.mark.parametrize("theirs", ["Call 555-9999 in the morning.", "First line to call."])
def test_a_line_that_lacks_a_word_of_the_user_s_is_a_conflict(
    team: Team, kb: Run, theirs: str
) -> None:
    propose(team, kb, "Call 555-1234 in the morning.")
    team.other.edit(HAR, "First line.", theirs)
    team.other.push()
    assert kb("sync").code == 1
    assert "555-1234" in text(team)


@pytest.mark.parametrize("is_pushed", [True, False])
@pytest.mark.parametrize("first", [(), ("propose", "--yes")])
def test_a_suggestion_that_was_squashed_is_taken(
    team: Team, kb: Run, first: tuple[str, ...], *, is_pushed: bool
) -> None:
    suggest(team, propose(team, kb), is_pushed=is_pushed)
    if first:
        assert "Nothing to propose" in kb(*first).err
    done = kb("sync")
    assert (done.code, "merged by the team" in done.err) == (0, True)
    assert text(team) == ARTICLE.replace("First line.", "mine, and better.")
    assert team.mine.git("status", "--porcelain") == ""
    assert "Nothing to propose" in kb("propose").err


def test_what_was_squashed_and_edited_later_is_taken(team: Team, kb: Run) -> None:
    branch = propose(team, kb)
    team.other.git("merge", "-q", "--squash", f"origin/{branch}")
    team.other.push("Squashed")
    team.other.edit(HAR, "mine.", "theirs by now.")
    team.other.push("Later")
    assert kb("sync").code == 0
    assert text(team) == ARTICLE.replace("First line.", "theirs by now.")


def test_what_was_merged_and_taken_back_later_is_not_proposed_again(team: Team, kb: Run) -> None:
    branch = propose(team, kb, "First line.\nOne more.")
    team.other.git("merge", "-q", "--squash", f"origin/{branch}")
    team.other.push("Squashed")
    team.other.edit(HAR, "One more.\n", "")
    team.other.edit(HAR, "Third line", "3rd")
    team.other.push("Taken back")
    assert kb("sync").code == 0
    assert text(team) == ARTICLE.replace("Third line", "3rd")


def test_what_was_edited_since_is_merged_with_the_suggestion(team: Team, kb: Run) -> None:
    branch = propose(team, kb)
    team.mine.edit(HAR, "Third line", "3rd")
    suggest(team, branch, is_pushed=False)
    assert kb("sync").code == 0
    both = ARTICLE.replace("First line.", "mine, and better.").replace("Third line", "3rd")
    assert text(team) == both
    assert team.mine.git("status", "--porcelain") == f" M {HAR}"


def test_another_s_change_of_the_same_line_is_a_conflict_while_the_proposal_is_open(
    team: Team, kb: Run
) -> None:
    propose(team, kb)
    team.other.edit(HAR, "First line.", "independent.")
    team.other.push()
    assert kb("sync").code == 1
    assert "mine." in text(team)


def test_after_a_pull_the_next_edit_comes_from_what_was_pulled(team: Team, kb: Run) -> None:
    suggest(team, propose(team, kb), is_pushed=False)
    team.mine.git("checkout", "-q", "--", ".")
    team.mine.pull()
    team.mine.edit(HAR, "mine, and better.", "mine, and better still.")
    team.other.edit(HAR, "Third line", "3rd")
    team.other.push()
    assert kb("sync").code == 0
    assert "better still" in text(team)
    assert "3rd" in text(team)


@pytest.fixture
def formatting(team: Team) -> Team:
    """A hook of the user's writes the first line in capitals."""
    hook = team.mine.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nsed -i 's/^mine.*/\\U&/' {HAR}\ngit add {HAR}\n")
    hook.chmod(0o755)
    return team


def test_what_a_hook_has_reformatted_is_no_change_of_the_user_s(formatting: Team, kb: Run) -> None:
    branch = propose(formatting, kb)
    assert "\nMINE.\n" in formatting.shown(branch, HAR)
    assert "Nothing to propose" in kb("propose", "--yes").err
    formatting.mine.edit(HAR, "Third line", "3rd")
    assert kb("propose", "--yes").code == 0
    assert "\nMINE.\n\nSecond line.\n\n3rd.\n" in formatting.shown(branch, HAR)
    formatting.other.git("fetch", "-q")
    formatting.other.git("merge", "-q", "--squash", f"origin/{branch}")
    formatting.other.push("Squashed")
    assert kb("sync").code == 0
    assert "\nMINE.\n\nSecond line.\n\n3rd.\n" in text(formatting)
    assert formatting.mine.git("status", "--porcelain") == ""


def test_a_commit_of_one_s_own_that_was_squashed_with_a_suggestion_is_no_dead_end(
    team: Team, kb: Run
) -> None:
    team.mine.git("checkout", "-q", "-b", "topic")
    branch = propose(team, kb)
    team.mine.git("commit", "-q", "-a", "-m", "mine")
    suggest(team, branch, is_pushed=True)
    assert kb("sync").code == 0
    assert text(team) == ARTICLE.replace("First line.", "mine, and better.")
    assert team.mine.git("rev-parse", "HEAD") == git(team.remote, "rev-parse", "main")


def test_what_a_hook_has_reformatted_can_be_edited_again(formatting: Team, kb: Run) -> None:
    branch = propose(formatting, kb)
    formatting.mine.edit(HAR, "mine.", "mine again.")
    assert kb("propose", "--yes").code == 0
    assert "\nMINE AGAIN.\n" in formatting.shown(branch, HAR)
    formatting.other.git("fetch", "-q")
    formatting.other.git("merge", "-q", "--squash", f"origin/{branch}")
    formatting.other.push("Squashed")
    formatting.mine.edit(HAR, "mine again.", "mine at last.")
    assert kb("sync").code == 0
    assert "mine at last." in text(formatting)


def test_a_reviewer_s_line_on_the_branch_outlives_all_later_proposals(team: Team, kb: Run) -> None:
    branch = propose(team, kb)
    team.other.git("checkout", "-q", "--detach", f"origin/{branch}")
    team.other.edit(HAR, "Third line", "3rd")
    team.other.git("commit", "-q", "-a", "-m", "Suggestion")
    team.other.git("push", "-q", "origin", f"HEAD:{branch}")
    for number in range(2):
        team.mine.edit(HAR, "network", f"network, tag-{number}")
        assert kb("propose", "--yes").code == 0
        shown = team.shown(branch, HAR)
        assert ("3rd" in shown, f"tag-{number}" in shown, "mine." in shown) == (True, True, True)


def test_a_proposal_after_one_that_was_merged_is_updated_and_not_made_anew(
    team: Team, kb: Run
) -> None:
    suggest(team, propose(team, kb), is_pushed=False)
    team.mine.edit(HAR, "Third line", "3rd")
    assert kb("propose", "--yes").code == 0
    (branch,) = team.branches()
    team.mine.edit(HAR, "3rd", "3rd and last")
    assert kb("propose", "--yes").code == 0
    assert team.branches() == [branch]
    assert "mine, and better.\n\nSecond line.\n\n3rd and last.\n" in team.shown(branch, HAR)


def test_a_hook_changes_no_file_that_is_merged_from_the_team(formatting: Team, kb: Run) -> None:
    hook = formatting.mine.root / ".git/hooks/pre-commit"
    names = "git diff --cached --name-only --diff-filter=d"
    hook.write_text(
        f"#!/bin/sh\nfor f in $({names}); do sed -i s/mine/MINE/ $f; git add $f; done\n"
    )
    branch = propose(formatting, kb)
    formatting.other.edit(PROXY, "First line.", "not mine at all.")
    formatting.other.edit(HAR, "Third line", "3rd")
    formatting.other.push()
    formatting.mine.edit(HAR, "[network]", "[network, http]")
    assert kb("propose", "--yes").code == 0
    assert git(formatting.remote, "diff", "--name-only", "main", branch) == HAR
    shown = formatting.shown(branch, HAR)
    assert ("MINE." in shown, "3rd" in shown, "http" in shown) == (True, True, True)
