"""What a desk's placeholders become: names of ours, fields with labels, and losses with reasons."""

from __future__ import annotations

import pytest

from cannery.exchange.placeholders.accepted import is_accepted
from cannery.exchange.placeholders.dialects import DIALECTS
from cannery.exchange.placeholders.fields import Fields
from cannery.exchange.placeholders.to_ours import Ours, to_ours
from cannery.model.entry import Field

FIRST = "{{ ticket.requester.first_name }}"
OURS = (
    ("zendesk", "{{ticket.requester.first_name}}", FIRST),
    ("zendesk", "{{current_user.first_name}}", "{{ agent.first_name }}"),
    ("zendesk", "{{ticket.title | upcase}}", "{{ ticket.subject | upcase }}"),
    ("zendesk", "{{{ticket.link}}}", "{{ ticket.url }}"),
    ("zendesk", "{% if ticket.requester.language == 'ja' %}a{% else %}b{% endif %}",
     "{% if ticket.requester.locale == 'ja' %}a{% else %}b{% endif %}"),
    ("zendesk", "{% case ticket.priority %}{% when 'high' or 'urgent' %}a{% endcase %}",
     "{% case ticket.priority %}{% when 'high' or 'urgent' %}a{% endcase %}"),
    ("zendesk", "{% assign n = ticket.requester.name | split: ' ' | first %}{{n}}",
     "{% assign n = ticket.requester.name | split: ' ' | first %}{{ n }}"),
    ("zendesk", "{% assign r = ticket.requester %}{{r.email}}", "{{ ticket.requester.email }}"),
    ("zendesk", "{% raw %}{{a}}{% endraw %}", "{{ '{{' }}a}}"),
    ("zendesk", "`{{ticket.id}}` {{ticket.id}}", "`{{ '{{' }}ticket.id}}` {{ ticket.id }}"),
    ("zendesk", "```\n{{ticket.id}}\n```\n{{ticket.id}}", "```\n{{ '{{' }}ticket.id}}\n```\n{{ ticket.id }}"),
    ("zendesk", "{{{{ticket.id}}", "{{ ticket.id }}"),
    ("zendesk", "{#{ticket.customer.firstname}", "{{ '{' }}" + FIRST),
    ("chatwoot", "`{{contact.name}}` {{contact.name}}", "`{{ '{{' }}contact.name}}` {{ ticket.requester.name }}"),
    ("chatwoot", "{{contact.first_name || 'there'}}", "{{ ticket.requester.first_name | default: 'there' }}"),
    ("freshdesk", "{{ticket.requester.firstname}}", FIRST),
    ("front", "{{recipient.first_name}} {{user.name}}", f"{FIRST} {{{{ agent.name }}}}"),
    ("intercom", '{{user.first_name|fallback:"there"}}', "{{ ticket.requester.first_name | default: 'there' }}"),
    ("intercom", "{{user.name | fallback: “it's you”}}", '{{ ticket.requester.name | default: "it\'s you" }}'),
    ("gorgias", "{{ticket.customer.firstname}} {{current_user.firstname}}", f"{FIRST} {{{{ agent.first_name }}}}"),
    ("gorgias", '{{ticket.created_datetime|datetime_format("MMMM D [at] HH:mm")}}',
     "{{ ticket.created_at | date: '%B %-d at %H:%M' }}"),
    ("gorgias", '{{ticket.created_datetime|datetime_format("MMMM Do YYYY")}}', "{{ ticket.created_at | date: '%B %-d %Y' }}"),
    ("front", "a{{survey}}{{user.signature}}", "a"),
    ("freshdesk", "{{ticket.from_email}}{{ticket.satisfaction_survey}}", "{{ ticket.requester.email }}"),
    ("zendesk", "a{{current_user.signature}}{{satisfaction.rating_section}}", "a"),
    ("osticket", "%{recipient.ticket_link}", "{{ ticket.url }}"),
    ("gorgias", '{{ticket.created_datetime|datetime_format("x")}}', "{{ ticket.created_at | date }}"),
    ("zammad", "#{ticket.customer.firstname} #{t(ticket.state.name)}", f"{FIRST} {{{{ ticket.status }}}}"),
    ("zammad", '#{dt(ticket.created_at, format: "%d.%m.%Y")}', "{{ ticket.created_at | date: '%d.%m.%Y' }}"),
    ("zammad", "#{config.http_type}://#{config.fqdn}/#ticket/zoom/#{ticket.id}", "{{ ticket.url }}"),
    ("zammad", "#{} costs 5", "#{} costs 5"),
    ("freescout", "{%customer.firstName,fallback=there%}", "{{ ticket.requester.first_name | default: 'there' }}"),
    ("freescout", "{%subject%}", "{{ ticket.subject }}"),
    ("osticket", "%{ticket.name.first}%{signature}", FIRST),
    ("discourse", "%{my_name} %{reply_to_name,fallback:you there}",
     "{{ agent.name }} {{ ticket.requester.name | default: 'you there' }}"),
)  # fmt: skip
ASKED = (
    ("zendesk", "{{ticket.ticket_field_42}}",
     Field("field_42", "Ticket field 42", "Zendesk: ticket.ticket_field_42", source="ticket.custom_fields.42")),
    ("zendesk", "{{ticket.ticket_field_option_title_42}}",
     Field("field_42_title", "Ticket field 42, as shown", "Zendesk: ticket.ticket_field_option_title_42")),
    ("zendesk", "{{ticket.requester.custom_fields.plan}}",
     Field("plan", "Plan", "Zendesk: ticket.requester.custom_fields.plan")),
    ("zendesk", "{{dc.shipping_note}}",
     Field("text_shipping_note", "shipping note", "Zendesk: {{dc.shipping_note}}", "multiline")),
    ("zendesk", "{{ticket.due_date | date: '%d'}}", Field("due_date", "Due date", "Zendesk: ticket.due_date", "date")),
    ("zendesk", "{% if ticket.plan == 'a' %}b{% endif %}",
     Field("plan", "Plan", "Zendesk: ticket.plan", required=False)),
    ("zendesk", "{% for c in ticket.comments %}{{c.body}}{% endfor %}",
     Field("comments", "Comments", "Zendesk: ticket.comments", "multiline")),
    ("chatwoot", "{{conversation.custom_attribute.plan}}",
     Field("plan", "Plan", "Chatwoot: conversation.custom_attribute.plan", source="ticket.custom_fields.plan")),
    ("freshdesk", "{{ticket.cf_serial_no}}",
     Field("serial_no", "Serial no", "Freshdesk: ticket.cf_serial_no", source="ticket.custom_fields.cf_serial_no")),
    ("intercom", '{{product.name|fallback:"it"}}',
     Field("product_name", "Product name", "Intercom: product.name", default="it", required=False)),
    ("gorgias", "{{ticket.customer.integrations.shopify.orders[0].order_number}}",
     Field("order_number", "Order number", "Gorgias: ticket.customer.integrations.shopify.orders[0].order_number")),
    ("zammad", "#{ticket.id}", Field("internal_id", "Internal id of the ticket", "Zammad: ticket.id")),
    ("front", "{{conversation.limit}}", Field("limit_text", "Limit text", "Front: conversation.limit")),
    ("discourse", "%{my_username}", Field("my_username", "My username", "Discourse: my_username")),
    ("osticket", "[Order No.]", Field("order_no", "Order No.")),
)  # fmt: skip
HOSTILE = (
    ("{{ 'x' | file: }}", "{{ x_file }}", "no desk can read it; agents are asked for it"),
    ("{% render '../../' %}", "", "no tag here does that"),
    ("{% include 'a' %}", "", "no tag here does that"),
    ("{{ticket.{{x}}}}", "{{ x }}", "a placeholder stands in another; agents are asked for it"),
    ("{{ticket.id rest", "{{ ticket.id }} rest", "nothing closes it; it is taken for ticket.id"),
    ("{{", "", "nothing closes it; it is left out"),
    ("{% if a", "", "nothing closes it; it is left out"),
    ("{% comment %}a{% endcomment %}", "", "a comment"),
    ("{{ ticket.id | article_url }}", "{{ ticket.id }}", "no filter here does that"),
    ("{{ ticket.id | truncate: 1, 2, 3, 4 }}", "{{ ticket.id }}", "no filter here does that"),
    ("{{ ticket.id | escape }}", "{{ ticket.id }}", "values are escaped here where they stand"),
    ("{% if a %}x", "x", "what it chooses between is all in the text: Liquid can't read it"),
    ("a{% endif %}b", "ab", "what it chooses between is all in the text: Liquid can't read it"),
    ("{% raw %}a", "a", "nothing closes it; it is left out"),
    ("{{ ticket.__class__.__mro__ }}", "{{ mro }}", ""),
)  # fmt: skip


def made(text: str, desk: str = "zendesk") -> tuple[Ours, Fields]:
    fields = Fields()
    return to_ours(text, DIALECTS[desk], fields), fields


@pytest.mark.parametrize(("desk", "theirs", "ours"), OURS)
def test_a_known_name_is_ours(desk: str, theirs: str, ours: str) -> None:
    assert made(theirs, desk)[0].template == ours


@pytest.mark.parametrize(("desk", "theirs", "field"), ASKED)
def test_a_name_of_the_desks_own_is_asked_for(desk: str, theirs: str, field: Field) -> None:
    ours, fields = made(theirs, desk)
    assert fields.all == (field,)
    assert field.name in ours.template


@pytest.mark.parametrize(("theirs", "ours", "why"), HOSTILE)
def test_what_is_no_placeholder_is_told_and_harmless(theirs: str, ours: str, why: str) -> None:
    template, losses, _ = made(theirs)[0]
    assert template == ours
    assert why in [loss.why for loss in losses] or not why


def test_a_desk_without_tags_loses_them_and_keeps_the_text() -> None:
    ours = made("{% if a %}x{% endif %}", "front")[0]
    assert (ours.template, ours.is_whole) == ("x", True)
    assert {loss.why for loss in ours.losses} == {"Front has no tags, and does not show it"}


def test_a_text_whose_logic_is_lost_is_not_whole() -> None:
    ours, fields = made("{% if ticket.plan == 'a' %}x\n{% render 'y' %}")
    assert not ours.is_whole
    assert not fields.all


def test_marks_without_an_end_are_text_however_many() -> None:
    ours = made("a {% customer } " * 100, "freescout")[0]
    assert is_accepted(ours.template)
    assert is_accepted(made("{%customer.x} " * 100, "zendesk")[0].template)


def test_a_loss_has_the_line_of_its_placeholder() -> None:
    assert [(loss.line, loss.what) for loss in made("a\n{{dc.x}}\n{{dc.y}}")[0].losses] == [
        (2, "dc.x"), (3, "dc.y"),
    ]  # fmt: skip


def test_two_names_of_one_label_are_two_fields_and_one_name_is_one() -> None:
    ours, fields = made("{{a.size_code}} {{b.size_code}} {{a.size_code}}", "front")
    assert ours.template == "{{ size_code }} {{ size_code_2 }} {{ size_code }}"
    assert [field.help for field in fields.all] == ["Front: a.size_code", "Front: b.size_code"]


def test_the_texts_of_one_reply_share_their_fields() -> None:
    fields = Fields()
    to_ours("{{ticket.ticket_field_1}}", DIALECTS["zendesk"], fields)
    to_ours("{{ticket.ticket_field_1}} {{dc.a}}", DIALECTS["zendesk"], fields)
    assert [field.name for field in fields.all] == ["field_1", "text_a"]
