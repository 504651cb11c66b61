"""Freshdesk asked for its tickets, on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.desks.faults import Status
from tests.desks.freshdesk_history import FreshdeskHistory
from tests.insight.sources import planted
from tests.insight.sources.freshdesk.export import CONVERSATIONS, RATING, STATS, ticket
from tests.insight.sources.told import asked, course, last_cursor, records, time

from cannery.insight.sources.freshdesk import api
from cannery.insight.sources.source import Checkpoint, DeskSource, Options
from cannery.model.ticket_event import EventKind
from cannery.rest.rest_error import RestError

_K = EventKind
_SOURCE = DeskSource("freshdesk", api.records)


@pytest.fixture
def desk() -> Iterator[FreshdeskHistory]:
    fake = FreshdeskHistory()
    fake.tickets = [ticket(status=4, stats=STATS), ticket(21, updated_at=time(50))]
    fake.written[20] = CONVERSATIONS
    fake.ratings = [RATING]
    fake.start()
    yield fake
    fake.stop()


def test_tickets_come_with_what_was_written_and_answered(desk: FreshdeskHistory) -> None:
    found = records(asked(_SOURCE, desk))
    assert [record.ticket for record in found] == ["20", "21", "20"]
    assert [kind for kind, _ in course(found[0])] == [
        _K.CREATED, _K.LINKED, _K.REPLY, _K.MESSAGE, _K.REPLY, _K.REOPENED, _K.SOLVED,
    ]  # fmt: skip
    assert course(found[2]) == [(_K.RATED, 70)]
    assert found[0].attributes["section"] == "Printers"


def test_until_when_all_is_told_is_known_at_the_end_alone(desk: FreshdeskHistory) -> None:
    points = [one.ends_at for one in asked(_SOURCE, desk) if isinstance(one, Checkpoint)]
    assert points[0] == 0
    assert points[-1] > 0


def test_a_long_list_goes_on_behind_its_last_time(desk: FreshdeskHistory) -> None:
    desk.tickets = [ticket(number, updated_at=time(number // 3)) for number in range(1, 251)]
    found = records(asked(_SOURCE, desk))
    assert {record.ticket for record in found} >= {str(number) for number in range(1, 251)}
    assert {one.request.query["page"] for one in desk.asked if "order_by" in one.request.query} == {"1"}  # fmt: skip


def test_more_tickets_of_one_second_than_a_page_has_are_all_read(desk: FreshdeskHistory) -> None:
    desk.tickets = [ticket(number) for number in range(1, 231)]
    found = records(asked(_SOURCE, desk))
    assert {record.ticket for record in found} >= {str(number) for number in range(1, 231)}


def test_a_second_import_asks_for_what_changed(desk: FreshdeskHistory) -> None:
    cursor = last_cursor(asked(_SOURCE, desk))
    desk.tickets = [ticket(22, updated_at=time(90)), ticket(20, deleted=True, updated_at=time(91))]
    told = records(asked(_SOURCE, desk, cursor))
    assert [(record.ticket, bool(record.events)) for record in told] == [("22", True), ("20", False)]  # fmt: skip


def test_a_ticket_that_went_away_meanwhile_costs_itself_alone(desk: FreshdeskHistory) -> None:
    desk.fail(Status(404), path="/tickets/21/conversations")
    assert [record.ticket for record in records(asked(_SOURCE, desk))] == ["20", "21", "20"]


def test_an_account_without_surveys_is_read_all_the_same(desk: FreshdeskHistory) -> None:
    desk.has_surveys = False
    options = Options()
    assert len(records(asked(_SOURCE, desk, options=options))) == 2
    assert options.reading.notes


def test_pages_that_are_all_the_same_are_told(desk: FreshdeskHistory) -> None:
    rows = [ticket(number) for number in range(100)]
    desk.fail(Status(200, content=rows), path="/tickets$", times=50)
    with pytest.raises(RestError, match="goes in circles"):
        records(asked(_SOURCE, desk))


@pytest.mark.parametrize("wrong", [{}, None, "text", 7])
def test_an_answer_of_another_kind_is_an_error(desk: FreshdeskHistory, wrong: object) -> None:
    desk.fail(Status(200, content=wrong), path="/tickets$")
    with pytest.raises(RestError, match="something else"):
        records(asked(_SOURCE, desk))


def test_nothing_of_people_and_their_words_gets_in(desk: FreshdeskHistory) -> None:
    assert not planted.found_in(records(asked(_SOURCE, desk)))
