"""Discourse's topics as tickets: what one tells, and what an answer does to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.errors import UsageError
from cannery.reply.ticket import read_answer
from tests.desks.answered import FORUM, Desk, greeting, opened_desk
from tests.desks.discourse import FakeDiscourse


@pytest.fixture
def desk() -> Iterator[Desk]:
    yield from opened_desk(FORUM)


def _forum(desk: Desk) -> FakeDiscourse:
    assert isinstance(desk.fake, FakeDiscourse)
    return desk.fake


def test_macros_see_who_asks_and_what(desk: Desk) -> None:
    facts = read_answer(desk.tickets.fetch("2"), "discourse")
    assert facts["requester"]["name"] == "Kim Lee"  # type: ignore[index]
    told = [facts[name] for name in ("subject", "status", "description", "tags", "url")]
    assert told == ["Printer", "open", "It is *broken*.", ["vip"], f"{desk.fake.address}/t/2"]


def test_an_answer_is_a_post_and_the_first_post_is_none(desk: Desk) -> None:
    assert [*desk.tickets.messages("2")] == []
    before = desk.tickets.prepare("2", greeting("reply"))
    desk.fake.asked.clear()
    desk.answer()
    (message,) = desk.tickets.messages("2")
    assert (message.how, message.text) == ("reply", "Hello **Kim**, see `{{ x }}` and {{ y }}")
    assert message.time > before.stamp


def test_the_newest_posts_come_first_and_not_all_of_them(desk: Desk) -> None:
    for number in range(30):
        _forum(desk).post(2, f"Post {number}")
    found = [one.text for one in desk.tickets.messages("2")]
    assert found == [f"Post {number}" for number in range(29, 19, -1)]


def test_that_a_topic_was_closed_is_no_message(desk: Desk) -> None:
    _forum(desk).post(2, "This topic was closed.")["post_type"] = 3
    assert [*desk.tickets.messages("2")] == []


def test_actions_close_the_topic_and_change_its_tags(desk: Desk) -> None:
    assert desk.answer(status="solved", add_tags=["refund"], remove_tags=["vip"]) == []
    assert (desk.fake.ticket["closed"], desk.fake.ticket["tags"]) == (True, ["refund"])
    desk.fake.asked.clear()
    desk.answer(status="open")
    assert desk.fake.ticket["closed"] is False


def test_what_discourse_has_not_is_lost_before_anything_is_sent(desk: Desk) -> None:
    lost = desk.answer(status="pending", priority="high", assignee="current_user")
    assert {one.partition(":")[0] for one in lost} == {"status", "priority", "assignee"}


@pytest.mark.parametrize("tags", [["a"], [{"id": 1, "name": "a", "slug": "a"}]])
def test_tags_are_read_as_earlier_versions_tell_them_too(tags: list[object]) -> None:
    facts = read_answer({"id": 2, "title": "x", "tags": tags, "post_stream": {"posts": []}}, "x")
    assert facts["tags"] == ["a"]


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/t/printer/5", "5"),
        ("/t/printer/5/12?u=kim#more", "5"),
        ("/t/5/12", "5"),
        ("/t/5.json", "5"),
        ("/t/printer", ""),
        ("/tags/5", ""),
        ("/c/templates/7", ""),
    ],
)
def test_a_page_of_a_topic_has_its_number(desk: Desk, path: str, number: str) -> None:
    assert desk.tickets.number_in(f"{desk.fake.address}{path}") == number
    assert desk.tickets.number_in(f"https://elsewhere.example{path}") == ""


@pytest.mark.parametrize("written", ["../users", "1/2", "", "１"])
def test_only_a_number_is_asked_for(desk: Desk, written: str) -> None:
    with pytest.raises(UsageError):
        desk.tickets.fetch(written)
    assert desk.fake.lines == []


def test_a_topic_that_is_deleted_takes_no_answer(desk: Desk) -> None:
    desk.fake.ticket["deleted_at"] = "2026-01-01T00:00:00Z"
    with pytest.raises(UsageError, match="no topic 2"):
        desk.tickets.prepare("2", greeting("reply"))
