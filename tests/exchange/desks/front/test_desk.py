"""Front's message templates beside what all such desks do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.exchange.desks.desk import Desk
from cannery.model.location import Kind
from tests.desks.front import FakeFront
from tests.exchange.desks.connected import connected
from tests.exchange.desks.opened import family, macro


@pytest.fixture
def fake() -> FakeFront:
    return FakeFront(size=2)


@pytest.fixture
def desk(fake: FakeFront) -> Iterator[Desk]:
    with connected("front", fake) as desk:
        yield desk


def test_a_section_is_a_folder(desk: Desk, fake: FakeFront) -> None:
    made = desk.create(Kind.MACRO, desk.outgoing(family(macro("a"))).parts)
    assert [row["name"] for row in fake.folders.all] == ["billing"]
    assert made.parts["section"] == "billing"


def test_a_section_in_another_is_a_folder_in_another(desk: Desk, fake: FakeFront) -> None:
    parts = {**desk.outgoing(family(macro("a"))).parts, "section": "billing/refunds"}
    made = desk.create(Kind.MACRO, parts)
    names = [(row["name"], row.get("parent_folder_id")) for row in fake.folders.all]
    assert names == [("billing", None), ("refunds", "rsf_1")]
    assert made.parts["section"] == "billing/refunds"


def test_a_subject_comes_and_goes(desk: Desk) -> None:
    said = desk.outgoing(family(macro("a", subject="Hello {{ ticket.requester.name }}")))
    assert said.parts["subject.en"] == "Hello {{recipient.name}}"
    back = desk.incoming(desk.create(Kind.MACRO, said.parts)).by_language["en"].keys
    assert back["subject"] == "Hello {{ ticket.requester.name }}"


def test_the_inboxes_that_offer_it_stay_as_they_are(desk: Desk, fake: FakeFront) -> None:
    fake.templates.add(name="A", body="a", inbox_ids=["inb_1"])
    record = next(iter(desk.records(Kind.MACRO)))
    assert record.parts["restriction"] == ["Support"]
    desk.update(record, {"body.en": "<p>b</p>"})
    assert fake.templates.all[0]["inbox_ids"] == ["inb_1"]
