"""The history of Request Tracker, of a fake one and of a real one (`-m long`)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

import pytest
from tests.desks.rt.conftest import REAL, asked, real_or_fake
from tests.desks.rt.fake import FakeClient
from tests.desks.rt.history import HistoryRt
from tests.desks.rt.server import RequestTracker
from tests.insight.sources import planted

from cannery.insight.sources.rt import api
from cannery.insight.sources.source import Checkpoint, Options
from cannery.model.ticket_event import EventKind, TicketRecord
from cannery.rest.client import Client, Reply
from cannery.rest.rest_error import RestError

Rt = HistoryRt | RequestTracker
_K = EventKind


@pytest.fixture(scope="module", params=["fake", REAL])
def rt(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rt]:
    with real_or_fake(request.param, HistoryRt(), tmp_path_factory.mktemp("rt")) as rt:
        yield rt


@pytest.fixture
def client(rt: Rt) -> Iterator[Client]:
    with asked(rt) as client:
        yield client


def told(client: Client, cursor: str = "") -> list[TicketRecord | Checkpoint]:
    return [*api.records(client, cursor, Options())]


def end_of(client: Client) -> str:
    return [one.cursor for one in told(client) if isinstance(one, Checkpoint)][-1]


def new_ticket(rt: Rt) -> str:
    """A ticket that has been through all of it."""
    if not [one for one in getattr(rt, "tables", {}).get("user", {}).values() if one["Name"] == planted.ADDRESS]:  # fmt: skip
        rt.ask("POST", "user", {"Name": planted.ADDRESS}) if isinstance(rt, HistoryRt) else None
    body = {"Queue": "General", "Subject": planted.WORDS, "Requestor": planted.ADDRESS}
    made = rt.ask("POST", "ticket", {**body, "Content": planted.WORDS})["id"]
    said = {"ContentType": "text/plain", "Content": planted.WORDS}
    rt.ask("POST", f"ticket/{made}/correspond", said)
    rt.ask("PUT", f"ticket/{made}", {"Owner": "root"})
    for status in ("stalled", "open", "resolved", "open"):
        rt.ask("PUT", f"ticket/{made}", {"Status": status})
    rt.ask("POST", f"ticket/{made}/comment", said)
    return str(made)


_COURSE = [_K.CREATED, _K.REPLY, _K.ASSIGNED, _K.PAUSED, _K.RESUMED, _K.SOLVED, _K.REOPENED]


def test_all_that_happened_to_a_ticket_is_told_in_its_order(rt: Rt, client: Client) -> None:
    before = end_of(client)
    number = new_ticket(rt)
    [record] = [one for one in told(client, before) if isinstance(one, TicketRecord)]
    kinds = list(dict.fromkeys(event.kind for event in record.events))
    assert (record.ticket, kinds) == (number, _COURSE)
    assert record.attributes["section"] == "General"
    assert [event.detail for event in record.events if event.kind is _K.PAUSED] == ["waiting"]


def test_a_second_import_asks_for_what_is_new_alone(rt: Rt, client: Client) -> None:
    new_ticket(rt)
    last = [one for one in told(client) if isinstance(one, Checkpoint)][-1]
    assert [one for one in told(client, last.cursor) if isinstance(one, TicketRecord)] == []


def test_a_ticket_that_was_deleted_is_gone(rt: Rt, client: Client) -> None:
    number = new_ticket(rt)
    before = end_of(client)
    rt.ask("PUT", f"ticket/{number}", {"Status": "deleted"})
    [record] = [one for one in told(client, before) if isinstance(one, TicketRecord)]
    assert (record.ticket, [*record.events], record.is_whole) == (number, [], True)


def test_nothing_of_people_and_their_words_gets_in(rt: Rt, client: Client) -> None:
    new_ticket(rt)
    assert not planted.found_in(one for one in told(client) if isinstance(one, TicketRecord))


def test_a_long_history_comes_in_pages_each_of_which_is_a_checkpoint() -> None:
    rt = HistoryRt()
    rt.most = 4
    for _ in range(3):
        new_ticket(rt)
    found = told(FakeClient(rt))
    points = [one for one in found if isinstance(one, Checkpoint)]
    assert len(points) == -(-len(rt.tables["transaction"]) // 4) + 1
    whole = {(one.ticket, event.kind) for one in found if isinstance(one, TicketRecord) for event in one.events}  # fmt: skip
    assert len(whole) == 3 * len(_COURSE)


class _Answers:
    """A client that always gets the same answer."""

    def __init__(self, content: object) -> None:
        self._content = content

    def ask(self, *_: object, **__: object) -> Reply:
        return Reply(200, self._content, {})


_ROW = {"type": "transaction", "id": "5", "ObjectId": "1", "Created": "2024-11-01T11:00:00Z", "Type": "Create"}  # fmt: skip


def test_a_list_that_does_not_go_on_is_an_error() -> None:
    with pytest.raises(RestError, match="goes in circles"):
        told(_Answers({"items": [_ROW]}), "7")


@pytest.mark.parametrize("wrong", [None, True, [], {}, "x" * 500, -1, 10**40, [[]], {"id": {}}], ids=repr)  # fmt: skip
def test_a_value_of_the_wrong_type_costs_nothing_else(wrong: object) -> None:
    rows = [{**_ROW, key: wrong} for key in _ROW]
    answer = {"items": [*rows, wrong, {**_ROW, "id": "9", "ObjectId": "2"}], "pages": wrong}
    pages = api.records(_Answers(answer), "", Options())
    found = [*takewhile(lambda one: isinstance(one, TicketRecord), pages)]
    assert "2" in [one.ticket for one in found if isinstance(one, TicketRecord)]
