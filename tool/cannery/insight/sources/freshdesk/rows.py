"""Tickets, conversations, ratings and activities of Freshdesk, taken into a gathering."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cannery.insight.sources import fields, links
from cannery.insight.sources.desk_statuses import status_of
from cannery.insight.sources.freshdesk.activities import take_activity
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.moment import GONE, SOLVED, Moment, Rank, Ticket
from cannery.insight.sources.source import Options
from cannery.insight.sources.taking import RowKinds, take_group, take_organization
from cannery.insight.sources.values import (
    Json,
    identifier,
    names,
    part,
    parts,
    rating,
    seconds,
    text,
)
from cannery.model.ticket_event import EventKind

SCALE = "freshdesk-7"
_NEUTRAL, _MIDDLE, _FAR = 100, 4, 3  # 103 is the best of seven answers, -103 the worst
_STATUSES = {"2": "open", "3": "pending", "4": SOLVED, "5": SOLVED, "6": "waiting", "7": "waiting"}
_CHANNELS = {
    "1": "email", "2": "portal", "3": "phone", "5": "twitter", "6": "facebook", "7": "chat",
    "9": "widget", "10": "outbound email", "11": "ecommerce", "12": "bot", "13": "whatsapp",
}  # fmt: skip


def _status(row: Json, options: Options) -> str:
    if row.get("spam") is True or row.get("deleted") is True:
        return GONE
    number = identifier(row.get("status"))
    known = options.statuses.get(number) or _STATUSES.get(number)
    said = row.get("status_name") or row.get("status")
    return known or status_of(said, options.statuses, options.reading)


def take_ticket(gathering: Gathering, row: Json, options: Options) -> bool:
    """Take a ticket with all that is in it; whether it could be read."""
    id_ = identifier(row.get("display_id")) or identifier(row.get("id"))
    if not id_:
        return False
    ticket = _ticket(id_, row, options)
    gathering.ticket(ticket)
    stats = part(row, "stats") or part(row, "ticket_states")
    gathering.moments(_stats(ticket, stats))
    for note in [*parts(row, "conversations"), *parts(row, "notes")]:
        take_conversation(gathering, {"ticket_id": id_, **(part(note, "note") or note)}, options)
    return True


def _ticket(id_: str, row: Json, options: Options) -> Ticket:
    custom = part(row, "custom_fields") or part(row, "custom_field")
    source = identifier(row.get("source"))
    channel = _CHANNELS.get(source, "")
    own = fields.of_ticket(options.fields, row, custom, names(row, "tags"))
    return Ticket(
        id_,
        seconds(row.get("created_at")),
        seconds(row.get("updated_at")) or 0,
        identifier(row.get("requester_id")),
        _status(row, options),
        identifier(row.get("group_id")),
        identifier(row.get("company_id")),
        {"channel": channel, **own} if channel else own,
        text(row.get("subject")) if options.has_texts else "",
    )


def _stats(ticket: Ticket, stats: Json) -> Iterator[Moment]:
    """What Freshdesk sums up: the last time of each kind."""
    solved = "resolved_at" if seconds(stats.get("resolved_at")) is not None else "closed_at"
    told = [
        (solved, EventKind.SOLVED, ""),
        ("reopened_at", EventKind.REOPENED, ""),
        ("first_responded_at", EventKind.REPLY, ""),
    ]
    if ticket.status not in ("open", SOLVED, GONE, ""):
        told.append(("pending_since", EventKind.PAUSED, ticket.status))
    for key, kind, detail in told:
        at = seconds(stats.get(key))
        if at is not None:
            yield Moment(ticket.id, f"stats:{kind}", at, kind, detail=detail, rank=Rank.SUMMARY)


def take_conversation(gathering: Gathering, row: Json, options: Options) -> bool:
    ticket, at = identifier(row.get("ticket_id")), seconds(row.get("created_at"))
    if not ticket or at is None:
        return False
    if row.get("private") is not False:  # a note of the team's own
        return True
    who, key = identifier(row.get("user_id")), f"conversation:{identifier(row.get('id')) or at}"
    if row.get("incoming") is True:
        gathering.moments([Moment(ticket, key, at, EventKind.MESSAGE)])
        return True
    reply = Moment(ticket, key, at, EventKind.REPLY, who)
    body = {"body": row.get("body") or row.get("body_html")}
    gathering.moments(links.of_reply(reply, body, options.entry_at))
    return True


def take_rating(gathering: Gathering, row: Json, _: Options) -> bool:
    ticket, at = identifier(row.get("ticket_id")), seconds(row.get("created_at"))
    score = _score(part(row, "ratings").get("default_question"))
    if ticket and at is not None and score is not None:
        key = f"rating:{identifier(row.get('id'))}"
        gathering.moments([Moment(ticket, key, at, EventKind.RATED, "", SCALE, value=score)])
    return bool(ticket)


def _score(value: object) -> float | None:
    """An answer as one of seven points, of which fewer may have been offered."""
    found = rating(value)
    if found is None:
        return None
    beyond = abs(found) - _NEUTRAL
    if beyond not in range(_FAR + 1):
        return None
    return _MIDDLE + beyond if found > 0 else _MIDDLE - beyond


_take_organization = partial(take_organization, "custom_fields")
_KINDS = RowKinds(
    (
        (frozenset(("ticket_id", "performed_at")), take_activity),
        (frozenset(("ticket_id", "ratings")), take_rating),
        (frozenset(("ticket_id", "incoming")), take_conversation),
        (frozenset(("id", "status", "created_at")), take_ticket),
        (frozenset(("id", "domains", "custom_fields")), _take_organization),
        (frozenset(("id", "name", "agent_ids")), take_group),
    ),
    {
        "activities_data": take_activity,
        "tickets": take_ticket,
        "conversations": take_conversation,
        "satisfaction_ratings": take_rating,
        "groups": take_group,
        "companies": _take_organization,
    },
)
LISTS = _KINDS.lists


def take(gathering: Gathering, key: str, row: Json, options: Options) -> bool:
    """Take a row of any kind."""
    return _KINDS.take(gathering, key, part(row, "helpdesk_ticket") or row, options)
