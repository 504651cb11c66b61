"""`kb propose`: from changed files to a pull request."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.progress import shown

if TYPE_CHECKING:
    from cannery.model.event import Listener
    from cannery.operations.propose import Plan, ProposeQuery
    from cannery.workspace import Workspace


Paths = Annotated[list[Path] | None, typer.Argument(help="Only propose these files and folders.")]
Patch = Annotated[
    Path | None, typer.Option(help="Write an email patch to this file instead of pushing.")
]
Resume = Annotated[bool, typer.Option("--resume", help="Push what could not be pushed before.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be proposed without pushing it.")
]


def propose(
    paths: Paths = None,
    title: Annotated[str, typer.Option(help="The title, in one line. Suggested if omitted.")] = "",
    why: Annotated[str, typer.Option(help="The reason for the change. Asked for if omitted.")] = "",
    patch: Patch = None,
    resume: Resume = False,
    dry_run: DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask for confirmation.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Propose your changes to the team as a pull request.

    The changes are checked and committed to a branch of their own: your files, your branch and the
    index are left unchanged. Run it again to update the same pull request.

    Example: kb propose kb/macros/billing --why "The form has moved."
    """
    from cannery.cli import review
    from cannery.operations import propose as operation
    from cannery.operations.send import resume as send_waiting
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    query = operation.ProposeQuery(tuple(paths or ()), title, why)
    with shown() as listener:
        if resume:
            review.show_sent(send_waiting(workspace, listener))
            return
        asks = not (yes or dry_run or json) and sys.stdin.isatty() and sys.stderr.isatty()
        plan = _plan(workspace, query, listener, dry_run=dry_run, asks=asks)
        if not plan.drafts:
            review.show_finished(operation.finish(workspace, plan, listener))
            return
        if dry_run:
            review.show_drafts(plan)
        elif patch:
            operation.write_patch(workspace, plan, patch, listener)
            review.show_patch(patch)
        else:
            review.show_sent(operation.submit(workspace, plan, listener), json=json)


def _plan(
    workspace: Workspace, query: ProposeQuery, listener: Listener, *, dry_run: bool, asks: bool
) -> Plan:
    """The plan, as the user at the terminal wants it. Errors of the content are shown."""
    from cannery.cli import review
    from cannery.operations.proposal_draft import FaultyContentError
    from cannery.operations.propose import plan

    try:
        planned = plan(workspace, query, listener, dry_run=dry_run)
    except FaultyContentError as error:
        output.problems(error.problems)
        raise
    return review.reviewed(planned, query) if asks and planned.drafts else planned
