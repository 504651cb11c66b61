"""`kb history`: who changed an entry, when and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names

if TYPE_CHECKING:
    from cannery.place import Location


def history(
    name: Annotated[
        str, typer.Argument(help="An entry or a macro's shortcut.", autocompletion=entry_names)
    ],
    patch: Annotated[
        bool, typer.Option("--patch", "-p", help="Show what was changed, word by word.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Tell who changed an entry, when and why.

    In each language, and across renames.

    Example: kb history refund --patch
    """
    from cannery.contribute.checkout import open_local
    from cannery.contribute.history import differences, revisions
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    checkout = open_local(workspace.root)
    found = []
    for at in variants(name):
        if patch:
            output.coloured(differences(checkout, at.path, colour=output.colours(sys.stdout)))
            continue
        for item in revisions(checkout, at.path):
            found.append({"language": at.language, **item._asdict()})
            if not json:
                output.say(
                    f"{item.commit[:9]}  {item.day}  {at.language}  {item.author}: {item.subject}"
                )
    if json:
        output.as_json(found)
    elif not found and not patch:
        output.note("It was never committed.")


def variants(name: str) -> list[Location]:
    """Where an entry stands in each language."""
    from cannery.content.files import scan
    from cannery.content.library import resolve
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    return [*resolve(workspace, scan(workspace), name).by_language.values()]
