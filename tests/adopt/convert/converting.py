"""Texts of other tools, converted as a page of a source is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cannery.adopt.convert.dialect import Dialect, convert_text
from cannery.adopt.convert.gitbook import GITBOOK
from cannery.adopt.convert.hugo import HUGO
from cannery.adopt.convert.jekyll import JEKYLL
from cannery.adopt.convert.mdx_dialects import MDX, STARLIGHT
from cannery.adopt.convert.mkdocs import MACROS, MKDOCS
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.obsidian import OBSIDIAN
from cannery.adopt.convert.plain import PLAIN
from cannery.adopt.convert.vitepress import VITEPRESS
from cannery.adopt.kind import SourcePage
from cannery.adopt.tree import SourceTree

DIALECTS = {
    "gitbook": GITBOOK,
    "hugo": HUGO,
    "jekyll": JEKYLL,
    "mdx": MDX,
    "mkdocs": MKDOCS,
    "mkdocs with macros": MACROS,
    "obsidian": OBSIDIAN,
    "plain": PLAIN,
    "starlight": STARLIGHT,
    "vitepress": VITEPRESS,
}


class Result(NamedTuple):
    """A converted text, and what was lost: each loss as its line and what stands there."""

    text: str
    losses: list[tuple[int, str]]


def convert(
    text: str,
    dialect: Dialect,
    *,
    tree: SourceTree | None = None,
    path: str = "docs/page.md",
    variables: Mapping[str, str] = {},
) -> Result:
    source = tree or SourceTree(Path("/nowhere"), ())
    notes = Notes(SourcePage(path, text, source), variables=dict(variables))
    made = convert_text(text, dialect, notes)
    return Result(made, [(loss.line, loss.what) for loss in notes.losses])
