"""Articles in Chatwoot's help centre."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cannery.exchange.desks.desk import Desk
from cannery.model.entry import Audience
from cannery.model.location import Kind, Status
from tests.desks.chatwoot import FakeChatwoot
from tests.exchange.desks.connected import connected
from tests.exchange.desks.opened import article, family

_OPTIONS = {"account": "1", "portal": "help"}
ENGLISH, JAPANESE = article("Hello *you*\n"), article("こんにちは\n", "ja", title="HAR の取得")


@pytest.fixture(params=[False, True], ids=["new", "old"])
def fake(request: pytest.FixtureRequest) -> FakeChatwoot:
    return FakeChatwoot(is_old=request.param)


@pytest.fixture
def desk(fake: FakeChatwoot) -> Iterator[Desk]:
    with connected("chatwoot", fake, _OPTIONS) as desk:
        yield desk


def test_what_is_sent_is_what_is_read(desk: Desk, fake: FakeChatwoot) -> None:
    said = desk.outgoing(family(ENGLISH, JAPANESE))
    made = desk.create(Kind.ARTICLE, said.parts)
    assert (made.title, made.parts) == (said.title, said.parts)
    assert [one.parts for one in desk.records(Kind.ARTICLE)] == [said.parts]
    assert desk.read(Kind.ARTICLE, made.id) == made
    assert {row["status"] for row in fake.articles.all} == {"published"}
    assert made.address == f"{fake.address}/hc/help/articles/1-har"


def test_each_language_has_a_category_of_its_own(desk: Desk, fake: FakeChatwoot) -> None:
    for title in ("A", "B"):
        entry = family(article("a\n", title=title), JAPANESE)
        desk.create(Kind.ARTICLE, desk.outgoing(entry).parts)
    categories = [(row["slug"], row["locale"], row["name"]) for row in fake.categories.all]
    assert categories == [("net", "en", "Net"), ("net", "ja", "Net")]


def test_an_article_comes_back_as_it_went(desk: Desk) -> None:
    body = "## Why\n\nA **b** [c](https://example.com).\n\n1. d\n2. e\n\n```sh\nf\n```\n"
    entry = family(article(body, tags=("net",), summary="S"), JAPANESE)
    back = desk.incoming(desk.create(Kind.ARTICLE, desk.outgoing(entry).parts))
    assert back.section == "net"
    assert back.by_language["en"].body == body
    assert back.by_language["ja"].body == "こんにちは\n"
    told = {"title": "HAR", "audience": "public", "status": None, "summary": "S", "tags": ["net"]}
    assert back.by_language["en"].keys == told


def test_a_link_to_an_article_is_an_address_there(desk: Desk) -> None:
    said = desk.outgoing(family(article("[a](../dns/ask.md#b)\n")))
    address = "https://help.example.com/en/articles/dns/ask/#b"
    assert said.parts["body.en"] == f"[a]({address})"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("[a](../internal/b.md)\n", "a"),
        ("![a](assets/b.png)\n", "a"),
        ("[a](b.zip)\n", "a"),
    ],
)
def test_what_customers_can_not_have_is_told(desk: Desk, body: str, text: str) -> None:
    said = desk.outgoing(family(article(body)))
    assert said.parts["body.en"] == text
    assert len(said.losses) == 1


@pytest.mark.parametrize(
    "keys", [{"audience": Audience.INTERNAL}, {"status": Status.DRAFT}, {"status": Status.RETIRED}]
)
def test_what_is_not_for_all_stays_here(desk: Desk, keys: dict[str, Any]) -> None:
    assert desk.outgoing(family(article("a\n", **keys))).parts["active"] is False
    translated = desk.outgoing(family(ENGLISH, article("b\n", "ja", **keys)))
    assert "body.ja" not in translated.parts


@pytest.mark.parametrize(
    "body", ["a <!-- secret --> b\n", "a\n\n[//]: # (secret)\n", "a\n\n<!--\nsecret\n-->\n"]
)
def test_no_comment_goes_there(desk: Desk, body: str) -> None:
    hidden = "S <!-- secret -->"
    entry = article(body, title=hidden, summary=hidden, tags=("<!-- secret -->", "b"))
    said = desk.outgoing(family(entry))
    assert "secret" not in str(said.parts) + said.title


def test_a_change_is_sent_for_its_language_alone(desk: Desk, fake: FakeChatwoot) -> None:
    made = desk.create(Kind.ARTICLE, desk.outgoing(family(ENGLISH, JAPANESE)).parts)
    before = len(fake.lines)
    changed = desk.update(made, {"body.ja": "またね"})
    assert fake.lines[before:] == ["PATCH /api/v1/accounts/1/portals/help/articles/2"]
    assert changed.parts == {**made.parts, "body.ja": "またね"}


def test_a_language_more_belongs_to_the_first(desk: Desk, fake: FakeChatwoot) -> None:
    made = desk.create(Kind.ARTICLE, desk.outgoing(family(ENGLISH)).parts)
    said = desk.outgoing(family(ENGLISH, JAPANESE))
    assert desk.update(made, said.parts).parts == said.parts
    assert [one.parts for one in desk.records(Kind.ARTICLE)] == [said.parts]
    assert fake.articles.by_id["1"]["associated_articles"] == [{"id": 2}]


def test_an_article_is_taken_from_readers_and_given_back(desk: Desk, fake: FakeChatwoot) -> None:
    made = desk.create(Kind.ARTICLE, desk.outgoing(family(ENGLISH, JAPANESE)).parts)
    off = desk.update(made, {"active": False})
    assert {row["status"] for row in fake.articles.all} == {"archived"}
    assert desk.incoming(off).by_language["en"].keys["status"] == "draft"
    assert desk.update(off, {"active": True}).parts == made.parts


def test_a_deleted_article_is_gone(desk: Desk, fake: FakeChatwoot) -> None:
    made = desk.create(Kind.ARTICLE, desk.outgoing(family(ENGLISH, JAPANESE)).parts)
    desk.delete(made)
    assert fake.articles.all == []
    assert desk.read(Kind.ARTICLE, made.id) is None


def test_articles_are_read_page_by_page(desk: Desk, fake: FakeChatwoot) -> None:
    for number in range(60):
        fake.articles.add(title=f"T{number}", content="a", status="published")
    assert len([*desk.records(Kind.ARTICLE)]) == 60


def test_an_article_in_a_language_that_we_do_not_have_stays_there(
    desk: Desk, fake: FakeChatwoot
) -> None:
    fake.articles.add(title="T", content="a", status="published", locale="fr")
    assert [*desk.records(Kind.ARTICLE)] == []


def test_what_was_changed_before_a_time_is_not_read(desk: Desk, fake: FakeChatwoot) -> None:
    fake.articles.add(title="T", content="a", status="published")
    assert [*desk.records(Kind.ARTICLE, "2026-01-02T00:00:00Z")] == []
    assert len([*desk.records(Kind.ARTICLE, "2025-12-31T00:00:00+00:00")]) == 1
