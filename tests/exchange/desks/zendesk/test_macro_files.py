"""Files that go along with a macro: uploaded first, tied to it after, five at most."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cannery.model.entry import Macro
from cannery.model.location import Kind
from cannery.rest.client import RestError
from tests.desks.faults import Cut, Status
from tests.desks.zendesk.asking import MACROS
from tests.desks.zendesk.asking import Asking as Person
from tests.desks.zendesk.fake import FakeZendesk
from tests.exchange.desks.zendesk.connected import asked, connect, family, macro, push


def _with(*names: str) -> Macro:
    return replace(macro("Hello"), attachments=names)


def _names(person: Person, record_id: str) -> list[str]:
    told = person.get(f"{MACROS}/{record_id}/attachments")["macro_attachments"]
    return sorted(one["filename"] for one in told)


def test_files_are_uploaded_before_the_macro_has_them(
    fake_zendesk: FakeZendesk, person: Person
) -> None:
    record = push(connect(fake_zendesk), _with("a.pdf", "請求書.pdf"))
    assert asked(fake_zendesk) == [f"POST {MACROS}/attachments"] * 2 + [f"POST {MACROS}"]
    assert _names(person, record.id) == ["a.pdf", "請求書.pdf"]
    kept = [row["data"] for row in fake_zendesk.store.table("macro_attachments").values()]
    assert b"a.pdf" * 3 in kept


def test_a_new_file_is_added_to_those_that_are_there(
    fake_zendesk: FakeZendesk, person: Person
) -> None:
    desk = connect(fake_zendesk)
    record = push(desk, _with("a.pdf"))
    parts = desk.outgoing(family(_with("a.pdf", "b.txt"))).parts
    desk.update(record, {"attachments": parts["attachments"]})
    assert _names(person, record.id) == ["a.pdf", "b.txt"]
    start = len(fake_zendesk.lines)
    desk.update(record, {"attachments": parts["attachments"]})  # as a run that was cut off would
    assert not [line for line in asked(fake_zendesk, start) if line.startswith("POST")]
    assert _names(person, record.id) == ["a.pdf", "b.txt"]


def test_files_stay_when_something_else_is_sent(fake_zendesk: FakeZendesk, person: Person) -> None:
    desk = connect(fake_zendesk)
    record = push(desk, _with("a.pdf"))
    desk.update(record, {"title": "Other"})
    assert _names(person, record.id) == ["a.pdf"]


def test_a_macro_has_five_files_at_most(fake_zendesk: FakeZendesk) -> None:
    names = ("a.pdf", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt")
    sent = connect(fake_zendesk).outgoing(family(_with(*names)))
    assert len(sent.parts["attachments"]) == 5  # type: ignore[arg-type]
    assert "f.txt" in [loss.what for loss in sent.losses]


def test_more_than_the_desk_has_room_for_are_refused_before_they_are_uploaded(
    fake_zendesk: FakeZendesk,
) -> None:
    desk = connect(fake_zendesk)
    record = push(desk, _with("a.pdf", "b.txt", "c.txt"))
    parts = desk.outgoing(family(_with("d.txt", "e.txt", "f.txt"))).parts
    start = len(fake_zendesk.lines)
    with pytest.raises(RestError, match="keeps 5 at most"):
        desk.update(record, {"attachments": parts["attachments"]})
    assert asked(fake_zendesk, start) == []


@pytest.mark.parametrize("fault", [Status(500), Cut.BEFORE, Cut.AFTER])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_run_that_is_cut_off_leaves_no_macro_without_its_files(
    fake_zendesk: FakeZendesk, person: Person, fault: Status | Cut, at: int
) -> None:
    desk = connect(fake_zendesk)
    [*desk.records(Kind.MACRO)]
    fake_zendesk.fail(fault, at=at, method="POST")
    with pytest.raises(RestError):
        push(desk, _with("a.pdf", "b.txt"))
    fake_zendesk.heal()
    for row in fake_zendesk.macros.rows:
        assert _names(person, str(row["id"])) == ["a.pdf", "b.txt"]
