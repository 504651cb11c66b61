"""`kb health`: what a knowledge base needs, with the command for each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import section_names
from cannery.cli.options import refuse_both
from cannery.cli.progress import shown


def health(
    section: Annotated[
        str, typer.Argument(help="The section. All if omitted.", autocompletion=section_names)
    ] = "",
    months: Annotated[
        int, typer.Option(min=1, max=120, help="Months without a use that make an entry unused.")
    ] = 3,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print what to do as CSV.")] = False,
) -> None:
    """Show what sections and owners have to do, and how.

    Counts entries with an overdue review, no known use, errors or warnings, a missing language,
    a translation that is behind, a near-duplicate or broken links. Links to other sites are as the
    last `kb check --links` found them.

    Example: kb health billing
    """
    from cannery.cli import health_report
    from cannery.operations import health as operation
    from cannery.workspace import open_workspace

    refuse_both(json=json, csv=csv)
    workspace = open_workspace(Path.cwd(), to_read=True)
    with shown() as listener:
        found = operation.health(workspace, section, months, listener)
    if json:
        output.as_json(health_report.as_data(found))
    elif csv:
        output.payload(health_report.as_csv(found))
    else:
        health_report.as_text(found, is_whole=bool(section))
