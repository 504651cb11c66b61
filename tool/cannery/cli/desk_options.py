"""The options that the commands of `kb desk` share."""

from __future__ import annotations

import sys
from collections.abc import Sized
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import desk_names, entry_names

if TYPE_CHECKING:
    from cannery.operations.desk_plan import Plan

Name = Annotated[
    str, typer.Argument(help="The desk, as kb.toml calls it.", autocompletion=desk_names)
]
Entries = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ENTRY]...",
        help="Only these entries, or records by the desk's id.",
        autocompletion=entry_names,
    ),
]
Since = Annotated[
    str,
    typer.Option(
        metavar="TIME",
        help="Only read what was changed at the desk since this time or duration, such as 7d.",
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change without changing it.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Don't ask for confirmation.")]
Json = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


def confirm_steps(steps: Sized, verb: str, preposition: str, name: str, *, yes: bool) -> None:
    """Ask whether to go on with the steps that were shown; nothing is asked for none.

    Raises Abort for a no, and UsageError where no one can be asked.
    """
    if not steps:
        return
    count = output.counted(len(steps), "change")
    if not confirmed(f"{verb} {count} {preposition} {name}?", yes=yes):
        raise typer.Abort


def confirmed(question: str, *, yes: bool) -> bool:
    """Whether to go on. Raises UsageError where no one can be asked."""
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        from cannery.errors import UsageError

        hint = "Use --yes to go on, or --dry-run to see it."
        raise UsageError("nothing was changed: it can only be confirmed at a terminal", hint)
    return output.confirm(question, default=True)


def fail_if_in_conflict(plan: Plan) -> None:
    """Raises Exit where something is left that somebody has to decide first."""
    from cannery.exchange.desks.compare import State

    if any(item.state is State.CONFLICT for item in plan.left):
        raise typer.Exit(1)
