"""Articles in Freshdesk's solutions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.exchange.desks.desk import Desk
from cannery.model.entry import Audience
from cannery.model.location import Kind
from tests.desks.freshdesk import FakeFreshdesk
from tests.exchange.desks.connected import connected
from tests.exchange.desks.opened import article, family

ENGLISH = article("Hello *you*\n", tags=("net",))


@pytest.fixture
def fake() -> FakeFreshdesk:
    return FakeFreshdesk()


@pytest.fixture
def desk(fake: FakeFreshdesk) -> Iterator[Desk]:
    with connected("freshdesk", fake, {"category": "Support"}) as desk:
        yield desk


def test_what_is_sent_is_what_is_read(desk: Desk, fake: FakeFreshdesk) -> None:
    said = desk.outgoing(family(ENGLISH))
    made = desk.create(Kind.ARTICLE, said.parts)
    assert (made.title, made.parts) == (said.title, said.parts)
    assert [one.parts for one in desk.records(Kind.ARTICLE)] == [said.parts]
    assert desk.read(Kind.ARTICLE, made.id) == made
    assert [row["name"] for row in fake.categories.all] == ["Support"]
    folders = [(row["name"], row["visibility"]) for row in fake.sections.all]
    assert folders == [("net", 1)]


def test_an_article_comes_back_as_it_went(desk: Desk) -> None:
    body = "## Why\n\nA **b** [c](https://example.com).\n\n> [!NOTE]\n> d\n\n```sh\nf\n```\n"
    made = desk.create(Kind.ARTICLE, desk.outgoing(family(article(body, tags=("a",)))).parts)
    back = desk.incoming(made)
    told = {"title": "HAR", "audience": "public", "status": None, "tags": ["a"]}
    assert (back.section, dict(back.by_language["en"].keys)) == ("net", told)
    assert back.by_language["en"].body == body


def test_another_language_is_told_as_lost(desk: Desk) -> None:
    said = desk.outgoing(family(ENGLISH, article("b\n", "ja")))
    assert "body.ja" not in said.parts
    assert [loss.what for loss in said.losses] == ["ja"]


def test_what_is_internal_stays_here(desk: Desk) -> None:
    entry = family(article("a\n", audience=Audience.INTERNAL))
    assert desk.outgoing(entry).parts == {"active": False, "section": "net"}


def test_a_link_to_a_macro_does_not_tell_customers_of_the_internal_site(desk: Desk) -> None:
    said = desk.outgoing(family(article("See [it](../../macros/refund.md)\n")))
    assert said.parts["body.en"] == "<p>See it</p>"
    assert [loss.what for loss in said.losses] == ["../../macros/refund.md"]


def test_what_is_in_a_folder_for_agents_is_internal_here(desk: Desk, fake: FakeFreshdesk) -> None:
    fake.categories.add(name="Support")
    fake.sections.add(name="net", visibility=3, category_id=1)
    fake.articles.add(title="T", description="<p>a</p>", status=2, folder_id=1)
    (record,) = desk.records(Kind.ARTICLE)
    assert desk.incoming(record).by_language["en"].keys["audience"] == "internal"


def test_another_category_is_left_alone(desk: Desk, fake: FakeFreshdesk) -> None:
    fake.categories.add(name="Other")
    fake.sections.add(name="net", visibility=1, category_id=1)
    fake.articles.add(title="T", description="<p>a</p>", status=2, folder_id=1)
    assert [*desk.records(Kind.ARTICLE)] == []


def test_an_article_is_taken_from_readers_moved_and_deleted(
    desk: Desk, fake: FakeFreshdesk
) -> None:
    made = desk.create(Kind.ARTICLE, desk.outgoing(family(ENGLISH)).parts)
    off = desk.update(made, {"active": False, "section": "dns"})
    assert (fake.articles.all[0]["status"], fake.articles.all[0]["folder_id"]) == (1, 2)
    assert off.parts == {**made.parts, "active": False, "section": "dns"}
    assert desk.incoming(off).by_language["en"].keys["status"] == "draft"
    desk.delete(off)
    assert desk.read(Kind.ARTICLE, off.id) is None


def test_articles_are_read_page_by_page(desk: Desk, fake: FakeFreshdesk) -> None:
    fake.categories.add(name="Support")
    fake.sections.add(name="net", visibility=1, category_id=1)
    for number in range(102):
        fake.articles.add(title=f"T{number}", description="<p>a</p>", status=2, folder_id=1)
    assert len([*desk.records(Kind.ARTICLE)]) == 102
