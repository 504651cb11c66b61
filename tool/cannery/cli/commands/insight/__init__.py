"""`kb insight`: figures of support, a file for each of its commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from datetime import date


def insight(
    context: typer.Context,
    at: Annotated[str, typer.Option(metavar="DATE", help="As it stood at the end of a day.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    engine: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", envvar="KB_INSIGHT_ENGINE", help="Reckon on DuckDB or Spark."
        ),
    ] = "",
    tables: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", exists=True, file_okay=False, help="What `export` wrote, for it."
        ),
    ] = None,
) -> None:
    """Show figures of support, with how sure they are.

    Example: kb insight --at 2026-10-31
    """
    if context.invoked_subcommand:
        return
    from cannery.cli.progress import shown
    from cannery.insight.as_data import report_data
    from cannery.operations.insight import look
    from cannery.operations.insight_engine import EngineAt
    from cannery.workspace import open_workspace

    if tables and not engine:
        raise typer.BadParameter("--tables needs --engine")
    other = EngineAt(engine, tables) if engine else None
    with shown() as listener:
        found = look(open_workspace(Path.cwd()), _day(at) if at else None, other, listener)
    if json:
        output.as_json(report_data(found))
        return
    for name, report in found.measures.items():
        figure = report.overall
        form = ".1%" if report.measure.unit == "share" else ",.0f"
        value = figure.why if figure.value is None else format(figure.value, form)
        output.say(f"{name}  {value}  (n = {figure.n})")


def _day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} is not a date such as 2026-10-31") from error
