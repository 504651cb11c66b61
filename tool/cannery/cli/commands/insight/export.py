"""`kb insight export`: events of tickets as Parquet files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output, progress


def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder.")],
) -> None:
    """Write tickets and events as Parquet files.

    DuckDB, Spark and others read them: see --engine of `kb insight`.

    Example: kb insight export tables
    """
    from cannery.operations.insight_export import export_tables
    from cannery.workspace import open_workspace

    with progress.shown() as listener:
        rows = export_tables(open_workspace(Path.cwd()), folder, listener)
    output.note(f"{folder}: {rows['ticket']} tickets, {rows['event']} events.")
