"""What an audit of Zendesk tells: an update of a ticket with all that it changed.

The incremental export names a field and its value in one (`"status": "open"`), the audits of a
ticket apart (`"field_name": "status", "value": "open"`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cannery.insight.sources import links
from cannery.insight.sources.moment import OPEN, Moment, Rank, Told
from cannery.insight.sources.source import Options
from cannery.insight.sources.values import Json, identifier, part, parts, seconds
from cannery.insight.sources.zendesk.ratings import SCALE, SCORES
from cannery.model.ticket_event import EventKind

_COMMENTS = frozenset(("Comment", "VoiceComment"))
_CHANGES = frozenset(("Change", "Create"))
_SYSTEM = "-1"  # the author of what Zendesk itself writes
_FIELDS = ("status", "assignee_id", "satisfaction_score")
StatusOf = Callable[[object], str]


class _Update(NamedTuple):
    """An audit that is being read, and the key of what it tells."""

    ticket: str
    at: int
    who: str
    key: str
    options: Options


def time_of(row: Json) -> int | None:
    found = seconds(row.get("created_at"))
    return seconds(row.get("timestamp")) if found is None else found


def moments(
    ticket: str, at: int, row: Json, options: Options, status_of: StatusOf
) -> Iterator[Moment]:
    """All that an audit tells of."""
    who = _author(row)
    children = [(_type(child), child) for child in _children(row)]
    is_first = any(kind == "Create" for kind, _ in children)
    for number, (kind, child) in enumerate(children):
        child_id = identifier(child.get("id")) or str(number)
        key = f"{identifier(row.get('id')) or at}:{child_id}"
        update = _Update(ticket, at, who, key, options)
        if kind in _CHANGES:
            for field, value in _fields(child):
                changed = update._replace(key=f"{key}:{field}")
                yield from _change(changed, child, field, value, status_of)
        elif kind in _COMMENTS and not is_first:
            yield from _comment(update, child)
        elif kind == "AgentMacroReference" and (macro := identifier(child.get("macro_id"))):
            yield Moment(ticket, key, at, EventKind.MACRO, who, macro)
        elif kind == "KnowledgeLinked":
            yield from _linked(update, child)


def requester_of(row: Json) -> str:
    """Who opened the ticket, of an audit that begins it; empty for any other."""
    created = [child for child in _children(row) if _type(child) == "Create"]
    for child in created:
        named = {"requester_id": child.get("requester_id")} | dict(_named(child))
        if requester := identifier(named["requester_id"]):
            return requester
    return _author(row) if created else ""


def _author(row: Json) -> str:
    return identifier(row.get("updater_id")) or identifier(row.get("author_id"))


def _children(row: Json) -> list[Json]:
    return [*parts(row, "child_events"), *parts(row, "events")]


def _named(child: Json) -> Iterator[tuple[str, object]]:
    """The field that an audit of a ticket names apart from its value."""
    named = child.get("field_name")
    if isinstance(named, str) and named:
        yield named, child.get("value")


def _type(child: Json) -> str:
    found = child.get("event_type") or child.get("type")
    return found if isinstance(found, str) else ""


def _change(
    update: _Update, child: Json, field: str, value: object, status_of: StatusOf
) -> Iterator[Moment]:
    ticket, at, who, key, _ = update
    if field == "status" and (status := status_of(value)):
        before = OPEN if _type(child) == "Create" else status_of(child.get("previous_value"))
        yield Moment(ticket, key, at, Told.STATUS, who, status, before)
    elif field == "assignee_id" and (assignee := identifier(value)):
        yield Moment(ticket, key, at, EventKind.ASSIGNED, who, assignee)
    elif field == "satisfaction_score":
        yield from _score(update, value)


def _fields(child: Json) -> Iterator[tuple[str, object]]:
    """The fields that a change is of, of those that count, and their values."""
    found = [*_named(child)]
    yield from found or ((field, child[field]) for field in _FIELDS if field in child)


def _score(update: _Update, value: object) -> Iterator[Moment]:
    """A rating as the ticket has it: the list of ratings is better where it is there."""
    ticket, at, _, key, _ = update
    if value == "offered":
        yield Moment(ticket, key, at, EventKind.OFFERED, "", SCALE, rank=Rank.METRICS)
    elif isinstance(value, str) and value in SCORES:
        score = SCORES[value]
        yield Moment(ticket, key, at, EventKind.RATED, "", SCALE, "", score, Rank.METRICS)


def _comment(update: _Update, child: Json) -> Iterator[Moment]:
    """A public comment, and its links where its text is there."""
    is_public = child.get("public", child.get("comment_public"))
    who = identifier(child.get("author_id")) or update.who
    if is_public is True and who != _SYSTEM:
        ticket, at, _, key, options = update
        written = Moment(ticket, key, at, Told.WRITTEN, who)
        yield from links.written(written, child, options.entry_at)


def _linked(update: _Update, child: Json) -> Iterator[Moment]:
    """An article that an agent put in by Zendesk's own search."""
    ticket, at, who, key, options = update
    article = part(part(child, "body"), "article")
    address = article.get("html_url") or article.get("url")
    found = options.entry_at(address) if isinstance(address, str) else ""
    if detail := found or identifier(article.get("id")):
        yield Moment(ticket, key, at, Told.LINKED, who, detail)
