"""`kb pick`: the picker."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cannery.cli.options import TicketOption
from cannery.errors import UsageError


def pick(
    words: Annotated[list[str] | None, typer.Argument(help="What to look for at first.")] = None,
    ticket: TicketOption = "",
) -> None:
    """Find, fill in and copy on one screen, for as many tickets as there are.

    The same as `kb` alone.

    Example: kb pick 返金 --ticket clipboard
    """
    from cannery.workspace import open_workspace

    if not (sys.stdin.isatty() or ticket == "-") or not sys.stderr.isatty():
        raise UsageError("the picker wants a terminal", "In scripts, use `kb find` and `kb reply`.")
    workspace = open_workspace(Path.cwd())
    facts = None
    if ticket:
        from cannery.cli.ticket import ticket_facts

        facts = ticket_facts(workspace, ticket)
    if not sys.stdin.isatty():  # the ticket came from there; the keys come from the terminal
        os.dup2(os.open("/dev/tty", os.O_RDONLY), 0)
    from cannery.cli.guard import guarded

    with guarded():
        from cannery.cli.picker.app import run

        run(workspace, facts, " ".join(words or ()))
