"""`kb insight import`: events of tickets from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output


def import_(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV with a row per ticket.")],
) -> None:
    """Read events of tickets into the database, without names, addresses and texts.

    Example: kb insight import tickets.csv
    """
    from cannery.operations.insight import import_file
    from cannery.workspace import open_workspace

    added = import_file(open_workspace(Path.cwd()), source)
    output.note(f"{added.tickets} tickets, {added.events} events.")
