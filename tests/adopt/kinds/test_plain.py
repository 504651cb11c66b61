"""Markdown that is for no tool stays as it is; a page with JSX is converted."""

from __future__ import annotations

from pathlib import Path

from cannery.adopt.kind import SourcePage
from cannery.adopt.kinds.plain import PLAIN
from cannery.adopt.tree import SourceTree

_TEXT = '---\ntitle: A\n---\nimport { Tabs } from "x"\n\nSee <Gauge>this</Gauge>.\n'


def test_markdown_is_ours() -> None:
    page = SourcePage("a.md", _TEXT, SourceTree(Path("/nowhere"), ("a.md",)))
    assert PLAIN.convert(page).text == _TEXT


def test_components_become_their_text_and_are_told() -> None:
    page = SourcePage("a.mdx", _TEXT, SourceTree(Path("/nowhere"), ("a.mdx",)))
    made = PLAIN.convert(page)
    assert [loss.line for loss in made.losses] == [4, 6]
    assert made.text == "---\ntitle: A\n---\nSee this.\n"
