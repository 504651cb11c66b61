"""Each desk's placeholders: read and written again letter by letter, made ours, and made theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.content.holes import holes_in_template
from cannery.exchange.placeholders.dialects import DIALECTS
from cannery.exchange.placeholders.fields import Fields
from cannery.exchange.placeholders.to_ours import to_ours
from cannery.exchange.placeholders.tree import as_written
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import missing_names, render

DESKS = sorted(DIALECTS)
PIECES = (
    "Hello ", "\n\n", "`code`", "- item\n", " [link](", ")", "{", "}", "{{", "}}", "{%", "%}", "#{",
    "%{", "ご返金", '"', "'", "|", "{{ticket.requester.first_name}}", "{{ ticket.ticket_field_42 }}",
    "{{dc.note}}", "{% if ticket.status == 'open' %}", "{% else %}", "{% endif %}", "{% raw %}",
    "{% endraw %}", "{% case a %}", "{% when 'b' %}", "{% endcase %}", "{% for a in b %}",
    "{% endfor %}", "{% assign a = b | upcase %}", "{% render '../../etc' %}", "{{ 'x' | file: }}",
    "{{ a | default: 'there' }}", '{{user.name|fallback:"there"}}', "#{ticket.customer.firstname}",
    "#{t(ticket.state.name)}", "#{dt(ticket.created_at, format:'%d')}", "%{ticket.name.first}",
    "{%customer.firstName,fallback=x%}", "{%subject%}", "{{contact.name || 'x'}}", "{{{a.b}}}",
    "{{ticket.{{x}}}}", "{{messages[-1].body}}", '{{a|datetime_format("D MMMM")}}', "{{ 'x",
    "{{ now | date: '%", "```\n", "[Name]", "〇〇様", "{{ a.b.c | plus: 1 | append: ticket.id }}",
)  # fmt: skip
SAMPLES = {"date": "2026-01-31"}
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=12).map("".join)


@settings(deadline=None)
@given(desk=st.sampled_from(DESKS), text=TEXTS)
def test_what_is_read_is_written_again_letter_by_letter(desk: str, text: str) -> None:
    dialect = DIALECTS[desk]
    tree = dialect.parse(text)
    assert as_written(tree) == text
    assert as_written(tuple(dialect.together(tree))) == text


@settings(deadline=None)
@given(desk=st.sampled_from(DESKS), text=TEXTS)
def test_what_comes_of_any_text_has_no_hole_of_the_desk_and_can_be_filled_in(
    desk: str, text: str
) -> None:
    fields = Fields()
    template, losses, _ = to_ours(text, DIALECTS[desk], fields)
    left = holes_in_template(template)
    assert DIALECTS[desk].kind not in {hole.kind for hole in left}
    assert {hole.written[:60].strip() for hole in left} <= {loss.what for loss in losses}
    assert len(fields.names) == len(fields.all)
    _fill_in(template, {field.name: SAMPLES.get(field.type, "12") for field in fields.all})


def _fill_in(template: str, values: Mapping[str, str]) -> None:
    """Render the template with a stand-in for each name that it asks for."""
    source, context = Source(template, ""), RenderContext("en")
    names: dict[str, None] = {}
    while new := set(missing_names(source, _stand_ins(names, values), context).names) - {*names}:
        names |= dict.fromkeys(new)
    render(source, _stand_ins(names, values), context)


def _stand_ins(names: Iterable[str], known: Mapping[str, str]) -> dict[str, object]:
    """A text for each name that a template asks for, dotted ones within others."""
    values: dict[str, object] = {}
    for name in names:
        here = values
        *groups, last = name.split(".")
        for group in groups:
            inner = here.setdefault(group, {})
            here = inner if isinstance(inner, dict) else {}
        here.setdefault(last, known.get(name, "2026-01-31" if last == "created_at" else "12"))
    return values
