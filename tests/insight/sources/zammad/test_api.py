"""Zammad asked for its tickets, on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.desks.faults import Status
from tests.desks.zammad_history import ZammadHistory
from tests.insight.sources import planted
from tests.insight.sources.told import asked, course, last_cursor, records
from tests.insight.sources.zammad.export import ARTICLES, HISTORY, ticket

from cannery.insight.sources.source import Checkpoint, DeskSource
from cannery.insight.sources.zammad import api
from cannery.model.ticket_event import EventKind
from cannery.rest.rest_error import RestError

_K = EventKind
_SOURCE = DeskSource("zammad", api.records)


@pytest.fixture
def desk() -> Iterator[ZammadHistory]:
    fake = ZammadHistory()
    fake.tickets = [ticket(), ticket(8)]
    fake.history[7], fake.articles[7] = HISTORY, ARTICLES
    fake.start()
    yield fake
    fake.stop()


def test_tickets_come_with_their_history_and_articles(desk: ZammadHistory) -> None:
    found = records(asked(_SOURCE, desk))
    assert [record.ticket for record in found] == ["7", "8"]
    assert len(course(found[0])) == 10
    assert found[0].attributes["section"] == "Printers"


def test_only_tickets_that_changed_are_read_again(desk: ZammadHistory) -> None:
    cursor = last_cursor(asked(_SOURCE, desk))
    desk.tickets[1]["updated_at"] = "2099-01-01T00:00:00Z"
    desk.asked.clear()
    assert [record.ticket for record in records(asked(_SOURCE, desk, cursor))] == ["8"]
    assert "GET /api/v1/ticket_history/7" not in desk.lines


def test_an_import_that_broke_off_goes_on_at_its_page(desk: ZammadHistory) -> None:
    desk.tickets = [ticket(number) for number in range(1, 151)]
    desk.fail(Status(403), path="/tickets$", at=2)
    told: list[object] = []
    with pytest.raises(RestError):
        told.extend(asked(_SOURCE, desk))
    [point] = [one for one in told if isinstance(one, Checkpoint)]
    assert point.ends_at == 0
    rest = records(asked(_SOURCE, desk, point.cursor))
    assert [int(record.ticket) for record in rest] == [*range(101, 151)]


def test_a_ticket_that_went_away_meanwhile_costs_itself_alone(desk: ZammadHistory) -> None:
    desk.fail(Status(404), path="/ticket_history/7")
    assert [record.ticket for record in records(asked(_SOURCE, desk))] == ["7", "8"]


def test_pages_that_are_all_the_same_are_told(desk: ZammadHistory) -> None:
    rows = [ticket(number) for number in range(100)]
    desk.fail(Status(200, content=rows), path="/tickets$", times=50)
    with pytest.raises(RestError, match="goes in circles"):
        records(asked(_SOURCE, desk))


def test_nothing_of_people_and_their_words_gets_in(desk: ZammadHistory) -> None:
    assert not planted.found_in(records(asked(_SOURCE, desk)))
