"""Tickets at the team's help desks: `--ticket zendesk:123`, or the address of a ticket's page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlsplit

from cannery.errors import ContentError, UsageError
from cannery.exchange.desks.desk import DeskKind, Opening, Tickets
from cannery.exchange.desks.lock import EMPTY, Agreed, Lock
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.desk_connect import open_desk
from cannery.operations.desk_lock import load_known
from cannery.operations.desk_settings import find_desk
from cannery.reply.ticket import read_answer
from cannery.workspace import Workspace

_NAMED = re.compile(r"([a-z][a-z0-9_-]{0,30}):#?([\w-]{1,80})")
_MOST = 2000  # characters of an address
_EXAMPLE = 'Add it to kb/kb.toml: [desks.zendesk], then address = "https://acme.zendesk.com".'


class TicketRef(NamedTuple):
    """A ticket by its id at a desk in kb.toml, or by the address of its page.

    `desks` are those that it can be of: one, or all at the address's host.
    """

    desks: tuple[str, ...]
    ticket: str

    @property
    def is_address(self) -> bool:
        return "://" in self.ticket

    def __str__(self) -> str:
        return self.ticket if self.is_address else f"{self.desks[0]}:{self.ticket}"


class OpenTickets(NamedTuple):
    """A desk's tickets, and one of them by its id.

    `entries` is what the lock file knows of the desk's records by entry; nothing in haste.
    """

    kind: DeskKind
    opening: Opening
    tickets: Tickets
    ticket: str
    entries: Mapping[str, Agreed]


def ticket_ref(workspace: Workspace, source: str) -> TicketRef | None:
    """The ticket of a desk that a source names; None for any other source.

    Raises UsageError for a web address that is of no desk in kb.toml.
    """
    desks = workspace.settings.desks
    if source.startswith(("https://", "http://")):
        address = source[:_MOST]
        at_host = [name for name, desk in desks.items() if _host(desk.address) == _host(address)]
        if not at_host:
            hint = f"It has {', '.join(desks)}." if desks else _EXAMPLE
            message = f"{_host(address):.100} is the address of no desk in kb.toml"
            raise UsageError(message, hint)
        return TicketRef(tuple(at_host), address)
    found = _NAMED.fullmatch(source)
    return TicketRef((found[1],), found[2]) if found and found[1] in desks else None


@contextmanager
def open_tickets(
    workspace: Workspace, ref: TicketRef, listener: Listener = ignore, *, is_hasty: bool = False
) -> Iterator[OpenTickets]:
    """Connect to the desk of a ticket, `is_hasty` as `open_desk` has it; nothing is asked yet.

    Raises UsageError for a desk without tickets, and for the address of another page; and as
    `open_desk` does.
    """
    for name in ref.desks:
        lock = EMPTY if is_hasty else _lock(workspace, name, listener)
        with open_desk(workspace, name, listener, lock, is_hasty=is_hasty) as (kind, opening, _):
            if kind.tickets is None:
                raise UsageError(f"kb reads no tickets of {kind.title}", "Give it as a file.")
            tickets = kind.tickets(opening)
            if ticket := tickets.number_in(ref.ticket) if ref.is_address else ref.ticket:
                yield OpenTickets(kind, opening, tickets, ticket, lock.entries)
                return
    raise UsageError(f"{ref.ticket:.200} is not the page of a ticket", "Copy its address there.")


def _lock(workspace: Workspace, name: str, listener: Listener) -> Lock:
    """What the lock file says; nothing where it can't be read: the desk can tell as much."""
    try:
        return load_known(workspace, name).lock
    except ContentError as error:
        listener(Remark(f"{error.message}. The desk is asked instead."))
        return EMPTY


def fetch_ticket(
    workspace: Workspace, ref: TicketRef, listener: Listener = ignore
) -> dict[str, object]:
    """What the desk tells of a ticket, soon. Raises RestError, and as `open_tickets` does."""
    with open_tickets(workspace, ref, listener, is_hasty=True) as opened:
        return read_answer(opened.tickets.fetch(opened.ticket), str(ref))


def ways_of(workspace: Workspace, ref: TicketRef) -> tuple[str, ...]:
    """How a desk's tickets can be answered: `note`, `draft`, `reply`. Raises NotFoundError."""
    return find_desk(workspace, ref.desks[0])[1].capabilities.answers


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:  # no address at all
        return ""
