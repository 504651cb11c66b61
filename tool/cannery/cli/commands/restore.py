"""`kb restore`: an entry as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names, language_names


def restore(
    name: Annotated[
        str,
        typer.Argument(help="An entry, or the path of one.", autocompletion=entry_names),
    ],
    at: Annotated[str, typer.Option(metavar="REV", help="A commit, a tag, a branch.")],
    lang: Annotated[
        str, typer.Option(metavar="LANG", help="Its language.", autocompletion=language_names)
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what it was, and change nothing.")
    ] = False,
) -> None:
    """Bring an entry back as it was at a revision.

    Deleted ones too, by their path; `kb propose` sends it on. What you have changed in it and
    not committed is never overwritten.

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
            output.say(f"{path} is as it was at {at}")
