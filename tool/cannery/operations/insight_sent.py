"""The replies that this machine sent, as events of their tickets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from cannery.insight.additions import Addition, add_known
from cannery.insight.pseudonyms import Pseudonymizer
from cannery.model.ticket_event import EventKind
from cannery.reply.sent_log import COPY, SentReply, sent_replies
from cannery.workspace import Workspace


def add_sent(workspace: Workspace, database: sqlite3.Connection, key: bytes) -> None:
    """Tell tickets that have come in which macros and articles were sent into them.

    A ticket's source is the desk's name, or its kind where a file was imported. Raises
    sqlite3.Error.
    """
    add_known(database, _additions(workspace, key))


def _additions(workspace: Workspace, key: bytes) -> Iterator[Addition]:
    for reply in sent_replies(workspace):
        kinds = ((EventKind.MACRO, reply.entries), (EventKind.LINKED, reply.linked))
        for source, ticket in sent_into(workspace, reply):
            ticket_key = Pseudonymizer(source, key).ticket_key(ticket)
            for kind, ids in kinds:
                for id_ in ids:
                    yield Addition(ticket_key, reply.time, kind, id_)


def sent_into(workspace: Workspace, reply: SentReply) -> Iterator[tuple[str, str]]:
    """The sources that the ticket of a reply may be of, each with its id; none for a copy."""
    if reply.how == COPY:
        return
    settings = workspace.settings.desks.get(reply.desk)
    for source in dict.fromkeys((reply.desk, settings.kind if settings else reply.desk)):
        yield source, reply.ticket
