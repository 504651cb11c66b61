"""Tickets, history and articles of Zammad, taken into a gathering."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.insight.sources import fields, links
from cannery.insight.sources.desk_statuses import status_of
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.moment import OPEN, Moment, Rank, Ticket, Told
from cannery.insight.sources.source import Options
from cannery.insight.sources.taking import RowKinds
from cannery.insight.sources.values import (
    Json,
    code,
    identifier,
    name,
    names,
    part,
    parts,
    seconds,
    text,
)
from cannery.model.ticket_event import EventKind

# Those of a new Zammad by their numbers, for answers without names.
_STATES = {"1": "new", "2": "open", "3": "pending reminder", "4": "closed", "5": "merged"}
_SENDERS = {"1": "Agent", "2": "Customer", "3": "System"}
_NOBODY = frozenset(("", "1"))
_UNSENT = "note"  # customers may see it, and are told nothing


def _status(row: Json, options: Options) -> str:
    number = identifier(row.get("state_id"))
    said = row.get("state") or options.statuses.get(number) or _STATES.get(number)
    return status_of(said, options.statuses, options.reading)


def take_ticket(gathering: Gathering, row: Json, options: Options) -> bool:
    """Take a ticket with all that is in it; whether it could be read."""
    id_ = identifier(row.get("id"))
    if not id_:
        return False
    ticket = _ticket(id_, row, options)
    gathering.ticket(ticket)
    gathering.moments(_summary(ticket, row))
    for entry in parts(row, "history"):
        _take_entry(gathering, {"o_id": id_, **entry}, options)
    for article in parts(row, "articles"):
        _take_article(gathering, {"ticket_id": id_, **article}, options)
    return True


def _ticket(id_: str, row: Json, options: Options) -> Ticket:
    channel = code(row.get("create_article_type"))
    own = fields.of_ticket(options.fields, row, row, names(row, "tags"))
    return Ticket(
        id_,
        seconds(row.get("created_at")),
        seconds(row.get("updated_at")) or 0,
        identifier(row.get("customer_id")),
        _status(row, options),
        name(row.get("group")) or identifier(row.get("group_id")),
        identifier(row.get("organization_id")),
        {"channel": channel, **own} if channel else own,
        text(row.get("title")) if options.has_texts else "",
    )


def _summary(ticket: Ticket, row: Json) -> Iterator[Moment]:
    """What a ticket tells of its own course: it stands in for its history."""
    closed = seconds(row.get("last_close_at"))
    closed = seconds(row.get("close_at")) if closed is None else closed
    if closed is not None:
        yield Moment(ticket.id, "ticket:closed", closed, EventKind.SOLVED, rank=Rank.SUMMARY)
    replied = seconds(row.get("first_response_at"))
    if replied is not None:
        yield Moment(ticket.id, "ticket:reply", replied, EventKind.REPLY, rank=Rank.SUMMARY)


def _take_entry(gathering: Gathering, row: Json, options: Options) -> bool:
    """An entry of the history of a ticket, or of what belongs to it."""
    ticket, at = identifier(row.get("o_id")), seconds(row.get("created_at"))
    if name(row.get("object")) not in ("", "Ticket"):
        return True
    if not ticket or at is None:
        return False
    gathering.moments(_changes(ticket, at, row, options))
    return True


def _changes(ticket: str, at: int, row: Json, options: Options) -> Iterator[Moment]:
    kind, attribute = name(row.get("type")), name(row.get("attribute"))
    key, who = f"history:{identifier(row.get('id')) or at}", identifier(row.get("created_by_id"))
    if kind == "created" and not attribute:
        yield Moment(ticket, key, at, Told.STATUS, who, OPEN, OPEN)
    elif attribute == "state":
        before, after = (
            status_of(row.get(one), options.statuses, options.reading)
            for one in ("value_from", "value_to")
        )
        yield Moment(ticket, key, at, Told.STATUS, who, after or OPEN, before)
    elif attribute == "owner" and (owner := identifier(row.get("id_to"))) not in _NOBODY:
        yield Moment(ticket, key, at, EventKind.ASSIGNED, who, owner)


def _take_article(gathering: Gathering, row: Json, options: Options) -> bool:
    """A message, also the one that opened its ticket."""
    ticket, at = identifier(row.get("ticket_id")), seconds(row.get("created_at"))
    if not ticket or at is None:
        return False
    sender = name(row.get("sender")) or _SENDERS.get(identifier(row.get("sender_id")), "")
    if row.get("internal") is not False or name(row.get("type")) == _UNSENT:
        return True
    key, who = f"article:{identifier(row.get('id')) or at}", identifier(row.get("created_by_id"))
    if sender == "Customer":
        gathering.moments([Moment(ticket, key, at, EventKind.MESSAGE)])
    elif sender == "Agent":
        reply = Moment(ticket, key, at, EventKind.REPLY, who)
        gathering.moments(links.of_reply(reply, row, options.entry_at))
    return True


_KINDS = RowKinds(
    (
        (frozenset(("ticket_id", "internal")), _take_article),
        (frozenset(("o_id", "type")), _take_entry),
        (frozenset(("id", "number", "customer_id")), take_ticket),
    ),
    {
        "tickets": take_ticket,
        "history": _take_entry,
        "articles": _take_article,
        "ticket_articles": _take_article,
    },
)
LISTS = _KINDS.lists


def take(gathering: Gathering, key: str, row: Json, options: Options) -> bool:
    """Take a row of any kind."""
    return _KINDS.take(gathering, key, part(row, "ticket") or row, options)
