"""`kb desk push`: what was changed here, to a help desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.desk_options import (
    DryRun,
    Entries,
    Json,
    Name,
    Since,
    Yes,
    confirm_steps,
    fail_if_in_conflict,
)

if TYPE_CHECKING:
    from cannery.operations.desk_plan import Plan
    from cannery.operations.desk_push import Pushed

Delete = Annotated[
    bool,
    typer.Option("--delete", help="Delete records that are deactivated, and retired or gone here."),
]


def push(
    name: Name,
    entries: Entries = None,
    since: Since = "",
    delete: Delete = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Send what was changed here to a help desk.

    What would change is shown first. Only published macros go out, and published articles for the
    public. Records of entries that are retired or gone are deactivated. What was changed at the
    desk is not overwritten: pull it first.

    Example: kb desk push zendesk --dry-run
    """
    from cannery.cli.progress import shown
    from cannery.operations.desk_trip import DeskQuery, looked_at, planned
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    query = DeskQuery(name, entries or (), since, delete)
    with shown() as listener:
        if dry_run:
            with looked_at(workspace, query, listener) as plan:
                _show_plan(plan, as_json=json)
            return
        with planned(workspace, query, f"push to {name}", listener) as plan:
            from cannery.operations.desk_push import push as operation

            if not json:
                _show(plan, in_short=True)
            confirm_steps(plan.push, "Send", "to", name, yes=yes)
            done = operation(plan, listener)
    _show_done(done, as_json=json)
    fail_if_in_conflict(plan)


def _show_plan(plan: Plan, *, as_json: bool) -> None:
    if as_json:
        from cannery.cli.desk_report import plan_data

        data = plan_data(plan)
        output.as_json({key: value for key, value in data.items() if key != "pull"})
        return
    _show(plan)
    output.note(f"Would send {output.counted(len(plan.push), 'change')}.")


def _show(plan: Plan, *, in_short: bool = False) -> None:
    from cannery.cli.desk_report import note_rest, show_left, show_steps

    show_steps(plan.push, in_short=in_short)
    show_left(plan.left)
    note_rest(plan.pull, f"kb desk pull {plan.survey.work.name}", "at the desk")
    if plan.caution:
        output.note(plan.caution)


def _show_done(done: list[Pushed], *, as_json: bool) -> None:
    from cannery.cli.desk_report import show_pushed

    if as_json:
        output.as_json([one._asdict() for one in done])
    else:
        show_pushed(done)
        sent = sum(one.is_done for one in done)
        output.note(f"Sent {output.counted(sent, 'change')}." if done else "Nothing to send.")
    if not all(one.is_done for one in done):
        raise typer.Exit(1)
