from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desks.zendesk.asking import Asking, refused
from tests.desks.zendesk.fake import FakeZendesk

_EVENTS = "/api/v2/incremental/ticket_events"


def _row(fake: FakeZendesk, number: int, seconds_ago: int) -> dict[str, object]:
    at = fake.store.time - timedelta(seconds=seconds_ago)
    child = {"event_type": "Comment", "public": True}
    return {"id": number, "created_at": at.isoformat(), "child_events": [child]}


@pytest.fixture
def exports(fake_zendesk: FakeZendesk) -> FakeZendesk:
    times = (400, 300, 300, 200, 30)
    fake_zendesk.exports.events = [_row(fake_zendesk, *one) for one in enumerate(times)]
    fake_zendesk.exports.size = 2
    return fake_zendesk


def test_a_page_has_all_of_its_last_second_which_the_next_page_repeats(
    asking: Asking, exports: FakeZendesk
) -> None:
    first = asking.get(_EVENTS, start_time="0", include="comment_events")
    then = asking.client.ask("GET", first["next_page"]).content
    assert [row["id"] for row in first["ticket_events"]] == [0, 1, 2]
    assert [row["id"] for row in then["ticket_events"]] == [1, 2]
    assert exports.exports.size == 2


def test_the_newest_minute_is_not_told_and_must_not_be_asked_for(
    asking: Asking, exports: FakeZendesk
) -> None:
    exports.exports.size = 100
    told = asking.get(_EVENTS, start_time="0")
    assert [row["id"] for row in told["ticket_events"]] == [0, 1, 2, 3]
    assert told["end_of_stream"]
    with refused(422):
        asking.get(_EVENTS, start_time=str(int(exports.store.time.timestamp()) - 30))


def test_comments_are_told_where_they_are_asked_for(asking: Asking, exports: FakeZendesk) -> None:
    assert exports.exports.events
    assert not asking.get(_EVENTS, start_time="0")["ticket_events"][0]["child_events"]


def test_a_ticket_that_changes_is_told_again_behind_the_cursor(
    asking: Asking, exports: FakeZendesk
) -> None:
    rows = [{**_row(exports, number, 400), "updated_at": _row(exports, number, 400)["created_at"]} for number in (1, 2)]  # fmt: skip
    exports.exports.tickets = rows
    path = "/api/v2/incremental/tickets/cursor"
    first = asking.get(path, start_time="0")
    rows[0]["updated_at"] = _row(exports, 1, 100)["created_at"]
    then = asking.get(path, cursor=first["after_cursor"])
    assert [[row["id"] for row in page["tickets"]] for page in (first, then)] == [[1, 2], [1]]
