"""Links of a page that moves lead to the same files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.adopt.relink import file_links, relinked
from cannery.adopt.tree import SourceTree

_TREE = SourceTree(
    Path("/nowhere"), ("docs/a b.md", "docs/c.md", "docs/x/d.md", "img/e(1).png", "img/f.png")
)
_MOVED = {
    "docs/a b.md": "kb/articles/g/a-b.md",
    "docs/c.md": "kb/articles/g/c.md",
    "docs/x/d.md": "kb/articles/g/x/d.ja.md",
    "img/e(1).png": "kb/articles/g/img/e(1).png",
}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[x](a%20b.md#top)", "[x](a-b.md#top)"),
        ("[x](<a b.md>)", "[x](a-b.md)"),
        ('[x](x/d.md "Title")', '[x](x/d.ja.md "Title")'),
        ("![](../img/e(1).png)", "![](img/e%281%29.png)"),
        ("[x][1]\n\n[1]: a%20b.md", "[x][1]\n\n[1]: a-b.md"),
        (
            "[x](https://example.com/a%20b.md) [y](#a) [z](gone.md)",
            "[x](https://example.com/a%20b.md) [y](#a) [z](gone.md)",
        ),
        ("`[x](a%20b.md)`", "`[x](a%20b.md)`"),
        ("![](../img/f.png)", "![](../img/f.png)"),
    ],
)
def test_a_link_follows(before: str, after: str) -> None:
    assert relinked(before, "docs/c.md", _MOVED) == after


def test_the_files_that_a_page_shows_are_told() -> None:
    text = "![](../img/f.png) [x](x/d.md?raw) [y](../../outside.md) [z](/img/f.png)"
    assert [(link.path, link.rest) for link in file_links(text, "docs/c.md", _TREE.names)] == [
        ("img/f.png", ""),
        ("docs/x/d.md", "?raw"),
    ]
