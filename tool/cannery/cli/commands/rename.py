"""`kb rename`: another id for an entry, and for every text that speaks of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names


def rename(
    name: Annotated[
        str, typer.Argument(help="An entry, or a part as _parts/NAME.", autocompletion=entry_names)
    ],
    new: Annotated[str, typer.Argument(help="A name beside it, or SECTION/NAME, or a whole id.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
) -> None:
    """Give an entry another name or place, in every language.

    Links, related entries, addresses in macros and renders of a part follow it, and its old id
    leads to it. `kb undo` takes it back.

    Example: kb rename refund billing/refunds --dry-run
    """
    from cannery.cli.progress import shown
    from cannery.cli.report import show_changes
    from cannery.operations import rename as operation
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    with shown() as listener:
        if dry_run:
            renamed = operation.plan_rename(workspace, name, new, listener)
            show_changes(renamed.changes)
        elif done := operation.rename(workspace, name, new, listener):
            files = output.counted(len(done.files), "file")
            output.say(f"{done.old} -> {done.new}: {files}, and {done.mentions} that speak of it")
