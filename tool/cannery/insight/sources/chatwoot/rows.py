"""Conversations, messages and answers of Chatwoot, taken into a gathering."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.insight.sources import fields, links
from cannery.insight.sources.desk_statuses import status_of
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.moment import OPEN, SOLVED, Moment, Rank, Ticket, Told
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
    rating,
    seconds,
    text,
)
from cannery.model.ticket_event import EventKind

SCALE = "chatwoot-5"
_TYPES = {"0": "incoming", "1": "outgoing", "2": "activity", "3": "template"}
_BOT = "agent_bot"
_ENDS = {"conversation_resolved": SOLVED, "conversation_opened": OPEN}


def take_conversation(gathering: Gathering, row: Json, options: Options) -> bool:
    """Take a conversation with all that is in it; whether it could be read."""
    id_ = identifier(row.get("id"))
    if not id_:
        return False
    ticket = _ticket(id_, row, options)
    gathering.ticket(ticket)
    for event in parts(row, "reporting_events"):
        _take_event(gathering, {**event, "conversation_id": id_}, options)
    for message in parts(row, "messages"):
        take_message(gathering, {**message, "conversation_id": id_}, options)
    gathering.moments(_ended(ticket, row))
    return True


def _ticket(id_: str, row: Json, options: Options) -> Ticket:
    meta, more = part(row, "meta"), part(row, "additional_attributes")
    team = part(meta, "team")
    found = {
        "channel": code(meta.get("channel")).removeprefix("Channel::"),
        "language": code(more.get("browser_language")),
        **fields.of_ticket(
            options.fields, row, part(row, "custom_attributes"), names(row, "labels")
        ),
    }
    return Ticket(
        id_,
        seconds(row.get("created_at")),
        seconds(row.get("last_activity_at")) or seconds(row.get("timestamp")) or 0,
        status=status_of(row.get("status"), options.statuses, options.reading),
        section=name(team.get("name")) or identifier(row.get("inbox_id")),
        attributes={dimension: value for dimension, value in found.items() if value},
        text=text(more.get("mail_subject")) if options.has_texts else "",
    )


def _ended(ticket: Ticket, row: Json) -> Iterator[Moment]:
    """When a conversation was resolved, by the last note of its own: it stands in for events."""
    notes = [one for one in parts(row, "messages") if _type(one) == "activity"]
    times = [at for one in notes if (at := seconds(one.get("created_at"))) is not None]
    if ticket.status == SOLVED and times:
        yield Moment(ticket.id, "activity", max(times), EventKind.SOLVED, rank=Rank.SUMMARY)


def _type(row: Json) -> str:
    found = row.get("message_type")
    return _TYPES.get(identifier(found), name(found))


def take_message(gathering: Gathering, row: Json, options: Options) -> bool:
    ticket, at = identifier(row.get("conversation_id")), seconds(row.get("created_at"))
    if not ticket or at is None:
        return False
    if row.get("private") is not True:
        gathering.moments(_message(ticket, at, row, options))
    return True


def _message(ticket: str, at: int, row: Json, options: Options) -> Iterator[Moment]:
    key, kind = f"message:{identifier(row.get('id')) or at}", _type(row)
    sender = part(row, "sender")
    who = identifier(sender.get("id"))
    if kind == "incoming":
        yield Moment(ticket, key, at, EventKind.MESSAGE)
    elif kind == "outgoing" and who and name(sender.get("type")) != _BOT:
        reply = Moment(ticket, key, at, EventKind.REPLY, who)
        yield from links.of_reply(reply, {"body": row.get("content")}, options.entry_at)
    elif name(row.get("content_type")) == "input_csat":
        yield Moment(ticket, key, at, EventKind.OFFERED, "", SCALE)


def _take_event(gathering: Gathering, row: Json, _: Options) -> bool:
    """A reporting event: conversations are resolved and opened again at its end.

    By itself it names its conversation by another number than all else does.
    """
    ticket, at = identifier(row.get("conversation_id")), seconds(row.get("event_end_time"))
    status = _ENDS.get(name(row.get("name")))
    if status and ticket and at is not None:
        key = f"event:{identifier(row.get('id')) or at}"
        gathering.moments([Moment(ticket, key, at, Told.STATUS, detail=status)])
    return bool(ticket)


def take_answer(gathering: Gathering, row: Json, _: Options) -> bool:
    ticket, at = identifier(row.get("conversation_id")), seconds(row.get("created_at"))
    score = rating(row.get("rating"))
    if ticket and at is not None and score is not None:
        key = f"answer:{identifier(row.get('id'))}"
        gathering.moments([Moment(ticket, key, at, EventKind.RATED, "", SCALE, value=score)])
    return bool(ticket)


_KINDS = RowKinds((
    (frozenset(("conversation_id", "message_type")), take_message),
    (frozenset(("conversation_id", "rating")), take_answer),
    (frozenset(("id", "status", "inbox_id")), take_conversation),
))  # fmt: skip
LISTS = ("payload", "csat_survey_responses", "conversations", "messages")


def take(gathering: Gathering, _: str, row: Json, options: Options) -> bool:
    """Take a row by its keys, or those of a page."""
    page = part(row, "data")
    rows = [*parts(page, "payload")] if "payload" in page else [row]
    taken = [_KINDS.take(gathering, "", one, options) for one in rows]
    return all(taken)
