"""`kb desk verify`: whether a desk fills macros in as we do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cannery.cli import output
from cannery.cli.desk_options import Entries, Json, Name

Ticket = Annotated[
    str, typer.Option("--ticket", metavar="ID", help="A ticket of the desk to try them with.")
]


def verify(name: Name, ticket: Ticket, entries: Entries = None, json: Json = False) -> None:
    """Ask the desk how it fills macros in for a ticket, and compare it with our own way.

    Nothing is changed, here or there, also not in the ticket. What differs is shown line by line:
    `-` is what an agent would get from kb, `+` what the desk writes.

    Example: kb desk verify zendesk refund --ticket 123
    """
    from cannery.cli import desk_report
    from cannery.cli.progress import shown
    from cannery.operations.desk_verify import VerifyQuery
    from cannery.operations.desk_verify import verify as verified
    from cannery.workspace import open_workspace

    query = VerifyQuery(name, ticket, entries or ())
    with shown() as listener:
        verdicts = verified(open_workspace(Path.cwd()), query, listener)
    if json:
        output.as_json([{**one._asdict(), "is_same": one.is_same} for one in verdicts])
    else:
        desk_report.show_verdicts(verdicts)
    if not all(one.is_same for one in verdicts):
        raise typer.Exit(1)
