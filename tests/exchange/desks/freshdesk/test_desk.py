"""Freshdesk's canned responses beside what all such desks do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.exchange.desks.desk import Desk
from cannery.model.location import Kind
from tests.desks.freshdesk import FakeFreshdesk
from tests.exchange.desks.connected import connected
from tests.exchange.desks.opened import family, macro


@pytest.fixture
def fake() -> FakeFreshdesk:
    return FakeFreshdesk()


@pytest.fixture
def desk(fake: FakeFreshdesk) -> Iterator[Desk]:
    with connected("freshdesk", fake) as desk:
        yield desk


def test_a_section_is_a_folder_which_is_made_once(desk: Desk, fake: FakeFreshdesk) -> None:
    for title in ("A", "B"):
        desk.create(Kind.MACRO, desk.outgoing(family(macro("a", title=title))).parts)
    assert [row["name"] for row in fake.folders.all] == ["Personal_1", "billing"]
    assert {row["folder_id"] for row in fake.responses.all} == {2}
    assert desk.numbers == {"folders": {"billing": "2"}}
    assert desk.incoming(next(iter(desk.records(Kind.MACRO)))).section == "billing"


def test_what_is_one_agents_own_is_not_read(desk: Desk, fake: FakeFreshdesk) -> None:
    fake.responses.add(title="Mine", content_html="a", folder_id=1, visibility=1)
    assert [*desk.records(Kind.MACRO)] == []


def test_the_groups_that_have_a_response_stay_as_they_are(desk: Desk, fake: FakeFreshdesk) -> None:
    fake.folders.add(name="General")
    fake.responses.add(title="A", content_html="a", folder_id=2, visibility=2, group_ids=[1])
    record = next(iter(desk.records(Kind.MACRO)))
    assert record.parts["restriction"] == ["Billing"]
    desk.update(record, {"body.en": "<p>b</p>"})
    row = fake.responses.all[0]
    assert (row["visibility"], row["group_ids"]) == (2, [1])


def test_actions_are_told_as_lost(desk: Desk) -> None:
    said = desk.outgoing(family(macro("a", actions={"status": "solved"})))
    assert any("actions.status" in loss.what for loss in said.losses)
    assert "actions.status" not in said.parts
