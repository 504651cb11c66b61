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
        desk, ticket, at = row.get("desk"), row.get("ticket"), row.get("time")
        if not (isinstance(desk, str) and isinstance(ticket, str) and isinstance(at, int)):
            continue
        if row.get("how") == COPY:
            continue
        settings = workspace.settings.desks.get(desk)
        for source in dict.fromkeys((desk, settings.kind if settings else desk)):
            ticket_key = Door(source, key).ticket_key(ticket)
            for name, kind in _KINDS.items():
                for id_ in _texts(row, name):
                    yield Addition(ticket_key, at, kind, id_)


def _texts(row: Mapping[str, object], name: str) -> Iterable[str]:
    value = row.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
