"""`kb edit`: an entry in one's own editor, looked at before one leaves."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names, language_names
from cannery.cli.progress import shown

if TYPE_CHECKING:
    from cannery.model.location import Location, Problem
    from cannery.workspace import Workspace


def edit(
    name: Annotated[
        str, typer.Argument(help="An id, a tail of it, or a shortcut.", autocompletion=entry_names)
    ],
    lang: Annotated[str, typer.Option(help="Which language.", autocompletion=language_names)] = "",
) -> None:
    """Open an entry in $VISUAL or $EDITOR, at its first fault if it has one.

    When you leave the editor, the file is checked; with faults in it, you can go back in. What you
    have saved stays saved either way, and `kb undo` takes it back.

    Example: kb edit refund --lang ja
    """
    from cannery.operations.edit import select_for_editing
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    with shown() as listener:
        at = select_for_editing(workspace, name, lang, listener)
    if not edit_file(workspace, at):
        raise typer.Exit(1)


def edit_file(workspace: Workspace, at: Location) -> bool:
    """Edit and check until the file has no errors or its author leaves; whether it has none."""
    from cannery.operations.edit import edit_entry
    from cannery.util.editor import open_editor

    with shown() as listener:
        errors = edit_entry(workspace, at, open_editor, _goes_back, listener)
    if not errors:
        output.note(f"{at.path} is fine.")
    return not errors


def _goes_back(errors: Sequence[Problem]) -> bool:
    output.problems(errors)
    return sys.stdin.isatty() and output.confirm("Go back in?", default=True)
