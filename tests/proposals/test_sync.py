"""The team's changes come in, and nothing of the user's is lost, against real git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import Outcome, Run
from tests.repositories import ARTICLE, Team, git


def git_in(folder: Path, *arguments: str, given: str = "") -> str:
    """Run git with an input; what it prints."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=given, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


HAR, PROXY = "kb/articles/har.md", "kb/articles/proxy.md"
BESIDE = "kb/articles/har.md.theirs"


def sync(kb: Run, code: int = 0) -> Outcome:
    done = kb("sync")
    assert done.code == code, done.err
    return done


def is_up_to_date(team: Team, *edited: str) -> bool:
    """Whether the user's branch and index are the team's, and just these files differ."""
    newest = git(team.remote, "rev-parse", "main")
    status = team.mine.git("status", "--porcelain").splitlines()
    here = team.mine.git("rev-parse", "HEAD")
    return here == newest and sorted(line[3:] for line in status) == sorted(edited)


def test_what_has_come_is_taken(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "First line", "1st")
    team.other.write("kb/articles/new/page.md", "---\ntitle: New\n---\n")
    (team.other.root / "kb/macros/hello.md").unlink()
    program = team.other.write("tool.sh", "#!/bin/sh\n")
    program.chmod(0o755)
    (team.other.root / "link").symlink_to("kb")
    team.other.push()
    assert "5 updated" in sync(kb).err
    assert is_up_to_date(team)
    assert not (team.mine.root / "kb/macros").exists()
    assert "Already up to date." in sync(kb).err


def test_what_is_edited_elsewhere_stays(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "First line", "1st")
    team.other.push()
    team.mine.edit(PROXY, "First line", "mine")
    team.mine.write("kb/articles/draft.md", "not yet")
    team.mine.git("add", PROXY)
    sync(kb)
    assert is_up_to_date(team, PROXY, "kb/articles/draft.md")
    assert team.mine.git("diff", "--cached", "--name-only") == PROXY
    assert "mine" in (team.mine.root / PROXY).read_text()


def test_both_sides_of_a_file_are_merged(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    team.other.edit(HAR, "owner: me", "owner: us")
    team.other.push()
    team.mine.edit(HAR, "First line", "1st")
    team.mine.edit(HAR, "tags: [network]", "tags: [network, http]")
    assert f"merged   {HAR}" in sync(kb).err
    assert is_up_to_date(team, HAR)
    text = (team.mine.root / HAR).read_text()
    assert all(word in text for word in ("1st", "3rd", "owner: us", "http"))


def test_in_a_conflict_both_stay_and_the_rest_comes(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "First line", "theirs")
    team.other.edit(PROXY, "First line", "new")
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    done = sync(kb, 1)
    assert f"{HAR}: you and the team both changed: body, line 6" in done.err
    assert f"Copy what you need from {BESIDE}" in done.err
    assert is_up_to_date(team, HAR, BESIDE)
    assert (team.mine.root / HAR).read_text() == ARTICLE.replace("First line", "mine")
    assert (team.mine.root / BESIDE).read_text() == ARTICLE.replace("First line", "theirs")
    assert "new" in (team.mine.root / PROXY).read_text()


def test_an_open_conflict_is_never_proposed_nor_forgotten(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "First line", "theirs")
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    sync(kb, 1)
    refused = kb("propose", "--yes")
    assert (refused.code, BESIDE in refused.err) == (1, True)
    team.other.edit(HAR, "Third line", "3rd")
    team.other.push()
    sync(kb, 1)
    assert "3rd" in (team.mine.root / BESIDE).read_text()
    assert (team.mine.root / HAR).read_text() == ARTICLE.replace("First line", "mine").replace(
        "Third line", "3rd"
    )
    text = ARTICLE.replace("First line", "mine and theirs").replace("Third line", "3rd")
    team.mine.write(HAR, text)
    (team.mine.root / BESIDE).unlink()
    assert kb("propose", "--yes").code == 0
    (branch,) = team.branches()
    assert team.shown(branch, HAR) == text
    assert git(team.remote, "diff", "--name-only", "main", branch) == HAR


def test_an_open_conflict_ends_when_the_team_takes_its_change_back(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "First line", "theirs")
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    sync(kb, 1)
    team.other.edit(HAR, "theirs", "First line")
    team.other.push()
    sync(kb)
    assert is_up_to_date(team, HAR)
    assert kb("propose", "--yes").code == 0


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_file_that_one_side_has_deleted(team: Team, kb: Run, side: str) -> None:
    deletes, edits_ = (team.mine, team.other) if side == "mine" else (team.other, team.mine)
    (deletes.root / HAR).unlink()
    edits_.edit(HAR, "First line", "1st")
    team.other.push()
    sync(kb, 1)
    assert (team.mine.root / BESIDE).exists() is (side == "mine")
    assert (team.mine.root / HAR).exists() is (side == "theirs")


def test_a_new_file_of_the_same_name_is_a_conflict_and_both_stay(team: Team, kb: Run) -> None:
    team.other.write("kb/articles/new.md", "---\ntitle: Theirs\n---\nx\n")
    team.other.push()
    team.mine.write(".gitignore", "kb/articles/new.md\n")
    team.mine.write("kb/articles/new.md", "---\ntitle: Mine\n---\nx\n")
    sync(kb, 1)
    assert "Mine" in (team.mine.root / "kb/articles/new.md").read_text()
    assert "Theirs" in (team.mine.root / "kb/articles/new.md.theirs").read_text()


@pytest.mark.parametrize("way", ["merge", "squash", "rebase"])
def test_what_was_merged_upstream_is_a_change_no_more(team: Team, kb: Run, way: str) -> None:
    team.mine.edit(HAR, "First line", "1st")
    assert kb("propose", "--yes").code == 0
    (branch,) = team.branches()
    team.other.edit(PROXY, "First line", "new")
    team.other.push("Meanwhile")
    team.other.git("fetch", "-q")
    if way == "merge":
        team.other.git("merge", "-q", "--no-ff", "--no-edit", f"origin/{branch}")
        team.other.git("push", "-q", "origin", "main")
    elif way == "squash":
        team.other.git("merge", "-q", "--squash", f"origin/{branch}")
        team.other.push("Squashed")
    else:
        team.other.git("cherry-pick", f"origin/{branch}")
        team.other.git("push", "-q", "origin", "main")
    assert "merged by the team: Update HAR files" in sync(kb).err
    assert is_up_to_date(team)
    assert "Nothing to propose." in kb("propose").err


def test_commits_of_one_s_own_are_not_passed_over(team: Team, kb: Run) -> None:
    team.mine.edit(HAR, "First line", "1st")
    team.mine.git("commit", "-q", "-a", "-m", "mine")
    own = team.mine.git("rev-parse", "HEAD")
    assert "Already up to date" in sync(kb).err
    team.other.edit(PROXY, "First line", "new")
    team.other.push()
    assert "local commits" in sync(kb, 1).err
    assert team.mine.git("rev-parse", "HEAD") == own
    assert kb("propose", "--yes").code == 0
    (branch,) = team.branches()
    team.other.git("fetch", "-q")
    team.other.git("merge", "-q", "--squash", f"origin/{branch}")
    team.other.push("Squashed")
    sync(kb)
    assert is_up_to_date(team)
    assert own in team.mine.git("reflog", "--format=%H")


def test_a_file_that_is_staged_in_another_state_stops_it_before_anything(
    team: Team, kb: Run
) -> None:
    team.other.edit(HAR, "Third line", "3rd")
    team.other.push()
    team.mine.edit(HAR, "First line", "staged")
    team.mine.git("add", HAR)
    team.mine.edit(HAR, "staged", "later")
    before = team.mine.state()
    assert f"{HAR} is staged with different content" in sync(kb, 1).err
    assert team.mine.state() == before


def test_line_ends_are_those_of_the_checkout(team: Team, kb: Run) -> None:
    team.mine.git("config", "core.autocrlf", "true")
    for name in (HAR, PROXY):
        team.mine.write(name, (team.mine.root / name).read_bytes().replace(b"\n", b"\r\n"))
    team.other.edit(HAR, "First line", "1st")
    team.other.edit(PROXY, "First line", "1st")
    team.other.push()
    team.mine.edit(HAR, "Third line", "3rd")
    sync(kb)
    assert is_up_to_date(team, HAR)
    for name in (HAR, PROXY):
        raw = (team.mine.root / name).read_bytes()
        assert raw.count(b"\r\n") == raw.count(b"\n") > 0
        assert b"1st" in raw


@pytest.mark.parametrize("where", ["shallow", "worktree"])
def test_it_works_in_other_kinds_of_clones(
    team: Team, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    clone = type(team.mine)(tmp_path / where)
    if where == "shallow":
        team.other.edit(PROXY, "First line", "1st")
        team.other.push()
        git(tmp_path, "clone", "-q", "--depth", "1", f"file://{team.remote}", where)
    else:
        team.mine.git("worktree", "add", "-q", "-b", "more", str(clone.root))
    monkeypatch.chdir(clone.root)
    team.other.edit(HAR, "Third line", "3rd")
    team.other.push()
    clone.edit(HAR, "First line", "1st")
    sync(kb)
    assert clone.git("rev-parse", "HEAD") == git(team.remote, "rev-parse", "main")
    assert clone.git("status", "--porcelain") == f" M {HAR}"
    text = (clone.root / HAR).read_text()
    assert ("1st" in text, "3rd" in text) == (True, True)


@pytest.mark.parametrize("where", ["folder", "detached", "unicode", "offline"])
def test_it_works_wherever_one_stands(
    team: Team, kb: Run, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    if where == "unicode":
        team.other.write("kb/articles/返金 の手順.md", "---\ntitle: 返金\n---\n")
    team.other.edit(HAR, "First line", "1st")
    team.other.push()
    if where == "folder":
        monkeypatch.chdir(team.mine.root / "kb" / "macros")
    if where == "detached":
        team.mine.git("checkout", "-q", "--detach")
    if where == "offline":
        team.remote.rename(team.remote.with_suffix(".away"))
        before = team.mine.state()
        assert "can't be reached" in sync(kb, 1).err
        assert team.mine.state() == before
        return
    sync(kb)
    assert is_up_to_date(team)


def test_a_knowledge_base_in_a_folder_of_a_repository(
    team: Team, kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.other.write("docs/kb/kb.toml", "")
    team.other.write("docs/kb/articles/a.md", ARTICLE)
    team.other.push()
    sync(kb)
    monkeypatch.chdir(team.mine.root / "docs")
    (team.mine.root / "kb/kb.toml").unlink()
    team.mine.edit("docs/kb/articles/a.md", "First line", "1st")
    team.other.edit("docs/kb/articles/a.md", "Third line", "3rd")
    team.other.push()
    sync(kb)
    text = (team.mine.root / "docs/kb/articles/a.md").read_text()
    assert ("1st" in text, "3rd" in text) == (True, True)
    assert kb("propose", "--yes").code == 0
    (branch,) = team.branches()
    assert git(team.remote, "diff", "--name-only", "main", branch) == "docs/kb/articles/a.md"


@pytest.mark.parametrize("strange", [".git/hooks/x", ".GIT/config", "a/.git/config", "../x"])
def test_a_path_that_git_would_not_check_out_is_refused_before_anything(
    team: Team, kb: Run, strange: str
) -> None:
    blob = git_in(team.other.root, "hash-object", "-w", "--stdin", given="evil")
    tree, mode = blob, "100644 blob"
    for name in reversed(strange.split("/")):
        tree = git_in(team.other.root, "mktree", given=f"{mode} {tree}\t{name}\n")
        mode = "040000 tree"
    listed = (
        git_in(team.other.root, "ls-tree", tree) + "\n" + team.other.git("ls-tree", "main") + "\n"
    )
    whole = git_in(team.other.root, "mktree", given=listed)
    commit = team.other.git("commit-tree", "-p", "main", "-m", "x", whole)
    team.other.git("push", "-q", "origin", f"{commit}:main")
    before = team.mine.state()
    done = kb("sync")
    assert done.code == 1
    assert team.mine.state() == before
    assert not (team.mine.root / ".git/hooks/x").exists()


def test_nothing_is_written_through_a_link(team: Team, kb: Run, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (team.mine.root / "kb" / "articles" / "more").symlink_to(outside)
    team.other.write("kb/articles/more/page.md", "---\ntitle: A\n---\n")
    team.other.push()
    sync(kb, 1)
    assert list(outside.iterdir()) == []


def test_a_link_that_becomes_a_folder_is_one(team: Team, kb: Run) -> None:
    (team.other.root / "more").symlink_to("kb")
    team.other.push()
    sync(kb)
    assert (team.mine.root / "more").is_symlink()
    (team.other.root / "more").unlink()
    team.other.write("more/page.md", "x")
    team.other.push()
    sync(kb)
    assert is_up_to_date(team)
    assert not (team.mine.root / "kb/page.md").exists()


def test_a_link_in_the_place_of_what_is_edited_is_told_with_what_to_run(
    team: Team, kb: Run
) -> None:
    (team.other.root / HAR).unlink()
    (team.other.root / HAR).symlink_to("proxy.md")
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    told = sync(kb, 1).err
    assert BESIDE not in told
    assert f"`kb propose {HAR}`" in told
    assert "mine" in (team.mine.root / HAR).read_text()
    team.mine.git("checkout", "HEAD", "--", HAR)
    assert (team.mine.root / HAR).is_symlink()


def test_of_a_long_line_in_conflict_the_beginning_is_shown(team: Team, kb: Run) -> None:
    team.other.edit(HAR, "First line", "x" * 100_000)
    team.other.push()
    team.mine.edit(HAR, "First line", "mine")
    told = sync(kb, 1).err
    assert "team's  xxxx" in told
    assert max(map(len, told.splitlines())) < 300
    assert "x" * 100_000 in (team.mine.root / BESIDE).read_text()
