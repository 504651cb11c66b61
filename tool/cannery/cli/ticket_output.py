"""A finished reply that goes into its ticket: shown, asked for, sent."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from cannery.cli import output, prompts
from cannery.errors import UsageError

if TYPE_CHECKING:
    from cannery.operations.desk_ticket import TicketRef
    from cannery.operations.reply import FinishedReply
    from cannery.operations.ticket_answer import Plan
    from cannery.workspace import Workspace

_EXAMPLE = "Pass --ticket zendesk:123, or the address of the ticket's page."


class SendWish(NamedTuple):
    """What the options of `kb reply` say of sending; `how` is empty where nothing is sent."""

    how: str
    dry_run: bool
    again: bool
    yes: bool
    json: bool


def look_up(
    workspace: Workspace, ticket: str, wish: SendWish
) -> tuple[TicketRef | None, Mapping[str, object]]:
    """The ticket that the reply goes to, None where it is copied, and what is known of the ticket.

    Raises UsageError, before anything is asked for, where it could not be sent in the end.
    """
    from cannery.cli.progress import shown
    from cannery.operations.ticket import facts_of, ticket_input

    given = ticket_input(workspace, ticket, sys.stdin)
    ref = _destination(workspace, given.source, wish)
    with shown() as listener:
        return ref, facts_of(workspace, given, listener)


def _destination(workspace: Workspace, ticket: str, wish: SendWish) -> TicketRef | None:
    if not wish.how:
        if wish.dry_run or wish.again:
            name = "--dry-run" if wish.dry_run else "--again"
            raise UsageError(f"{name} goes with --send", "Pass --send note, draft or reply, too.")
        return None
    from cannery.operations.desk_ticket import ticket_ref

    ref = ticket_ref(workspace, ticket)
    if ref is None:
        raise UsageError("--send needs a ticket at a desk", _EXAMPLE)
    if not (wish.yes or wish.dry_run or prompts.can_ask(stdin_taken=False)):
        message = "kb can't ask whether to send the reply without a terminal"
        raise UsageError(message, "Pass --dry-run to see what would be sent, or --yes to send it.")
    return ref


def send(workspace: Workspace, finished: FinishedReply, ref: TicketRef, wish: SendWish) -> None:
    """Show what would be sent, ask, and send it. Raises typer.Abort for a no."""
    from cannery.cli.progress import shown
    from cannery.operations.ticket_answer import carry_out, plan, question, told
    from cannery.operations.ticket_send import AlreadySentError

    with shown() as listener:
        made = plan(workspace, ref, finished, wish.how, listener)
    if wish.dry_run:
        _show_all(made, finished, wish)
        return
    if not wish.yes:
        for line in told(made, finished.request.ticket):
            output.tell(line)
        output.confirm(question(wish.how), default=False, abort=True)
    with shown() as listener:
        try:
            sent = carry_out(workspace, made, finished, listener, again=wish.again)
        except AlreadySentError as error:
            error.hint = error.hint or "Pass --again to send it once more."
            raise
    if wish.json:
        output.as_json({**_data(made), "sent": True, "was_there": sent.was_there})
    outcome = "It was in the ticket already, and was not sent again" if sent.was_there else "Sent"
    output.tell(output.style(f"{outcome}: {sent.address}", fg="green"))


def _show_all(made: Plan, finished: FinishedReply, wish: SendWish) -> None:
    if wish.json:
        output.as_json({**_data(made), "sent": False, "was_there": False})
        return
    from cannery.operations.ticket_answer import told

    output.payload("\n".join(told(made, finished.request.ticket)) + "\n")
    output.note("Nothing was sent.")


def _data(made: Plan) -> dict[str, object]:
    answer, delivery = made.answer, made.delivery
    calls = (delivery.message, *delivery.actions)
    return {
        "desk": made.ref.desks[0],
        "ticket": made.ref.ticket,
        "address": delivery.address,
        "how": answer.how,
        "text": answer.text,
        "html": answer.html,
        "requests": [{"method": one.method, "path": one.path, "body": one.body} for one in calls],
        "actions": made.actions,
        "losses": [{"what": loss.what, "why": loss.why} for loss in delivery.losses],
    }
