"""Discourse's own: the category's topics, what its composer offers, and each write alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.errors import SettingsError
from cannery.exchange.desks.desk import Desk
from cannery.model.desk import Record
from cannery.model.location import Kind
from cannery.rest.client import Manner, PlainClient, Reply, RestError
from tests.desks.discourse import FakeDiscourse
from tests.exchange.desks.opened import family, macro, opened

_OPTIONS = {"category": "7"}


@pytest.fixture
def fake() -> Iterator[FakeDiscourse]:
    fake = FakeDiscourse()
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture
def desk(fake: FakeDiscourse) -> Iterator[Desk]:
    client = PlainClient(fake.address, dict, Manner(sleep=bool))
    yield opened("discourse", client, _OPTIONS)
    client.close()


def _made(desk: Desk, body: str = "We refund you.") -> Record:
    said = desk.outgoing(family(macro(body, shortcut=";refund")))
    return desk.create(Kind.MACRO, said.parts)


def _titles(desk: Desk) -> list[str]:
    return [record.title for record in desk.records(Kind.MACRO)]


def test_what_the_category_is_for_is_no_template(fake: FakeDiscourse, desk: Desk) -> None:
    fake.add("Thanks", "Thank you.")
    assert _titles(desk) == ["Thanks"]


def test_topics_of_a_subcategory_are_left_alone(fake: FakeDiscourse, desk: Desk) -> None:
    fake.add("Elsewhere", "Not here.", category=8)
    assert _titles(desk) == []


def test_a_topic_that_moved_to_another_category_has_gone(fake: FakeDiscourse, desk: Desk) -> None:
    made = _made(desk)
    assert _titles(desk) == ["Refund"]
    fake.topics[int(made.id)]["category_id"] = 8
    assert desk.read(Kind.MACRO, made.id) is None


def test_what_staff_still_see_of_a_deleted_topic_has_gone(fake: FakeDiscourse, desk: Desk) -> None:
    made = _made(desk)
    assert _titles(desk) == ["Refund"]
    fake.topics[int(made.id)]["deleted_at"] = "2026-01-01T00:00:00Z"
    assert desk.read(Kind.MACRO, made.id) is None


@pytest.mark.parametrize(("key", "value"), [("archived", True), ("visible", False)])
def test_what_the_composer_does_not_offer_is_retired_and_comes_back(
    fake: FakeDiscourse, desk: Desk, key: str, value: bool
) -> None:
    made = _made(desk)
    fake.topics[int(made.id)][key] = value
    (found,) = desk.records(Kind.MACRO)
    assert found.parts["active"] is False
    assert desk.update(found, {"active": True}).parts["active"] is True
    topic = fake.topics[int(made.id)]
    assert (topic["archived"], topic["visible"]) == (False, True)


def test_tags_and_answers_of_a_topic_stay_as_they_are(fake: FakeDiscourse, desk: Desk) -> None:
    made = _made(desk)
    fake.topics[int(made.id)]["tags"] = ["billing"]
    fake.post(int(made.id), "Shouldn't this say sorry?")
    changed = desk.update(made, {"title.en": "Money back", "body.en": "We pay you back."})
    topic, posts = fake.topics[int(made.id)], [*fake.posts.values()]
    assert (changed.title, changed.parts["body.en"]) == ("Money back", "We pay you back.")
    assert (topic["title"], topic["tags"]) == ("Money back ;refund", ["billing"])
    assert posts[-1]["raw"] == "Shouldn't this say sorry?"


def test_only_what_differs_is_written(fake: FakeDiscourse, desk: Desk) -> None:
    made = _made(desk)
    fake.asked.clear()
    desk.update(made, {"title.en": "Money back"})
    assert [line for line in fake.lines if line[:3] != "GET"] == [f"PUT /t/-/{made.id}.json"]


def test_a_value_with_a_default_is_discourse_s_own(desk: Desk) -> None:
    body = "Hello {{ ticket.requester.name | default: 'there' }}, I am {{ agent.name }}."
    made = _made(desk, body)
    told = "Hello %{original_poster_name,fallback:there}, I am %{my_name}."
    assert made.parts["body.en"] == told
    assert desk.incoming(made).by_language["en"].body.strip() == body


def test_a_topic_that_waits_for_approval_is_told() -> None:
    class Holding:
        address = "https://forum.example.com"

        def ask(self, *_: object, **__: object) -> Reply:
            return Reply(200, {"action": "enqueued", "success": True}, {})

    desk = opened("discourse", Holding(), _OPTIONS)  # type: ignore[arg-type] # as far as it is asked
    with pytest.raises(RestError, match="approves"):
        _made(desk)


@pytest.mark.parametrize("category", ["", "templates", "７"])
def test_the_category_is_a_number(fake: FakeDiscourse, category: str) -> None:
    client = PlainClient(fake.address, dict, Manner(sleep=bool))
    with pytest.raises(SettingsError, match="category"):
        opened("discourse", client, {"category": category})
