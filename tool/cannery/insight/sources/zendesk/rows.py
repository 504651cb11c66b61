"""The rows of Zendesk's lists, taken into a gathering."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cannery.insight.sources import fields, links
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.moment import GONE, OPEN, SOLVED, Moment, Ticket, Told
from cannery.insight.sources.source import Options
from cannery.insight.sources.taking import RowKinds, take_group, take_organization
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
from cannery.insight.sources.zendesk import audits, metrics, ratings

_STATUSES = {"new": OPEN, "open": OPEN, "closed": SOLVED, "solved": SOLVED, "deleted": GONE}
_MERGED = "closed_by_merge"  # its question is counted where it went
_TEAM = frozenset(("agent", "admin"))


def status_of(value: object) -> str:
    """A status in the terms of a moment; empty for what is none."""
    found = name(value)
    return _STATUSES.get(found, found)


def take_ticket(gathering: Gathering, row: Json, options: Options) -> bool:
    """Take a row; whether it could be read. The same holds for the others."""
    id_ = identifier(row.get("id"))
    if not id_:
        return False
    gathering.ticket(_ticket(id_, row, options))
    gathering.moments(_comments(id_, row, options))
    for audit in parts(row, "audits"):
        take_audit(gathering, {**audit, "ticket_id": id_}, options)
    if metric := part(row, "metric_set"):
        take_metric_set(gathering, {**metric, "ticket_id": id_}, options)
    return True


def _ticket(id_: str, row: Json, options: Options) -> Ticket:
    custom = {identifier(one.get("id")): one.get("value") for one in parts(row, "custom_fields")}
    tags = [*names(row, "tags")]
    channel = code(part(row, "via").get("channel"))
    own = fields.of_ticket(options.fields, row, custom, tags)
    return Ticket(
        id_,
        seconds(row.get("created_at")),
        seconds(row.get("updated_at")) or 0,
        _id_of(row, "requester"),
        GONE if _MERGED in tags else status_of(row.get("status")),
        _id_of(row, "group"),
        _id_of(row, "organization"),
        {"channel": channel, **own} if channel else own,
        text(row.get("subject")) if options.has_texts else "",
    )


def _id_of(row: Json, key: str) -> str:
    """The id of what a ticket names, which may stand beside it or within it."""
    return identifier(row.get(f"{key}_id")) or identifier(part(row, key).get("id"))


def _comments(ticket: str, row: Json, options: Options) -> Iterator[Moment]:
    """The comments within a ticket but for the first, which opened it."""
    for number, comment in enumerate(parts(row, "comments")):
        at = seconds(comment.get("created_at"))
        if number and at is not None and comment.get("public") is True:
            key = f"comment:{identifier(comment.get('id')) or number}"
            who = identifier(comment.get("author_id"))
            written = Moment(ticket, key, at, Told.WRITTEN, who)
            yield from links.written(written, comment, options.entry_at)


def take_audit(gathering: Gathering, row: Json, options: Options) -> bool:
    ticket, at = identifier(row.get("ticket_id")), audits.time_of(row)
    if not ticket or at is None:
        return False
    if requester := audits.requester_of(row):
        gathering.ticket(Ticket(ticket, at, requester=requester))
    gathering.moments(audits.moments(ticket, at, row, options, status_of))
    return True


def take_metric_event(gathering: Gathering, row: Json, _: Options) -> bool:
    found = metrics.moment(row)
    gathering.moments(found)
    return bool(identifier(row.get("ticket_id")) and seconds(row.get("time")) is not None)


def take_metric_set(gathering: Gathering, row: Json, options: Options) -> bool:
    ticket = identifier(row.get("ticket_id"))
    found = [*metrics.summary(ticket, row)]
    gathering.moments(found)
    if found and not gathering.is_part:
        options.reading.note(metrics.NOTE)
    return bool(ticket)


def take_rating(gathering: Gathering, row: Json, _: Options) -> bool:
    ticket = identifier(row.get("ticket_id"))
    gathering.moments(ratings.of_rating(ticket, row))
    return bool(ticket)


def take_survey(gathering: Gathering, row: Json, _: Options) -> bool:
    ticket = ratings.ticket_of(row)
    if ticket:
        gathering.moments(ratings.of_survey(ticket, row))
    return True  # a survey may be of a conversation that is no ticket


def take_user(gathering: Gathering, row: Json, _: Options) -> bool:
    """Whether somebody is of the team: nothing else is read of people."""
    id_ = identifier(row.get("id"))
    if id_ and name(row.get("role")) in _TEAM:
        gathering.agent(id_)
    return bool(id_)


_take_organization = partial(take_organization, "organization_fields")
_KINDS = RowKinds(
    (
        (frozenset(("ticket_id", "child_events")), take_audit),
        (frozenset(("ticket_id", "events")), take_audit),
        (frozenset(("ticket_id", "metric", "time")), take_metric_event),
        (frozenset(("ticket_id", "score")), take_rating),
        (frozenset(("ticket_id", "solved_at")), take_metric_set),
        (frozenset(("answers", "subject_zrns")), take_survey),
        (frozenset(("answers", "subjects")), take_survey),
        (frozenset(("id", "role")), take_user),
        (frozenset(("id", "organization_fields")), _take_organization),
        (frozenset(("id", "created_at", "status")), take_ticket),
        (frozenset(("id", "name", "is_public")), take_group),
    ),
    {
        "tickets": take_ticket,
        "ticket_events": take_audit,
        "audits": take_audit,
        "ticket_metric_events": take_metric_event,
        "ticket_metrics": take_metric_set,
        "metric_sets": take_metric_set,
        "satisfaction_ratings": take_rating,
        "survey_responses": take_survey,
        "users": take_user,
        "groups": take_group,
        "organizations": _take_organization,
    },
)
LISTS = _KINDS.lists
take = _KINDS.take
