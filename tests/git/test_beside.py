"""A working tree beside the user's: nothing of the commit is run as it is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repositories import Team

from cannery.git.beside import add_tree, edited_in, main_tree, remove_tree, trees
from cannery.git.repository import GitError


def _hostile(team: Team) -> str:
    """A commit with hooks, a filter and a monitor that the user's settings would run from it."""
    marker = team.mine.root.parent / "ran"
    for name in ("post-checkout", "post-index-change", "monitor", "smudge"):
        script = f"#!/bin/sh\necho {name} >> {marker}\ncat\n"
        team.other.write(f".hooks/{name}", script).chmod(0o755)
    team.other.write(".gitattributes", "*.md filter=own\n")
    (team.other.root / "kb/link.md").symlink_to("/etc/passwd")
    commit = team.other.push()
    for key, value in (
        ("core.hooksPath", ".hooks"),
        ("core.fsmonitor", ".hooks/monitor"),
        ("filter.own.smudge", ".hooks/smudge"),
        ("filter.own.clean", ".hooks/smudge"),
    ):
        team.mine.git("config", key, value)
    team.mine.git("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "fetch", "-q")
    return commit


def test_nothing_of_a_commit_is_run(team: Team, tmp_path: Path) -> None:
    commit = _hostile(team)
    add_tree(team.mine.root, commit, tmp_path / "beside")
    assert not (tmp_path / "ran").exists()
    assert (tmp_path / "beside/kb/articles/har.md").read_text().startswith("---\ntitle: HAR")
    assert not (tmp_path / "beside/kb/link.md").is_symlink()
    assert trees(team.mine.root)[tmp_path / "beside"] == commit
    assert main_tree(tmp_path / "beside") == team.mine.root
    assert not edited_in(tmp_path / "beside")
    assert not (tmp_path / "ran").exists()


def test_the_user_s_own_tree_is_left_alone(team: Team, tmp_path: Path) -> None:
    team.mine.edit("kb/articles/har.md", "First line", "1st")
    before = team.mine.state()
    add_tree(team.mine.root, team.mine.git("rev-parse", "HEAD"), tmp_path / "beside")
    assert team.mine.state()[:-1] == before[:-1]
    (tmp_path / "beside/new.md").write_text("mine")
    assert edited_in(tmp_path / "beside")
    remove_tree(team.mine.root, tmp_path / "beside")
    assert team.mine.state() == before


def test_a_folder_that_is_there_is_left_alone(team: Team, tmp_path: Path) -> None:
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside/mine.txt").write_text("mine")
    with pytest.raises(GitError, match="already exists"):
        add_tree(team.mine.root, team.mine.git("rev-parse", "HEAD"), tmp_path / "beside")
    assert (tmp_path / "beside/mine.txt").read_text() == "mine"


def test_a_tree_that_can_t_be_made_is_gone(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise GitError("the disk is full")

    monkeypatch.setattr("cannery.git.beside.write_files", refuse)
    with pytest.raises(GitError, match="the disk is full"):
        add_tree(team.mine.root, team.mine.git("rev-parse", "HEAD"), tmp_path / "beside")
    assert not (tmp_path / "beside").exists()
    assert [*trees(team.mine.root)] == [team.mine.root]
