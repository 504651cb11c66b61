"""Articles of Request Tracker, as a store of texts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.rt.articles import Articles
from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.rest.client import Manner, PlainClient, RestError
from tests.desks.rt.conftest import REAL, Rt
from tests.desks.rt.server import RequestTracker

REFUND = Label("Refund", ";refund", "en")
PARTS: Parts = {
    "body": "Hello,\n\n  we *have* <refunded> it.\n返金",
    "summary": "Money back",
    "active": True,
}


@pytest.fixture
def articles(opening: Opening) -> Articles:
    return Articles(opening)


def _alone(articles: Articles, item_id: str) -> Item:
    return articles.several([item_id])[item_id]


def test_what_is_put_comes_back_with_its_lines_and_letters(articles: Articles) -> None:
    made = articles.put("", REFUND, PARTS)
    assert (made.label, made.parts) == (REFUND, PARTS)
    assert _alone(articles, made.id) == made
    assert made in [*articles.items()]


def test_it_comes_back_as_was_told_before(articles: Articles) -> None:
    parts = {**PARTS, "body": "a  \r\nb\n\n", "summary": "", "section": "billing"}
    kept = articles.as_kept(REFUND, parts)
    made = articles.put("", REFUND, parts)
    assert (kept.label, kept.parts) == (made.label, made.parts)
    assert kept.parts == {"body": "a\nb", "active": True}


def test_a_language_stands_in_the_name(articles: Articles, rt: Rt) -> None:
    japanese = REFUND._replace(title="返金のご案内", language="ja")
    made = articles.put("", japanese, PARTS)
    assert rt.ask("GET", f"article/{made.id}")["Name"] == "返金のご案内 ;refund (ja)"
    assert _alone(articles, made.id).label == japanese


def test_a_section_that_is_named_as_a_class_is_that_class(articles: Articles, rt: Rt) -> None:
    label = Label("Sections", ";sections", "en")
    made = articles.put("", label, {**PARTS, "section": "general"})
    row = rt.ask("GET", f"article/{made.id}?fields[Class]=Name")
    assert row["Class"]["Name"] == "General"
    assert made.parts["section"] == "general"
    moved = articles.put(made.id, label, PARTS)
    assert "section" not in moved.parts


def test_an_article_is_disabled_and_still_listed(articles: Articles) -> None:
    made = articles.put("", REFUND, PARTS)
    articles.put(made.id, REFUND, {**PARTS, "active": False})
    assert [item.parts["active"] for item in articles.items() if item.id == made.id] == [False]
    again = articles.put(made.id, REFUND, PARTS)
    assert again.parts["active"] is True


def test_an_article_can_not_be_deleted(articles: Articles) -> None:
    made = articles.put("", REFUND, PARTS)
    with pytest.raises(RestError, match="deletes no article"):
        articles.delete(made.id)
    assert _alone(articles, made.id) == made


def test_what_another_one_changed_since_it_was_read_is_not_overwritten(
    articles: Articles, rt: Rt
) -> None:
    made = articles.put("", REFUND, PARTS)
    articles.several([made.id])
    rt.ask("PUT", f"article/{made.id}", {"CustomFields": {"Content": "theirs"}})
    with pytest.raises(RestError) as raised:
        articles.put(made.id, REFUND, {**PARTS, "body": "ours"})
    assert raised.value.code == 412
    assert _alone(articles, made.id).parts["body"] == "theirs"


def test_what_was_read_can_be_written_twice(articles: Articles) -> None:
    made = articles.put("", REFUND, PARTS)
    articles.put(made.id, REFUND, {**PARTS, "body": "one"})
    assert articles.put(made.id, REFUND, {**PARTS, "body": "two"}).parts["body"] == "two"


def test_of_two_with_one_name_the_second_is_refused(articles: Articles) -> None:
    articles.put("", REFUND, PARTS)
    with pytest.raises(RestError, match="refuses Refund ;refund") as raised:
        articles.put("", REFUND, PARTS)
    assert raised.value.code == 400


def test_what_rt_says_yes_to_and_does_not_do_is_an_error(articles: Articles, rt: Rt) -> None:
    articles.put("", REFUND, PARTS)
    other = articles.put("", Label("Other", ";other", "en"), PARTS)
    with pytest.raises(RestError, match="did not change Refund ;refund as it should"):
        articles.put(other.id, REFUND, PARTS)


def test_an_article_that_is_not_there_is_left_out(articles: Articles) -> None:
    assert articles.several(["999999"]) == {}


def test_a_class_that_is_not_there_is_an_error(opening: Opening) -> None:
    settings = replace(opening.settings, options={"class": "None such"})
    with pytest.raises(RestError, match="no class of articles named None such"):
        [*Articles(opening._replace(settings=settings)).items()]


def test_a_class_without_the_field_is_an_error(opening: Opening) -> None:
    settings = replace(opening.settings, options={"class": "General", "field": "Text"})
    with pytest.raises(RestError, match="the class General has no custom field Text"):
        [*Articles(opening._replace(settings=settings)).items()]


def test_all_pages_of_a_class_are_read(articles: Articles, rt: Rt) -> None:
    first = articles.put("", Label("Many 0", "", "en"), PARTS)
    number = rt.ask("GET", f"article/{first.id}")["Class"]["id"]
    for count in range(1, 120):
        rt.ask("POST", "article", {"Name": f"Many {count}", "Class": number})
    titles = {item.label.title for item in articles.items()}
    assert {f"Many {count}" for count in range(120)} <= titles


ONLY_REAL = pytest.mark.parametrize("rt", [REAL], indirect=True)
RIGHTS = ("SeeClass", "ShowArticle", "SeeCustomField")
WRITING = ("CreateArticle", "ModifyArticle", "DisableArticle", "ModifyCustomField")


@contextmanager
def _of(rt: Rt, opening: Opening, email: str, *rights: str) -> Iterator[Articles]:
    """The articles of the opening's first class, as a user with these rights of it has them."""
    assert isinstance(rt, RequestTracker), "the fake has one user"
    name = opening.settings.options["class"].partition(",")[0]
    signed = {"Authorization": f"token {rt.new_user(email, name, *rights)}"}
    client = PlainClient(rt.address, lambda: signed, Manner(patience=0))
    settings = replace(opening.settings, options={"class": name})
    yield Articles(opening._replace(settings=settings, client=client))
    client.close()


@ONLY_REAL
def test_a_user_with_the_rights_of_one_class_reads_and_writes_all_of_it(
    opening: Opening, articles: Articles, rt: Rt
) -> None:
    made = articles.put("", REFUND, PARTS)
    with _of(rt, opening, "kim@x.example", *RIGHTS, *WRITING) as kims:
        assert [item.id for item in kims.items()] == [made.id]
        changed = kims.put(made.id, REFUND, {**PARTS, "body": "by Kim", "active": False})
        assert (changed.parts["body"], changed.parts["active"]) == ("by Kim", False)
        assert kims.put("", Label("New", ";new", "en"), PARTS).parts == PARTS


@ONLY_REAL
def test_a_user_who_may_only_read_is_told_so(opening: Opening, articles: Articles, rt: Rt) -> None:
    made = articles.put("", REFUND, PARTS)
    with _of(rt, opening, "lee@x.example", *RIGHTS) as lees:
        with pytest.raises(RestError, match="Permission Denied"):
            lees.put(made.id, REFUND, {**PARTS, "body": "by Lee"})
        with pytest.raises(RestError) as raised:
            lees.put("", Label("New", ";new", "en"), PARTS)
        assert raised.value.code == 403


@ONLY_REAL
def test_a_user_who_may_not_see_the_class_is_told_so(opening: Opening, rt: Rt) -> None:
    with _of(rt, opening, "ono@x.example") as onos, pytest.raises(RestError, match="no class of"):
        [*onos.items()]
