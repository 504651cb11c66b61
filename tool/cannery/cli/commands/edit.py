"""`kb edit`: an entry in one's own editor, looked at before one leaves."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.options import ENTRY, entry_names, language_names
from cannery.cli.progress import shown

if TYPE_CHECKING:
    from cannery.model.location import Location, Problem
    from cannery.workspace import Workspace


def edit(
    name: Annotated[str, typer.Argument(help=ENTRY, autocompletion=entry_names)],
    lang: Annotated[
        str, typer.Option(help="The language version.", autocompletion=language_names)
    ] = "",
) -> None:
    """Open an entry in your editor, at its first problem.

    $VISUAL or $EDITOR names the editor. When you close it, the file is checked; if it has errors,
    you can reopen it. What you saved is kept either way, and `kb undo` reverts it.

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
        output.note(f"No errors in {at.path}.")
    return not errors


def _goes_back(errors: Sequence[Problem]) -> bool:
    output.problems(errors)
    return sys.stdin.isatty() and output.confirm("Reopen the editor?", default=True)
