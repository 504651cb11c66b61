"""`kb restore`: an entry as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import entry_names, language_names


def restore(
    name: Annotated[
        str,
        typer.Argument(help="The entry, or the path of its file.", autocompletion=entry_names),
    ],
    at: Annotated[str, typer.Option(metavar="REV", help="A commit, tag or branch.")],
    lang: Annotated[
        str,
        typer.Option(metavar="LANG", help="The language version.", autocompletion=language_names),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the old version without restoring it.")
    ] = False,
) -> None:
    """Restore an entry to an earlier version.

    A deleted entry is restored by its path. Uncommitted changes are never overwritten. Run
    `kb propose` to send the result to the team.

    Example: kb restore refund --at v2.1
    """
    from cannery.cli.progress import shown
    from cannery.operations import restore as operation
    from cannery.operations.entry import supported
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    language = supported(lang, workspace.settings.languages)
    query = operation.RestoreQuery(name, at, language)
    if dry_run:
        output.say(operation.old_version(workspace, query).data.decode("utf-8", "replace"))
        return
    with shown() as listener:
        if path := operation.restore(workspace, query, listener):
            output.say(f"Restored {path} from {at}.")
