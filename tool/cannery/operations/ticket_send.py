"""Put a finished reply into a ticket: once, whatever happens on the way."""

from __future__ import annotations

import secrets
import time
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from cannery.errors import CanneryError
from cannery.exchange.desks.desk import Tickets
from cannery.exchange.desks.imprint import is_of
from cannery.model.desk import Answer, Delivery
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.ticket_journal import Entry, Journal, entry_of, opened
from cannery.rest.client import Client, RestError
from cannery.workspace import Workspace

_HALF_DAY = 43_200  # seconds
_LOOKED_AT = 200  # messages of a ticket
_CONFLICT, _TOO_MANY, _TIMED_OUT, _REFUSED, _FAULT = 409, 429, 408, 400, 500


class AlreadySentError(CanneryError):
    """The same answer is in the ticket."""


class TicketChangedError(CanneryError):
    """Somebody changed the ticket since it was shown."""


class UnknownOutcomeError(CanneryError):
    """The answer may be in the ticket, or not."""


class Sending(NamedTuple):
    """An answer, what it takes to send it, and the connection to the desk."""

    client: Client
    tickets: Tickets
    answer: Answer
    delivery: Delivery


class Sent(NamedTuple):
    """`was_there` if the text was in the ticket from an earlier try: it was not sent again."""

    address: str
    was_there: bool


def new_key() -> str:
    return secrets.token_hex(16)


def send(
    workspace: Workspace, sending: Sending, listener: Listener = ignore, *, again: bool = False
) -> Sent:
    """Send what `prepare` made of an answer.

    It is written down first. After a try with an unknown outcome, the ticket is looked at. Raises
    AlreadySentError unless it may be sent `again`, TicketChangedError, UnknownOutcomeError,
    RestError if the desk refuses, and CanneryError where nothing can be written down.
    """

    def waiting(who: str) -> None:
        listener(Remark(f"Waiting for {who}."))

    entry = entry_of(sending.answer, sending.delivery.address, sending.delivery.stamp)
    try:
        with opened(workspace, waiting) as journal:
            was_there = _sent(journal, sending, entry, listener, again=again)
    except OSError as error:
        message = f"nothing was sent: {error.filename or workspace.state}: {error.strerror}"
        hint = "Check the free space and your write permission: it is written down first."
        raise CanneryError(message, hint) from error
    return Sent(sending.delivery.address, was_there)


def _sent(
    journal: Journal, sending: Sending, entry: Entry, listener: Listener, *, again: bool
) -> bool:
    """Whether the text was there from an earlier try. Raises OSError if nothing was sent."""
    earlier = _settled(journal, sending, entry, listener)
    if earlier and earlier.is_done and not again:
        raise _already_sent(earlier, sending.delivery)
    was_there = earlier is not None and not earlier.is_done
    if not was_there:
        _refuse_changed(sending)
        journal.put(entry)
        was_there = _send_message(journal, sending, entry)
    _act(sending)
    done = earlier if was_there and earlier else entry
    try:
        journal.put(done._replace(is_done=True))
    except OSError as error:
        told = f"That it was sent can't be written down ({error.strerror})"
        listener(Remark(f"{told}: the next try looks in the ticket."))
    return was_there


def _act(sending: Sending) -> None:
    try:
        for call in sending.delivery.actions:
            sending.client.ask(call.method, call.path, call.body)
    except RestError as error:
        message = f"the answer is in the ticket, but not all its actions: {error.message}"
        hint = "Run the same command again for the actions alone."
        raise RestError(message, hint, error.code) from error


def _settled(journal: Journal, sending: Sending, wanted: Entry, listener: Listener) -> Entry | None:
    """The entry of the same answer, if it was sent; those whose outcome is unknown are looked up.

    Not done yet is one that is in the ticket, whose actions may not have followed.
    """
    address = sending.delivery.address
    found: Entry | None = None
    for entry in journal.of_ticket(address):
        is_same = entry.content == wanted.content
        if entry.is_done:
            found = entry if is_same else found
        elif not _is_there(sending, entry):
            journal.drop(entry)
            if not is_same:
                listener(Remark(f"An earlier answer ({_clock(entry)}) did not arrive."))
        elif is_same:
            found = entry
        else:
            journal.put(entry._replace(is_done=True))
            raise AlreadySentError(
                f"an earlier answer ({_clock(entry)}) did arrive: nothing was sent now",
                f"Look at {address}, and run it again to send this one, too.",
            )
    return found


def _already_sent(entry: Entry, delivery: Delivery) -> AlreadySentError:
    return AlreadySentError(f"already sent at {_clock(entry)}: {delivery.address}")


def _send_message(journal: Journal, sending: Sending, entry: Entry) -> bool:
    """Send it; whether it turned out to be there from a try that went before."""
    call = sending.delivery.message
    try:
        sending.client.ask(call.method, call.path, call.body)
    except RestError as error:
        if error.code == _CONFLICT:
            if _is_there(sending, entry):
                return True  # the first of two tries within the client did it
            journal.drop(entry)
            raise _changed(sending.delivery) from error
        if _is_refusal(error.code):
            journal.drop(entry)
            raise
        message = f"{error.message.rstrip('.')}: the answer may be in the ticket, or not"
        hint = "Run the same command again: it looks in the ticket before it sends."
        raise UnknownOutcomeError(message, hint) from error
    return False


def _refuse_changed(sending: Sending) -> None:
    """Read the ticket again, where the desk itself does not compare."""
    delivery = sending.delivery
    if delivery.is_guarded:
        return
    if sending.tickets.prepare(delivery.ticket, sending.answer).stamp != delivery.stamp:
        raise _changed(delivery)


def _changed(delivery: Delivery) -> TicketChangedError:
    message = "the ticket has changed since it was read: nothing was sent"
    return TicketChangedError(message, f"Look at {delivery.address}, and run it again.")


def _is_refusal(code: int) -> bool:
    """Whether the desk has said that it did nothing."""
    return _REFUSED <= code < _FAULT and code != _TIMED_OUT


def _is_there(sending: Sending, entry: Entry) -> bool:
    messages = sending.tickets.messages(sending.delivery.ticket)
    for message in islice(messages, _LOOKED_AT):
        if message.time and entry.since and message.time < entry.since:
            return False
        if message.key == entry.key:
            return True
        if message.how == entry.how and not message.key and is_of(message.text, entry.imprints):
            return True
    return False


def _clock(entry: Entry) -> str:
    at = datetime.fromtimestamp(entry.time).astimezone()
    return f"{at:%H:%M}" if time.time() - entry.time < _HALF_DAY else f"{at:%Y-%m-%d %H:%M}"
