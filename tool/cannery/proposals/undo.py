"""Take back what `kb` did last: another operation, with what the user has changed since."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.git.branch import is_at
from cannery.git.clone import THEIRS
from cannery.git.merge import merge
from cannery.git.repository import GitError
from cannery.git.versions import Form, Version, is_same, version_at
from cannery.proposals.carry_out import carry_out
from cannery.proposals.operation import Operation
from cannery.proposals.undo_log import UndoLog


def take_back(log: UndoLog, operation: Operation) -> Operation:
    """Put files and branch back to where they were; the operation that has done it.

    What the user has changed since stays. Raises GitError where that meets what is taken back, or
    where the branch has gone on, before anything is changed.
    """
    if not is_at(log.tree.top, operation.heads):
        hint = "Find its earlier position with `git reflog`."
        raise GitError(f"the branch has moved since the {operation.what}", hint)
    before, after = operation.heads
    files = dict(_wanted(log, operation))
    planned = log.plan(
        "undo",
        files.items(),
        heads=(after, before),
        conflicts=(operation.conflicts[1], operation.conflicts[0]),
        undoes=operation.number,
    )
    carry_out(log, planned)
    return planned


def _wanted(log: UndoLog, operation: Operation) -> Iterator[tuple[str, Version | None]]:
    """The content to restore for each file: as before, with the user's later changes merged in."""
    for path, pair in operation.files.items():
        was, became = (log.version(operation, kept) for kept in pair)
        now = version_at(log.tree, path, operation.files)
        if is_same(now, became):
            yield path, was
        elif path.endswith(THEIRS) and now:
            continue  # its user has written there: it is theirs now, and no file of the team's
        elif not (is_same(now, was) or is_same(was, became)):
            yield path, _merged(path, became, now, was)


def _merged(
    path: str, became: Version | None, now: Version | None, was: Version | None
) -> Version | None:
    versions = [item for item in (became, now, was) if item]
    conflicts: tuple[str, ...] = ("file",)
    if all(item.form is Form.FILE for item in versions):
        merged = merge(*(item.data if item else None for item in (became, now, was)))
        conflicts = merged.subjects
        if not conflicts:
            mode = (now or was or versions[0]).mode
            return None if merged.data is None else Version(merged.data, mode)
    raise GitError(
        f"{path} has been changed since in the same place: {', '.join(conflicts)}",
        "Nothing was undone. Stash your change with `git stash`, then try again.",
    )
