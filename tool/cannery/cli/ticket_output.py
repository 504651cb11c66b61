"""A finished reply that goes into its ticket: shown, asked for, sent."""

from __future__ import annotations

from collections.abc import Iterator
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


def destination(workspace: Workspace, ticket: str, wish: SendWish) -> TicketRef | None:
    """The ticket that the reply goes to; None where it is copied instead.

    Raises UsageError, before anything is asked for, where it could not be sent in the end.
    """
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
    from cannery.operations.ticket_answer import carry_out, plan

    with shown() as listener:
        made = plan(workspace, ref, finished.reply, wish.how, listener)
    if wish.dry_run:
        _show_all(made, finished, wish)
        return
    if not wish.yes:
        for line in _lines(made, finished):
            output.tell(line)
        output.confirm(_question(made), default=False, abort=True)
    with shown() as listener:
        sent = carry_out(workspace, made, finished, listener, again=wish.again)
    if wish.json:
        output.as_json({**_data(made), "sent": True, "was_there": sent.was_there})
    told = "It was in the ticket already, and was not sent again" if sent.was_there else "Sent"
    output.tell(output.style(f"{told}: {sent.address}", fg="green"))


def _show_all(made: Plan, finished: FinishedReply, wish: SendWish) -> None:
    if wish.json:
        output.as_json({**_data(made), "sent": False, "was_there": False})
        return
    output.payload("\n".join(_lines(made, finished)) + "\n")
    output.note("Nothing was sent.")


def _lines(made: Plan, finished: FinishedReply) -> Iterator[str]:
    """What would be sent, as a person reads it."""
    from cannery.operations.ticket_answer import heading

    yield heading(made, finished.request.ticket)
    yield ""
    yield from (f"  {line}".rstrip() for line in made.answer.text.rstrip().splitlines())
    yield ""
    yield from (f"Set {action}" for action in made.actions)
    yield from (f"Not done: {loss.what} ({loss.why})" for loss in made.delivery.losses)


def _question(made: Plan) -> str:
    to = {"reply": "Send it to the customer?", "draft": "Leave it as a draft?"}
    return to.get(made.answer.how, "Add it as an internal note?")


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
