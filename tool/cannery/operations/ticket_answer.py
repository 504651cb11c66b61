"""A finished reply, and the ticket that it is for -> what is to be sent, and the sending."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

from cannery.errors import UsageError, without_errno
from cannery.exchange.desks.ticket_actions import in_words, lost
from cannery.model.desk import Answer, Delivery
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.desk_ticket import TicketRef, open_tickets
from cannery.operations.reply import FinishedReply
from cannery.operations.ticket_send import Sending, Sent, new_key, send
from cannery.reply.sent_log import SentReply, log
from cannery.util.plain import one_line
from cannery.workspace import Workspace

_HREF = re.compile(r'<a href="([^"<>]{1,2000})"')
_MOST_LINKS = 200
_LATER = "a draft changes nothing yet"


class Plan(NamedTuple):
    """An answer that is ready to be sent.

    `desk` is its kind's title, `ref` names the ticket. `actions` are those that will be done, in
    words. `linked` are the ids of the articles that the text leads to.
    """

    ref: TicketRef
    desk: str
    answer: Answer
    delivery: Delivery
    actions: tuple[str, ...]
    linked: tuple[str, ...]


def plan(
    workspace: Workspace,
    ref: TicketRef,
    finished: FinishedReply,
    how: str,
    listener: Listener = ignore,
) -> Plan:
    """What would be sent; the ticket is read for it, and not changed.

    Raises UsageError for a way of answering that the desk does not have, or that the macro is not
    for; RestError.
    """
    reply = finished.reply
    if how == "reply" and reply.actions.get("public") is False:
        raise UsageError("the macro is for internal notes", "Send it as a note.")
    with open_tickets(workspace, ref, listener) as opened:
        ways = opened.kind.capabilities.answers
        if how not in ways:
            message = f"the API of {opened.kind.title} takes no {how}"
            raise UsageError(message, f"It takes: {', '.join(ways) or 'nothing'}.")
        ids = [macro.at.id for macro in finished.request.macros]
        formats, is_draft = reply.formats, how == "draft"
        answer = Answer(
            how,
            formats["text"],
            formats["html"],
            reply.subject,
            {} if is_draft else reply.actions,
            new_key(),
            formats["markdown"],
            tuple(opened.entries[id_].record for id_ in ids if id_ in opened.entries),
        )
        delivery = opened.tickets.prepare(opened.ticket, answer)
        if is_draft:
            losses = [lost(name, value, _LATER) for name, value in reply.actions.items()]
            delivery = delivery._replace(losses=(*delivery.losses, *losses))
        linked = (opened.opening.entry_at(address) for address in _addresses(answer.html))
        links = tuple(dict.fromkeys(id_ for id_ in linked if id_))
        name = TicketRef((opened.opening.settings.name,), opened.ticket)
        return Plan(name, opened.kind.title, answer, delivery, _done(answer, delivery), links)


def carry_out(
    workspace: Workspace,
    planned: Plan,
    finished: FinishedReply,
    listener: Listener = ignore,
    *,
    again: bool = False,
) -> Sent:
    """Send the answer, and write it down for the statistics. Raises as `ticket_send.send` does."""
    with open_tickets(workspace, planned.ref, listener) as opened:
        client = opened.opening.client
        sending = Sending(client, opened.tickets, planned.answer, planned.delivery)
        sent = send(workspace, sending, listener, again=again)
    entries = tuple(macro.at.id for macro in finished.request.macros)
    row = SentReply(
        int(time.time()),
        planned.ref.desks[0],
        planned.ref.ticket,
        planned.answer.how,
        finished.request.language,
        entries,
        planned.linked,
        finished.kept,
    )
    try:
        log(workspace, row)
    except OSError as error:
        reason = without_errno(str(error))
        listener(Remark(f"It was not written down for the statistics: {reason}"))
    return sent


_WAYS = {"reply": "Reply to the customer", "draft": "Draft", "note": "Internal note"}
_QUESTIONS = {
    "reply": "Send it to the customer?",
    "draft": "Leave it as a draft?",
    "note": "Add it as an internal note?",
}


def told(planned: Plan, ticket: Mapping[str, object]) -> Iterator[str]:
    """What would be sent, in lines for a person; `ticket` is what is known of it."""
    yield _heading(planned, ticket)
    yield ""
    yield from (f"  {line}".rstrip() for line in planned.answer.text.rstrip().splitlines())
    yield ""
    yield from (f"Set {action}" for action in planned.actions)
    yield from (f"Not done: {loss.what} ({loss.why})" for loss in planned.delivery.losses)


def question(how: str) -> str:
    return _QUESTIONS[how]


def _heading(planned: Plan, ticket: Mapping[str, object]) -> str:
    """How the answer is sent, and where to."""
    requester = ticket.get("requester")
    name = requester.get("name", "") if isinstance(requester, Mapping) else ""
    about = [str(one) for one in (ticket.get("subject", ""), name) if one]
    where = " · ".join([f"{planned.desk} ticket {planned.ref.ticket}", *about])
    return one_line(f"{_WAYS[planned.answer.how]}, {where}")


def _done(answer: Answer, delivery: Delivery) -> tuple[str, ...]:
    """The actions that the desk does; `public` has said how the answer is sent."""
    lost = {loss.what for loss in delivery.losses}
    shown = [in_words(name, value) for name, value in answer.actions.items() if name != "public"]
    subject = [in_words("subject", answer.subject)] if answer.subject else []
    return tuple(one for one in [*subject, *shown] if one not in lost)


def _addresses(html: str) -> Iterator[str]:
    for number, found in enumerate(_HREF.finditer(html)):
        if number < _MOST_LINKS:
            yield unescape(found[1])
