from __future__ import annotations

import json
from typing import Any

from cannery.reply.ticket import read_ticket

API = "https://rt.example/REST/2.0"


def _reference(kind: str, name: str) -> dict[str, Any]:
    return {"type": kind, "id": name, "_url": f"{API}/{kind}/{name}"}


TICKET = {
    "id": 7,
    "Subject": "返金について",
    "Status": "open",
    "Priority": "50",
    "Created": "2026-11-26T05:00:27Z",
    "EffectiveId": _reference("ticket", "7"),
    "Queue": {**_reference("queue", "1"), "Name": "Billing"},
    "Owner": _reference("user", "Nobody"),
    "Requestor": [_reference("user", "kim@x.example"), _reference("user", "other")],
    "CustomFields": [
        {"id": "3", "name": "Plan", "values": ["pro"]},
        {"id": "4", "name": "Regions", "values": ["EU", "JP"]},
        {"id": "5", "name": "Notes", "values": []},
    ],
}
TANAKA = {
    "id": 27,
    "Name": "tanaka",
    "RealName": "田中 太郎",
    "EmailAddress": "tanaka@x.example",
    "Lang": "ja",
    "MobilePhone": "090",
    "Organization": "Acme KK",
}


def _read(**more: object) -> dict[str, Any]:
    return read_ticket(json.dumps(TICKET | more), "ticket.json")


def test_a_ticket_tells_its_facts_under_our_names() -> None:
    ticket = _read()
    assert (ticket["id"], ticket["subject"], ticket["status"]) == (7, "返金について", "open")
    assert ticket["group"] == {"name": "Billing"}


def test_its_address_is_the_page_that_a_customer_can_open() -> None:
    assert _read()["url"] == "https://rt.example/SelfService/Display.html?id=7"


def test_the_first_requestor_is_who_asks_with_all_that_is_known() -> None:
    ticket = _read(Requestor=[TANAKA])
    assert ticket["requester"] == {
        "name": "田中 太郎",
        "first_name": "太郎",
        "last_name": "田中",
        "email": "tanaka@x.example",
        "locale": "ja",
        "phone": "090",
    }
    assert ticket["organization"] == {"name": "Acme KK"}


def test_a_requestor_that_was_not_looked_up_is_known_by_a_name_that_may_be_an_address() -> None:
    assert _read()["requester"] == {"email": "kim@x.example"}
    named = _read(Requestor=[_reference("user", "kim")])
    assert named["requester"] == {"name": "kim", "first_name": "kim"}


def test_nobody_is_no_assignee() -> None:
    assert "assignee" not in _read()
    assert _read(Owner=TANAKA)["assignee"]["name"] == "田中 太郎"


def test_custom_fields_are_told_by_their_names() -> None:
    assert _read()["custom_fields"] == {"Plan": "pro", "Regions": ["EU", "JP"]}


def test_parts_of_another_type_are_passed_over() -> None:
    ticket = _read(Requestor="kim", Queue=[1], Owner=None, CustomFields={"a": 1}, EffectiveId=7)
    assert ticket["subject"] == "返金について"
