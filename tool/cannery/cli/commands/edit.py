"""`kb edit`: an entry in one's own editor, looked at before one leaves."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names, language_names, language_of
from cannery.errors import CanneryError

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
    from cannery.cli.alone import settle
    from cannery.content.files import scan
    from cannery.content.library import resolve
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    settle(workspace, "edit")
    variants = resolve(workspace, scan(workspace), name)
    wanted = language_of(lang, workspace.settings.languages)
    at = variants.choose((wanted, workspace.user.language), workspace.settings)
    if wanted and not wanted.startswith(at.language):
        path = at.path.replace(f".{at.language}.", ".").replace(".md", f".{wanted}.md")
        raise CanneryError(f"{at.id} has no {wanted} variant", f"Begin one: cp {at.path} {path}")
    if not edit_file(workspace, at):
        raise typer.Exit(1)


def edit_file(workspace: Workspace, at: Location) -> bool:
    """Edit and check, again and again if need be; whether it is without faults now."""
    from cannery.cli.progress import shown
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
