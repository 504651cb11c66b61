"""`kb desk diff`: what a push and a pull would change, line by line."""

from __future__ import annotations

from pathlib import Path

from cannery.cli import output
from cannery.cli.desk_options import Entries, Json, Name, Since


def diff(name: Name, entries: Entries = None, since: Since = "", json: Json = False) -> None:
    """Show what a push and a pull would change, and what would get lost.

    Nothing is changed, here or there.

    Example: kb desk diff zendesk refund
    """
    from cannery.cli import desk_report
    from cannery.cli.progress import shown
    from cannery.operations.desk_trip import DeskQuery, looked_at
    from cannery.workspace import open_workspace

    query = DeskQuery(name, entries or (), since)
    with shown() as listener, looked_at(open_workspace(Path.cwd()), query, listener) as plan:
        if json:
            output.as_json(desk_report.plan_data(plan))
            return
        for title, steps in (("push", plan.push), ("pull", plan.pull)):
            if steps:
                output.say(f"`kb desk {title} {name}` would:")
                desk_report.show_steps(steps)
        desk_report.show_left(plan.left)
        if not plan.push and not plan.pull:
            output.note("Nothing to push or to pull.")
