"""Replies and links onto the clipboard, and what to say of that."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from cannery.errors import ClipboardError
from cannery.operations.deliver import body, copy_reply
from cannery.render.formats import RICH
from cannery.tui.work_screen import WorkScreen
from cannery.tui.worker import finished
from cannery.util import terminal

if TYPE_CHECKING:
    from cannery.reply.form import FormState
    from cannery.reply.resolve import Request


async def deliver(screen: WorkScreen[Any], request: Request, state: FormState, form: str) -> str:
    """Copy the reply and learn from it; what to say of that, empty if it was not copied.

    Then the form stays as it is, for another format or the next attempt.
    """
    reply = state.reply
    if reply is None:
        return ""
    copying = screen.worker.submit("act", lambda _: copy_reply(reply, form))
    await finished(copying)
    if copying.cancelled():
        return ""
    is_copied = copying.exception() is None
    try:
        message = copying.result()
    except ClipboardError as error:
        _print_out(screen, body(reply, form), error)
        message = f"Printed, not copied. {error.hint}"
    await screen.run_job(lambda session: session.copied(request, state.answers))
    actions = ", ".join(f"{name}: {value}" for name, value in reply.actions.items())
    message = f"{message} In the ticket, set {actions}." if actions else message
    if is_copied:
        return message
    screen.tell(message, bad=True)
    return ""


def _print_out(screen: WorkScreen[Any], text: str, error: ClipboardError) -> None:
    """Where there is no clipboard, the reply on the terminal itself, to be selected there."""
    with screen.app.suspend():
        terminal.say(f"\n{text}")
        terminal.tell(
            f"Not copied: {error.message}\n    {error.hint}\nPress Enter to go back. ", end=""
        )
        sys.stdin.readline()


def copy_link_to(title: str, url: str, *, as_markdown: bool) -> str:
    """Copy a link with its title; what to say of that. Raises ClipboardError."""
    from cannery.reply.compose import linked

    reply = linked(title, url)
    return copy_reply(reply, "markdown" if as_markdown else RICH, " the link")
