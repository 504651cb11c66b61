"""GitLab's saved replies beside what all such desks do."""

from __future__ import annotations

import pytest

from cannery.model.location import Kind
from cannery.rest.client import RestError
from tests.desks.graphql import FakeGitLab
from tests.exchange.desks.connected import connected
from tests.exchange.desks.opened import family, macro


def test_replies_are_read_page_by_page() -> None:
    fake = FakeGitLab(size=2)
    for number in range(5):
        fake.replies.add(name=f"R{number}", content="a\r\nb")
    with connected("gitlab", fake) as desk:
        records = [*desk.records(Kind.MACRO)]
    assert [record.title for record in records] == [f"R{number}" for number in range(5)]
    assert {record.parts["body.en"] for record in records} == {"a\nb"}
    assert len(fake.lines) == 3


def test_a_text_that_is_too_long_is_told_and_refused() -> None:
    with connected("gitlab", FakeGitLab()) as desk:
        said = desk.outgoing(family(macro("a" * 5000)))
        assert any("longer than 4,096" in loss.why for loss in said.losses)
        with pytest.raises(RestError, match="too long"):
            desk.create(Kind.MACRO, said.parts)


def test_a_group_that_the_token_does_not_show_is_an_error() -> None:
    with (
        connected("gitlab", FakeGitLab("Users"), {"group": "acme"}) as desk,
        pytest.raises(RestError, match="group"),
    ):
        [*desk.records(Kind.MACRO)]


def test_values_that_gitlab_does_not_fill_in_are_marks() -> None:
    with connected("gitlab", FakeGitLab()) as desk:
        said = desk.outgoing(family(macro("Hi {{ ticket.requester.name }}")))
    assert said.parts["body.en"] == "Hi [[ticket.requester.name]]"
    assert said.asked == ("ticket.requester.name",)
