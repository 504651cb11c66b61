"""`kb desk logout`: sign out of a help desk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import desk_names


def logout(
    name: Annotated[
        str,
        typer.Argument(help="The desk, as kb.toml calls it.", autocompletion=desk_names),
    ],
) -> None:
    """Delete the sign-in that is kept for a help desk.

    Example: kb desk logout chatwoot
    """
    from cannery.cli.progress import shown
    from cannery.operations.desk_login import logout as operation
    from cannery.workspace import open_workspace

    with shown() as listener:
        target, was_kept = operation(open_workspace(Path.cwd()), name, listener)
    state = "Signed out of" if was_kept else "You were not signed in to"
    output.note(f"{state} {target.origin}.")
