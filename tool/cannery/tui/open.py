"""How the picker is opened: without Typer, which takes a sixth of the time to the first frame."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cannery.errors import UsageError
from cannery.operations.ticket_source import is_at_desk
from cannery.tui.terminal_guard import guarded
from cannery.util import notices
from cannery.util.terminal import is_dumb
from cannery.workspace import open_workspace

if TYPE_CHECKING:
    from cannery.tui.items import EditFile
    from cannery.tui.ticket_at_desk import TicketAtDesk
    from cannery.workspace import Workspace


_INSTEAD = "Use `kb find` and `kb reply` here, or set TERM to what the terminal is."


def open_picker(words: Sequence[str], ticket: str, edit_file: EditFile) -> None:
    """The picker, until its user leaves; `ticket` as `--ticket` has it. Raises CanneryError.

    `edit_file` edits a file on the terminal; it returns whether there are no errors in it then.
    """
    if not (sys.stdin.isatty() or ticket == "-") or not sys.stderr.isatty():
        raise UsageError("the picker needs a terminal", "In scripts, use `kb find` and `kb reply`.")
    if is_dumb():
        what = "the picker needs a terminal that can draw a screen"
        raise UsageError(f"{what}: TERM is {os.environ.get('TERM') or 'not set'}", _INSTEAD)
    notices.begin()  # the worker's thread has some, too
    workspace = open_workspace(Path.cwd())
    facts = _ticket(workspace, ticket) if ticket else None
    if not sys.stdin.isatty():  # the ticket came from there; the keys come from the terminal
        os.dup2(os.open("/dev/tty", os.O_RDONLY), 0)
    with guarded():
        from cannery.tui.app import run

        run(workspace, facts, edit_file, " ".join(words))


def _ticket(workspace: Workspace, source: str) -> Mapping[str, object] | TicketAtDesk:
    """What is known of the ticket; one at a desk is fetched when the picker is there."""
    from cannery.tui.ticket_at_desk import TicketAtDesk

    if is_at_desk(source):
        return TicketAtDesk(workspace, source)
    from cannery.operations.ticket import facts_of, ticket_input

    given = ticket_input(workspace, source, sys.stdin)
    is_name = given.text is None and is_at_desk(given.source)
    return TicketAtDesk(workspace, given.source) if is_name else facts_of(workspace, given)
