"""What this machine sent joins the events of tickets that came in."""

from __future__ import annotations

import time

from tests.conftest import Base

from cannery.model.ticket_event import EventKind
from cannery.operations.insight_import import ImportRequest, import_events
from cannery.operations.insight_store import events
from cannery.reply.sent_log import COPY, SentReply, log

DESK = '[desks.help]\nkind = "zendesk"\naddress = "https://x.zendesk.com"\n'


def _sent(base: Base, ticket: str, how: str = "reply", desk: str = "help") -> None:
    row = SentReply(int(time.time()), desk, ticket, how, "en", ("macros/m",), ("articles/a",))
    log(base.workspace, row)


def _imported(base: Base, name: str) -> list[tuple[int, str]]:
    path = base.root / "tickets.csv"
    path.write_text("id,created_at\n1,2026-01-05\n2,2026-01-05\n")
    import_events(base.workspace, ImportRequest(str(path), name))
    with events(base.workspace) as database:
        query = "SELECT kind, detail FROM event WHERE kind IN (?, ?) ORDER BY kind"
        rows = database.execute(query, (int(EventKind.MACRO), int(EventKind.LINKED)))
        return [(int(kind), str(detail)) for kind, detail in rows]


BOTH = [(int(EventKind.MACRO), "macros/m"), (int(EventKind.LINKED), "articles/a")]


def test_a_reply_joins_the_ticket_of_its_desk_once(base: Base) -> None:
    base.write("kb.toml", DESK)
    _sent(base, "2")
    assert _imported(base, "help") == BOTH
    assert _imported(base, "help") == BOTH


def test_a_file_of_the_desks_kind_is_of_that_desk(base: Base) -> None:
    base.write("kb.toml", DESK)
    _sent(base, "2")
    assert _imported(base, "zendesk") == BOTH


def test_other_tickets_and_copies_join_none(base: Base) -> None:
    base.write("kb.toml", DESK)
    _sent(base, "7")
    _sent(base, "1", desk="other")
    _sent(base, "1", how=COPY)
    assert _imported(base, "help") == []


def test_it_does_not_say_how_far_the_data_reach(base: Base) -> None:
    base.write("kb.toml", DESK)
    _sent(base, "2")
    _imported(base, "help")
    with events(base.workspace) as database:
        [(ends_at,)] = database.execute("SELECT ends_at FROM source").fetchall()
    assert ends_at < time.time() - 86_400
