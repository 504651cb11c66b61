from __future__ import annotations

import pytest

from cannery.content.desk_names import (
    desk_names,
    foreign_names,
    names_there,
    replacement,
)
from cannery.content.holes import holes_in_source, holes_in_tokens
from cannery.content.markdown import parse

KNOWN = (
    ("{{ticket.requester.first_name}}", "{{ ticket.requester.first_name }}"),
    ("{{ ticket.title }}", "{{ ticket.subject }}"),
    ("{{current_user.name}}", "{{ agent.name }}"),
    ("#{ticket.customer.firstname}", "{{ ticket.requester.first_name }}"),
    ("#{t(ticket.state.name)}", "{{ ticket.status }}"),
    ("{{contact.name}}", "{{ ticket.requester.name }}"),
    ("{{ticket.agent.name}}", "{{ agent.name }}"),
    ('{{user.name|fallback:"there"}}', "{{ ticket.requester.name | default: 'there' }}"),
    ("{{recipient.first_name}}", "{{ ticket.requester.first_name }}"),
    ("{%customer.firstName,fallback=there%}", "{{ ticket.requester.first_name | default: 'there' }}"),
    ("{%subject%}", "{{ ticket.subject }}"),
    ("%{ticket.name.first}", "{{ ticket.requester.first_name }}"),
    ("$|$", "{{ cursor }}"),
    ("%|", "{{ cursor }}"),
    ("%filltext:name=order number%", "{{ order_number }}"),
    ("[Customer Name]", "{{ customer_name }}"),
    ("[お客様名]", "{{ customer_name }}"),
    ("${1:name}", "{{ name }}"),
    ("||Order No.||", "{{ order_no }}"),
    ("[Agent]", "{{ agent_text }}"),
    ("{!Contact.FirstName}", "{{ ticket.requester.first_name }}"),
    ("{!Case.CaseNumber}", "{{ ticket.id }}"),
    ("{$ticket.title}", "{{ ticket.subject }}"),
    ("%{topic_title}", "{{ ticket.subject }}"),
    ("%{my_name}", "{{ agent.name }}"),
    ("%{reply_to_name,fallback:there}", "{{ ticket.requester.name | default: 'there' }}"),
    ("%{reply_to_username}", "{{ reply_to_username }}"),
    ("{{ticket.ticket_field_27648}}", "{{ ticket_ticket_field_27648 }}"),
)  # fmt: skip


@pytest.mark.parametrize(("written", "template"), KNOWN)
def test_a_placeholder_becomes_ours(written: str, template: str) -> None:
    (hole,) = holes_in_tokens(parse(f"Hello {written},"))
    new = replacement(hole)
    assert new
    assert new.template == template


@pytest.mark.parametrize(
    "written", ["XXX", "____", "〇〇様", "BEFORE SENDING", "{% endif %}", "[1–2?]"]
)
def test_what_tells_nothing_becomes_nothing(written: str) -> None:
    assert all(replacement(hole) is None for hole in holes_in_tokens(parse(f"a {written} b")))


def test_a_numbered_field_of_zendesk_is_a_field_from_the_ticket() -> None:
    (hole,) = holes_in_tokens(parse("{{ticket.ticket_field_27648}}"))
    new = replacement(hole)
    assert new
    assert new.source == "ticket.custom_fields.27648"


def test_names_in_a_template_are_told_with_their_places() -> None:
    text = "{% if contact.email %}{{ contact.first_name | append: 'contact.name' }}{% endif %} user.name"
    assert [(text[one.start : one.end], one.ours, one.desk) for one in foreign_names(text)] == [
        ("contact.email", "ticket.requester.email", "Chatwoot"),
        ("contact.first_name", "ticket.requester.first_name", "Chatwoot"),
    ]


def test_intercoms_filter_for_what_is_missing_is_told_too() -> None:
    found = foreign_names("{{ user.name | fallback: 'there' }}")
    assert [one.ours for one in found] == ["ticket.requester.name", "default"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ ticket.requester.name }}",
        "{% assign user = a %}{{ user.name }}",
        "{% for user in users %}{{ user.name }}{% endfor %}",
        "{{ my.contact.name }}",
        "{% raw %}{{ contact.name }}{% endraw %}",
    ],
)
def test_our_own_names_and_those_of_the_template_are_none(text: str) -> None:
    assert foreign_names(text) == []


def test_a_declared_name_is_the_macros_own() -> None:
    assert foreign_names("{{ user.name }}", ["user"]) == []


def test_a_hole_in_a_source_stands_where_it_can_be_replaced() -> None:
    text = "`[Name]` {{ a }} **[Name]**\n\n    [Name]\n\n[Name](https://example.com)\n"
    (placed,) = holes_in_source(text, is_template=True)
    assert text[placed.start : placed.end] == "[Name]"
    assert placed.start == text.index("**[") + 2


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("{{{Recipient.FirstName}}}", "{{ ticket.requester.first_name }}"),
        ("{{{Offer.Name}}}", "{{ Offer.Name }}"),
        ("{{ name || 'there' }}", "| default:"),
        ('{{ name|default("there") }}', 'default: "there"'),
    ],
)
def test_what_liquid_can_not_read_is_told_as_it_is_written_here(text: str, ours: str) -> None:
    assert [one.ours for one in foreign_names(text)] == [ours]


def test_a_user_is_the_agent_where_a_text_is_fronts() -> None:
    texts = ["{{recipient.name}} {{user.name}}", "Hi {{user.name}}"]
    assert [foreign_names(text)[-1].ours for text in texts] == [
        "agent.name",
        "ticket.requester.name",
    ]


@pytest.mark.parametrize("written", ["[Limit]", "[Required]", "[True]", "[Offset]", "[For]"])
def test_a_word_of_liquids_own_is_no_fields_name(written: str) -> None:
    (placed,) = holes_in_source(written, is_template=False)
    new = replacement(placed.hole)
    assert new is not None
    assert new.field == f"{written.strip('[]').lower()}_text"


def test_a_desk_has_its_own_names_and_ours_lead_back_to_them() -> None:
    assert desk_names("Front")["user.name"] == "agent.name"
    assert desk_names("Intercom")["user.name"] == "ticket.requester.name"
    assert names_there("Zendesk")["ticket.subject"] == "ticket.title"
    assert desk_names("nobody") == {}
