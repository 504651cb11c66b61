from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cannery.git.state import start, state


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_folder_becomes_a_repository_once(tmp_path: Path) -> None:
    assert state(tmp_path) is None
    assert start(tmp_path)
    assert not start(tmp_path)
    (tmp_path / "inner").mkdir()
    assert not start(tmp_path / "inner")


def test_the_state_tells_branch_changes_and_remote(tmp_path: Path) -> None:
    start(tmp_path)
    (tmp_path / "a").write_text("x")
    found = state(tmp_path)
    assert found is not None
    assert (found.branch, found.dirty, found.remote) == ("main", True, "")
    _git(tmp_path, "add", "a")
    _git(tmp_path, "commit", "-m", "x")
    _git(tmp_path, "remote", "add", "origin", str(tmp_path))
    _git(tmp_path, "checkout", "--detach")
    found = state(tmp_path)
    assert found is not None
    assert (found.branch, found.dirty, found.remote) == ("", False, "origin")


def test_a_hook_s_variables_do_not_turn_us_to_another_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, mine = tmp_path / "other", tmp_path / "mine"
    other.mkdir()
    mine.mkdir()
    start(other)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert state(mine) is None
