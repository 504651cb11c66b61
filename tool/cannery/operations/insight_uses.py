"""How often entries were used, and first asked for, as tickets and sent replies tell."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping

from cannery.insight import entry_events
from cannery.insight.fact import DAY
from cannery.insight.knowledge.uses import Uses, UsesOfDay
from cannery.insight.pseudonyms import Pseudonymizer
from cannery.operations.entry_names import EntryNames, known_details
from cannery.operations.insight_sent import sent_into
from cannery.operations.insight_store import events_if_any, known_key
from cannery.reply.sent_log import COPY, SentReply, sent_replies
from cannery.workspace import Workspace


def uses_before(workspace: Workspace, names: EntryNames, at: int) -> Uses:
    """All uses before a time, in seconds, of tickets that came in and of replies from here."""
    found = [*_copied(workspace, at)]
    with events_if_any(workspace) as database:
        if database:
            entry_of = known_details(workspace, names)
            uses = entry_events.uses_by_day(database, at)
            found += [UsesOfDay(entry_of(use.detail), use.day, use.times) for use in uses]
            found += _sent_elsewhere(workspace, database, at)
        else:
            found += [use for reply in sent_replies(workspace) for use in _uses(reply, at)]
    since = min((use.day for use in found), default=None)
    return Uses((use for use in found if use.entry), since)


def first_asked(workspace: Workspace, names: EntryNames, at: int) -> Mapping[str, int]:
    """When the first ticket came that a reply answered with an article later, by the article."""
    first: dict[str, int] = {}
    with events_if_any(workspace) as database:
        if database:
            entry_of = known_details(workspace, names)
            for detail, created in entry_events.first_asked(database, at):
                if entry := entry_of(detail):
                    first[entry] = min(created, first.get(entry, created))
    return first


def _copied(workspace: Workspace, at: int) -> Iterator[UsesOfDay]:
    for reply in sent_replies(workspace):
        if reply.how == COPY:
            yield from _uses(reply, at)


def _sent_elsewhere(
    workspace: Workspace, database: sqlite3.Connection, at: int
) -> Iterator[UsesOfDay]:
    """What was sent into tickets that have not come in: of the others their events tell."""
    is_known = _is_known(workspace, database)
    for reply in sent_replies(workspace):
        if reply.how != COPY and not any(map(is_known, sent_into(workspace, reply))):
            yield from _uses(reply, at)


def _is_known(
    workspace: Workspace, database: sqlite3.Connection
) -> Callable[[tuple[str, str]], bool]:
    if (key := known_key(workspace)) is None:  # then no ticket is known by its id
        return lambda _: False

    def is_known(named: tuple[str, str]) -> bool:
        source, ticket = named
        return entry_events.is_known(database, Pseudonymizer(source, key).ticket_key(ticket))

    return is_known


def _uses(reply: SentReply, at: int) -> Iterator[UsesOfDay]:
    if reply.time < at:
        for id_ in (*reply.entries, *reply.linked):
            yield UsesOfDay(id_, reply.time // DAY, 1)
