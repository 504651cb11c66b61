from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cannery.contribute.repo import outdated, start, state


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


ORIGINALS = {"kb/a.ja.md": "kb/a.md"}


def _commit(folder: Path, message: str, **files: str) -> None:
    for name, text in files.items():
        path = folder / "kb" / f"{name.replace('_', '.')}.md"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8")
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "--allow-empty", "-m", message)


def test_a_translation_is_outdated_when_its_original_s_body_has_changed_since(
    tmp_path: Path,
) -> None:
    assert outdated(tmp_path, ORIGINALS) == {}
    start(tmp_path)
    assert outdated(tmp_path, ORIGINALS) == {}
    _commit(tmp_path, "both", a="---\ntitle: A\n---\nOne\n", a_ja="---\ntitle: A\n---\n一\n")
    assert outdated(tmp_path, ORIGINALS) == {}
    _commit(tmp_path, "front matter and spaces", a="---\ntitle: AA\nowner: me\n---\n\nOne  \n")
    assert outdated(tmp_path, ORIGINALS) == {}
    _commit(tmp_path, "the original", a="---\ntitle: A\n---\nTwo\n")
    assert outdated(tmp_path, ORIGINALS) == {"kb/a.ja.md": datetime.now(UTC).date()}
    (tmp_path / "kb" / "a.ja.md").write_text("---\ntitle: A\n---\n二\n", "utf-8")
    assert outdated(tmp_path, ORIGINALS) == {}
    _commit(tmp_path, "the translation")
    assert outdated(tmp_path, ORIGINALS) == {}


def test_a_knowledge_base_may_be_a_folder_of_its_repository(tmp_path: Path) -> None:
    start(tmp_path)
    inner = tmp_path / "日本語" / "base"
    inner.mkdir(parents=True)
    _commit(inner, "both", a="One", a_ja="一")
    _commit(inner, "the original", a="Two")
    assert {*(outdated(inner, ORIGINALS) or ())} == {"kb/a.ja.md"}


def test_a_history_that_is_cut_off_tells_nothing(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    start(whole)
    _commit(whole, "both", a="One", a_ja="一")
    _commit(whole, "the original", a="Two")
    _git(tmp_path, "clone", "-q", "--depth", "1", f"file://{whole}", "cut")
    assert outdated(tmp_path / "cut", ORIGINALS) is None
