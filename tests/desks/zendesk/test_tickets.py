from __future__ import annotations

from contextlib import closing

import pytest

from tests.desks.zendesk.asking import Asking, refused
from tests.desks.zendesk.fake import FakeZendesk

_TICKETS = "/api/v2/tickets"


@pytest.fixture
def ticket(fake_zendesk: FakeZendesk) -> int:
    return fake_zendesk.tickets.add("No ink")


def test_people_and_organizations_are_told_where_they_are_asked_for(
    asking: Asking, ticket: int
) -> None:
    told = asking.get(f"{_TICKETS}/{ticket}", include="users,organizations")
    assert [one["name"] for one in told["users"]] == ["Kim Lee"]
    assert [one["name"] for one in told["organizations"]] == ["Acme"]
    assert set(asking.get(f"{_TICKETS}/{ticket}")) == {"ticket"}


def test_a_comment_and_a_status_go_in_at_once(asking: Asking, ticket: int) -> None:
    sent = {"comment": {"html_body": "<div>Thanks</div>", "public": False}, "status": "solved"}
    told = asking.put(f"{_TICKETS}/{ticket}", {"ticket": sent})["ticket"]
    assert told["status"] == "solved"
    last = asking.get(f"{_TICKETS}/{ticket}/comments", sort="-created_at", page__size="1")
    assert (
        last["comments"][0]["html_body"] == '<div class="zd-comment" dir="auto"><p>Thanks</p></div>'
    )
    assert last["comments"][0]["public"] is False


def test_comments_are_paged_from_the_newest(asking: Asking, ticket: int) -> None:
    for text in ("One", "Two"):
        asking.put(f"{_TICKETS}/{ticket}", {"ticket": {"comment": {"body": text}}})
    page = asking.get(f"{_TICKETS}/{ticket}/comments", sort="-created_at", page__size="1")
    rest = asking.client.ask("GET", page["links"]["next"]).content
    assert [one["body"] for one in page["comments"] + rest["comments"]] == ["Two", "One"]


def test_what_is_sent_beside_a_comment_is_kept_with_it(asking: Asking, ticket: int) -> None:
    sent = {"comment": {"body": "x"}, "metadata": {"kb": "key"}}
    asking.put(f"{_TICKETS}/{ticket}", {"ticket": sent})
    told = asking.get(f"{_TICKETS}/{ticket}/comments")["comments"][-1]
    assert told["metadata"]["custom"] == {"kb": "key"}


def test_a_safe_update_of_an_older_ticket_is_a_conflict(asking: Asking, ticket: int) -> None:
    stamp = asking.get(f"{_TICKETS}/{ticket}")["ticket"]["updated_at"]
    asking.put(f"{_TICKETS}/{ticket}", {"ticket": {"priority": "high"}})
    sent = {"safe_update": True, "updated_stamp": stamp, "comment": {"body": "x"}}
    with refused(409):
        asking.put(f"{_TICKETS}/{ticket}", {"ticket": sent})
    assert len(asking.get(f"{_TICKETS}/{ticket}/comments")["comments"]) == 0


def test_a_safe_update_of_the_ticket_as_it_is_goes_in(asking: Asking, ticket: int) -> None:
    stamp = asking.get(f"{_TICKETS}/{ticket}")["ticket"]["updated_at"]
    sent = {"safe_update": True, "updated_stamp": stamp, "status": "pending"}
    assert asking.put(f"{_TICKETS}/{ticket}", {"ticket": sent})["ticket"]["status"] == "pending"


def test_the_same_update_twice_is_two_comments_also_with_a_key(asking: Asking, ticket: int) -> None:
    for _ in range(2):
        body = {"ticket": {"comment": {"body": "x"}}}
        asking.client.ask("PUT", f"{_TICKETS}/{ticket}", body, headers={"Idempotency-Key": "k"})
    assert len(asking.get(f"{_TICKETS}/{ticket}/comments")["comments"]) == 2


def test_a_closed_ticket_takes_nothing(
    asking: Asking, fake_zendesk: FakeZendesk, ticket: int
) -> None:
    fake_zendesk.store.row("tickets", ticket)["status"] = "closed"
    with refused(422):
        asking.put(f"{_TICKETS}/{ticket}", {"ticket": {"comment": {"body": "x"}}})


def test_a_comment_that_says_nothing_is_refused(asking: Asking, ticket: int) -> None:
    with refused(422):
        asking.put(f"{_TICKETS}/{ticket}", {"ticket": {"comment": {"public": True}}})


def test_a_ticket_takes_30_updates_in_ten_minutes(asking: Asking, ticket: int) -> None:
    for _ in range(30):
        asking.put(f"{_TICKETS}/{ticket}", {"ticket": {"priority": "high"}})
    sent = {"ticket": {"priority": "low"}}
    assert asking.status("PUT", f"{_TICKETS}/{ticket}", sent) == (429, "600")


def test_a_new_ticket_with_a_known_key_is_the_one_of_before(asking: Asking) -> None:
    body = {"ticket": {"subject": "New", "comment": {"body": "x"}}}
    answers = [asking.client.ask("POST", _TICKETS, body, headers={"Idempotency-Key": "k"}) for _ in range(2)]  # fmt: skip
    assert [one.headers["x-idempotency-lookup"] for one in answers] == ["miss", "hit"]
    assert answers[0].content["ticket"]["id"] == answers[1].content["ticket"]["id"]


def test_another_ticket_with_a_known_key_is_refused(asking: Asking) -> None:
    for text, code in (("x", 201), ("y", 400)):
        body = {"ticket": {"subject": "New", "comment": {"body": text}}}
        ask = asking.client.ask
        if code == 201:
            ask("POST", _TICKETS, body, headers={"Idempotency-Key": "k"})
        else:
            with refused(code):
                ask("POST", _TICKETS, body, headers={"Idempotency-Key": "k"})


def test_a_key_lives_for_two_hours(fake_zendesk: FakeZendesk) -> None:
    fake_zendesk.oauth.lasts = 10_000
    body = {"ticket": {"subject": "New", "comment": {"body": "x"}}}
    found = []
    with closing(Asking(fake_zendesk).client) as client:
        for passed in (0, 7000, 201):
            fake_zendesk.store.passed(passed)
            reply = client.ask("POST", _TICKETS, body, headers={"Idempotency-Key": "k"})
            found.append(reply.headers["x-idempotency-lookup"])
    assert found == ["miss", "hit", "miss"]
