"""`kb retire`: an entry that nobody shall use any more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names


def retire(
    name: Annotated[
        str, typer.Argument(help="An entry or a macro's shortcut.", autocompletion=entry_names)
    ],
    instead: Annotated[
        str,
        typer.Option(
            "--for", metavar="OTHER", help="What takes its place.", autocompletion=entry_names
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
) -> None:
    """Take an entry out of search and site; it stays in Git.

    With --for, links and addresses lead to the other one, and so does its id. Without, links to it
    become their words alone. `kb undo` takes it back.

    Example: kb retire old-refund --for refund
    """
    from cannery.cli.progress import shown
    from cannery.cli.report import show_changes
    from cannery.operations import retire as operation
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    with shown() as listener:
        if dry_run:
            retired = operation.plan_retirement(workspace, name, instead, listener)
            show_changes(retired.changes)
        elif done := operation.retire(workspace, name, instead, listener):
            others = output.counted(done.others, "other file")
            output.say(f"{done.entry.id} is retired; {others} changed")
