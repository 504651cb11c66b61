"""`kb insight`: figures of support, a file for each of its commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import dimension_names, measure_names
from cannery.cli.options import day_of, refuse_both

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cannery.insight.report import Report
    from cannery.operations.insight_facts import Asked


At = Annotated[str, typer.Option(metavar="DATE", help="As it stood at the end of a day.")]
Since = Annotated[
    str, typer.Option(metavar="DATE", help="Only tickets opened on this day or later.")
]
By = Annotated[
    str,
    typer.Option(
        metavar="DIMENSION",
        help="One measure by team, section, product ...",
        autocompletion=dimension_names,
    ),
]
Measure = Annotated[
    str,
    typer.Option(
        metavar="NAME", help="The measure for --by, such as backlog.", autocompletion=measure_names
    ),
]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print all series as CSV.")]
Engine = Annotated[
    str,
    typer.Option(metavar="ADDRESS", envvar="KB_INSIGHT_ENGINE", help="Compute on DuckDB or Spark."),
]
Tables = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        exists=True,
        file_okay=False,
        help="What `kb insight export` wrote, for --engine.",
    ),
]


def insight(
    context: typer.Context,
    at: At = "",
    since: Since = "",
    by: By = "",
    measure: Measure = "",
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    csv: AsCsv = False,
    engine: Engine = "",
    tables: Tables = None,
) -> None:
    """Show figures of support, with how sure they are.

    The last month that is complete is held against the one before: what changed is told from
    chance. Open tickets count, and no figure is of a person.

    Example: kb insight --by team
    """
    if context.invoked_subcommand:
        return
    from cannery.errors import UsageError
    from cannery.operations.insight_engine import EngineAt
    from cannery.operations.insight_facts import Asked

    if tables and not engine:
        raise typer.BadParameter("--tables needs --engine")
    refuse_both(json=json, csv=csv)
    if by and csv:
        raise UsageError("--by and --csv can't be combined", "The CSV has all groups.")
    if measure and not by:
        raise UsageError("--measure needs --by", "Example: kb insight --by team --measure backlog")
    other = EngineAt(engine, tables) if engine else None
    asked = Asked(day_of(at), day_of(since), other)
    if by:
        _show_by(by, measure, asked, json=json)
    else:
        _show_all(asked, json=json, csv=csv)


def _show_all(asked: Asked, *, json: bool, csv: bool) -> None:
    from cannery.cli import insight_csv, insight_report
    from cannery.cli.progress import shown
    from cannery.insight.as_data import report_data
    from cannery.operations.insight import look
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    with shown() as listener:
        report = look(workspace, asked, listener)
    _tell_end([report])
    if json:
        output.as_json(report_data(report))
    elif csv:
        output.payload(insight_csv.as_csv(report))
    else:
        language = workspace.user.language or workspace.settings.default_language
        insight_report.as_text(report, language)


def _show_by(by: str, measure: str, asked: Asked, *, json: bool) -> None:
    from cannery.cli import insight_report
    from cannery.cli.progress import shown
    from cannery.insight.as_data import report_data
    from cannery.operations.insight_by import dimension_named, look_by
    from cannery.workspace import open_workspace

    dimension = dimension_named(by)
    workspace = open_workspace(Path.cwd())
    with shown() as listener:
        name, reports = look_by(workspace, dimension, measure, asked, listener)
    _tell_end(reports.values())
    if json:
        data = {value: report_data(report) for value, report in reports.items()}
        output.as_json({"dimension": dimension, "groups": data})
        return
    language = workspace.user.language or workspace.settings.default_language
    insight_report.by_value(reports, dimension, name, language)


def _tell_end(reports: Iterable[Report]) -> None:
    """That the data end before the day that is asked for."""
    for report in reports:
        if report.data_until and report.data_until.date() < (last := report.last_day):
            output.note(
                f"The data end on {report.data_until:%Y-%m-%d}; figures of {last} take them to be"
                " complete until then."
            )
        return
