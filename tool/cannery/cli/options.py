"""What several commands take, and how a shell completes it."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cannery.workspace import Workspace


class KindChoice(StrEnum):
    ARTICLE = "article"
    MACRO = "macro"


def language_names(incomplete: str) -> list[str]:
    workspace = _workspace()
    languages = workspace.settings.languages if workspace else ()
    return [language for language in languages if language.startswith(incomplete)]


def tag_names(incomplete: str) -> list[str]:
    from cannery.content.files import scan
    from cannery.content.library import load_each, shelve

    workspace = _workspace()
    if workspace is None:
        return []
    entries = shelve(load_each(workspace, scan(workspace).stamps)).entries
    tags = {tag for entry in entries for tag in entry.header.tags}
    return sorted(tag for tag in tags if tag.startswith(incomplete))


def entry_names(incomplete: str) -> list[str]:
    return _names(incomplete, ("articles/", "macros/"))


def macro_names(incomplete: str) -> list[str]:
    return _names(incomplete, ("macros/",))


def _names(incomplete: str, folders: tuple[str, ...]) -> list[str]:
    """The shortest names that complete what is typed: a last piece, or a whole id."""
    from cannery.content.files import scan
    from cannery.content.library import catalogue

    workspace = _workspace()
    if workspace is None:
        return []
    ids = [id_ for id_ in catalogue(workspace, scan(workspace)) if id_.startswith(folders)]
    tails = Counter(id_.rsplit("/", 1)[-1] for id_ in ids)
    unique = [tail for tail, count in tails.items() if count == 1]
    return sorted(name for name in {*unique, *ids} if name.startswith(incomplete))


def _workspace() -> Workspace | None:
    """The knowledge base; None where there is none, for a shell's completion tells no errors."""
    from cannery.errors import CanneryError
    from cannery.workspace import open_workspace

    try:
        return open_workspace(Path.cwd())
    except CanneryError:
        return None


def language_of(asked: str, languages: tuple[str, ...]) -> str:
    """The language asked for. Raises UsageError for one that the knowledge base doesn't have."""
    from cannery.errors import UsageError

    known = {asked, asked.replace("_", "-").split("-")[0].lower()}
    if asked and not known & set(languages):
        raise UsageError(f"there is no language {asked} here", f"There is {', '.join(languages)}.")
    return asked
