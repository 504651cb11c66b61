"""Zendesk's tickets: their context, and the one update that answers them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from cannery.errors import UsageError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.tickets import ZendeskTickets
from cannery.model.desk import Answer
from cannery.model.desk_settings import DeskSettings
from cannery.rest.client import PlainClient
from tests.desks.zendesk.fake import FakeZendesk

NUMBERS: Mapping[str, Mapping[str, str]] = {"groups": {"Old name": "77"}}


@pytest.fixture
def client(fake_zendesk: FakeZendesk) -> Iterator[PlainClient]:
    token = fake_zendesk.oauth.token("read write")
    client = PlainClient(fake_zendesk.address, lambda: {"Authorization": f"Bearer {token}"})
    yield client
    client.close()


@pytest.fixture
def tickets(fake_zendesk: FakeZendesk, client: PlainClient) -> ZendeskTickets:
    settings = DeskSettings("zendesk", "zendesk", fake_zendesk.address)
    return ZendeskTickets(
        Opening(settings, client, ("en",), "en", NUMBERS, lambda *_: "", lambda _: "")
    )


def answer(
    actions: Mapping[str, object] | None = None, how: str = "reply", html: str = "<p>Hello</p>"
) -> Answer:
    return Answer(how, "Hello", html, "", actions or {}, "key-1")


def update(tickets: ZendeskTickets, number: int, **actions: object) -> dict[str, Any]:
    """The update that would be sent."""
    delivery = tickets.prepare(str(number), answer(actions))
    body = delivery.message.body
    assert isinstance(body, dict)
    sent: dict[str, Any] = body["ticket"]
    return sent


def losses(tickets: ZendeskTickets, number: int, **actions: object) -> list[str]:
    return [loss.what for loss in tickets.prepare(str(number), answer(actions)).losses]


def test_a_ticket_comes_with_its_people_and_the_titles_of_its_fields(
    fake_zendesk: FakeZendesk, tickets: ZendeskTickets
) -> None:
    order, empty = fake_zendesk.account.add_field("Order"), fake_zendesk.account.add_field("Plan")
    fields = [{"id": order, "value": "A-7"}, {"id": empty, "value": None}]
    number = fake_zendesk.tickets.add(custom_fields=fields)
    told = tickets.fetch(str(number))
    assert isinstance(told, dict)
    assert told["ticket"]["subject"] == "Help"
    assert [user["name"] for user in told["users"]] == ["Kim Lee"]
    assert [one["name"] for one in told["organizations"]] == ["Acme"]
    assert told["ticket_fields"] == [{"id": str(order), "title": "Order"}]


def test_a_ticket_without_values_of_fields_costs_one_request(
    fake_zendesk: FakeZendesk, tickets: ZendeskTickets
) -> None:
    tickets.fetch(str(number := fake_zendesk.tickets.add()))
    assert fake_zendesk.lines == [f"GET /api/v2/tickets/{number}"]


@pytest.mark.parametrize(("how", "is_public"), [("reply", True), ("note", False)])
def test_an_answer_is_a_comment_in_one_update(
    fake_zendesk: FakeZendesk,
    client: PlainClient,
    tickets: ZendeskTickets,
    how: str,
    *,
    is_public: bool,
) -> None:
    number = fake_zendesk.tickets.add()
    delivery = tickets.prepare(str(number), answer(how=how))
    assert fake_zendesk.tickets.comments(number) == [], "nothing is sent yet"
    assert (delivery.message.method, delivery.actions) == ("PUT", ())
    client.ask(*delivery.message)
    sent = fake_zendesk.tickets.comments(number)[0]
    assert (sent["public"], "<p>Hello</p>" in sent["html_body"]) == (is_public, True)
    (message,) = tickets.messages(str(number))
    assert (message.how, message.key) == (how, "key-1")
    assert message.time > delivery.stamp


def test_actions_become_fields_of_the_update(
    fake_zendesk: FakeZendesk, tickets: ZendeskTickets
) -> None:
    account = fake_zendesk.account
    waiting, order = account.add_status("Waiting for bank", "hold"), account.add_field("Order")
    number = fake_zendesk.tickets.add(tags=["vip", "new"])
    sent = update(
        tickets,
        number,
        status="Waiting for bank",
        priority="High",
        type="question",
        group="支援",
        assignee="current_user",
        add_tags=["refund", "vip"],
        remove_tags="new",
        custom_fields={"Order": "A-7", "4711": True},
    )
    assert sent["tags"] == ["vip", "refund"]
    assert (sent["priority"], sent["type"]) == ("high", "question")
    assert (sent["custom_status_id"], sent["group_id"]) == (waiting, account.groups["支援"])
    assert sent["assignee_id"] == account.agent["id"]
    assert sent["custom_fields"] == [{"id": order, "value": "A-7"}, {"id": 4711, "value": True}]


def test_tags_may_be_set_and_an_agent_named_by_address(
    fake_zendesk: FakeZendesk, tickets: ZendeskTickets
) -> None:
    number = fake_zendesk.tickets.add(tags=["vip"])
    sent = update(tickets, number, set_tags="a b", assignee="ada@example.com", status="solved")
    assert sent["tags"] == ["a", "b"]
    assert sent["status"] == "solved"
    assert sent["assignee_id"] == fake_zendesk.account.agent["id"]


def test_a_number_of_the_lock_file_is_not_asked_for(
    fake_zendesk: FakeZendesk, tickets: ZendeskTickets
) -> None:
    number = fake_zendesk.tickets.add()
    assert update(tickets, number, group="Old name")["group_id"] == 77
    assert len(fake_zendesk.lines) == 1


def test_what_zendesk_has_not_is_lost_before_anything_is_sent(
    fake_zendesk: FakeZendesk, tickets: ZendeskTickets
) -> None:
    number = fake_zendesk.tickets.add()
    assert losses(
        tickets,
        number,
        status="Frozen",
        priority="P1",
        group="Nowhere",
        assignee="no@example.com",
        custom_fields={"Colour": "red"},
        snooze="1d",
        add_tags=7,
        public=True,
    ) == [
        "snooze: 1d",
        "add_tags: 7",
        "priority: P1",
        "status: Frozen",
        "group: Nowhere",
        "assignee: no@example.com",
        "custom_fields: Colour",
    ]


def test_what_looks_like_a_placeholder_is_not_filled_in(
    fake_zendesk: FakeZendesk, client: PlainClient, tickets: ZendeskTickets
) -> None:
    number = fake_zendesk.tickets.add()
    html = "<p>You wrote {{ticket.comments_formatted}} <code>${{ x }}</code></p>"
    client.ask(*tickets.prepare(str(number), answer(html=html)).message)
    kept = fake_zendesk.tickets.comments(number)[0]["html_body"]
    assert "(filled in)" not in kept
    assert "<code>${{ x }}</code>" in kept


def test_a_closed_ticket_is_refused(fake_zendesk: FakeZendesk, tickets: ZendeskTickets) -> None:
    with pytest.raises(UsageError, match="is closed"):
        tickets.prepare(str(fake_zendesk.tickets.add(status="closed")), answer())


@pytest.mark.parametrize("written", ["../users/1", "12a", "", "１２"])
def test_only_a_number_is_asked_for(
    fake_zendesk: FakeZendesk, tickets: ZendeskTickets, written: str
) -> None:
    with pytest.raises(UsageError):
        tickets.fetch(written)
    assert fake_zendesk.lines == []


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/agent/tickets/123", "123"),
        ("/agent/tickets/123/events?x=1#c", "123"),
        ("/hc/en-us/requests/123", "123"),
        ("/tickets/123.json", "123"),
        ("/agent/tickets/new/1", ""),
        ("/agent/tickets/12345678901234567890123", ""),
        ("/hc/articles/123", ""),
    ],
)
def test_a_page_of_a_ticket_has_its_number(
    fake_zendesk: FakeZendesk, tickets: ZendeskTickets, path: str, number: str
) -> None:
    assert tickets.number_in(f"{fake_zendesk.address}{path}") == number
    assert tickets.number_in(f"https://elsewhere.example{path}") == ""
