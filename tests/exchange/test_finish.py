from __future__ import annotations

import pytest

from cannery.content.holes import holes_in_template
from cannery.exchange.finish import finished
from cannery.exchange.liquid_text import is_liquid
from cannery.model.canned_reply import CannedReply, Origin
from cannery.model.entry import Field
from cannery.model.location import Status

ORIGIN = Origin("a.csv", 3)


def _reply(body: str, subject: str = "", fields: tuple[Field, ...] = ()) -> CannedReply:
    return CannedReply("Refund", body, ORIGIN, subject=subject, fields=fields)


def _shown(reply: CannedReply) -> list[tuple[str, str]]:
    return [(one.name, one.type) for one in reply.fields]


def test_holes_of_people_are_fields_in_the_body_and_the_subject() -> None:
    reply = finished(_reply("Hi [Customer Name],\n〇〇様\nTotal: XXX\n", "For [Customer Name]"))
    assert reply.subject == "For {{ customer_name }}"
    assert not holes_in_template(reply.body)
    assert [name for name, _ in _shown(reply)] == ["customer_name", "customer_name_2", "total"]
    assert reply.losses == ()


def test_a_name_between_two_dollars_is_taken_with_both() -> None:
    reply = finished(_reply("$NAME$, $name$: $AMOUNT$5, $NAME$$"))
    assert reply.body == "{{ name }}, {{ name }}: {{ amount }}$5, {{ name }}$$"


def test_a_name_of_no_desk_is_a_field_of_one_word() -> None:
    reply = finished(
        _reply("{{ order.id }} and 'order.id' in {% if order.id == 'order.id' %}x{% endif %}")
    )
    assert (
        reply.body == "{{ order_id }} and 'order.id' in {% if order_id == 'order.id' %}x{% endif %}"
    )
    assert reply.fields == (Field("order_id", "order id"),)


def test_names_of_ours_are_no_fields() -> None:
    reply = finished(_reply("{{ ticket.id }} {{ agent.name }} {{ today }} {{ cursor }}"))
    assert reply.fields == ()


def test_what_the_template_sets_is_no_field() -> None:
    assert finished(_reply("{% assign x = 1 %}{{ x }}")).fields == ()


def test_a_note_to_the_sender_is_a_comment_and_told() -> None:
    reply = finished(_reply("Hello\n[remove this before sending]\n"))
    assert not holes_in_template(reply.body)
    assert "comment" in reply.body
    assert [loss.what for loss in reply.losses] == ["[remove this before sending]"]


def test_a_field_that_is_not_used_is_told_and_not_asked() -> None:
    reply = finished(_reply("Hi {{ a }}", fields=(Field("a"), Field("b"))))
    assert _shown(reply) == [("a", "text")]
    assert [(loss.what, loss.line) for loss in reply.losses] == [("b", 3)]


def test_a_default_may_use_a_field() -> None:
    reply = finished(_reply("Hi {{ a }}", fields=(Field("a", default="{{ b }}"), Field("b"))))
    assert _shown(reply) == [("a", "text"), ("b", "text")]


def test_a_placeholder_that_cannot_be_placed_makes_a_draft() -> None:
    reply = finished(_reply("Hi [**Customer Name**]"))
    assert reply.status is Status.DRAFT
    assert [loss.why for loss in reply.losses] == ["a placeholder that is still to be filled in"]


@pytest.mark.parametrize(
    "body",
    ["{% if a %}never closed", "{{ a | nothing }}", "{% for i in (1..999999999) %}x{% endfor %}"],
)
def test_what_can_never_be_filled_in_is_text_and_told(body: str) -> None:
    reply = finished(_reply(body))
    assert len(reply.losses) >= 1
    assert reply.status is Status.DRAFT
    assert "{{ '" in reply.body


def test_what_a_browser_cannot_do_is_told() -> None:
    reply = finished(_reply("{{ today | date: '%Z' }}"))
    assert [loss.why for loss in reply.losses] == ["a browser fills it in otherwise"]


def test_what_has_a_default_in_the_text_need_not_be_given() -> None:
    reply = finished(
        _reply("Hi {{ name | default: 'there' }}, {{ day }}", "{{ day | default: 'x' }}")
    )
    assert [(one.name, one.required) for one in reply.fields] == [("day", True), ("name", False)]


def test_fields_are_asked_for_in_the_order_of_the_text_but_its_own_come_first() -> None:
    reply = finished(_reply("{{ b }} [Name] {{ a }} {{ own }}", fields=(Field("own"),)))
    assert [name for name, _ in _shown(reply)] == ["own", "b", "name", "a"]


@pytest.mark.parametrize(
    "body",
    [
        "a %fillpartend% b", "%fillpart:name=a% b", "{[Name]", "{[remove this]",
        "{% if a %}%fillpart:name=b%{% endif %}x%fillpartend%",
    ],
)  # fmt: skip
def test_what_is_replaced_leaves_a_template(body: str) -> None:
    reply = finished(_reply(body))
    assert is_liquid(reply.body)
    assert not holes_in_template(reply.body)
