"""Desks whose replies can be read, and not written: Intercom and GitHub."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.exchange.desks.desk import Desk
from cannery.model.location import Kind
from cannery.rest.client import RestError
from tests.desks.graphql import FakeGitHub
from tests.desks.intercom import FakeIntercom
from tests.exchange.desks.connected import connected


def _intercom() -> FakeIntercom:
    fake = FakeIntercom(size=2)
    body = '<p>Hi <attribute key="user.first_name" default="there"/></p>'
    for number in range(5):
        fake.macros.add(type="macro", name=f"R{number}", body=body, visible_to_team_ids=["1"])
    return fake


def _github() -> FakeGitHub:
    fake = FakeGitHub(size=2)
    for number in range(5):
        fake.replies.add(title=f"R{number}", body="Hi **you**")
    return fake


@pytest.fixture(params=["intercom", "github"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    fake = _intercom() if request.param == "intercom" else _github()
    with connected(request.param, fake) as desk:
        yield desk


def test_all_replies_are_read(desk: Desk) -> None:
    titles = [record.title for record in desk.records(Kind.MACRO)]
    assert titles == [f"R{number}" for number in range(5)]


def test_one_reply_is_read(desk: Desk) -> None:
    first = next(iter(desk.records(Kind.MACRO)))
    assert desk.read(Kind.MACRO, first.id) == first
    assert desk.read(Kind.MACRO, "404") is None


def test_no_reply_is_written(desk: Desk) -> None:
    first = next(iter(desk.records(Kind.MACRO)))
    with pytest.raises(RestError, match="no program write"):
        desk.update(first, {"body.en": "x"})
    with pytest.raises(RestError, match="no program write"):
        desk.create(Kind.MACRO, first.parts)
    with pytest.raises(RestError, match="no program delete"):
        desk.delete(first)


def test_values_of_intercom_are_ours() -> None:
    with connected("intercom", _intercom()) as desk:
        record = next(iter(desk.records(Kind.MACRO)))
        back = desk.incoming(record).by_language["en"]
    assert record.parts["restriction"] == ["Billing"]
    assert back.body.strip() == "Hi {{ ticket.requester.first_name | default: 'there' }}"
