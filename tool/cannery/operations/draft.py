"""A new file of the knowledge base, where there was none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from unicodedata import category

from cannery.content import frontmatter
from cannery.content.layout import path_of
from cannery.errors import ContentError
from cannery.model.event import Listener, ignore
from cannery.model.location import Kind
from cannery.operations.entry import supported
from cannery.operations.writing import Rewrite, is_repeated, settle, write
from cannery.util.file_names import fault_of
from cannery.util.plain import printable
from cannery.util.text import composed
from cannery.workspace import Settings, Workspace

_MAX_SLUG = 60


class Draft(NamedTuple):
    """An article or a macro to be. `section` is its folder below articles/ or macros/, if any.

    `header` is what its front matter says beside title and status. `language` is empty for the
    knowledge base's default one.
    """

    kind: Kind
    title: str
    section: str = ""
    body: str = "..."
    header: Mapping[str, object] = MappingProxyType({})
    language: str = ""


def variant(workspace: Workspace, language: str) -> str:
    """The language as a draft has it. Raises UsageError for one that is none here."""
    settings = workspace.settings
    asked = supported(language, settings.languages)
    name = asked if asked in settings.languages else asked.replace("_", "-").split("-")[0].lower()
    return "" if name == settings.default_language else name


def draft_path(draft: Draft, settings: Settings) -> str:
    """Where it is to be, relative to the workspace root. Raises ContentError for no place."""
    names = (f"{draft.kind.value}s", draft.section.strip("/"), slug(draft.title))
    id_ = "/".join(name for name in names if name)
    return path_of(composed(id_), draft.language or settings.default_language, settings)


def write_draft(workspace: Workspace, draft: Draft, listener: Listener = ignore) -> str:
    """Write the draft; its path. Raises ContentError if there is such a file already."""
    path, text = draft_path(draft, workspace.settings), draft_text(draft)
    if is_repeated(settle(workspace, "draft", listener), "draft", path, text):
        return path
    if (workspace.root / path).exists():
        hint = f"Edit it with `kb edit {path}`, or choose another title."
        raise ContentError(f"{path} already exists", hint)
    rewrite = Rewrite("draft", {path: text.encode()}, {path: None}, asked=(path, text))
    write(workspace, rewrite, listener)
    return path


def draft_text(draft: Draft) -> str:
    """The whole file, front matter first."""
    values = {"title": draft.title, "status": "draft", **draft.header}
    return frontmatter.rewrite("", values) + f"\n{printable(draft.body).strip()}\n"


def slug(title: str) -> str:
    """A title as a file's name: letters of any script, digits and dashes."""
    letters = composed(title).lower()
    kept = "".join(char if category(char)[0] in "LNM" else "-" for char in letters)
    name = re.sub(r"-+", "-", kept).strip("-")[:_MAX_SLUG].strip("-") or "untitled"
    return f"{name}-1" if fault_of(name) else name
