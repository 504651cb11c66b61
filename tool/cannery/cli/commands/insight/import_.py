"""`kb insight import`: events of tickets, from a file or from a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output, progress


def import_(
    source: Annotated[
        str, typer.Argument(metavar="FILE|DESK", help="An export, or a desk of kb.toml to ask.")
    ],
) -> None:
    """Read events of tickets into the database, without names, addresses and texts.

    Example: kb insight import tickets.csv
    """
    from cannery.operations.insight_import import import_events
    from cannery.workspace import open_workspace

    with progress.shown() as listener:
        added, reading = import_events(open_workspace(Path.cwd()), source, listener)
    for fault in reading.faults:
        output.note(f"{source}:{fault.line}: {fault.why}")
    if reading.left_out:
        output.note(f"{output.counted(reading.left_out, 'row')} left out.")
    for text in reading.notes:
        output.note(text)
    output.note(f"{added.tickets} tickets, {added.events} events.")
