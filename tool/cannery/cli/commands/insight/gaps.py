"""`kb insight gaps`: what is asked for and not answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.options import day_of, refuse_both
from cannery.cli.progress import shown

if TYPE_CHECKING:
    from cannery.workspace import Workspace

Issues = Annotated[
    bool, typer.Option("--issues", help="Ask the team's host for open questions first.")
]


def gaps(
    since: Annotated[str, typer.Option(metavar="DATE", help="Only from this day on.")] = "",
    issues: Issues = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Maximum number of gaps.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print all as JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print all as CSV.")] = False,
) -> None:
    """List what is asked for and not answered, the most frequent first.

    From searches that led to nothing, here and on the site, and questions that no entry answers.
    Questions in similar words are one gap, in whatever language.

    Example: kb insight gaps --since 2026-10-01
    """
    from cannery.cli.gap_report import as_csv, as_data, show, show_rewritten
    from cannery.operations.insight_gaps import gaps as operation
    from cannery.operations.rewritten_macros import rewritten_macros
    from cannery.workspace import open_workspace

    refuse_both(json=json, csv=csv)
    workspace = open_workspace(Path.cwd())
    begins = _begins(since, workspace.settings.insight.time_zone)
    with shown() as listener:
        if issues:
            from cannery.operations.team_questions import fetch_questions

            fetch_questions(workspace, listener)
        found = operation(workspace, begins, listener)
        rewritten = rewritten_macros(workspace, begins)
    if json:
        output.as_json({**as_data(found), "rewritten": [one._asdict() for one in rewritten]})
    elif csv:
        output.payload(as_csv(found))
    elif found.gaps or rewritten:
        show(found, limit)
        show_rewritten(rewritten)
    else:
        output.note(_why_none(workspace))


def _why_none(workspace: Workspace) -> str:
    from cannery.operations.search_log import is_kept

    if not is_kept(workspace):
        text = "`searches` under [insight] is false, or `days` under [memory] is 0"
        return f"Searches are not kept here: {text}."
    return "No gaps yet. Searches that lead to nothing are kept from now on."


def _begins(since: str, time_zone: str) -> float:
    """When that day begins where the team is, in seconds."""
    from zoneinfo import ZoneInfo

    from cannery.insight.periods import starts

    day = day_of(since)
    return starts(day, ZoneInfo(time_zone)) if day else 0.0
