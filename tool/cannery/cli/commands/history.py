"""`kb history`: who changed an entry, when and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import entry_names
from cannery.cli.options import ENTRY

if TYPE_CHECKING:
    from cannery.git.history import Mark


def history(
    name: Annotated[str, typer.Argument(help=ENTRY, autocompletion=entry_names)],
    patch: Annotated[
        bool, typer.Option("--patch", "-p", help="Show the changes, word by word.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show who changed an entry, when and why.

    Covers every language, and follows renames.

    Example: kb history refund --patch
    """
    from cannery.operations import history as operation
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    if patch:
        for row in operation.patches(workspace, name):
            output.say(*(_piece(mark, text) for mark, text in row))
        if json:
            output.as_json([])
        return
    rows = []
    for language, item in operation.history(workspace, name):
        rows.append({"language": language, **item._asdict()})
        if not json:
            output.say(f"{item.commit[:9]}  {item.day}  {language}  {item.author}: {item.subject}")
    if json:
        output.as_json(rows)
    elif not rows:
        output.note("No history: the entry has no commit, or none that this clone has.")


def _piece(mark: Mark, text: str) -> output.Text:
    """A piece of a change, told by colours or by brackets."""
    from cannery.git.history import Mark

    if mark is Mark.COMMIT:
        return output.style(text, fg="yellow")
    if mark is Mark.HEAD:
        return output.style(text, bold=True)
    if mark is Mark.SAME:
        return text
    is_new = mark is Mark.NEW
    if output.colours(sys.stdout):
        return output.style(text, fg="green" if is_new else "red")
    return f"{{+{text}+}}" if is_new else f"[-{text}-]"
