"""Articles of ours as articles of Request Tracker, as plain text and as HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from cannery.errors import SettingsError
from cannery.exchange.desks.desk import Desk, Opening
from cannery.exchange.desks.rt.desk import open_desk
from cannery.model.location import Kind, Status
from tests.desks.rt.conftest import Rt
from tests.exchange.desks.opened import article, family

BODY = "## Why\n\nA **b** [c](https://example.com).\n\n1. d\n2. e\n\n```\nf\n```\n"
ENGLISH, JAPANESE = article("Hello *you*\n"), article("こんにちは\n", "ja", title="HAR の取得")


@pytest.fixture
def of_form(opening: Opening, rt: Rt) -> Callable[[str], Desk]:
    """Opens a desk for articles in a form."""

    def opened(form: str) -> Desk:
        name = opening.settings.options["class"].partition(",")[0]
        rt.ask("POST", "class", {"Name": f"Articles {name}"})
        options = {"class": name, "article_class": f"Articles {name}, General", "format": form}
        if form == "html":
            rt.add_text_field(f"Text {name}", "HTML")
            options["field"] = f"Text {name}"
        settings = replace(opening.settings, articles=("articles",), options=options)
        return open_desk(opening._replace(settings=settings))

    return opened


@pytest.fixture(params=["text", "html"])
def desk(request: pytest.FixtureRequest, of_form: Callable[[str], Desk]) -> Desk:
    return of_form(request.param)


def test_what_is_sent_is_what_is_read_and_no_macro(desk: Desk) -> None:
    said = desk.outgoing(family(ENGLISH, JAPANESE))
    made = desk.create(Kind.ARTICLE, said.parts)
    assert (made.kind, made.parts) == (Kind.ARTICLE, said.parts)
    listed = [one for one in desk.records(Kind.ARTICLE) if one.id == made.id]
    assert listed == [made]
    assert made.id not in {one.id for one in desk.records(Kind.MACRO)}
    assert desk.read(Kind.ARTICLE, made.id) == made


def test_a_code_tells_which_languages_are_one_article(desk: Desk, rt: Rt) -> None:
    made = desk.create(Kind.ARTICLE, desk.outgoing(family(ENGLISH, JAPANESE)).parts)
    name = rt.ask("GET", f"article/{made.id}")["Name"]
    assert name == "HAR ;net-har"
    now = desk.read(Kind.ARTICLE, made.id)
    assert now is not None
    renamed = desk.update(now, {"title.en": "HAR files"})
    assert renamed.parts == {**made.parts, "title.en": "HAR files"}
    assert desk.read(Kind.ARTICLE, made.id) == renamed


def test_an_article_in_html_comes_back_as_it_went(of_form: Callable[[str], Desk]) -> None:
    desk = of_form("html")
    entry = family(article(BODY, summary="S"), JAPANESE)
    back = desk.incoming(desk.create(Kind.ARTICLE, desk.outgoing(entry).parts))
    assert back.by_language["en"].body == BODY
    assert back.by_language["ja"].body == "こんにちは\n"
    told = {"title": "HAR", "audience": "internal", "status": None, "summary": "S"}
    assert back.by_language["en"].keys == told


def test_an_article_in_plain_text_is_what_a_person_reads(of_form: Callable[[str], Desk]) -> None:
    said = of_form("text").outgoing(family(article(BODY)))
    text = "Why\n\nA b c (https://example.com).\n\n1. d\n2. e\n\nf"
    assert said.parts["body.en"] == text


def test_a_section_may_be_a_class(desk: Desk, rt: Rt) -> None:
    entry = family(article("a\n"))
    said = desk.outgoing(entry._replace(id="articles/general/har"))
    made = desk.create(Kind.ARTICLE, said.parts)
    assert made.parts["section"] == "general"
    row = rt.ask("GET", f"article/{made.id}?fields[Class]=Name")
    assert row["Class"]["Name"] == "General"
    rt.ask("PUT", f"article/{made.id}", {"Name": f"Old {made.id}"})


def test_an_article_that_customers_may_not_see_is_off(desk: Desk) -> None:
    said = desk.outgoing(family(article("a\n", status=Status.RETIRED)))
    assert said.parts["active"] is False
    assert not any(name.startswith("body") for name in said.parts)


def test_tags_are_lost(desk: Desk) -> None:
    said = desk.outgoing(family(article("a\n", tags=("net",))))
    assert [loss.what for loss in said.losses] == ["tags"]


@pytest.mark.parametrize("classes", ["", "General", "Other, General"])
def test_articles_have_classes_without_macros(opening: Opening, classes: str) -> None:
    options = {"class": "General", "article_class": classes}
    settings = replace(opening.settings, articles=("articles",), options=options)
    with pytest.raises(SettingsError, match="article_class"):
        open_desk(opening._replace(settings=settings))
