"""The files and folders that a user names -> which paths of the knowledge base are meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cannery.errors import UsageError
from cannery.git.run import attempt
from cannery.git.state import changed_since


def chosen_paths(root: Path, paths: Sequence[Path], since: str = "") -> Callable[[str], bool]:
    """A predicate on paths from the root: whether one is among the named files and folders.

    Without any, all are; `since` leaves those that have changed since a revision. Raises
    UsageError for a path that is not there, GitError for an unknown revision.
    """
    resolved = root.resolve()
    chosen: list[str] = []
    for path in paths:
        # One that was deleted can be named too, by where it was.
        whole = path.absolute().parent.resolve() / path.name if path.name else path.resolve()
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


def _is_tracked(root: Path, path: str) -> bool:
    status, out, _ = attempt(root, "ls-files", "--", path)
    return status == 0 and bool(out)
