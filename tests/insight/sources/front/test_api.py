"""Front asked for its events, on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.desks.faults import Status
from tests.desks.front_history import FrontHistory
from tests.insight.sources import planted
from tests.insight.sources.front.export import EVENTS, event
from tests.insight.sources.told import START, asked, course, last_cursor, records

from cannery.insight.sources.front import api
from cannery.insight.sources.source import Checkpoint, DeskSource
from cannery.model.ticket_event import EventKind
from cannery.rest.rest_error import RestError

_K = EventKind
_SOURCE = DeskSource("front", api.records)


@pytest.fixture
def desk() -> Iterator[FrontHistory]:
    fake = FrontHistory()
    fake.events = [*EVENTS]
    fake.start()
    yield fake
    fake.stop()


def test_events_are_told_from_the_oldest_on(desk: FrontHistory) -> None:
    [record] = records(asked(_SOURCE, desk))
    assert [kind for kind, _ in course(record)].count(_K.SOLVED) == 2
    assert record.attributes == {"section": "Printers"}
    assert not record.is_whole


def test_a_long_history_comes_in_pages_each_of_which_is_a_checkpoint(desk: FrontHistory) -> None:
    desk.events = [event(number, "out_reply") for number in range(1, 41)]
    told = [*asked(_SOURCE, desk)]
    points = [one.ends_at for one in told if isinstance(one, Checkpoint)]
    assert [point - START for point in points[:2]] == [15 * 60, 30 * 60]
    replies = {step for record in records(iter(told)) for step in course(record) if step[0] is _K.REPLY}  # fmt: skip
    assert len(replies) == 40


def test_a_reopening_on_a_later_page_is_one(desk: FrontHistory) -> None:
    desk.events = [event(1, "archive"), *(event(n, "comment") for n in range(2, 20)), event(30, "reopen")]  # fmt: skip
    steps = {step for record in records(asked(_SOURCE, desk)) for step in course(record)}
    assert (_K.REOPENED, 30) in steps


def test_a_second_import_asks_for_what_is_new(desk: FrontHistory) -> None:
    cursor = last_cursor(asked(_SOURCE, desk))
    desk.events.append(event(90, "reopen"))
    [record] = records(asked(_SOURCE, desk, cursor))
    assert (_K.REOPENED, 90) in course(record)
    assert (_K.REPLY, 10) not in course(record)


def test_pages_that_lead_to_one_another_are_told(desk: FrontHistory) -> None:
    desk.is_stuck = True
    with pytest.raises(RestError, match="goes in circles"):
        records(asked(_SOURCE, desk))


@pytest.mark.parametrize("wrong", [[], None, "text", 7])
def test_an_answer_of_another_kind_is_an_error(desk: FrontHistory, wrong: object) -> None:
    desk.fail(Status(200, content=wrong), path="/events")
    with pytest.raises(RestError, match="something else"):
        records(asked(_SOURCE, desk))


def test_nothing_of_people_and_their_words_gets_in(desk: FrontHistory) -> None:
    assert not planted.found_in(records(asked(_SOURCE, desk)))
