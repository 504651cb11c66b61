"""What several commands take, and how a shell completes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
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


def chosen_paths(root: Path, paths: Sequence[Path], since: str = "") -> Callable[[str], bool]:
    """Whether a path from the root is among the files and folders that were named.

    Without any, all are; `since` leaves those that have changed since a revision. Raises
    UsageError for a path that is not there, GitError for an unknown revision.
    """
    from cannery.errors import UsageError

    chosen: list[str] = []
    for path in paths:
        # One that was deleted can be named too, by its place.
        whole = path.absolute().parent.resolve() / path.name if path.name else path.resolve()
        if not whole.is_relative_to(root.resolve()):
            raise UsageError(f"{path} is not in {root}")
        inner = whole.relative_to(root.resolve()).as_posix()
        if not whole.exists() and not _was_there(root, inner):
            raise UsageError(f"there is no {path}", "Name files or folders of the knowledge base.")
        chosen.append(inner)
    changed = None
    if since:
        from cannery.contribute.repo import changed_since

        changed = frozenset(changed_since(root, since))

    def is_chosen(path: str) -> bool:
        named = not chosen or any(
            item in (".", path) or path.startswith(f"{item}/") for item in chosen
        )
        return named and (changed is None or path in changed)

    return is_chosen


def _was_there(root: Path, path: str) -> bool:
    from cannery.contribute.command import attempt

    status, out, _ = attempt(root, "ls-files", "--", path)
    return status == 0 and bool(out)
