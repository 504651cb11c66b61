"""What a folder holds, counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.adopt.survey import survey
from cannery.adopt.tree import read_tree
from cannery.errors import UsageError


def test_pages_keys_and_pictures_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\nlast_update: {date: 2026-01-02}\n---\nText\n")
    (tmp_path / "b.md").write_text("---\ntitle: B\n---\n{{< x >}}\n")
    (tmp_path / "c.png").write_bytes(b"x")
    found = survey(read_tree(tmp_path))
    assert (found.kind, found.pages, found.pictures) == ("plain", 2, 1)
    keys = [(use.key, use.files) for use in found.keys]
    assert keys == [("title", 2), ("last_update", 1), ("last_update.date", 1)]
    assert [(use.what, use.worst) for use in found.constructs] == [("shortcodes", ("b.md",))]


def test_a_header_that_is_no_yaml_costs_no_more_than_itself(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('---\ntitle: "A\n---\nText\n')
    (tmp_path / "b.md").write_text("---\ntitle: B\n---\n")
    assert survey(read_tree(tmp_path)).pages == 2


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no pages found"):
        survey(read_tree(tmp_path))


def test_a_folder_whose_pages_are_in_a_repository_of_their_own_says_so(tmp_path: Path) -> None:
    (tmp_path / "docs/.git").mkdir(parents=True)
    (tmp_path / "docs/a.md").write_text("Text\n")
    with pytest.raises(UsageError, match="no pages found") as raised:
        survey(read_tree(tmp_path))
    assert raised.value.hint == "Passed by, as Git repositories of their own: docs. Name one."


def test_settings_of_a_tool_without_pages_leave_the_others_to_be_found(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("docs_dir: build/docs\n")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.md").write_text("Text\n")
    assert survey(read_tree(tmp_path)).kind == "plain"


def test_pages_in_the_folder_of_the_settings_are_asked_to_move(tmp_path: Path) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb/a.md").write_text("Text\n")
    with pytest.raises(UsageError) as caught:
        survey(read_tree(tmp_path))
    assert "kb/articles" in caught.value.hint
