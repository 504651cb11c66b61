"""`kb similar`: what is there already, so that one entry gets better instead of two being there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import entry_names
from cannery.cli.listing import similar_as_json, similar_as_text
from cannery.cli.progress import shown
from cannery.util.local import bytes_of, text_of


def similar(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|-",
            help="The entry, or - for a text on stdin.",
            autocompletion=entry_names,
        ),
    ],
    limit: Annotated[int, typer.Option(min=1, max=100, help="Maximum number of entries.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List the entries most similar to an entry or a text.

    The lines that differ are shown below each.

    Example: kb similar refund, or: pbpaste | kb similar -
    """
    from cannery.operations import similar as operation
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd(), to_read=True)
    with shown() as listener:
        if name == "-":
            text = text_of(bytes_of(sys.stdin), "stdin")
            items = operation.similar_to_text(workspace, text, limit, listener)
        else:
            items = operation.similar(workspace, name, limit, listener)
    (similar_as_json if json else similar_as_text)(items)
    if not items:
        output.error("no similar entries")
        raise typer.Exit(1)
