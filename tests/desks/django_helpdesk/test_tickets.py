"""Tickets of django-helpdesk: read, answered in Japanese, resolved."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cannery.errors import UsageError
from cannery.exchange.desks.django_helpdesk import DjangoHelpdeskTickets
from cannery.model.desk import Answer, Delivery
from cannery.reply.ticket import read_ticket
from cannery.rest.client import RestError
from tests.desks.django_helpdesk.conftest import Helpdesk
from tests.desks.django_helpdesk.server import DjangoHelpdesk

JAPANESE = Answer(
    "reply",
    "田中 様\n\n返金いたしました。\n",
    "<p>田中 様</p>\n<p><strong>返金</strong>いたしました。</p>",
    "",
    {"status": "solved"},
    "0123456789abcdef",
)


@pytest.fixture
def ticket(helpdesk: Helpdesk) -> str:
    made: Any = helpdesk.client.ask(
        "POST",
        "/api/tickets/",
        {
            "queue": 1, "title": "返金について", "description": "二重に請求されました。",
            "submitter_email": "tanaka@x.example", "priority": 3,
        },
    ).content  # fmt: skip
    return str(made["id"])


def _send(helpdesk: Helpdesk, delivery: Delivery) -> None:
    for call in (delivery.message, *delivery.actions):
        helpdesk.client.ask(call.method, call.path, call.body)


def _now(helpdesk: Helpdesk, ticket: str) -> Any:  # noqa: ANN401 - JSON
    return helpdesk.client.ask("GET", f"/api/tickets/{ticket}/").content


def _acting(**actions: object) -> Answer:
    return JAPANESE._replace(actions=actions)


def test_a_ticket_tells_who_asks_and_what(tickets: DjangoHelpdeskTickets, ticket: str) -> None:
    known: Any = read_ticket(json.dumps(tickets.fetch(ticket)), "desk")
    assert (known["id"], known["subject"]) == (int(ticket), "返金について")
    assert (known["status"], known["priority"]) == ("open", "normal")
    assert known["requester"] == {"email": "tanaka@x.example"}
    assert known["description"] == "二重に請求されました。"


def test_a_ticket_that_is_not_there_is_refused(tickets: DjangoHelpdeskTickets) -> None:
    with pytest.raises(RestError) as raised:
        tickets.fetch("999999")
    assert raised.value.code == 404


@pytest.mark.parametrize("ticket", ["", "0", "1/x", "１"])
def test_only_a_number_names_a_ticket(tickets: DjangoHelpdeskTickets, ticket: str) -> None:
    with pytest.raises(UsageError):
        tickets.fetch(ticket)


def test_an_answer_in_japanese_is_mailed_as_text_and_the_ticket_is_resolved(
    helpdesk: Helpdesk, tickets: DjangoHelpdeskTickets, ticket: str
) -> None:
    delivery = tickets.prepare(ticket, JAPANESE)
    _send(helpdesk, delivery)
    assert delivery.losses == ()
    assert _now(helpdesk, ticket)["status"] == 3
    message = next(iter(tickets.messages(ticket)))
    assert (message.how, message.text) == ("reply", JAPANESE.text.strip())
    if isinstance(helpdesk, DjangoHelpdesk):
        assert "返金いたしました。" in helpdesk.mails()


def test_a_note_is_not_public_and_is_not_mailed(
    helpdesk: Helpdesk, tickets: DjangoHelpdeskTickets, ticket: str
) -> None:
    note = _acting()._replace(how="note", text="only-for-us")
    _send(helpdesk, tickets.prepare(ticket, note))
    assert next(iter(tickets.messages(ticket))).how == "note"
    if isinstance(helpdesk, DjangoHelpdesk):
        assert "only-for-us" not in helpdesk.mails()


@pytest.mark.parametrize(
    "text",
    [
        "{{ ticket.submitter_email }}",
        "{{ '{{' }}",
        "{# all of this #} stays",
        "{% if x %} and {% endif %}",
        "one {% alone",
        "alone %} too",
        "{{{ x }}} {%% y %%}",
        "50 % { x }",
        "a < b & c > d",
    ],
)
def test_nothing_in_an_answer_is_filled_in_there(
    helpdesk: Helpdesk, tickets: DjangoHelpdeskTickets, ticket: str, text: str
) -> None:
    _send(helpdesk, tickets.prepare(ticket, _acting()._replace(text=text)))
    assert next(iter(tickets.messages(ticket))).text == text


def test_a_subject_would_rename_the_ticket_and_is_lost(
    helpdesk: Helpdesk, tickets: DjangoHelpdeskTickets, ticket: str
) -> None:
    delivery = tickets.prepare(ticket, JAPANESE._replace(subject="Other"))
    _send(helpdesk, delivery)
    assert [loss.what for loss in delivery.losses] == ["subject: Other"]
    assert _now(helpdesk, ticket)["title"] == "返金について"


def test_actions_that_are_sent_twice_change_nothing_more(
    helpdesk: Helpdesk, tickets: DjangoHelpdeskTickets, ticket: str
) -> None:
    answer = _acting(status="pending", priority="high", custom_fields={"plan": "プロ"})
    delivery = tickets.prepare(ticket, answer)
    _send(helpdesk, delivery)
    _send(helpdesk, delivery._replace(message=delivery.actions[0]))
    now = _now(helpdesk, ticket)
    assert (now["on_hold"], now["priority"], now["status"]) == (True, 2, 1)
    assert now["custom_plan"] == "プロ"
    assert len(now["followup_set"]) == 2


def test_users_are_known_by_numbers(
    helpdesk: Helpdesk, tickets: DjangoHelpdeskTickets, ticket: str
) -> None:
    delivery = tickets.prepare(ticket, _acting(assignee="1"))
    _send(helpdesk, delivery)
    assert _now(helpdesk, ticket)["assigned_to"] == 1


def test_a_ticket_that_was_resolved_is_reopened(
    helpdesk: Helpdesk, tickets: DjangoHelpdeskTickets, ticket: str
) -> None:
    _send(helpdesk, tickets.prepare(ticket, _acting(status="open")))
    assert _now(helpdesk, ticket)["status"] == 1
    _send(helpdesk, tickets.prepare(ticket, JAPANESE))
    _send(helpdesk, tickets.prepare(ticket, _acting(status="open")))
    assert _now(helpdesk, ticket)["status"] == 2


@pytest.mark.parametrize(
    ("action", "what"),
    [
        ({"status": "waiting"}, "status: waiting"),
        ({"priority": "top"}, "priority: top"),
        ({"assignee": "kim"}, "assignee: kim"),
        ({"group": "Billing"}, "group: Billing"),
        ({"custom_fields": {"none": "x"}}, "none: x"),
        ({"add_tags": ["vip"]}, "add_tags: vip"),
    ],
)
def test_what_the_desk_would_not_do_is_lost_before_it_is_sent(
    tickets: DjangoHelpdeskTickets, ticket: str, action: dict[str, object], what: str
) -> None:
    delivery = tickets.prepare(ticket, JAPANESE._replace(actions=action))
    assert [loss.what for loss in delivery.losses] == [what]
    assert delivery.actions == ()


def test_the_newest_message_comes_first_and_is_newer_than_the_stamp(
    helpdesk: Helpdesk, tickets: DjangoHelpdeskTickets, ticket: str
) -> None:
    _send(helpdesk, tickets.prepare(ticket, _acting()._replace(text="first")))
    second = tickets.prepare(ticket, _acting()._replace(text="second"))
    _send(helpdesk, second)
    messages = [*tickets.messages(ticket)]
    assert [message.text for message in messages[:2]] == ["second", "first"]
    assert messages[0].time > second.stamp >= messages[1].time


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/tickets/123/", "123"),
        ("/tickets/123/update/", "123"),
        ("/tickets/123/?x=1", "123"),
        ("/tickets/", ""),
        ("/tickets/submit/", ""),
        ("/kb/3/", ""),
    ],
)
def test_a_pages_address_names_its_ticket(
    helpdesk: Helpdesk, tickets: DjangoHelpdeskTickets, path: str, number: str
) -> None:
    assert tickets.number_in(helpdesk.address + path) == number
    assert not tickets.number_in("https://other.example" + path)
