"""Take back the last thing that kb did."""

from __future__ import annotations

from typing import NamedTuple

from cannery.git.clone import open_checkout
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.writing import exclusive, settle, telling_interrupts
from cannery.proposals.operation import Operation, PushedBranch, Stage
from cannery.proposals.push import drop, put_branch
from cannery.proposals.store import forget, proposals, remember
from cannery.proposals.undo import take_back
from cannery.proposals.undo_log import UndoLog, open_log
from cannery.workspace import Workspace


class Undone(NamedTuple):
    """What was taken back: its name, such as `sync`, and the files that are as before again.

    `deleted` are those of them that were not there before. `branch` is a proposal's on the remote.
    """

    what: str
    restored: list[str]
    deleted: list[str]
    branch: PushedBranch = PushedBranch()


def undo(workspace: Workspace, listener: Listener = ignore) -> Undone | None:
    """Take back the last operation, or one that was cut off half-way.

    None if there is nothing, or if recovery has taken it back: a remark says which. What the user
    has changed since stays. Raises GitError where both meet, before anything is changed.
    """
    if settle(workspace, "undo", listener, back=True):
        return None
    told = telling_interrupts(listener, lambda: ["Not undone yet: run `kb undo` again."])
    with told, exclusive(workspace, "undo", listener) as log:
        last = _last(log)
        if last is None:
            listener(Remark("There is nothing to undo."))
            return None
        if not last.branch.name:
            restored = take_back(log, last)
            return Undone(last.what, restored.changed, restored.deleted)
        _withdraw(workspace, last)
        log.forget(last.number)
        return Undone(last.what, [], [], last.branch)


def last_operation(workspace: Workspace) -> Operation | None:
    """What `undo` would take back; None if there is nothing."""
    return _last(open_log(workspace))


def _last(log: UndoLog) -> Operation | None:
    """The newest that can be taken back; an editor that is still open has done nothing yet."""
    closed = [item for item in log.operations() if item.stage is not Stage.OPEN]
    return closed[-1] if closed else None


def _withdraw(workspace: Workspace, operation: Operation) -> None:
    """Put a proposal's branch on the remote back, or delete it if it was new."""
    checkout = open_checkout(workspace.root)
    branch, before, after, main = operation.branch
    put_branch(checkout, branch, before, after)
    withdrawn = [item for item in proposals(checkout) if item.branch == branch]
    if not before:
        forget(checkout, [branch])
    for item in withdrawn:
        drop(checkout, item)
        if before:
            remember(checkout, item._replace(tip=before, sent=before, main=main, sources=()))
