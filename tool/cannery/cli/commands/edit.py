"""`kb edit`: an entry in one's own editor, looked at before one leaves."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    from cannery.cli.editor import open_editor

    with _written_down(workspace, at.path):
        while True:
            before = faults(workspace, at.path)
            open_editor(workspace.root / at.path, before[0].line if before else 1)
            found = faults(workspace, at.path)
            if not found:
                output.note(f"{at.path} is fine.")
                return True
            output.problems(found)
            if not (sys.stdin.isatty() and _wants_back()):
                return False


@contextmanager
def _written_down(workspace: Workspace, path: str) -> Iterator[None]:
    """Have `kb undo` know of what is edited meanwhile; others may write while an editor is open."""
    from cannery.cli.alone import alone
    from cannery.content.save import inside

    inside(workspace, path)
    with alone(workspace, "edit") as log:
        if not (workspace.root / path).is_file():  # a rename that was cut off has been finished
            raise CanneryError(f"{path} is not there any more", "Look for it with `kb find`.")
        operation, owner = log.begin("edit", log.prefix + path)
    try:
        yield
    finally:
        with alone(workspace, "edit") as log:
            if owner is not None:
                os.close(owner)
            log.end(operation.number)


def faults(workspace: Workspace, path: str) -> Sequence[Problem]:
    """The errors in one file, as far as it can be told from it alone; the first one first."""
    from cannery.check.page import page
    from cannery.check.runner import examine
    from cannery.check.suppressions import suppress
    from cannery.content.files import read_bytes, scan
    from cannery.content.library import load_parts
    from cannery.model.location import Severity

    settings, parts = workspace.settings, load_parts(workspace, scan(workspace))
    looked = examine(page(path, read_bytes(workspace, path), settings, parts))
    told = suppress(looked.problems, {path: looked.allowed}, settings.allow).problems
    return [item for item in told if item.severity is Severity.ERROR]


def _wants_back() -> bool:
    return output.confirm("Go back in?", default=True)
