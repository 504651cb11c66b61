"""Tickets and transactions of REST2, taken into a gathering."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.insight.sources import fields, links
from cannery.insight.sources.desk_statuses import status_of
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.moment import GONE, OPEN, Moment, Ticket, Told
from cannery.insight.sources.source import Options
from cannery.insight.sources.values import Json, identifier, name, part, parts, seconds, text
from cannery.model.ticket_event import EventKind

LISTS = ("items", "transactions", "tickets", "history")
_SYSTEM = "RT_System"
_NOBODY = frozenset(("", "6", "Nobody"))
_GIVEN = frozenset(("Set", "SetWatcher", "Give", "Take", "Steal", "Force"))


def take(gathering: Gathering, _: str, row: Json, options: Options) -> bool:
    """Take a ticket or a transaction; whether it could be read."""
    kind = name(row.get("type"))
    if kind == "ticket":
        return _take_ticket(gathering, row, options)
    return kind != "transaction" or _take_transaction(gathering, row, options)


def _take_ticket(gathering: Gathering, row: Json, options: Options) -> bool:
    id_ = identifier(row.get("id"))
    if not id_:
        return False
    is_merged = identifier(row.get("EffectiveId")) not in ("", id_)
    gathering.ticket(_ticket(id_, row, options, is_merged=is_merged))
    for transaction in parts(row, "history"):
        _take_transaction(gathering, {"ObjectId": id_, **transaction}, options)
    return True


def _ticket(id_: str, row: Json, options: Options, *, is_merged: bool) -> Ticket:
    custom = {
        name(one.get("name")): _first(one.get("values")) for one in parts(row, "CustomFields")
    }
    queue = part(row, "Queue")
    status = status_of(row.get("Status"), options.statuses, options.reading)
    return Ticket(
        id_,
        seconds(row.get("Created"), options.zone),
        seconds(row.get("LastUpdated"), options.zone) or 0,
        "\n".join(_people(row)),
        GONE if is_merged else status,
        name(queue.get("Name")) or identifier(queue.get("id")),
        attributes=fields.of_ticket(options.fields, row, custom),
        text=text(row.get("Subject")) if options.has_texts else "",
    )


def _first(values: object) -> object:
    """A custom field's value, of which it may have several."""
    return values[0] if isinstance(values, list) and values else values


def _people(row: Json) -> Iterator[str]:
    """Who asks, by their names in RT."""
    found = row.get("Requestor")
    for one in [found] if isinstance(found, dict) else parts(row, "Requestor"):
        if who := identifier(one.get("id")):
            yield who


def _take_transaction(gathering: Gathering, row: Json, options: Options) -> bool:
    ticket = identifier(row.get("ObjectId")) or identifier(part(row, "Object").get("id"))
    at = seconds(row.get("Created"), options.zone)
    if name(row.get("ObjectType")) not in ("", "RT::Ticket"):
        return True
    if not ticket or at is None:
        return False
    found = [*_moments(ticket, at, row, options)]
    is_gone = name(row.get("Field")) == "MergedInto" or any(one.detail == GONE for one in found)
    if is_gone:
        gathering.ticket(Ticket(ticket, updated_at=at, status=GONE))
    gathering.moments(found)
    return True


def _moments(ticket: str, at: int, row: Json, options: Options) -> Iterator[Moment]:
    kind, field = name(row.get("Type")), name(row.get("Field"))
    who, key = identifier(part(row, "Creator").get("id")), f"rt:{identifier(row.get('id'))}"
    if kind == "Create":
        yield Moment(ticket, key, at, Told.STATUS, who, OPEN, OPEN)
    elif kind == "Correspond" and who != _SYSTEM:
        written = Moment(ticket, key, at, Told.WRITTEN, who)
        yield from links.written(written, {"body": row.get("Content")}, options.entry_at)
    elif kind == "Status" or (kind == "Set" and field == "Status"):
        before, after = (_status(row.get(one), options) for one in ("OldValue", "NewValue"))
        yield Moment(ticket, key, at, Told.STATUS, who, after or OPEN, before)
    elif field == "Owner" and kind in _GIVEN and name(row.get("NewValue")) not in _NOBODY:
        yield Moment(ticket, key, at, EventKind.ASSIGNED, who, name(row.get("NewValue")))


def _status(value: object, options: Options) -> str:
    return status_of(value, options.statuses, options.reading)
