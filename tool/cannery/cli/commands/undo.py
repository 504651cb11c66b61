"""`kb undo`: take the last thing back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from cannery.proposals.operation import Operation

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
        for path in undone.paths if len(undone.paths) <= _LISTED else ():
            output.note(f"put back {path}")
        output.say(f"The {undone.what} is taken back.")


def _show(last: Operation | None) -> None:
    if last is None:
        output.note("There is nothing to take back.")
        return
    for path in last.changed:
        output.say(path)
    output.note(f"The {last.what} would be taken back.")
