"""Macros of ours as articles of Request Tracker, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import quote

import pytest

from cannery.exchange.desks.desk import Desk, Opening
from cannery.exchange.desks.rt.desk import open_desk
from cannery.model.desk import Family, Record
from cannery.model.desk_settings import Asking
from cannery.model.location import Kind
from cannery.rest.client import RestError
from tests.desks.rt.conftest import Rt
from tests.exchange.desks.opened import around, as_record, family, macro

BODY = "Dear customer,\n\n- **one** of {{ amount }}\n- `a * b`\n\nSee [us](https://x.example).\n"


@pytest.fixture
def desk(opening: Opening) -> Desk:
    return open_desk(opening._replace(around=around))


def _made(desk: Desk, entry: Family) -> Record:
    return desk.create(Kind.MACRO, desk.outgoing(entry).parts)


def _refund(english: str = "We refund you.") -> Family:
    return family(
        macro(english, shortcut=";refund", summary="Money back"),
        macro("返金いたします。", "ja", title="返金のご案内", shortcut=";refund"),
    )


def test_an_article_is_plain_text_with_marks_for_what_is_asked(desk: Desk) -> None:
    said = desk.outgoing(family(macro(BODY, shortcut=";a")))
    assert said.parts["body.en"] == (
        "Dear customer,\n\n- one of [[amount]]\n- a * b\n\nSee us (https://x.example)."
    )
    assert said.asked == ("amount",)


def test_braces_stay_as_they_are_for_nothing_is_filled_in_there(desk: Desk) -> None:
    said = desk.outgoing(family(macro("Write {% raw %}{{ name }}{% endraw %}.", shortcut=";a")))
    assert said.parts["body.en"] == "Write {{ name }}."


def test_an_address_shows_what_it_asks_for_once(desk: Desk) -> None:
    said = desk.outgoing(family(macro("[yours](https://x.example/{{ order }})", shortcut=";a")))
    assert said.parts["body.en"] == "yours (https://x.example/[[order]])"


def test_a_macro_that_asks_is_a_link_to_its_form_where_the_team_wants_that(
    opening: Opening,
) -> None:
    settings = replace(opening.settings, asking=Asking.LINK)
    at_site = "https://kb.example/refund/"
    asked = open_desk(opening._replace(settings=settings, address_of=lambda *_: at_site))
    said = asked.outgoing(family(macro("Pay {{ amount }}.", shortcut=";a")))
    assert said.parts["body.en"] == f"Refund\n{at_site}"


def test_what_goes_out_is_what_comes_back(desk: Desk) -> None:
    entry = _refund()
    made = _made(desk, entry)
    assert made.parts == desk.outgoing(entry).parts
    assert [one.parts for one in desk.records(Kind.MACRO) if one.id == made.id] == [made.parts]
    assert desk.read(Kind.MACRO, made.id) == made


def test_each_language_is_an_article_of_its_own(desk: Desk, rt: Rt) -> None:
    made = _made(desk, _refund())
    number = rt.ask("GET", f"article/{made.id}")["Class"]["id"]
    wanted = quote(json.dumps([{"field": "Class", "value": number}]))
    items = rt.ask("GET", f"articles?fields=Name,Summary&query={wanted}")["items"]
    found = sorted((one["Name"], one["Summary"]) for one in items)
    assert found == [("Refund ;refund", "Money back"), ("返金のご案内 ;refund (ja)", "")]


def test_a_change_there_comes_back(desk: Desk, rt: Rt) -> None:
    made = _made(desk, _refund())
    text = "We refund you\r\nwithin a week.\r\n"
    rt.ask("PUT", f"article/{made.id}", {"CustomFields": {"Content": text}})
    found = desk.read(Kind.MACRO, made.id)
    assert found is not None
    assert found.parts == {**made.parts, "body.en": "We refund you\nwithin a week."}
    assert desk.incoming(found).by_language["en"].body == "We refund you\nwithin a week.\n"


def test_a_change_is_sent_for_its_language_alone(desk: Desk, rt: Rt) -> None:
    made = _made(desk, _refund())
    before = desk.read(Kind.MACRO, made.id)
    assert before is not None
    changed = desk.update(before, {"body.en": "New."})
    assert changed.parts == {**made.parts, "body.en": "New."}
    assert desk.read(Kind.MACRO, made.id) == changed


def test_an_entry_is_disabled_in_each_language_and_enabled_again(desk: Desk) -> None:
    made = _made(desk, _refund())
    now = desk.read(Kind.MACRO, made.id)
    assert now is not None
    off = desk.update(now, {"active": False})
    assert off.parts == {**made.parts, "active": False}
    assert {one.keys["status"] for one in desk.incoming(off).by_language.values()} == {"retired"}
    again = desk.read(Kind.MACRO, made.id)
    assert again == off
    assert desk.update(again, {"active": True}).parts == made.parts


def test_a_language_that_is_gone_here_is_disabled_there(desk: Desk) -> None:
    made = _made(desk, _refund())
    now = desk.read(Kind.MACRO, made.id)
    assert now is not None
    gone = {name: None for name in now.parts if name.endswith(".ja")}
    changed = desk.update(now, gone)
    assert {name for name in changed.parts if name.endswith(".ja")} == set()
    assert desk.read(Kind.MACRO, made.id) == changed


def test_what_is_marked_there_is_a_field_here(desk: Desk) -> None:
    entry = family(macro("Pay {{ amount }} now.", shortcut=";a"))
    back = desk.incoming(as_record(desk.outgoing(entry)))
    assert back.by_language["en"].body == "Pay {{ amount }} now.\n"


def test_what_rt_has_no_place_for_is_lost(desk: Desk) -> None:
    entry = family(
        macro("a", shortcut=";a", subject="Hello", actions={"status": "solved"}, tags=("x",))
    )
    lost = " ".join(loss.what for loss in desk.outgoing(entry).losses)
    assert "subject" in lost
    assert "actions.status" in lost
    assert "tags" in lost


@pytest.fixture
def field(opening: Opening, rt: Rt) -> str:
    """A custom field for HTML."""
    name = f"Body of {opening.settings.options['class'].partition(',')[0]}"
    rt.add_text_field(name, "HTML")
    return name


@pytest.fixture
def html(opening: Opening, field: str) -> Desk:
    """A desk whose articles are HTML, in a field of that type."""
    options = {**opening.settings.options, "field": field, "format": "html"}
    settings = replace(opening.settings, options=options)
    return open_desk(opening._replace(around=around, settings=settings))


def test_in_a_field_for_html_an_article_is_html(html: Desk) -> None:
    entry = family(macro(BODY, shortcut=";a"))
    made = _made(html, entry)
    assert made.parts == html.outgoing(entry).parts
    assert "<strong>one</strong> of [[amount]]" in str(made.parts["body.en"])
    assert [one.parts for one in html.records(Kind.MACRO) if one.id == made.id] == [made.parts]
    back = html.incoming(made).by_language["en"].body
    assert back == BODY


def test_what_an_editor_makes_of_the_same_html_is_no_change(html: Desk, field: str, rt: Rt) -> None:
    entry = family(macro("a < b & **c**\n\n- one\n- two", shortcut=";a"))
    made = _made(html, entry)
    text = "<p>a &lt; b &amp; <b>c</b></p>\r\n\r\n<ul>\r\n\t<li>one</li>\r\n\t<li>two</li>\r\n</ul>\r\n"
    rt.ask("PUT", f"article/{made.id}", {"CustomFields": {field: text}})
    found = html.read(Kind.MACRO, made.id)
    assert found is not None
    assert found.parts == made.parts


def test_braces_are_left_alone_in_html_too(html: Desk) -> None:
    said = html.outgoing(family(macro("Write {% raw %}{{ name }}{% endraw %}.", shortcut=";a")))
    assert said.parts["body.en"] == "<p>Write {{ name }}.</p>"


def test_a_field_of_another_form_than_kb_toml_says_is_an_error(
    opening: Opening,
) -> None:
    options = {**opening.settings.options, "format": "html"}
    other = open_desk(opening._replace(settings=replace(opening.settings, options=options)))
    with pytest.raises(RestError, match="the custom field Content is plain text"):
        [*other.records(Kind.MACRO)]
