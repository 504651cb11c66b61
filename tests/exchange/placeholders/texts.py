"""Texts with all that desks and people write for a value, whole and broken, and how to fill one in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hypothesis import strategies as st

from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import missing_names, render
from cannery.model.entry import Field

PIECES = (
    "Hello ", "\n\n", "`code`", "- item\n", " [link](", ")", "{", "}", "{{", "}}", "{%", "%}", "#{",
    "%{", "ご返金", '"', "'", "|", "{{ticket.requester.first_name}}", "{{ ticket.ticket_field_42 }}",
    "{{dc.note}}", "{% if ticket.status == 'open' %}", "{% else %}", "{% endif %}", "{% raw %}",
    "{% endraw %}", "{% case a %}", "{% when 'b' %}", "{% endcase %}", "{% for a in b %}",
    "{% endfor %}", "{% assign a = b | upcase %}", "{% render '../../etc' %}", "{{ 'x' | file: }}",
    "{{ a | default: 'there' }}", '{{user.name|fallback:"there"}}', "#{ticket.customer.firstname}",
    "#{t(ticket.state.name)}", "#{dt(ticket.created_at, format:'%d')}", "%{ticket.name.first}",
    "{%customer.firstName,fallback=x%}", "%{my_name,fallback:x}", "{%subject%}", "{{contact.name || 'x'}}", "{{{a.b}}}",
    "{{ticket.{{x}}}}", "{{messages[-1].body}}", '{{a|datetime_format("D MMMM")}}', "{{ 'x",
    "{{ now | date: '%", "```\n", "[Name]", "〇〇様", "{{ a.b.c | plus: 1 | append: ticket.id }}",
)  # fmt: skip
SAMPLES = {"date": "2026-01-31"}
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=12).map("".join)


def fill_in(template: str, fields: Iterable[Field] = ()) -> str:
    """Render the template with a stand-in for each name that it asks for."""
    values = {field.name: SAMPLES.get(field.type, "12") for field in fields}
    source, context = Source(template, ""), RenderContext("en")
    names: dict[str, None] = {}
    while new := set(missing_names(source, _stand_ins(names, values), context).names) - {*names}:
        names |= dict.fromkeys(new)
    return render(source, _stand_ins(names, values), context).plain


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
