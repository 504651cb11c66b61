"""`kb retire`: an entry that nobody shall use any more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import entry_names
from cannery.cli.options import ENTRY


def retire(
    name: Annotated[str, typer.Argument(help=ENTRY, autocompletion=entry_names)],
    instead: Annotated[
        str,
        typer.Option(
            "--for", metavar="OTHER", help="The entry that replaces it.", autocompletion=entry_names
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change without changing it.")
    ] = False,
) -> None:
    """Remove an entry from search and the site; it stays in Git.

    With --for, links, addresses and the id lead to the replacement. Without it, links to the entry
    become plain text. To undo, run `kb undo`.

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
            output.say(f"Retired {done.entry.id}; updated {others}.")
