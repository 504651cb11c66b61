"""Conversations and events of Front, taken into a gathering."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.insight.sources import fields, links
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.moment import GONE, OPEN, SOLVED, Moment, Ticket, Told
from cannery.insight.sources.source import Options
from cannery.insight.sources.values import Json, identifier, name, part, parts, seconds, text
from cannery.model.ticket_event import EventKind

LISTS = ("_results", "events", "conversations")
_STATUSES = {"archived": SOLVED, "deleted": GONE, "assigned": OPEN, "unassigned": OPEN}
_CHANGES = {"archive": SOLVED, "restore": OPEN, "trash": GONE}
_REPLIES = frozenset(("outbound", "out_reply"))
_INBOXES = "inboxes"


def take(gathering: Gathering, _: str, row: Json, options: Options) -> bool:
    """Take an event or a conversation; what is neither is read as well."""
    if "emitted_at" in row:
        return _take_event(gathering, row, options)
    if {"id", "status", "tags"} <= row.keys():
        return _take_conversation(gathering, row, options)
    return True


def _take_conversation(
    gathering: Gathering, row: Json, options: Options, section: str = "", at: int = 0
) -> bool:
    id_ = identifier(row.get("id"))
    if not id_:
        return False
    tags = [name(tag.get("name")) for tag in parts(row, "tags")]
    gathering.ticket(
        Ticket(
            id_,
            seconds(row.get("created_at")),
            seconds(row.get("updated_at")) or at,
            status=_STATUSES.get(name(row.get("status")), ""),
            section=section,
            attributes=fields.of_ticket(options.fields, row, part(row, "custom_fields"), tags),
            text=text(row.get("subject")) if options.has_texts else "",
        )
    )
    return True


def _take_event(gathering: Gathering, row: Json, options: Options) -> bool:
    conversation, at = part(row, "conversation"), seconds(row.get("emitted_at"))
    id_ = identifier(conversation.get("id"))
    if not id_ or at is None:
        return False
    inboxes = [*_inboxes(part(row, "source")), *_inboxes(part(row, "target"))]
    _take_conversation(gathering, conversation, options, inboxes[0] if inboxes else "", at)
    gathering.moments(_moments(id_, at, row, options))
    return True


def _inboxes(resource: Json) -> Iterator[str]:
    """The names of inboxes that an event comes from, or goes to."""
    if name(part(resource, "_meta").get("type")) == _INBOXES:
        one = part(resource, "data")
        for inbox in [one] if one else parts(resource, "data"):
            yield name(inbox.get("name")) or identifier(inbox.get("id"))


def _moments(ticket: str, at: int, row: Json, options: Options) -> Iterator[Moment]:
    kind, key = name(row.get("type")), f"front:{identifier(row.get('id')) or at}"
    target = part(part(row, "target"), "data")
    who = _teammate(part(row, "source"))
    if kind == "inbound":
        yield Moment(ticket, key, at, EventKind.MESSAGE)
    elif kind in _REPLIES:
        reply = Moment(ticket, key, at, EventKind.REPLY, who)
        yield from links.of_reply(reply, target, options.entry_at)
    elif status := _CHANGES.get(kind):
        yield Moment(ticket, key, at, Told.STATUS, who, status)
    elif kind == "reopen":
        yield Moment(ticket, key, at, Told.REOPENED, who)
    elif kind == "assign" and (assignee := _teammate(part(row, "target"))):
        yield Moment(ticket, key, at, EventKind.ASSIGNED, who, assignee)
    elif kind == "macro_triggered" and (macro := _rule(part(row, "source"))):
        yield Moment(ticket, key, at, EventKind.MACRO, who, macro)


def _teammate(resource: Json) -> str:
    return _one_of(resource, "teammate")


def _rule(resource: Json) -> str:
    """A macro, which is one of Front's rules."""
    return _one_of(resource, "rule")


def _one_of(resource: Json, kind: str) -> str:
    """The id of what a source or target of an event is, if it is of a kind."""
    is_one = name(part(resource, "_meta").get("type")) == kind
    return identifier(part(resource, "data").get("id")) if is_one else ""
