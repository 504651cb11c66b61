"""Tickets of Request Tracker: read, answered in Japanese and HTML, resolved."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from cannery.errors import UsageError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.rt.tickets import RtTickets
from cannery.model.desk import Answer, Delivery
from cannery.reply.ticket import read_ticket
from cannery.rest.client import RestError
from tests.desks.rt.conftest import Rt
from tests.desks.rt.server import RequestTracker

TANAKA = {
    "Name": "tanaka",
    "RealName": "田中 太郎",
    "EmailAddress": "tanaka@x.example",
    "Organization": "Acme KK",
    "Lang": "ja",
}
JAPANESE = Answer(
    "reply",
    "田中 様\n\n返金いたしました。\n",
    "<p>田中 様</p>\n<p><strong>返金</strong>いたしました。</p>",
    "",
    {"status": "solved"},
    "0123456789abcdef0123456789abcdef",
)


@pytest.fixture(scope="module", autouse=True)
def people(rt: Rt) -> None:
    rt.ask("POST", "user", TANAKA)
    rt.ask("POST", "queue", {"Name": "Billing"})
    rt.add_custom_field("Plan", "General")


@pytest.fixture
def ticket(rt: Rt) -> str:
    made = rt.ask(
        "POST",
        "ticket",
        {
            "Queue": "General", "Subject": "返金について", "Requestor": "tanaka@x.example",
            "Content": "二重に請求されました。",
        },
    )  # fmt: skip
    return str(made["id"])


@pytest.fixture
def tickets(opening: Opening) -> RtTickets:
    return RtTickets(opening)


def _send(rt: Rt, delivery: Delivery) -> None:
    for call in (delivery.message, *delivery.actions):
        rt.ask(call.method, call.path.removeprefix("/REST/2.0/"), call.body)


def _history(rt: Rt, ticket: str, kind: str) -> list[Any]:
    query = quote(json.dumps([{"field": "Type", "value": kind}]))
    found = rt.ask("GET", f"ticket/{ticket}/history?query={query}")
    return list(found["items"])


def test_a_ticket_tells_who_asks_and_what(rt: Rt, tickets: RtTickets, ticket: str) -> None:
    known: Any = read_ticket(json.dumps(tickets.fetch(ticket)), "rt")
    assert known["subject"] == "返金について"
    assert known["description"] == "二重に請求されました。"
    assert known["requester"] == {
        "name": "田中 太郎",
        "first_name": "太郎",
        "last_name": "田中",
        "email": "tanaka@x.example",
        "locale": "ja",
    }
    assert known["organization"] == {"name": "Acme KK"}
    assert known["group"] == {"name": "General"}
    assert known["url"] == f"{rt.address}/SelfService/Display.html?id={ticket}"


def test_a_ticket_that_is_not_there_is_refused(tickets: RtTickets) -> None:
    with pytest.raises(RestError) as raised:
        tickets.fetch("999999")
    assert raised.value.code == 404


@pytest.mark.parametrize("ticket", ["", "0", "-1", "1/history", "１", "x"])
def test_only_a_number_names_a_ticket(tickets: RtTickets, ticket: str) -> None:
    with pytest.raises(UsageError):
        tickets.fetch(ticket)


def test_an_answer_in_japanese_and_html_is_mailed_and_the_ticket_is_resolved(
    rt: Rt, tickets: RtTickets, ticket: str
) -> None:
    delivery = tickets.prepare(ticket, JAPANESE)
    _send(rt, delivery)
    assert delivery.losses == ()
    assert rt.ask("GET", f"ticket/{ticket}")["Status"] == "resolved"
    message = next(iter(tickets.messages(ticket)))
    assert (message.how, message.key) == ("reply", JAPANESE.key)
    assert "<strong>返金</strong>いたしました。" in message.text


def test_a_customer_does_not_see_the_key(rt: Rt, tickets: RtTickets, ticket: str) -> None:
    _send(rt, tickets.prepare(ticket, JAPANESE))
    if isinstance(rt, RequestTracker):
        assert "strong" in rt.mails()
        assert JAPANESE.key not in rt.mails()


def test_a_note_is_a_comment_and_is_mailed_to_no_customer(
    rt: Rt, tickets: RtTickets, ticket: str
) -> None:
    note = JAPANESE._replace(how="note", html="<p>only-for-us</p>", actions={})
    _send(rt, tickets.prepare(ticket, note))
    assert [message.how for message in tickets.messages(ticket)] == ["note"]
    if isinstance(rt, RequestTracker):
        assert "only-for-us" not in rt.mails()
    assert rt.ask("GET", f"ticket/{ticket}")["Status"] == "new"


def test_an_answer_without_html_keeps_its_lines(rt: Rt, tickets: RtTickets, ticket: str) -> None:
    plain = JAPANESE._replace(html="", text="a <b>\n1 & 2\n", actions={})
    _send(rt, tickets.prepare(ticket, plain))
    assert "<p>a &lt;b&gt;<br>\n1 &amp; 2</p>" in next(iter(tickets.messages(ticket))).text


def test_actions_that_are_sent_twice_change_nothing_more(
    rt: Rt, tickets: RtTickets, ticket: str
) -> None:
    actions = {"status": "solved", "priority": "high", "assignee": "Enoch Root"}
    delivery = tickets.prepare(ticket, JAPANESE._replace(actions=actions))
    assert delivery.losses == ()
    _send(rt, delivery._replace(message=delivery.actions[0]))
    _send(rt, delivery._replace(message=delivery.actions[0]))
    assert len(_history(rt, ticket, "Status")) == 1
    found = rt.ask("GET", f"ticket/{ticket}")
    assert (found["Priority"], found["Owner"]["id"]) == ("100", "root")


def test_whoever_answers_can_take_the_ticket(rt: Rt, tickets: RtTickets, ticket: str) -> None:
    for _ in range(2):
        _send(rt, tickets.prepare(ticket, JAPANESE._replace(actions={"assignee": "current_user"})))
    assert rt.ask("GET", f"ticket/{ticket}")["Owner"]["id"] == "root"


def test_a_custom_field_is_set_by_its_name(rt: Rt, tickets: RtTickets, ticket: str) -> None:
    actions = {"custom_fields": {"Plan": "プロ"}}
    _send(rt, tickets.prepare(ticket, JAPANESE._replace(actions=actions)))
    known: Any = read_ticket(json.dumps(tickets.fetch(ticket)), "rt")
    assert known["custom_fields"] == {"Plan": "プロ"}


def test_a_ticket_goes_to_another_queue(rt: Rt, tickets: RtTickets, ticket: str) -> None:
    _send(rt, tickets.prepare(ticket, JAPANESE._replace(actions={"group": "Billing"})))
    queue = rt.ask("GET", f"ticket/{ticket}?fields[Queue]=Name")["Queue"]
    assert queue["Name"] == "Billing"


@pytest.mark.parametrize(
    ("action", "what"),
    [
        ({"status": "waiting"}, "status: waiting"),
        ({"priority": "top"}, "priority: top"),
        ({"assignee": "nobody.known"}, "assignee: nobody.known"),
        ({"group": "No queue"}, "group: No queue"),
        ({"custom_fields": {"None": "x"}}, "None: x"),
        ({"add_tags": ["vip"]}, "add_tags: vip"),
    ],
)
def test_what_the_desk_would_not_do_is_lost_before_it_is_sent(
    tickets: RtTickets, ticket: str, action: dict[str, object], what: str
) -> None:
    delivery = tickets.prepare(ticket, JAPANESE._replace(actions=action))
    assert [loss.what for loss in delivery.losses] == [what]
    assert delivery.actions == ()


def test_the_newest_message_comes_first_and_is_as_new_as_the_stamp_or_newer(
    rt: Rt, tickets: RtTickets, ticket: str
) -> None:
    first = tickets.prepare(ticket, JAPANESE._replace(actions={}, key="first"))
    _send(rt, first)
    second = tickets.prepare(ticket, JAPANESE._replace(actions={}, key="second"))
    _send(rt, second)
    messages = [*tickets.messages(ticket)]
    assert [message.key for message in messages] == ["second", "first"]
    assert messages[0].time >= second.stamp > ""


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/Ticket/Display.html?id=123", "123"),
        ("/Ticket/Update.html?Action=Respond&id=7", "7"),
        ("/SelfService/Display.html?id=7#txn-9", "7"),
        ("/m/ticket/show?id=7", "7"),
        ("/Articles/Article/Display.html?id=7", ""),
        ("/Ticket/Display.html?id=7x", ""),
        ("/Ticket/Display.html", ""),
    ],
)
def test_a_pages_address_names_its_ticket(
    rt: Rt, tickets: RtTickets, path: str, number: str
) -> None:
    assert tickets.number_in(rt.address + path) == number
    assert not tickets.number_in("https://other.example" + path)
