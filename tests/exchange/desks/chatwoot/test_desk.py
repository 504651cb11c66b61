"""Chatwoot's canned responses and macros beside what all such desks do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.errors import SettingsError
from cannery.exchange.desks.desk import Desk
from cannery.model.location import Kind
from cannery.rest.client import RestError
from tests.desks.chatwoot import FakeChatwoot
from tests.exchange.desks.connected import connected
from tests.exchange.desks.opened import family, macro


@pytest.fixture
def fake() -> FakeChatwoot:
    return FakeChatwoot()


@pytest.fixture
def desk(fake: FakeChatwoot) -> Iterator[Desk]:
    with connected("chatwoot", fake, {"account": "1"}) as desk:
        yield desk


def test_the_code_is_the_shortcut_with_its_language(desk: Desk, fake: FakeChatwoot) -> None:
    said = desk.outgoing(
        family(macro("a", shortcut=";refund"), macro("b", "ja", shortcut=";refund"))
    )
    desk.create(Kind.MACRO, said.parts)
    assert [row["short_code"] for row in fake.responses.all] == ["refund", "refund-ja"]


def test_what_has_no_shortcut_gets_a_code_and_that_is_told(desk: Desk, fake: FakeChatwoot) -> None:
    said = desk.outgoing(family(macro("a")))
    desk.create(Kind.MACRO, said.parts)
    assert [row["short_code"] for row in fake.responses.all] == ["billing-refund"]
    assert ("shortcut", "it is ;billing-refund there") in {
        (loss.what, loss.why) for loss in said.losses
    }


def test_of_two_with_one_code_the_second_is_refused(desk: Desk) -> None:
    said = desk.outgoing(family(macro("a", shortcut=";refund")))
    desk.create(Kind.MACRO, said.parts)
    with pytest.raises(RestError):
        desk.create(Kind.MACRO, said.parts)


@pytest.mark.parametrize(
    ("actions", "there"),
    [
        ({"status": "solved"}, {"action_name": "change_status", "action_params": ["resolved"]}),
        ({"priority": "normal"}, {"action_name": "change_priority", "action_params": ["medium"]}),
        ({"add_tags": ["a"]}, {"action_name": "add_label", "action_params": ["a"]}),
        ({"remove_tags": ["a"]}, {"action_name": "remove_label", "action_params": ["a"]}),
        ({"group": "billing"}, {"action_name": "assign_team", "action_params": [1]}),
        ({"assignee": "current_user"}, {"action_name": "assign_agent", "action_params": ["self"]}),
    ],
)
def test_actions_are_a_macro_beside_the_text(
    desk: Desk, fake: FakeChatwoot, actions: dict[str, object], there: object
) -> None:
    said = desk.outgoing(family(macro("a", shortcut=";a", actions=actions)))
    made = desk.create(Kind.MACRO, said.parts)
    assert fake.macros.all[0]["actions"] == [there]
    assert fake.macros.all[0]["visibility"] == "global"
    assert desk.incoming(made).by_language["en"].keys["actions"] == actions


def test_what_else_a_macro_does_there_stays(desk: Desk, fake: FakeChatwoot) -> None:
    others = [
        {"action_name": "send_email_transcript", "action_params": ["a@example.com"]},
        {"action_name": "assign_agent", "action_params": [7]},
    ]
    fake.responses.add(short_code="a", content="A")
    done = {"action_name": "resolve_conversation", "action_params": []}
    fake.macros.add(name="A ;a", actions=[*others, done], visibility="personal")
    record = next(iter(desk.records(Kind.MACRO)))
    assert (record.title, record.parts["actions.status"]) == ("A", "solved")
    desk.update(record, {"actions.status": "open"})
    status = {"action_name": "change_status", "action_params": ["open"]}
    assert fake.macros.all[0]["actions"] == [*others, status]
    assert fake.macros.all[0]["visibility"] == "personal"


def test_a_name_of_one_word_is_greeted_by_it(desk: Desk) -> None:
    said = desk.outgoing(family(macro("Hello {{ ticket.requester.first_name }}", shortcut=";a")))
    assert said.parts["body.en"] == "Hello {{contact.first_name | default: contact.name}}"


def test_a_value_in_code_is_a_mark(desk: Desk) -> None:
    said = desk.outgoing(family(macro("`{{ ticket.id }}` {{ ticket.id }}", shortcut=";a")))
    assert said.parts["body.en"] == "`[[ticket.id]]` {{conversation.display_id}}"


def test_what_a_link_asks_for_is_seen_beside_it(desk: Desk) -> None:
    said = desk.outgoing(family(macro("[x]({{ upload }}) y", shortcut=";a")))
    assert said.parts["body.en"] == "[x]([[upload]]) [[upload]] y"


@pytest.mark.parametrize("account", ["", "acme", "../2"])
def test_an_account_is_a_number(account: str) -> None:
    with (
        pytest.raises(SettingsError, match=r"chatwoot\.account"),
        connected("chatwoot", FakeChatwoot(), {"account": account}),
    ):
        pass
