"""`kb edit`: an entry in one's own editor, looked at before one leaves."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import entry_names, language_names
from cannery.cli.options import ENTRY
from cannery.cli.progress import shown

if TYPE_CHECKING:
    from cannery.model.location import Location, Problem
    from cannery.workspace import Workspace


def edit(
    name: Annotated[str, typer.Argument(help=ENTRY, autocompletion=entry_names)],
    lang: Annotated[
        str, typer.Option(help="The language version.", autocompletion=language_names)
    ] = "",
    translate: Annotated[
        bool, typer.Option("--translate", help="Begin the version of --lang if it is missing.")
    ] = False,
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="Enter today as its review date afterwards.")
    ] = False,
) -> None:
    """Open an entry in your editor, at its first problem.

    $VISUAL or $EDITOR names the editor. When you close it, the file is checked; if it has errors,
    you can reopen it. What you saved is kept either way, and `kb undo` reverts it.

    Example: kb edit refund --lang ja
    """
    from cannery.operations import edit as operation
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    select = operation.begin_translation if translate else operation.select_for_editing
    with shown() as listener:
        at = select(workspace, name, lang, listener)
    if not edit_file(workspace, at, is_review=reviewed):
        raise typer.Exit(1)


def edit_file(workspace: Workspace, at: Location, *, is_review: bool = False) -> bool:
    """Edit and check until the file has no errors or its author leaves; whether it has none."""
    from datetime import date

    from cannery.operations.edit import Author, edit_entry
    from cannery.util.editor import open_editor

    today = date.today() if is_review else None  # noqa: DTZ011 - the reviewer's own day
    with shown() as listener:
        author = Author(open_editor, _goes_back, today)
        errors = edit_entry(workspace, at, author, listener)
    if not errors:
        output.note(f"No errors in {at.path}.")
    return not errors


def _goes_back(errors: Sequence[Problem]) -> bool:
    output.problems(errors)
    return sys.stdin.isatty() and output.confirm("Reopen the editor?", default=True)
