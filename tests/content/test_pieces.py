"""Files that other pages take in are told by their names."""

from __future__ import annotations

import pytest

from cannery.content.pieces import is_piece


@pytest.mark.parametrize(
    "path",
    ["docs/_note.md", "docs/_includes/note.md", "kb/articles/includes/a/note.md", "docs/Partials/x.mdx", "docs/_Install.mdx"],
)  # fmt: skip
def test_what_pages_take_in_is_a_piece(path: str) -> None:
    assert is_piece(path)


@pytest.mark.parametrize(
    "path",
    ["docs/_index.md", "docs/_index.ja.md", "_posts/2020-01-01-start.md", "docs/included.md", "docs/__init__.md", "a/b.md"],
)  # fmt: skip
def test_a_page_is_none(path: str) -> None:
    assert not is_piece(path)
