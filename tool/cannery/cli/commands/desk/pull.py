"""`kb desk pull`: what was changed at a help desk, into your files."""

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
    from cannery.operations.desk_pull import Pulled

Delete = Annotated[
    bool, typer.Option("--delete", help="Delete the files of what is gone there, not retire it.")
]
_NEXT = "Next: kb check, then kb propose."


def pull(
    name: Name,
    entries: Entries = None,
    since: Since = "",
    delete: Delete = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Merge what was changed at a help desk into your files.

    What would change is shown first. Your own changes are kept. Where both sides changed the same
    lines, yours stay, and a file next to it has the desk's. What is new there becomes a file, and
    what is gone there is retired. To undo, run `kb undo`.

    Example: kb desk pull zendesk --dry-run
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
        with planned(workspace, query, f"pull from {name}", listener) as plan:
            from cannery.operations.desk_pull import pull as operation

            if not json:
                _show(plan, in_short=True)
            confirm_steps(plan.pull, "Take", "from", name, yes=yes)
            done = operation(plan, listener)
    _show_done(done, as_json=json)
    fail_if_in_conflict(plan)


def _show_plan(plan: Plan, *, as_json: bool) -> None:
    if as_json:
        from cannery.cli.desk_report import plan_data

        data = plan_data(plan)
        output.as_json({key: value for key, value in data.items() if key != "push"})
        return
    _show(plan)
    output.note(f"Would take {output.counted(len(plan.pull), 'change')}.")


def _show(plan: Plan, *, in_short: bool = False) -> None:
    from cannery.cli.desk_report import note_rest, show_left, show_steps

    show_steps(plan.pull, in_short=in_short)
    show_left(plan.left)
    note_rest(plan.push, f"kb desk push {plan.survey.work.name}", "here")


def _show_done(done: list[Pulled], *, as_json: bool) -> None:
    from cannery.cli.desk_report import pulled_data, show_pulled

    if as_json:
        output.as_json([pulled_data(one) for one in done])
    else:
        show_pulled(done)
        taken = output.counted(len(done), "change")
        output.note(f"Took {taken}. {_NEXT}" if done else "Nothing to take.")
    if any(one.conflicts for one in done):
        raise typer.Exit(1)
