from __future__ import annotations

import json
from typing import Any

import pytest

from cannery.errors import UsageError
from cannery.reply.ticket import read_ticket

ZENDESK = {
    "ticket": {
        "id": 35,
        "url": "https://acme.zendesk.com/api/v2/tickets/35.json",
        "subject": "Login",
        "status": "open",
        "priority": None,
        "requester_id": 20978392,
        "organization_id": 7,
        "assignee_id": 235323,
        "group_id": 9,
        "tags": ["a"],
        "via": {
            "channel": "email",
            "source": {"from": {"name": "K. Lee", "address": "k@x.example"}},
        },
        "custom_fields": [{"id": 27648, "value": "pro"}, {"id": 27649, "value": None}],
        "fields": [{"id": 27648, "value": "pro"}],
    }
}
PEOPLE = {
    "users": [
        {"id": 235323, "name": "Aoki"},
        {
            "id": 20978392,
            "name": "Kim Lee",
            "email": "kim@x.example",
            "locale": "ja",
            "phone": None,
        },
    ],
    "organizations": [{"id": 7, "name": "Acme"}],
    "ticket_fields": [{"id": 27648, "title": "Plan"}],
}
PERSON = {"id": 3, "firstname": "Kim", "lastname": "Lee", "email": "kim@x.example"}
ZAMMAD = {
    "id": 1,
    "number": "65001",
    "title": "Login",
    "customer_id": 3,
    "customer": "kim@x.example",
    "state": "open",
    "group": "Users",
    "organization": "Acme",
    "owner": "-",
}
ZAMMAD_FULL = {
    "id": 1,
    "assets": {
        "Ticket": {
            "1": {
                "id": 1,
                "number": "65001",
                "title": "Login",
                "customer_id": 3,
                "state_id": 2,
                "organization_id": 5,
            }
        },
        "User": {"3": PERSON},
        "TicketState": {"2": {"id": 2, "name": "open"}},
        "Organization": {"5": {"id": 5, "name": "Acme"}},
    },
}
FRESHDESK = {
    "id": 20,
    "subject": "Login",
    "status": 2,
    "priority": 3,
    "requester_id": 230,
    "responder_id": None,
    "company_id": 1,
    "requester": {"name": "Kim Lee", "email": "kim@x.example", "mobile": "1"},
    "company": {"name": "Acme"},
    "custom_fields": {"cf_plan": "pro"},
    "due_by": "2026-01-01",
}
CHATWOOT = {
    "id": 12,
    "account_id": 1,
    "status": "open",
    "additional_attributes": {"mail_subject": "Login"},
    "custom_attributes": {"plan": "pro"},
    "meta": {
        "sender": {
            "id": 1,
            "name": "Kim Lee",
            "email": "kim@x.example",
            "additional_attributes": {"company_name": "Acme"},
        },
        "assignee": {"id": 2, "name": "Aoki"},
    },
}
FRONT = {
    "id": "cnv_1",
    "subject": "Login",
    "status": "assigned",
    "ticket_ids": ["TICKET-1"],
    "recipient": {"name": "Kim Lee", "handle": "kim@x.example", "role": "from"},
    "assignee": {"first_name": "Emi", "last_name": "Aoki", "email": "emi@y.example"},
    "custom_fields": {"plan": "pro"},
}
GITHUB = {
    "number": 5,
    "title": "Login",
    "state": "open",
    "html_url": "https://github.com/a/b/issues/5",
    "url": "https://api.github.com/repos/a/b/issues/5",
    "user": {"login": "kim"},
    "body": "It fails.",
    "labels": [{"name": "bug"}],
}
GITLAB = {
    "id": 900, "iid": 5, "title": "Login", "state": "opened", "author": {"name": "Kim Lee", "username": "kim"},
    "web_url": "https://gitlab.com/a/b/-/issues/5", "description": "It fails.",
}  # fmt: skip


def _read(data: object) -> dict[str, Any]:
    return read_ticket(json.dumps(data), "t.json")


def test_zendesks_answer_with_people_beside_it() -> None:
    ticket = _read({**ZENDESK, **PEOPLE})
    assert ticket["requester"]["email"] == "kim@x.example"
    assert ticket["requester"]["first_name"] == "Kim"
    assert ticket["requester"]["locale"] == "ja"
    assert ticket["organization"]["name"] == "Acme"
    assert ticket["assignee"]["name"] == "Aoki"
    assert ticket["custom_fields"] == {"Plan": "pro", "27648": "pro"}
    assert ticket["url"] == "https://acme.zendesk.com/hc/requests/35"


def test_zendesks_answer_alone_has_the_sender_of_the_mail() -> None:
    ticket = _read(ZENDESK)
    assert ticket["requester"]["name"] == "K. Lee"
    assert ticket["requester"]["email"] == "k@x.example"
    assert "organization" not in ticket


@pytest.mark.parametrize("data", [ZAMMAD, ZAMMAD_FULL])
def test_zammads_ticket(data: dict[str, Any]) -> None:
    ticket = _read(data)
    assert (ticket["id"], ticket["subject"], ticket["status"]) == ("65001", "Login", "open")
    assert ticket["requester"]["email"] == "kim@x.example"
    assert ticket["organization"]["name"] == "Acme"


def test_zammads_people_have_both_names() -> None:
    requester = _read(ZAMMAD_FULL)["requester"]
    assert (requester["name"], requester["last_name"]) == ("Kim Lee", "Lee")


@pytest.mark.parametrize(("data", "number"), [(FRESHDESK, 20), (CHATWOOT, 12), (FRONT, "TICKET-1")])
def test_the_tickets_of_other_desks(data: dict[str, Any], number: object) -> None:
    ticket = _read(data)
    assert (ticket["id"], ticket["requester"]["name"]) == (number, "Kim Lee")
    assert ticket["requester"]["first_name"] == "Kim"
    assert ticket["requester"]["email"] == "kim@x.example"
    assert ticket["subject"] == "Login"
    assert "pro" in ticket["custom_fields"].values()


def test_freshdesks_numbers_are_words() -> None:
    ticket = _read(FRESHDESK)
    assert (ticket["status"], ticket["priority"]) == ("open", "high")
    assert ticket["organization"]["name"] == "Acme"


@pytest.mark.parametrize("data", [GITHUB, GITLAB, {"issue": GITHUB}])
def test_an_issue_is_a_ticket(data: dict[str, Any]) -> None:
    ticket = _read(data)
    assert (ticket["id"], ticket["subject"], ticket["description"]) == (5, "Login", "It fails.")
    assert ticket["requester"]["name"] in ("kim", "Kim Lee")
    assert str(ticket["url"]).endswith("/issues/5")
    assert "api." not in str(ticket["url"])


INTERCOM = {
    "type": "conversation", "id": "147", "title": "Login", "state": "open", "custom_attributes": {"plan": "pro"},
    "source": {"type": "email", "author": {"type": "user", "name": "Kim Lee", "email": "kim@x.example"}},
}  # fmt: skip
GORGIAS = {
    "id": 55, "subject": "Login", "channel": "email",
    "customer": {"name": "Kim Lee", "firstname": "Kim", "lastname": "Lee", "email": "kim@x.example"},
}  # fmt: skip
HELP_SCOUT = {
    "id": 10, "number": 349, "subject": "Login", "customFields": [{"id": 8, "name": "plan", "value": "pro"}],
    "primaryCustomer": {"first": "Kim", "last": "Lee", "email": "kim@x.example"},
}  # fmt: skip
JIRA = {
    "id": "10002", "key": "ED-1", "self": "https://a.example/rest/api/2/issue/10002",
    "fields": {"summary": "Login", "status": {"name": "Open"}, "customfield_8": "pro",
               "reporter": {"displayName": "Kim Lee", "emailAddress": "kim@x.example"}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "number"), [(INTERCOM, "147"), (GORGIAS, 55), (HELP_SCOUT, 349), (JIRA, "ED-1")]
)
def test_conversations_of_inboxes_and_issues_of_jira(data: dict[str, Any], number: object) -> None:
    ticket = _read(data)
    assert (ticket["id"], ticket["subject"]) == (number, "Login")
    assert ticket["requester"]["name"] == "Kim Lee"
    assert ticket["requester"]["first_name"] == "Kim"
    assert ticket["requester"]["email"] == "kim@x.example"
    assert data is GORGIAS or "pro" in ticket["custom_fields"].values()


def test_an_issue_of_jira_without_a_key_has_no_address_made_of_one() -> None:
    keyless = {name: value for name, value in JIRA.items() if name != "key"}
    assert _read(JIRA)["url"] == "https://a.example/browse/ED-1"
    assert "url" not in _read(keyless)
    web = "https://a.example/servicedesk/1"
    assert _read({**keyless, "_links": {"web": web}})["url"] == web


def test_a_message_of_the_team_in_intercom_is_not_who_asks() -> None:
    source = {"author": {"type": "admin", "name": "Aoki"}}
    people = {"contacts": [{"name": "Kim Lee", "email": "kim@x.example"}]}
    assert (
        _read({**INTERCOM, "source": source, "contacts": people})["requester"]["name"] == "Kim Lee"
    )


def test_a_request_of_jiras_service_desk() -> None:
    values = [{"fieldId": "summary", "value": "Login"}]
    request = {
        "issueKey": "HELP-1",
        "requestFieldValues": values,
        "currentStatus": {"status": "New"},
    }
    ticket = _read({**request, "reporter": {"displayName": "Kim Lee"}})
    assert (ticket["id"], ticket["subject"], ticket["status"]) == ("HELP-1", "Login", "New")


@pytest.mark.parametrize(("written", "key"), [("Kim Lee", "name"), ("kim@x.example", "email")])
def test_a_requester_that_is_a_text_is_a_name_or_an_address(written: str, key: str) -> None:
    assert _read({"id": 4, "requester": written})["requester"][key] == written


@pytest.mark.parametrize("data", [{"tickets": [{"id": 1}, {"id": 2}]}, [{"id": 1}, {"id": 2}]])
def test_several_tickets_are_refused_with_a_word(data: object) -> None:
    with pytest.raises(UsageError, match="a list of 2 tickets"):
        _read(data)


@pytest.mark.parametrize(
    "data",
    [
        {"meta": {"sender": []}},
        {"requester_id": {}, "users": [1, None, {}], "custom_fields": [3, {"id": []}], "via": 4},
        {"assets": {"Ticket": []}, "id": []},
        {"iid": 1, "title": [], "labels": {}, "author": 3},
        {"status": 2, "due_by": 1, "priority": [1], "requester": "x"},
        {"id": "cnv_", "ticket_ids": {}, "recipient": []},
        {"object_attributes": {"iid": 1, "title": "a", "action": "open"}, "user": 3, "labels": 4},
        {
            "type": "conversation",
            "source": 3,
            "contacts": {"contacts": [1]},
            "ticket_attributes": [],
        },
        {"customer": {"firstname": []}, "subject": 3},
        {"primaryCustomer": [], "customFields": [1, {"id": []}, {"name": "a", "id": 2}]},
        {"fields": {"summary": [], "reporter": 3}, "self": 4, "requestFieldValues": {}},
        {"ts": 1, "text": 2, "permalink": 3, "user_profile": []},
    ],
)
def test_what_only_looks_like_a_desks_does_no_harm(data: object) -> None:
    assert isinstance(_read(data), dict)


def test_our_own_shape_stays_what_it_is() -> None:
    data = {"id": 4, "requester": {"name": "Kim Lee"}, "custom_fields": {"plan": "pro"}, "x": 1}
    ticket = _read(data)
    assert ticket["custom_fields"] == {"plan": "pro"}
    assert ticket["x"] == 1


@pytest.mark.parametrize(
    "head", ["Kim Lee\n  9:41 AM\n", "Kim Lee  9:41 AM\n", "Kim Lee 09:41\n", "Kim Lee\n09:41\n"]
)
def test_a_message_of_slack_tells_its_author_and_its_address(head: str) -> None:
    link = "https://acme.slack.com/archives/C024BE91L/p1355517523000008"
    ticket = read_ticket(f"{head}We can not log in.\n{link}\n", "clipboard")
    assert ticket["url"] == link
    requester = ticket["requester"]
    assert isinstance(requester, dict)
    assert requester["name"] == "Kim Lee"


def test_an_event_of_gitlab_has_who_opened_the_issue_and_nobody_else() -> None:
    attributes = {
        "id": 900,
        "iid": 5,
        "title": "Login",
        "url": GITLAB["web_url"],
        "state": "opened",
    }
    event: dict[str, object] = {"user": {"name": "Kim Lee"}, "labels": [{"title": "bug"}]}
    opened = _read({**event, "object_attributes": {**attributes, "action": "open"}})
    assert (opened["id"], opened["requester"]["name"], opened["tags"]) == (5, "Kim Lee", ["bug"])
    closed = _read({**event, "object_attributes": {**attributes, "action": "close"}})
    assert "requester" not in closed


def test_a_message_of_slacks_api_is_a_ticket() -> None:
    link = "https://acme.slack.com/archives/C024BE91L/p1355517523000008"
    message: dict[str, object] = {
        "type": "message",
        "ts": "1355517523.000008",
        "text": "It fails.",
        "permalink": link,
    }
    message |= {"user_profile": {"real_name": "Kim Lee"}}
    ticket = _read({"ok": True, "messages": [message]})
    assert (ticket["url"], ticket["description"]) == (link, "It fails.")
    assert ticket["requester"]["first_name"] == "Kim"
    with pytest.raises(UsageError, match="a list of 2"):
        _read({"ok": True, "messages": [message, message]})
