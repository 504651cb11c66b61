"""A folder of somebody else's is listed within bounds, and never left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cannery.adopt import tree
from cannery.adopt.tree import read_tree


def _write(root: Path, *paths: str) -> None:
    for path in paths:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("# Page\n")


def test_its_files_are_listed_by_their_paths(tmp_path: Path) -> None:
    _write(tmp_path, "b/c.md", "a.md", "b/picture.png")
    assert read_tree(tmp_path).files == ("a.md", "b/c.md", "b/picture.png")


def test_what_packages_and_git_bring_is_no_page(tmp_path: Path) -> None:
    _write(tmp_path, "a.md", "node_modules/x/README.md", ".git/x.md", "venv/lib/y.md")
    assert read_tree(tmp_path).files == ("a.md",)


def test_a_link_is_not_followed_and_told(tmp_path: Path) -> None:
    _write(tmp_path / "outside", "secret.md")
    _write(tmp_path / "in", "a.md")
    (tmp_path / "in/docs").symlink_to(tmp_path / "outside")
    (tmp_path / "in/b.md").symlink_to(tmp_path / "outside/secret.md")
    found = read_tree(tmp_path / "in")
    assert found.files == ("a.md",)
    assert [(loss.path, loss.what) for loss in found.losses] == [
        ("b.md", "a symbolic link"),
        ("docs", "a symbolic link"),
    ]


def test_a_pipe_and_a_name_of_stray_bytes_are_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / os.fsdecode(b"\xff.md")).write_text("x")
    found = read_tree(tmp_path)
    assert found.files == ()
    assert {loss.what for loss in found.losses} == {"a device or pipe", "a file"}


def test_a_wide_space_is_part_of_a_name(tmp_path: Path) -> None:
    (tmp_path / "設定　手順.md").write_text("x")
    assert (read_tree(tmp_path).files, read_tree(tmp_path).losses) == (("設定　手順.md",), ())


def test_a_repository_within_is_not_ours(tmp_path: Path) -> None:
    _write(tmp_path, "a.md", "module/b.md")
    (tmp_path / "module/.git").write_text("gitdir: ../.git/modules/module\n")
    found = read_tree(tmp_path)
    assert found.files == ("a.md",)
    assert found.losses[0].path == "module"


def test_folders_without_end_and_files_without_number_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, "/".join(["d"] * 60) + "/deep.md", *(f"{number}.md" for number in range(9)))
    assert any("levels deep" in loss.why for loss in read_tree(tmp_path).losses)
    monkeypatch.setattr(tree, "MAX_FILES", 5)
    found = read_tree(tmp_path)
    assert len(found.files) == 5
    assert found.losses[-1].what == "the rest"


def test_a_page_that_is_too_large_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    with (tmp_path / "big.md").open("wb") as file:
        file.truncate(5_000_001)
    found = read_tree(tmp_path)
    assert found.files == ("a.md",)
    assert [(loss.path, loss.why) for loss in found.losses] == [("big.md", "larger than 5 MB")]
