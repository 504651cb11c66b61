"""Our templates as each desk writes them, and back; what a desk lacks is marked and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.content.desk_names import names_there
from cannery.content.holes import holes_in_text
from cannery.content.split import split
from cannery.exchange.placeholders.accepted import is_accepted
from cannery.exchange.placeholders.dialects import DIALECTS
from cannery.exchange.placeholders.fields import Fields
from cannery.exchange.placeholders.from_ours import from_ours
from cannery.exchange.placeholders.to_ours import to_ours
from cannery.exchange.placeholders.tree import as_written
from cannery.model.entry import Field

ROOT = Path(__file__).parents[3]
WORDS = st.text("abcé 日本(),.\n", max_size=8)
FALLING_BACK = ("chatwoot", "discourse", "freescout", "freshdesk", "intercom", "zendesk")


@st.composite
def templates(draw: st.DrawFn, desk: str) -> str:
    """A text around values that a desk fills in itself, some with a default, some in a condition."""
    dialect = DIALECTS[desk]
    names = sorted({*names_there(dialect.desk)} - dialect.lacks)
    pieces = draw(st.lists(st.tuples(WORDS, st.sampled_from(names), st.integers(0, 2)), max_size=6))
    written = []
    for text, name, kind in pieces:
        if kind == 1 and desk in FALLING_BACK:
            written.append(f"{text}{{{{ {name} | default: 'there' }}}}")
        elif kind == 2 and dialect.tags:
            written.append(f"{{% if {name} == 'x' %}}{text}{{% else %}}b{{% endif %}}")
        else:
            written.append(f"{text}{{{{ {name} }}}}")
    return "".join(written)


@settings(deadline=None)
@given(data=st.data(), desk=st.sampled_from(sorted(DIALECTS)))
def test_what_a_desk_fills_in_comes_back_as_it_was(data: st.DataObject, desk: str) -> None:
    template = data.draw(templates(desk))
    theirs = from_ours(template, DIALECTS[desk])
    written = as_written(theirs.tree)
    assert not theirs.losses
    assert as_written(DIALECTS[desk].parse(written)) == written
    fields = Fields()
    back = to_ours(written, DIALECTS[desk], fields)
    assert (back.template, back.losses, fields.all) == (template, (), ())


WRITTEN = (
    ("zendesk", "{{ ticket.subject }} {{ agent.name }}{{ cursor }}", "{{ticket.title}} {{current_user.name}}"),
    ("zendesk", "{{ ticket.requester.first_name | default: 'there' }}", '{{ticket.requester.first_name | default: "there"}}'),
    ("zendesk", "{{ '{{' }} {{ 'a' }}", "{{ '{{' }} a"),
    ("zendesk", "{{ field_42 }}", "{{ticket.ticket_field_42}}"),
    ("freshdesk", "{{ ticket.custom_fields.cf_size }}", "{{ticket.cf_size}}"),
    ("zammad", "{{ ticket.url }}", "#{config.http_type}://#{config.fqdn}/#ticket/zoom/#{ticket.id}"),
    ("zammad", "{{ ticket.created_at | date: '%d' }}", "#{dt(ticket.created_at, format: '%d')}"),
    ("gorgias", "{{ ticket.created_at | date: '%-d %B' }}", '{{ticket.created_datetime|datetime_format("D MMMM")}}'),
    ("intercom", "{{ ticket.requester.name | default: 'you' }}", '{{user.name|fallback:"you"}}'),
    ("discourse", "{{ ticket.requester.name | default: 'you' }}", "%{original_poster_name,fallback:you}"),
    ("freescout", "{{ ticket.requester.first_name | default: 'you' }}", "{%customer.firstName,fallback=you%}"),
)  # fmt: skip
LACKING = (
    ("zendesk", "{{ today }}", "[[today]]", "computed here, and not there"),
    ("zendesk", "{{ amount }}", "[[amount]]", "asked for here"),
    ("zendesk", "{{ 'a' | article_url }}", "[['a']]", "the filter article_url"),
    ("zendesk", "{% render 'bye' %}", "[[render 'bye']]", "Zendesk has no tag that does that"),
    ("zendesk", "{% if amount %}a{% endif %}", "[[if amount]]a[[endif]]", "asked for here"),
    ("zendesk", "{% if amount %}a{% endif %}", "[[if amount]]a[[endif]]", "the tag that it belongs to is missing"),
    ("chatwoot", "{{ ticket.url }}", "[[ticket.url]]", "not known there"),
    ("zammad", "{{ ticket.subject | default: 'a' }}", "[[ticket.subject]]", "the default 'a'"),
    ("zammad", "Type #{a}", "Type [[#{a}]]", "text that would be filled in there"),
    ("front", "{{ '{{' }}", "[['{{']]", "text that would be filled in there"),
    ("gorgias", "{{ ticket.created_at | date: '%s' }}", "[[ticket.created_at]]", "the date format '%s'"),
    ("discourse", "{{ ticket.requester.name | default: '' }}", "[[ticket.requester.name]]", "the default ''"),
    ("intercom", "{{ ticket.requester.name | default: '}' }}", "[[ticket.requester.name]]", "a text with braces"),
)  # fmt: skip


@pytest.mark.parametrize(("desk", "ours", "theirs"), WRITTEN)
def test_a_value_is_written_as_the_desk_does(desk: str, ours: str, theirs: str) -> None:
    fields = [Field("field_42", source="ticket.custom_fields.42")]
    found = from_ours(ours, DIALECTS[desk], fields)
    assert (as_written(found.tree), found.losses) == (theirs, ())


@pytest.mark.parametrize(("desk", "ours", "theirs", "why"), LACKING)
def test_what_the_desk_lacks_is_marked_and_told(
    desk: str, ours: str, theirs: str, why: str
) -> None:
    found = from_ours(ours, DIALECTS[desk])
    assert as_written(found.tree) == theirs
    assert why in [loss.why for loss in found.losses]
    assert holes_in_text(theirs)


@pytest.mark.parametrize("desk", ["intercom", "zammad", "zendesk"])
def test_our_own_macros_go_out_and_come_back_as_templates(desk: str) -> None:
    dialect = DIALECTS[desk]
    for path in sorted((ROOT / "kb/macros").rglob("*.md")):
        found = from_ours(split(path.read_text("utf-8")).body, dialect)
        written = as_written(found.tree)
        assert as_written(dialect.parse(written)) == written
        assert is_accepted(to_ours(written, dialect, Fields()).template), path
