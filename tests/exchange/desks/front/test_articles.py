"""Articles in Front's knowledge base."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.errors import SettingsError
from cannery.exchange.desks.desk import Desk
from cannery.model.location import Kind
from cannery.rest.client import RestError
from tests.desks.front import FakeFront
from tests.exchange.desks.connected import connected
from tests.exchange.desks.opened import article, family

_OPTIONS = {"knowledge_base": "knb_1", "author": "tea_1"}
ENGLISH, JAPANESE = article("Hello *you*\n"), article("こんにちは\n", "ja", title="HAR の取得")


@pytest.fixture
def fake() -> FakeFront:
    return FakeFront(size=2)


@pytest.fixture
def desk(fake: FakeFront) -> Iterator[Desk]:
    with connected("front", fake, _OPTIONS) as desk:
        yield desk


def test_what_is_sent_is_what_is_read(desk: Desk, fake: FakeFront) -> None:
    said = desk.outgoing(family(ENGLISH, JAPANESE))
    made = desk.create(Kind.ARTICLE, said.parts)
    assert (made.title, made.parts) == (said.title, said.parts)
    assert [one.parts for one in desk.records(Kind.ARTICLE)] == [said.parts]
    assert desk.read(Kind.ARTICLE, made.id) == made
    assert [row["name"] for row in fake.categories.all] == ["net"]


def test_an_article_comes_back_as_it_went(desk: Desk) -> None:
    body = "## Why\n\nA **b** [c](https://example.com).\n\n> [!NOTE]\n> d\n"
    back = desk.incoming(
        desk.create(Kind.ARTICLE, desk.outgoing(family(article(body), JAPANESE)).parts)
    )
    assert back.section == "net"
    assert dict(back.by_language["en"].keys) == {
        "title": "HAR",
        "audience": "public",
        "status": None,
    }
    assert back.by_language["en"].body == body
    assert back.by_language["ja"].body == "こんにちは\n"


def test_a_change_is_sent_for_its_language_alone(desk: Desk, fake: FakeFront) -> None:
    made = desk.create(Kind.ARTICLE, desk.outgoing(family(ENGLISH, JAPANESE)).parts)
    before = len(fake.lines)
    changed = desk.update(made, {"body.ja": "<p>またね</p>"})
    sent = [line for line in fake.lines[before:] if not line.startswith("GET")]
    assert sent == ["PATCH /knowledge_base_articles/kba_1/locales/ja/content"]
    assert changed.parts == {**made.parts, "body.ja": "<p>またね</p>"}


def test_a_language_comes_and_goes(desk: Desk) -> None:
    made = desk.create(Kind.ARTICLE, desk.outgoing(family(ENGLISH)).parts)
    said = desk.outgoing(family(ENGLISH, JAPANESE)).parts
    both = desk.update(made, said)
    assert both.parts == said
    gone = {"title.ja": None, "body.ja": None}
    assert desk.update(both, gone).parts == made.parts


def test_an_article_is_taken_from_readers_given_back_and_deleted(desk: Desk) -> None:
    made = desk.create(Kind.ARTICLE, desk.outgoing(family(ENGLISH, JAPANESE)).parts)
    off = desk.update(made, {"active": False})
    assert off.parts == {**made.parts, "active": False}
    assert desk.update(off, {"active": True}).parts == made.parts
    desk.delete(made)
    desk.delete(made)
    assert desk.read(Kind.ARTICLE, made.id) is None


def test_articles_are_read_page_by_page(desk: Desk) -> None:
    for number in range(5):
        entry = family(article("a\n", title=f"T{number}"))
        desk.create(Kind.ARTICLE, desk.outgoing(entry).parts)
    assert len([*desk.records(Kind.ARTICLE)]) == 5


def test_an_internal_knowledge_base_gets_nothing(desk: Desk, fake: FakeFront) -> None:
    fake.base["type"] = "internal"
    said = desk.outgoing(family(ENGLISH))
    with pytest.raises(RestError, match="internal"):
        desk.create(Kind.ARTICLE, said.parts)
    assert fake.articles.all == []


@pytest.mark.parametrize("options", [{}, {"knowledge_base": "../x", "author": "tea_1"}])
def test_a_knowledge_base_is_an_id(options: dict[str, str]) -> None:
    wanted = {"knowledge_base": "", **options}
    with (
        pytest.raises(SettingsError, match=r"front\.knowledge_base"),
        connected("front", FakeFront(), wanted),
    ):
        pass
