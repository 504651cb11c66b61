"""`kb desk status`: how the knowledge base and a help desk stand to each other, in short."""

from __future__ import annotations

from pathlib import Path

from cannery.cli import output
from cannery.cli.desk_options import Entries, Json, Name, Since


def status(name: Name, entries: Entries = None, since: Since = "", json: Json = False) -> None:
    """Count what differs between the knowledge base and a help desk.

    Nothing is changed, here or there. For what differs line by line, see `kb desk diff`.

    Example: kb desk status zendesk
    """
    from cannery.cli import desk_report
    from cannery.cli.progress import shown
    from cannery.operations.desk_trip import DeskQuery, looked_at
    from cannery.workspace import open_workspace

    query = DeskQuery(name, entries or (), since)
    with shown() as listener, looked_at(open_workspace(Path.cwd()), query, listener) as plan:
        if json:
            output.as_json(desk_report.status_data(plan))
        else:
            desk_report.show_status(plan)
