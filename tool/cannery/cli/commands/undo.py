"""`kb undo`: take the last thing back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from cannery.proposals.operation import Operation
    from cannery.proposals.undo_log import UndoLog
    from cannery.workspace import Workspace

_LISTED = 20  # files; more would push all else off the screen


def undo(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be taken back, and do nothing.")
    ] = False,
) -> None:
    """Take back the last thing that kb did.

    A sync, restore, proposal, draft or `check --fix`; each undo goes one back. What you have
    changed since stays; where both meet, nothing is taken back. What was cut off half-way is taken
    back as a whole.

    Example: kb undo --dry-run
    """
    from cannery.cli.alone import alone, settle
    from cannery.git.view import act_as_user
    from cannery.proposals.undo_log import open_log
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    if dry_run:
        _show(_last(open_log(workspace)))
        return
    act_as_user()
    if settle(workspace, "undo", back=True):
        return  # that was the last thing
    with alone(workspace, "undo") as log:
        _take_back(workspace, log, _last(log))


def _last(log: UndoLog) -> Operation | None:
    """The newest that can be taken back; an editor that is still open has done nothing yet."""
    from cannery.proposals.operation import Stage

    known = [item for item in log.operations() if item.stage is not Stage.OPEN]
    return known[-1] if known else None


def _show(last: Operation | None) -> None:
    if last is None:
        output.note("There is nothing to take back.")
        return
    for path in last.changed:
        output.say(path)
    output.note(f"The {last.what} would be taken back.")


def _take_back(workspace: Workspace, log: UndoLog, last: Operation | None) -> None:
    from cannery.proposals.undo import take_back

    if last is None:
        output.note("There is nothing to take back.")
        return
    if last.branch[0]:
        _withdraw(workspace, last)
        log.forget(last.number)
    else:
        changed = take_back(log, last)
        for path in changed if len(changed) <= _LISTED else ():
            output.note(f"put back {path}")
    output.say(f"The {last.what} is taken back.")


def _withdraw(workspace: Workspace, operation: Operation) -> None:
    """Put a proposal's branch on the remote back, or take it away where it was new."""
    from cannery.git.clone import open_checkout
    from cannery.proposals.push import drop, put_branch
    from cannery.proposals.store import forget, proposals, remember

    checkout = open_checkout(workspace.root)
    branch, before, after, main = operation.branch
    put_branch(checkout, branch, before, after)
    mine = [item for item in proposals(checkout) if item.branch == branch]
    if not before:
        forget(checkout, [branch])
    for item in mine:
        drop(checkout, item)
        if before:
            remember(checkout, item._replace(tip=before, sent=before, main=main))
