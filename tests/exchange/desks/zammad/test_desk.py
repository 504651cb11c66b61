"""Zammad's text modules and macros beside what all such desks do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.exchange.desks.desk import Desk
from cannery.model.location import Kind
from tests.desks.zammad import FakeZammad
from tests.exchange.desks.connected import connected
from tests.exchange.desks.opened import family, macro

_OPTIONS = {"status_hold": "waiting for the moon", "pending_days": "5"}


@pytest.fixture
def fake() -> FakeZammad:
    return FakeZammad()


@pytest.fixture
def desk(fake: FakeZammad) -> Iterator[Desk]:
    with connected("zammad", fake, _OPTIONS) as desk:
        yield desk


@pytest.mark.parametrize(
    ("actions", "perform"),
    [
        ({"status": "solved"}, {"ticket.state_id": {"value": "4"}}),
        ({"status": "hold"}, {"ticket.state_id": {"value": "5"}}),
        ({"priority": "high"}, {"ticket.priority_id": {"value": "3"}}),
        ({"add_tags": ["b", "a"]}, {"ticket.tags": {"operator": "add", "value": "a,b"}}),
        ({"remove_tags": ["a"]}, {"ticket.tags": {"operator": "remove", "value": "a"}}),
        ({"group": "Billing"}, {"ticket.group_id": {"value": "2"}}),
        (
            {"status": "pending"},
            {
                "ticket.state_id": {"value": "3"},
                "ticket.pending_time": {"operator": "relative", "value": "5", "range": "day"},
            },
        ),
    ],
)
def test_actions_are_a_macro_beside_the_text(
    desk: Desk, fake: FakeZammad, actions: dict[str, object], perform: object
) -> None:
    said = desk.outgoing(family(macro("a", shortcut=";a", actions=actions)))
    made = desk.create(Kind.MACRO, said.parts)
    assert fake.macros.all[0]["perform"] == perform
    assert fake.macros.all[0]["name"] == fake.modules.all[0]["name"] == "Refund ;a"
    back = desk.incoming(made).by_language["en"].keys["actions"]
    assert back == {
        name: sorted(it) if isinstance(it, list) else it for name, it in actions.items()
    }


@pytest.mark.parametrize(
    "actions", [{"status": "nowhere"}, {"priority": "urgent"}, {"type": "task"}, {"public": False}]
)
def test_an_action_that_zammad_has_not_is_told(
    desk: Desk, fake: FakeZammad, actions: dict[str, object]
) -> None:
    said = desk.outgoing(family(macro("a", shortcut=";a", actions=actions)))
    assert any(f"actions.{next(iter(actions))}" in loss.what for loss in said.losses)
    desk.create(Kind.MACRO, said.parts)
    assert fake.macros.all == []


def test_what_else_a_macro_does_there_stays(desk: Desk, fake: FakeZammad) -> None:
    owner = {"ticket.owner_id": {"pre_condition": "current_user.id", "value": ""}}
    fake.modules.add(name="Refund ;a", content="<p>a</p>", keywords="")
    fake.macros.add(name="Refund ;a", perform={**owner, "ticket.state_id": {"value": "2"}})
    record = next(iter(desk.records(Kind.MACRO)))
    assert record.parts["actions.status"] == "open"
    desk.update(record, {"actions.status": "solved"})
    assert fake.macros.all[0]["perform"] == {**owner, "ticket.state_id": {"value": "4"}}


def test_a_macro_whose_actions_are_gone_is_no_longer_offered(desk: Desk, fake: FakeZammad) -> None:
    said = desk.outgoing(family(macro("a", shortcut=";a", actions={"status": "solved"})))
    made = desk.create(Kind.MACRO, said.parts)
    changed = desk.update(made, {"actions.status": None})
    assert "actions.status" not in changed.parts
    assert (fake.macros.all[0]["active"], fake.modules.all[0]["active"]) == (False, True)


def test_a_macro_without_a_text_is_none_of_ours(desk: Desk, fake: FakeZammad) -> None:
    fake.macros.add(name="Close", perform={"ticket.state_id": {"value": "4"}})
    assert [*desk.records(Kind.MACRO)] == []


def test_the_groups_that_have_a_text_stay_as_they_are(desk: Desk, fake: FakeZammad) -> None:
    fake.modules.add(name="Refund ;a", content="<p>a</p>", group_ids=[2])
    record = next(iter(desk.records(Kind.MACRO)))
    assert record.parts["restriction"] == ["Billing"]
    desk.update(record, {"body.en": "<p>b</p>"})
    assert fake.modules.all[0]["group_ids"] == [2]
    assert desk.numbers == {"groups": {"Billing": "2"}}


def test_keywords_and_a_note_come_and_go(desk: Desk) -> None:
    words = ("money back", "chargeback")
    said = desk.outgoing(family(macro("a", keywords=words, summary="For refunds.")))
    back = desk.incoming(desk.create(Kind.MACRO, said.parts)).by_language["en"].keys
    assert (back["keywords"], back["summary"]) == (["chargeback", "money back"], "For refunds.")


def test_a_title_in_another_language_without_a_shortcut_is_told(desk: Desk) -> None:
    said = desk.outgoing(family(macro("a"), macro("b", "ja", title="返金")))
    assert said.parts["title.ja"] == "Refund"
    assert any(loss.what == "title.ja" for loss in said.losses)


@pytest.mark.parametrize("title", ["Refund (ja)", "Refund :x", "Refund  twice"])
def test_a_title_that_reads_as_more_than_one_is_told(desk: Desk, title: str) -> None:
    assert desk.outgoing(family(macro("a", title=title))).losses


def test_the_text_that_zammad_rewrites_is_no_change(desk: Desk, fake: FakeZammad) -> None:
    said = desk.outgoing(family(macro("a\nb", shortcut=";a")))
    desk.create(Kind.MACRO, said.parts)
    assert "<br />" in fake.modules.all[0]["content"]
    assert [record.parts for record in desk.records(Kind.MACRO)] == [said.parts]
