"""Each desk of kb.toml is asked for its tickets, with the sign-in that it has."""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from tests.conftest import Base
from tests.desks.chatwoot_history import ChatwootHistory
from tests.desks.freshdesk_history import FreshdeskHistory
from tests.desks.front_history import FrontHistory
from tests.desks.server import DeskServer
from tests.desks.signed_in import add_desk, sign_in
from tests.desks.zammad_history import ZammadHistory
from tests.insight.sources import planted
from tests.insight.sources.chatwoot import export as chatwoot
from tests.insight.sources.freshdesk import export as freshdesk
from tests.insight.sources.front import export as front
from tests.insight.sources.told import time
from tests.insight.sources.zammad import export as zammad

from cannery.exchange.desks.table import DESKS
from cannery.model.ticket_event import EventKind
from cannery.operations.insight_import import ImportRequest, import_events
from cannery.operations.insight_store import EVENTS, events


def _chatwoot() -> DeskServer:
    desk = ChatwootHistory()
    desk.conversations, desk.answers = [chatwoot.conversation()], [chatwoot.ANSWER]
    desk.written[5], desk.events[5] = chatwoot.MESSAGES, chatwoot.EVENTS
    return desk


def _freshdesk() -> DeskServer:
    desk = FreshdeskHistory()
    desk.tickets, desk.ratings = [freshdesk.ticket(status=4, stats=freshdesk.STATS)], [freshdesk.RATING]  # fmt: skip
    desk.written[20] = freshdesk.CONVERSATIONS
    return desk


def _front() -> DeskServer:
    desk = FrontHistory()
    desk.events = front.EVENTS
    return desk


def _zammad() -> DeskServer:
    desk = ZammadHistory()
    desk.tickets = [zammad.ticket()]
    desk.history[7], desk.articles[7] = zammad.HISTORY, zammad.ARTICLES
    return desk


_CASES = {"chatwoot": _chatwoot, "freshdesk": _freshdesk, "front": _front, "zammad": _zammad}


@contextmanager
def running(make: Callable[[], DeskServer]) -> Iterator[DeskServer]:
    desk = make()
    desk.start()
    yield desk
    desk.stop()


def _kept(base: Base) -> list[tuple[int, int]]:
    with events(base.workspace) as database:
        rows = "SELECT kind, at FROM event ORDER BY at, kind"
        return database.execute(rows).fetchall()


@pytest.mark.parametrize("kind", _CASES)
def test_a_desk_is_asked_twice_and_nothing_is_counted_twice(base: Base, kind: str) -> None:
    with running(_CASES[kind]) as desk:
        add_desk(base, desk.address, kind, 'account = "4"' if kind == "chatwoot" else "")
        sign_in(desk.address, DESKS[kind].sign_in, "token")
        import_events(base.workspace, ImportRequest(kind))
        once = _kept(base)
        import_events(base.workspace, ImportRequest(kind))
    kinds = [EventKind(number) for number, _ in once]
    assert kinds.count(EventKind.CREATED) == 1
    assert {EventKind.REPLY, EventKind.SOLVED, EventKind.REOPENED} <= {*kinds}
    assert _kept(base) == once
    data = (base.workspace.state / EVENTS).read_bytes()
    assert not [secret for secret in planted.ALL if secret.encode() in data]


def test_a_conversation_that_was_opened_again_is_not_solved_for_ever(base: Base) -> None:
    """Of a Chatwoot without events: how it stands now is all that is told."""
    desk = ChatwootHistory()
    desk.has_events, desk.conversations = False, [chatwoot.conversation()]
    desk.written[5] = chatwoot.MESSAGES
    with running(lambda: desk):
        add_desk(base, desk.address, "chatwoot", 'account = "4"')
        sign_in(desk.address, DESKS["chatwoot"].sign_in, "token")
        import_events(base.workspace, ImportRequest("chatwoot"))
        now = int(clock.time())
        desk.conversations = [chatwoot.conversation(status="open", last_activity_at=now)]
        import_events(base.workspace, ImportRequest("chatwoot"))
    kinds = [EventKind(number) for number, _ in _kept(base)]
    assert kinds.index(EventKind.REOPENED) > kinds.index(EventKind.SOLVED)


def test_a_ticket_that_waits_no_more_is_not_paused_for_ever(base: Base) -> None:
    desk = FreshdeskHistory()
    waiting = {"pending_since": freshdesk.STATS["first_responded_at"]}
    desk.tickets = [freshdesk.ticket(status=3, stats=waiting)]
    with running(lambda: desk):
        add_desk(base, desk.address, "freshdesk")
        sign_in(desk.address, DESKS["freshdesk"].sign_in, "token")
        import_events(base.workspace, ImportRequest("freshdesk"))
        assert EventKind.PAUSED in [number for number, _ in _kept(base)]
        desk.tickets = [freshdesk.ticket(updated_at=time(90))]
        import_events(base.workspace, ImportRequest("freshdesk"))
    assert EventKind.PAUSED not in [number for number, _ in _kept(base)]
