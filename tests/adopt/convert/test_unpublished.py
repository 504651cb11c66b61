"""What Hugo does not publish is not adopted."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.adopt.layouts import page_paths
from cannery.adopt.survey import survey
from cannery.adopt.tree import read_tree
from cannery.errors import UsageError


def _hugo(tmp_path: Path, pages: dict[str, str]) -> None:
    (tmp_path / "hugo.toml").write_text("title = 'X'\n")
    for name, header in pages.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: X\n{header}\n---\nText.\n")


@pytest.mark.parametrize(
    "header",
    [
        "headless: true",
        "build:\n  render: never",
        "_build: {render: link}",
        "build: {render: false}",
        "publishDate: 2999-01-01",
        "date: 2999-01-01T10:00:00Z",
        "expirydate: 2001-01-01",
    ],
)
def test_a_page_that_hugo_does_not_publish_is_ignored(tmp_path: Path, header: str) -> None:
    said = "date: 2999-01-01\npublishDate: 2001-01-01\nbuild: {list: never}\nheadless: false"
    _hugo(tmp_path, {"a.md": said, "b[1].md": header, "b1.md": "expiryDate: 2999-01-01"})
    tree = read_tree(tmp_path)
    found = survey(tree)
    assert page_paths(tree, found.layout) == ["content/a.md", "content/b1.md"]
    assert (found.left_out, found.outside) == (1, {})


def test_toml_that_says_when_a_page_of_hugo_expires_is_read(tmp_path: Path) -> None:
    _hugo(tmp_path, {"a.md": ""})
    (tmp_path / "content/b.md").write_text("+++\nexpiryDate = 2001-01-01T00:00:00Z\n+++\nText.\n")
    assert survey(read_tree(tmp_path)).layout.ignore == ("/content/b.md",)


@pytest.mark.parametrize(
    ("page", "header"),
    [
        ("in/_index.md", "cascade:\n  draft: true"),
        ("in/_index.ja.md", "cascade:\n  - title: Y\n  - build: {render: never}"),
        ("in/index.md", "headless: true"),
    ],
)
def test_what_is_beside_or_below_a_page_that_hides_it_in_hugo_is_ignored(
    tmp_path: Path, page: str, header: str
) -> None:
    _hugo(tmp_path, {page: header, "in/deep/a.md": "", "in/b.md": "", "c.md": "", "_index.md": ""})
    tree = read_tree(tmp_path)
    assert page_paths(tree, survey(tree).layout) == ["content/_index.md", "content/c.md"]


@pytest.mark.parametrize("path", ["/in/**", "/in/{a,b}", "in/*"])
@pytest.mark.parametrize("is_site", [True, False])
def test_of_a_page_that_hides_others_by_their_path_hugo_hides_these(
    tmp_path: Path, path: str, *, is_site: bool
) -> None:
    hiding = f"cascade:\n  - draft: true\n    _target: {{path: '{path}'}}"
    _hugo(
        tmp_path, {"_index.md": "" if is_site else hiding, "in/a.md": "", "in/b.md": "", "c.md": ""}
    )
    if is_site:
        (tmp_path / "hugo.toml").write_text(
            f"[[cascade]]\ndraft = true\n[cascade.target]\npath = '{path}'\n"
        )
    tree = read_tree(tmp_path)
    assert page_paths(tree, survey(tree).layout) == ["content/_index.md", "content/c.md"]


def test_pages_of_which_a_tool_publishes_none_are_not_taken_for_plain_ones(tmp_path: Path) -> None:
    _hugo(tmp_path, {"_index.md": "cascade: {draft: true}", "a.md": ""})
    with pytest.raises(UsageError, match="Hugo publishes none"):
        survey(read_tree(tmp_path))
