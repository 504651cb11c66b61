"""`kb rename`: another id for an entry, and for every text that speaks of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import entry_names


def rename(
    name: Annotated[
        str,
        typer.Argument(help="The entry, or _parts/NAME for a part.", autocompletion=entry_names),
    ],
    new: Annotated[str, typer.Argument(help="A name in the same section, SECTION/NAME, or an id.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change without changing it.")
    ] = False,
) -> None:
    """Rename or move an entry, in every language.

    Links, related entries, addresses in macros and uses of a part are updated, and the old id
    redirects to the new one. To undo, run `kb undo`.

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
            others = output.counted(done.mentions, "other file")
            output.say(f"Renamed {done.old} to {done.new}: {files} moved, {others} updated.")
