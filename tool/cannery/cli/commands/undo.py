"""`kb undo`: take the last thing back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from cannery.proposals.operation import Operation, PushedBranch

_LISTED = 20  # files; more would push all else off the screen


def undo(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be undone without undoing it.")
    ] = False,
) -> None:
    """Undo the last thing that kb changed.

    Covers sync, restore, propose, new, edit, rename, retire, adopt and `check --fix`; run it again
    to go further back. Your later changes are kept; if they overlap, nothing is undone.

    Example: kb undo --dry-run
    """
    from cannery.cli.progress import shown
    from cannery.operations import undo as operation
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    if dry_run:
        _show(operation.last_operation(workspace))
        return
    with shown() as listener:
        undone = operation.undo(workspace, listener)
    if undone:
        for path in undone.restored if len(undone.restored) <= _LISTED else ():
            output.note(f"{'deleted ' if path in undone.deleted else 'restored'} {path}")
        if undone.branch.name:
            output.note(_told(undone.branch))
        output.say(f"Undone: {undone.what}.")


def _told(branch: PushedBranch) -> str:
    """What becomes of a proposal's branch on the remote; the user's files stay as they are."""
    if branch.before:
        return f"restored {branch.name} on the remote as it was proposed before"
    return f"deleted  {branch.name} on the remote; your files stay as they are"


def _show(last: Operation | None) -> None:
    if last is None:
        output.note("There is nothing to undo.")
        return
    for path in last.changed:
        output.say(path)
    if last.branch.name:
        output.say(last.branch.name)
    output.note(f"Would undo: {last.what}.")
