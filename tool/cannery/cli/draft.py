"""A new file below kb/, where there was none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from unicodedata import category

from cannery.cli.alone import is_repeated, settle, write
from cannery.content import frontmatter
from cannery.errors import ContentError
from cannery.util.plain import printable
from cannery.workspace import Workspace

_MAX_SLUG = 60


_NOTHING: Mapping[str, object] = MappingProxyType({})


def write_draft(
    workspace: Workspace,
    folder: str,
    title: str,
    body: str,
    header: Mapping[str, object] = _NOTHING,
) -> str:
    """Write a draft with this title; its path. Raises ContentError for one that is there."""
    path = f"{folder}/{slug(title)}.md"
    text = draft_text(title, body, header)
    if is_repeated(settle(workspace, "draft"), "draft", path, text):
        return path
    if (workspace.root / path).exists():
        raise ContentError(f"{path} is there already", f"Add to it, or see `kb show {path}`.")
    write(workspace, "draft", {path: text.encode()}, {path: None}, asked=(path, text))
    return path


def draft_text(title: str, body: str, header: Mapping[str, object] = _NOTHING) -> str:
    """The text of a draft, whose front matter says `header` as well."""
    values = {"title": title, "status": "draft", **header}
    return frontmatter.rewrite(f"\n{printable(body).strip()}\n", values)


def slug(title: str) -> str:
    """A title as a file's name: letters of any script, digits and dashes."""
    kept = "".join(char if category(char)[0] in "LNM" else "-" for char in title.lower())
    return re.sub(r"-+", "-", kept).strip("-")[:_MAX_SLUG].strip("-") or "untitled"
