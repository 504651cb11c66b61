"""The replies that this machine sent, as events of their tickets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from cannery.insight.additions import Addition, add_known
from cannery.insight.door import Door
from cannery.model.ticket_event import EventKind
from cannery.reply.sent_log import COPY, sent_replies
from cannery.workspace import Workspace

_KINDS = {"entries": EventKind.MACRO, "linked": EventKind.LINKED}


def add_sent(workspace: Workspace, database: sqlite3.Connection, key: bytes) -> None:
    """Tell tickets that have come in which macros and articles were sent into them.

    A ticket's source is the desk's name, or its kind where a file was imported. Raises
    sqlite3.Error.
    """
    add_known(database, _additions(workspace, key))


def _additions(workspace: Workspace, key: bytes) -> Iterator[Addition]:
    for row in sent_replies(workspace):
        at = row.get("time")
        if not isinstance(at, int):
            continue
        for source, ticket in sent_into(workspace, row):
            ticket_key = Door(source, key).ticket_key(ticket)
            for name, kind in _KINDS.items():
                for id_ in _texts(row, name):
                    yield Addition(ticket_key, at, kind, id_)


def sent_into(workspace: Workspace, row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The sources that the ticket of a reply may be of, each with its id; none for a copy."""
    desk, ticket = row.get("desk"), row.get("ticket")
    if not (isinstance(desk, str) and isinstance(ticket, str)) or row.get("how") == COPY:
        return
    settings = workspace.settings.desks.get(desk)
    for source in dict.fromkeys((desk, settings.kind if settings else desk)):
        yield source, ticket


def _texts(row: Mapping[str, object], name: str) -> Iterable[str]:
    value = row.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
