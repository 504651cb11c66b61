"""A ticket at a desk: how it is named, and what is known of it then."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Base
from tests.desks.faults import Cut, Status
from tests.desks.signed_in import add_desk, with_zendesk
from tests.desks.zendesk.fake import FakeZendesk

from cannery.errors import CanneryError, UsageError
from cannery.operations.desk_ticket import TicketRef, fetch_ticket, ticket_ref
from cannery.operations.ticket import ticket_facts
from cannery.rest.client import RestError
from cannery.rest.signer import NotSignedInError


@pytest.fixture
def with_desk(base: Base, fake_zendesk: FakeZendesk) -> Base:
    return with_zendesk(base, fake_zendesk)


@pytest.mark.parametrize(
    ("source", "ref"),
    [
        ("zendesk:123", TicketRef(("zendesk",), "123")),
        ("zendesk:#123", TicketRef(("zendesk",), "123")),
        ("other:cnv_1a-b", TicketRef(("other",), "cnv_1a-b")),
        ("nowhere:123", None),
        ("zendesk:1/../2", None),
        ("ticket.json", None),
        ("C:\\ticket.json", None),
    ],
)
def test_a_desk_of_kb_toml_and_an_id_name_one(
    base: Base, source: str, ref: TicketRef | None
) -> None:
    add_desk(base, "https://acme.zendesk.com")
    add_desk(base, "https://app.example.com", "other")
    assert ticket_ref(base.workspace, source) == ref


def test_the_address_of_its_page_names_one_of_the_desks_at_that_host(base: Base) -> None:
    add_desk(base, "https://app.example.com", "one")
    add_desk(base, "https://app.example.com", "two")
    ref = ticket_ref(base.workspace, "https://App.example.com/tickets/7#x")
    assert ref == TicketRef(("one", "two"), "https://App.example.com/tickets/7#x")


@pytest.mark.parametrize(
    "address", ["https://evil.example.com/tickets/7", "https://[/7", "http://"]
)
def test_an_address_elsewhere_is_refused(base: Base, address: str) -> None:
    add_desk(base, "https://acme.zendesk.com")
    with pytest.raises(UsageError, match=r"no desk in kb\.toml"):
        ticket_ref(base.workspace, address)


def test_macros_see_who_asks_in_which_language_and_the_fields_by_their_titles(
    with_desk: Base, fake_zendesk: FakeZendesk
) -> None:
    order = fake_zendesk.account.add_field("Order")
    number = fake_zendesk.tickets.add(
        "返金",
        {"name": "田中 太郎", "email": "taro@example.jp", "locale": "ja"},
        custom_fields=[{"id": order, "value": "A-7"}],
    )
    facts = ticket_facts(with_desk.workspace, f"zendesk:{number}")
    requester = facts["requester"]
    assert isinstance(requester, dict)
    expected = {"name": "田中 太郎", "first_name": "太郎", "last_name": "田中", "locale": "ja"}
    assert requester.items() >= expected.items()
    assert facts["subject"] == "返金"
    assert facts["id"] == number
    assert facts["custom_fields"] == {"Order": "A-7", str(order): "A-7"}
    organization = facts["organization"]
    assert isinstance(organization, dict)
    assert organization["name"] == "Acme"


def test_a_pasted_address_of_its_page_is_the_same_ticket(
    with_desk: Base, fake_zendesk: FakeZendesk
) -> None:
    number = fake_zendesk.tickets.add("Refund")
    page = f"{fake_zendesk.address}/agent/tickets/{number}"
    assert ticket_facts(with_desk.workspace, page)["subject"] == "Refund"
    with pytest.raises(UsageError, match="not the page of a ticket"):
        ticket_facts(with_desk.workspace, f"{fake_zendesk.address}/agent/dashboard")


def test_a_file_of_that_name_goes_first(
    with_desk: Base, fake_zendesk: FakeZendesk, tmp_path: Path
) -> None:
    path = with_desk.root / "zendesk:1"
    path.write_text('{"id": 42}')
    assert ticket_facts(with_desk.workspace, "zendesk:1") == {"id": 42}
    assert fake_zendesk.lines == []


@pytest.mark.parametrize("fault", [Cut.BEFORE, Cut.HALF, Status(502), Status(503)])
def test_a_desk_out_of_reach_is_told_and_the_reply_goes_on(
    with_desk: Base,
    fake_zendesk: FakeZendesk,
    monkeypatch: pytest.MonkeyPatch,
    fault: Cut | Status,
) -> None:
    monkeypatch.setattr("cannery.operations.desk_connect.HASTE", 0.5)
    number = fake_zendesk.tickets.add()
    fake_zendesk.fail(fault, times=9)
    events: list[object] = []
    assert ticket_facts(with_desk.workspace, f"zendesk:{number}", None, events.append) == {}
    assert "Nothing is known of the ticket" in str(events)


def test_a_ticket_that_the_desk_has_not_is_refused(with_desk: Base) -> None:
    with pytest.raises(RestError):
        ticket_facts(with_desk.workspace, "zendesk:404")


def test_without_a_sign_in_the_way_to_it_is_told(base: Base) -> None:
    add_desk(base, "https://acme.zendesk.com")
    with pytest.raises(NotSignedInError) as error:
        ticket_facts(base.workspace, "zendesk:1")
    assert "kb desk login zendesk" in error.value.hint


HOSTILE = "{{ ticket.requester.email }}{% for x in (1..9) %}\x1b]0;owned\x07<script>"


def test_a_hostile_ticket_is_data_and_bounded(with_desk: Base, fake_zendesk: FakeZendesk) -> None:
    ticket = {"subject": HOSTILE, "description": "log " * 2_500_000, "nested": _nested(60)}
    number = fake_zendesk.tickets.add(**ticket)  # type: ignore[arg-type]
    facts = ticket_facts(with_desk.workspace, f"zendesk:{number}")
    assert facts["subject"] == HOSTILE
    assert len(str(facts["description"])) <= 200_000
    assert len(str(facts)) < 500_000


def _nested(depth: int) -> object:
    return [_nested(depth - 1)] if depth else "end"


def test_an_answer_without_a_ticket_is_an_error(
    with_desk: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "cannery.exchange.desks.zendesk.tickets.ZendeskTickets.fetch", lambda *_: {}
    )
    with pytest.raises(CanneryError, match="without a ticket"):
        fetch_ticket(with_desk.workspace, TicketRef(("zendesk",), "1"))
