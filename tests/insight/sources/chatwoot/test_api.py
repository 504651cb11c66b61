"""Chatwoot asked for its conversations, on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.desks.chatwoot_history import ChatwootHistory
from tests.desks.faults import Status
from tests.insight.sources import planted
from tests.insight.sources.chatwoot.export import (
    ANSWER,
    EVENTS,
    MESSAGES,
    at,
    conversation,
    message,
)
from tests.insight.sources.told import asked, course, last_cursor, records

from cannery.insight.sources.chatwoot import api
from cannery.insight.sources.source import Checkpoint, DeskSource, Options
from cannery.model.desk_settings import DeskSettings
from cannery.model.ticket_event import EventKind
from cannery.rest.rest_error import RestError

_K = EventKind
_SOURCE = DeskSource("chatwoot", api.records)
_OPTIONS = Options(desk=DeskSettings("chatwoot", "chatwoot", "", options={"account": "4"}))


@pytest.fixture
def desk() -> Iterator[ChatwootHistory]:
    fake = ChatwootHistory()
    fake.conversations = [conversation(), conversation(6, status="open", last_activity_at=at(70))]
    fake.written[5], fake.events[5], fake.answers = MESSAGES, EVENTS, [ANSWER]
    fake.start()
    yield fake
    fake.stop()


def test_conversations_come_with_messages_events_and_answers(desk: ChatwootHistory) -> None:
    found = records(asked(_SOURCE, desk, options=_OPTIONS))
    assert [record.ticket for record in found] == ["5", "6", "5"]
    assert [kind for kind, _ in course(found[0])].count(_K.SOLVED) == 2
    assert [kind for kind, _ in course(found[2])] == [_K.RATED]


def test_a_long_conversation_is_read_to_its_beginning(desk: ChatwootHistory) -> None:
    desk.written[5] = [message(number, 1) for number in range(1, 58)]
    [record, *_] = records(asked(_SOURCE, desk, options=_OPTIONS))
    assert len([kind for kind, _ in course(record) if kind is _K.REPLY]) == 57


def test_an_older_chatwoot_without_events_is_asked_for_them_once(desk: ChatwootHistory) -> None:
    desk.has_events = False
    [record, *_] = records(asked(_SOURCE, desk, options=_OPTIONS))
    assert (_K.SOLVED, 41) in course(record)
    assert len([line for line in desk.lines if line.endswith("reporting_events")]) == 1


@pytest.mark.parametrize("wrong", [None, "text", {}, 7, {"payload": None}, [[], 3]])
def test_events_of_another_kind_cost_no_conversation(desk: ChatwootHistory, wrong: object) -> None:
    desk.fail(Status(200, content=wrong), path="/reporting_events$", times=9)
    found = records(asked(_SOURCE, desk, options=_OPTIONS))
    assert [record.ticket for record in found] == ["5", "6", "5"]


def test_events_of_a_conversation_that_has_gone_are_the_only_ones_missed(
    desk: ChatwootHistory,
) -> None:
    desk.conversations[1]["last_activity_at"] = at(50)
    desk.fail(Status(404), path="/conversations/5/reporting_events$")
    desk.conversations.append(conversation(7, last_activity_at=at(90)))
    desk.written[7], desk.events[7] = MESSAGES, EVENTS
    records(asked(_SOURCE, desk, options=_OPTIONS))
    assert "GET /api/v1/accounts/4/conversations/6/reporting_events" in desk.lines


def test_a_second_import_reads_until_what_it_knows(desk: ChatwootHistory) -> None:
    cursor = last_cursor(asked(_SOURCE, desk, options=_OPTIONS))
    desk.conversations.append(conversation(7, last_activity_at=4_000_000_000, status="open"))
    told = records(asked(_SOURCE, desk, cursor, _OPTIONS))
    assert [record.ticket for record in told] == ["7"]


def test_an_import_that_broke_off_goes_on_at_its_page(desk: ChatwootHistory) -> None:
    desk.conversations = [conversation(number, status="open") for number in range(1, 61)]
    desk.fail(Status(403), path="/conversations$", at=3)
    told: list[object] = []
    with pytest.raises(RestError):
        told.extend(asked(_SOURCE, desk, options=_OPTIONS))
    points = [one for one in told if isinstance(one, Checkpoint)]
    assert [point.ends_at for point in points] == [0, 0]
    rest = records(asked(_SOURCE, desk, points[-1].cursor, _OPTIONS))
    assert [int(record.ticket) for record in rest if record.events[0].kind is _K.CREATED] == [*range(51, 61)]  # fmt: skip


def test_pages_that_are_all_the_same_are_told(desk: ChatwootHistory) -> None:
    rows = [conversation(number, status="open") for number in range(25)]
    desk.fail(Status(200, content={"data": {"payload": rows}}), path="/conversations$", times=50)
    with pytest.raises(RestError, match="goes in circles"):
        records(asked(_SOURCE, desk, options=_OPTIONS))


def test_nothing_of_people_and_their_words_gets_in(desk: ChatwootHistory) -> None:
    assert not planted.found_in(records(asked(_SOURCE, desk, options=_OPTIONS)))


def test_a_desk_without_the_number_of_its_account_is_told(desk: ChatwootHistory) -> None:
    with pytest.raises(RestError, match="number of the account"):
        records(asked(_SOURCE, desk))
