from __future__ import annotations

import pytest

from cannery.rest.client import RestError
from tests.desks.faults import Cut, Status, Then, busy
from tests.desks.zendesk.asking import MACROS, Asking, refused
from tests.desks.zendesk.fake import FakeZendesk


def test_the_third_request_fails_and_no_other(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    fake_zendesk.fail(Status(503), at=3)
    asking.get(MACROS)
    asking.get(MACROS)
    with refused(503):
        asking.get(MACROS)
    asking.get(MACROS)


def test_only_requests_that_match_are_counted(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    fake_zendesk.fail(Status(500), method="POST", path="/macros$")
    asking.get(MACROS)
    with refused(500):
        asking.macro()
    asking.macro()


def test_too_many_requests_tells_how_long_to_wait(
    asking: Asking, fake_zendesk: FakeZendesk
) -> None:
    fake_zendesk.fail(busy(7))
    assert asking.status("GET", MACROS) == (429, "7")


def test_a_request_that_fails_changes_nothing(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    fake_zendesk.fail(Status(503), method="POST")
    with refused(503):
        asking.macro()
    assert fake_zendesk.macros.rows == []


@pytest.mark.parametrize(("cut", "count"), [(Cut.BEFORE, 0), (Cut.AFTER, 1), (Cut.HALF, 1)])
def test_a_connection_is_cut_before_or_after_the_act(
    asking: Asking, fake_zendesk: FakeZendesk, cut: Cut, count: int
) -> None:
    fake_zendesk.fail(cut, method="POST")
    with pytest.raises(RestError):
        asking.macro()
    assert len(fake_zendesk.macros.rows) == count


def test_something_happens_just_before_a_request(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    made = asking.macro()
    row = fake_zendesk.macros.rows[0]
    fake_zendesk.fail(Then(lambda: fake_zendesk.store.change(row, {"title": "Meanwhile"})), method="GET")  # fmt: skip
    assert asking.get(f"{MACROS}/{made['id']}")["macro"]["title"] == "Meanwhile"


def test_what_was_asked_is_counted(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    asking.macro()
    with refused(404):
        asking.get("/api/v2/nothing")
    assert fake_zendesk.lines == ["POST /api/v2/macros", "GET /api/v2/nothing"]
    assert [one.code for one in fake_zendesk.asked] == [201, 404]
