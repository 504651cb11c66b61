"""Gorgias' macros beside what all such desks do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.exchange.desks.desk import Desk
from cannery.model.location import Kind
from cannery.rest.client import RestError
from tests.desks.gorgias import FakeGorgias
from tests.exchange.desks.connected import connected
from tests.exchange.desks.opened import family, macro


@pytest.fixture
def fake() -> FakeGorgias:
    return FakeGorgias()


@pytest.fixture
def desk(fake: FakeGorgias) -> Iterator[Desk]:
    with connected("gorgias", fake) as desk:
        yield desk


def test_a_macro_there_has_our_id_and_its_language(desk: Desk, fake: FakeGorgias) -> None:
    entry = family(macro("a"), macro("b", "ja", title="返金"))
    said = desk.outgoing(entry)
    made = desk.create(Kind.MACRO, said.parts)
    assert [(row["name"], row["language"], row["external_id"]) for row in fake.macros.all] == [
        ("Refund", "en", "macros/billing/refund"),
        ("返金", "ja", "macros/billing/refund"),
    ]
    back = desk.incoming(made)
    assert (back.section, back.name) == ("billing", "refund")
    assert said.losses == ()


def test_an_id_of_another_program_stays(desk: Desk, fake: FakeGorgias) -> None:
    text = {"body_html": "<p>a</p>"}
    action = {"name": "setResponseText", "title": "x", "arguments": text}
    fake.macros.add(name="A", language="en", external_id="CUS-1", actions=[action])
    record = next(iter(desk.records(Kind.MACRO)))
    desk.update(record, {"body.en": "<p>b</p>"})
    assert fake.macros.all[0]["external_id"] == "CUS-1"


def test_actions_and_a_subject_are_actions_there(desk: Desk, fake: FakeGorgias) -> None:
    actions = {"status": "solved", "priority": "urgent", "add_tags": ["a", "b"]}
    said = desk.outgoing(family(macro("a", subject="S", actions=actions)))
    made = desk.create(Kind.MACRO, said.parts)
    done = {one["name"]: one["arguments"] for one in fake.macros.all[0]["actions"]}
    assert done == {
        "setResponseText": {"body_html": "<p>a</p>", "body_text": "a"},
        "setSubject": {"subject": "S"},
        "addTags": {"tags": "a, b"},
        "setStatus": {"status": "closed"},
        "setPriority": {"priority": "critical"},
    }
    back = desk.incoming(made).by_language["en"].keys
    assert (back["subject"], back["actions"]) == ("S", actions)


def test_what_else_a_macro_does_there_stays(desk: Desk, fake: FakeGorgias) -> None:
    text = {"name": "setResponseText", "title": "x", "arguments": {"body_text": "a"}}
    other = {"name": "http", "title": "Call", "arguments": {"url": "https://example.com"}}
    fake.macros.add(name="A", language="en", actions=[text, other], usage=12)
    record = next(iter(desk.records(Kind.MACRO)))
    assert record.usage == {"all": 12}
    desk.update(record, {"body.en": "<p>b</p>"})
    assert other in fake.macros.all[0]["actions"]


def test_a_macro_that_rules_use_is_not_taken_away_unseen(desk: Desk, fake: FakeGorgias) -> None:
    made = desk.create(Kind.MACRO, desk.outgoing(family(macro("a"))).parts)
    fake.used.add(int(made.id))
    with pytest.raises(RestError, match="rules"):
        desk.update(made, {"active": False})
