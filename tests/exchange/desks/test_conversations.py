"""Tickets of four desks: what they tell, and what an answer does to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.errors import UsageError
from cannery.model.desk import Answer
from cannery.reply.ticket import read_answer
from tests.desks.answered import CASES, HTML, Desk, opened_desk


@pytest.fixture(params=CASES, ids=[case.kind for case in CASES])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    yield from opened_desk(request.param)


@pytest.fixture
def zammad() -> Iterator[Desk]:
    yield from opened_desk(CASES[0])


@pytest.fixture
def freshdesk() -> Iterator[Desk]:
    yield from opened_desk(CASES[2])


@pytest.fixture
def front() -> Iterator[Desk]:
    yield from opened_desk(CASES[3])


def test_macros_see_who_asks_and_about_what(desk: Desk) -> None:
    facts = read_answer(desk.tickets.fetch(desk.case.ticket), desk.case.kind)
    requester = facts["requester"]
    assert isinstance(requester, dict)
    name, locale = {
        "zammad": ("太郎 田中", "ja-jp"),
        "chatwoot": ("Kim Lee", "ja"),
        "freshdesk": ("Kim Lee", "ja"),
        "front": ("Kim Lee", None),
    }[desk.case.kind]
    assert (requester["name"], requester.get("locale")) == (name, locale)
    assert "@example" in requester["email"]
    assert facts["subject"] == "Printer"


@pytest.mark.parametrize("how", ["note", "reply"])
def test_an_answer_is_found_again_as_what_it_was(desk: Desk, how: str) -> None:
    before = desk.tickets.prepare(desk.case.ticket, Answer(how, "x", "x", "", {}, "key", "x"))
    desk.fake.asked.clear()
    desk.answer(how)
    (message,) = desk.tickets.messages(desk.case.ticket)
    assert message.how == how
    assert "Hello" in message.text
    assert message.time > before.stamp
    assert before.address == f"{desk.fake.address}{desk.case.page}"


def test_the_newest_message_comes_first(desk: Desk) -> None:
    for how in ("reply", "note", "reply"):
        desk.fake.asked.clear()
        desk.answer(how)
    messages = [*desk.tickets.messages(desk.case.ticket)]
    assert [one.how for one in messages] == ["reply", "note", "reply"]
    assert sorted((one.time for one in messages), reverse=True) == [one.time for one in messages]


def test_actions_change_the_ticket_and_can_be_sent_again(desk: Desk) -> None:
    lost = desk.answer(
        status="solved", add_tags=["refund"], remove_tags=["vip"], assignee="bo@example.com"
    )
    assert lost == []
    ticket = desk.fake.ticket
    told = {
        "zammad": lambda: (ticket["state"], desk.fake.tags, ticket["owner_id"]),  # type: ignore[attr-defined]
        "chatwoot": lambda: (ticket["status"], ticket["labels"], ticket["assignee_id"]),
        "freshdesk": lambda: (ticket["status"], ticket["tags"], ticket["responder_id"]),
        "front": lambda: (ticket["status"], ticket["tag_ids"], ticket["assignee_id"]),
    }[desk.case.kind]()
    assert (
        told
        == {
            "zammad": ("closed", ["refund"], 8),
            "chatwoot": ("resolved", ["refund"], 8),
            "freshdesk": (4, ["refund"], 8),
            "front": ("archived", ["tag_2"], "alt:email:bo@example.com"),
        }[desk.case.kind]
    )


def test_whoever_answers_takes_the_ticket_in_a_group(desk: Desk) -> None:
    lost = desk.answer(assignee="current_user", group="支援")
    ticket = desk.fake.ticket
    names = {"zammad": "owner_id", "freshdesk": "responder_id"}
    own = ticket[names.get(desk.case.kind, "assignee_id")]
    assert own == ("alt:email:ada@example.com" if desk.case.kind == "front" else 9)
    assert lost == (["group: 支援"] if desk.case.kind == "front" else [])


def test_what_a_desk_has_not_is_lost_before_anything_is_sent(desk: Desk) -> None:
    lost = desk.answer(
        status="Frozen", priority="P1", group="Nowhere", snooze="1d", custom_fields={"cf_x": "1"}
    )
    words = {one.partition(":")[0] for one in lost}
    assert words >= {"status", "priority", "group", "snooze"}
    assert ("custom_fields" in words) == (desk.case.kind != "front")


def test_a_page_of_a_ticket_has_its_number(desk: Desk) -> None:
    own = desk.fake.address
    expected = {"zammad": "id-7"}.get(desk.case.kind, desk.case.ticket)
    assert desk.tickets.number_in(f"{own}{desk.case.page}") == expected
    assert desk.tickets.number_in(f"{own}{desk.case.page}/more?a=1") == expected
    assert desk.tickets.number_in(f"https://elsewhere.example{desk.case.page}") == ""
    assert desk.tickets.number_in(f"{own}/dashboard") == ""


@pytest.mark.parametrize("written", ["../users", "1/2", "", "１"])
def test_only_a_number_is_asked_for(desk: Desk, written: str) -> None:
    with pytest.raises(UsageError):
        desk.tickets.fetch(written)
    assert desk.fake.lines == []


def test_another_account_s_conversation_is_none_of_chatwoot_s() -> None:
    for desk in opened_desk(CASES[1]):
        other = f"{desk.fake.address}/app/accounts/2/conversations/5"
        assert desk.tickets.number_in(other) == ""


def test_zammad_knows_a_ticket_by_its_number_and_a_page_s_id(zammad: Desk) -> None:
    for ticket in ("31001", "id-7"):
        told = zammad.tickets.fetch(ticket)
        assert isinstance(told, dict)
        assert told["id"] == 7
    with pytest.raises(UsageError, match="no ticket of number 3100"):
        zammad.tickets.fetch("3100")


def test_an_email_of_zammad_goes_to_the_customer(zammad: Desk) -> None:
    zammad.answer()
    sent = zammad.fake.written[0]
    assert (sent["type"], sent["to"], sent["subject"]) == ("email", "taro@example.jp", "Printer")
    zammad.fake.customer["email"] = ""  # type: ignore[attr-defined]
    zammad.fake.asked.clear()
    with pytest.raises(UsageError, match="no email address"):
        zammad.answer()


def test_a_ticket_that_was_merged_takes_no_answer(zammad: Desk) -> None:
    zammad.fake.ticket["state_id"] = 5
    with pytest.raises(UsageError, match="is merged"):
        zammad.answer()


def test_a_ticket_of_zammad_that_waits_knows_until_when(zammad: Desk) -> None:
    zammad.answer("note", status="pending", custom_fields={"color": "blue"})
    assert zammad.fake.ticket["state"] == "pending reminder"
    assert zammad.fake.ticket["pending_time"] > "2026"
    assert zammad.fake.ticket["color"] == "blue"


def test_a_draft_of_zammad_s_takes_the_place_of_no_other(zammad: Desk) -> None:
    zammad.answer("draft")
    (message,) = zammad.tickets.messages("31001")
    assert (message.how, message.text) == ("draft", HTML)
    zammad.fake.asked.clear()
    zammad.fake.draft["new_article"]["body"] = "another one"  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="another draft"):
        zammad.answer("draft")


def test_front_archives_only_what_is_solved(front: Desk) -> None:
    front.answer()
    assert front.fake.ticket["status"] == "assigned"
    assert front.fake.written[0]["author_id"] == "alt:email:ada@example.com"


def test_a_draft_of_front_s_names_a_channel(front: Desk) -> None:
    front.answer("draft")
    assert front.fake.written[0]["channel_id"] == "cha_1"
    assert [one.how for one in front.tickets.messages("cnv_1")] == ["draft"]


def test_fields_of_front_that_stay_are_sent_too(front: Desk) -> None:
    front.answer("note", custom_fields={"order": "A-7"})
    assert front.fake.ticket["custom_fields"] == {"plan": "pro", "order": "A-7"}


def test_a_requester_who_is_no_contact_of_freshdesk_is_one_without_a_language(
    freshdesk: Desk,
) -> None:
    freshdesk.fake.has_contact = False  # type: ignore[attr-defined]
    facts = read_answer(freshdesk.tickets.fetch("123"), "freshdesk")
    assert isinstance(requester := facts["requester"], dict)
    assert (requester["name"], "locale" in requester) == ("Kim Lee", False)


@pytest.mark.parametrize("how", ["note", "reply"])
def test_what_looks_like_a_placeholder_is_one_in_code_alone(desk: Desk, how: str) -> None:
    desk.answer(how)
    (message,) = desk.tickets.messages(desk.case.ticket)
    assert "{{ x }}" in message.text
    assert ("{{ y }}" in message.text) == (
        desk.case.kind == "zammad" or (desk.case.kind, how) == ("front", "note")
    )


def test_a_status_of_one_s_own_at_freshdesk_is_a_number_in_kb_toml(freshdesk: Desk) -> None:
    assert freshdesk.answer(status="waiting") == []
    assert freshdesk.fake.ticket["status"] == 7
