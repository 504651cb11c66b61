"""The files and folders that a user names -> which paths of the knowledge base are meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cannery.errors import UsageError
from cannery.git.locate import usable
from cannery.git.run import attempt
from cannery.git.state import changed_since
from cannery.workspace import MARKER


def by_knowledge_base(here: Path, paths: Sequence[Path]) -> list[tuple[Path, list[Path]]]:
    """Where to look for the knowledge base of some files: here, or above the files themselves.

    A hook is called at the top of a repository, with files of knowledge bases that are somewhere
    below it. Each of them comes with its own files.
    """
    if not paths or _root_above(here):
        return [(here, [*paths])]
    groups: dict[Path, list[Path]] = {}
    for path in paths:
        groups.setdefault(_root_above(path.absolute()) or here, []).append(path)
    return [*groups.items()]


def _root_above(path: Path) -> Path | None:
    """The knowledge base that a file or folder is in."""
    above = (path, *path.parents)
    return next((folder for folder in above if (folder / MARKER).is_file()), None)


def path_to(root: Path, above: Path | None) -> str:
    """What stands in front of a path from the root if it is told from a folder above it.

    Empty, or with a `/` at its end.
    """
    if above is None or not root.is_relative_to(above) or root == above:
        return ""
    return f"{root.relative_to(above).as_posix()}/"


def repository_above(root: Path) -> Path | None:
    """The top of the repository that a knowledge base is in; None for none."""
    at = usable(root)  # a path needs no more
    return at.top if at else None


def chosen_paths(root: Path, paths: Sequence[Path], since: str = "") -> Callable[[str], bool]:
    """A predicate on paths from the root: whether one is among the named files and folders.

    Without any, all are; `since` leaves those that have changed since a revision. Raises
    UsageError for a path that is not there or behind a link, GitError for an unknown revision.
    """
    resolved = root.resolve()
    chosen: list[str] = []
    for path in paths:
        # One that was deleted can be named too, by where it was.
        whole = path.absolute().parent.resolve() / path.name if path.name else path.resolve()
        _refuse_link(path, resolved)
        if not whole.is_relative_to(resolved):
            raise UsageError(f"{path} is outside {root}")
        inner = whole.relative_to(resolved).as_posix()
        if not whole.exists() and not _is_tracked(root, inner):
            hint = "Give files or folders of the knowledge base."
            raise UsageError(f"{path} does not exist", hint)
        chosen.append(inner)
    changed = frozenset(changed_since(root, since)) if since else None

    def is_chosen(path: str) -> bool:
        named = not chosen or any(
            item in (".", path) or path.startswith(f"{item}/") for item in chosen
        )
        return named and (changed is None or path in changed)

    return is_chosen


def _refuse_link(path: Path, root: Path) -> None:
    """Raises UsageError for what is behind a link in the knowledge base: Git follows none."""
    for folder in path.absolute().parents:
        if folder.is_symlink() and folder.parent.resolve().is_relative_to(root):
            hint = f"Give the real path: {folder.resolve() / path.absolute().relative_to(folder)}."
            raise UsageError(f"{path} is behind a symbolic link", hint)


def _is_tracked(root: Path, path: str) -> bool:
    status, out, _ = attempt(root, "ls-files", "--", path)
    return status == 0 and bool(out)
