"""How often entries were used, and first asked for, from real imports and the log of replies."""

from __future__ import annotations

import time
from collections.abc import Iterable

from tests.conftest import Base

from cannery.insight import store
from cannery.insight.knowledge.uses import Uses
from cannery.insight.local_key import local_key
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord
from cannery.operations.entry_names import EntryNames, entry_names
from cannery.operations.insight_store import KEY, events
from cannery.operations.insight_uses import first_asked, uses_before
from cannery.reply.sent_log import COPY, SentReply, log

DAY = 86_400
NOW = int(time.time())
TODAY = NOW // DAY


def _names(base: Base) -> EntryNames:
    ids = ("macros/m", "articles/a", "articles/請求")
    return entry_names(base.workspace, ((id_, "") for id_ in ids), {"articles/old": "articles/a"})


def _ticket(name: str, day: int, *details: str) -> TicketRecord:
    at = day * DAY
    told = [TicketEvent(at, EventKind.CREATED)]
    for number, detail in enumerate(details):
        kind = EventKind.MACRO if detail.startswith("macros/") else EventKind.LINKED
        told.append(TicketEvent(at + 2 * DAY + number, kind, "", detail))
    return TicketRecord(name, told)


def _import(base: Base, records: Iterable[TicketRecord]) -> None:
    arrival = store.Arrival(lambda detail: detail)
    with events(base.workspace) as database:
        store.add(database, "help", records, local_key(base.workspace.state / KEY), arrival)


def _copy(base: Base, entry: str, how: str = COPY, ticket: str = "", desk: str = "") -> None:
    log(base.workspace, SentReply(NOW - DAY, desk, ticket, how, "en", (entry,), ()))


def _uses(base: Base, at: int = NOW) -> Uses:
    return uses_before(base.workspace, _names(base), at)


def test_an_entry_counts_once_for_each_ticket_on_the_day_of_its_first_use(base: Base) -> None:
    records = [
        _ticket("1", 100, "macros/m", "macros/m", "articles/a"),
        _ticket("2", 100, "macros/m", "articles/old"),
    ]
    _import(base, records)
    uses = _uses(base)
    assert uses.count("macros/m", 102, 103) == 2
    assert uses.count("articles/a", 0, 103) == 2
    assert uses.since == 102


def test_what_comes_later_is_not_seen(base: Base) -> None:
    _import(base, [_ticket("1", 100, "macros/m")])
    assert _uses(base, 101 * DAY).count("macros/m", 0, TODAY) == 0


def test_copies_count_and_what_was_sent_into_a_ticket_that_came_in_counts_once(base: Base) -> None:
    day = TODAY - 3
    _import(base, [_ticket("1", day, "macros/m")])
    _copy(base, "articles/請求")
    _copy(base, "macros/m", "reply", "1", "help")
    _copy(base, "macros/m", "reply", "2", "help")
    uses = _uses(base)
    assert uses.count("articles/請求", 0, TODAY + 1) == 1
    assert uses.count("macros/m", 0, TODAY + 1) == 2


def test_without_tickets_replies_from_here_tell_alone(base: Base) -> None:
    _copy(base, "macros/m", "reply", "1", "help")
    assert _uses(base).count("macros/m", 0, TODAY + 1) == 1
    assert first_asked(base.workspace, _names(base), NOW) == {}


def test_a_question_is_as_old_as_the_first_ticket_that_was_answered_with_it(base: Base) -> None:
    _import(base, [_ticket("1", 100, "articles/a"), _ticket("2", 90, "articles/old", "macros/m")])
    assert first_asked(base.workspace, _names(base), NOW) == {"articles/a": 90 * DAY}
