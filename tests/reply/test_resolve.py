from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.conftest import Base

from cannery.content.context_value import context_value
from cannery.content.library import load_parts, parts_for
from cannery.content.links import article_url
from cannery.errors import TemplateError, ValueRefusedError
from cannery.reply.compose import compose, from_markdown
from cannery.reply.resolve import (
    Request,
    may_want,
    resolve,
    unknown,
    with_field_names,
)

MACRO = """---
title: Refund
subject: "Refund for {{ order }}"
actions:
  status: solved
fields:
  - name: customer
    from: ticket.requester.first_name
  - name: order
    remember: true
  - name: refund
    type: yesno
    default: "no"
  - name: amount
    type: number
  - name: day
    type: date
    default: "{{ today }}"
  - name: note
    required: false
---
Hello {{ customer }},

{% if refund -%}
we pay back {{ amount }} for **{{ order }}** by {{ day }}.
{%- else -%}
we can not pay back {{ order }}.
{%- endif %} {{ note }}
"""


def request(base: Base, *macros: str, **more: object) -> Request:
    found, workspace = base.scan(), base.workspace
    language = "ja" if macros[0].endswith(".ja.md") else "en"
    made = Request(
        macros=tuple(base.macro(name) for name in macros),
        parts=parts_for(load_parts(workspace, found), language, workspace.settings),
        language=language,
        article_url=article_url(workspace, found, language),
        now=datetime(2026, 11, 23, 9, tzinfo=UTC),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def names(found: Request, *, accept: bool = True) -> list[str]:
    return [item.field.name for item in resolve(found, accept=accept).missing]


def test_what_is_missing_is_told_in_asking_order(base: Base) -> None:
    base.write("macros/r.md", MACRO)
    made = request(base, "r.md")
    assert names(made) == ["customer", "order"]
    assert may_want(made, resolve(made, accept=True).values) == ("customer", "order", "amount")


def test_a_field_is_asked_for_only_where_the_reply_uses_it(base: Base) -> None:
    base.write("macros/r.md", MACRO)
    given = {"customer": "Kim", "order": "A-1"}
    assert names(request(base, "r.md", given=given)) == []
    assert names(request(base, "r.md", given={**given, "refund": "yes"})) == ["amount"]


def test_a_terminal_is_asked_for_defaults_too(base: Base) -> None:
    base.write("macros/r.md", MACRO)
    given = {"customer": "Kim", "order": "A-1", "refund": "yes", "amount": "5"}
    state = resolve(request(base, "r.md", given=given), accept=False)
    assert [(item.field.name, item.proposal) for item in state.missing] == [
        ("day", "2026-11-23"),
        ("note", None),
    ]


def test_values_come_from_the_ticket_and_from_memory(base: Base) -> None:
    base.write("macros/r.md", MACRO)
    ticket = {"requester": {"first_name": "Kim"}}
    made = request(base, "r.md", ticket=ticket, remembered={"order": "A-9"})
    state = resolve(made, accept=True)
    assert state.missing == ()
    assert (state.values["customer"], state.values["order"]) == ("Kim", "A-9")
    given = resolve(replace(made, given={"order": "B", "customer": "Lee"}), accept=True)
    assert (given.values["customer"], given.values["order"]) == ("Lee", "B")


def test_a_wrong_value_is_refused(base: Base) -> None:
    base.write("macros/r.md", MACRO)
    with pytest.raises(ValueRefusedError, match="amount: 'x' is not a number"):
        resolve(request(base, "r.md", given={"amount": "x"}), accept=True)


def test_an_undeclared_name_is_asked_for_as_text(base: Base) -> None:
    base.write(
        "macros/a.md", "{{ name }} {{ ticket.id }}{% if ticket.x %}{{ ticket.x }}{% endif %}"
    )
    made = request(base, "a.md")
    assert names(made) == ["name", "ticket.id"]
    made = replace(made, given={"name": "N", "ticket.id": "7"})
    assert compose(made, resolve(made, accept=True).values).text == "N 7\n"


def test_a_default_builds_on_other_fields_and_the_agent(base: Base) -> None:
    base.write(
        "macros/a.md",
        '---\nfields:\n- name: a\n- name: b\n  default: "{{ a }}-{{ agent.name }}"\n---\n{{ a }} {{ b }}',
    )
    made = request(base, "a.md", given={"a": "x"}, agent={"name": "Ana"})
    assert compose(made, resolve(made, accept=True).values).text == "x x-Ana\n"
    assert names(replace(made, agent={})) == ["b"]


def test_several_macros_share_their_fields_and_greet_once(base: Base) -> None:
    base.write("macros/_parts/hi.md", "{% if reply.first %}Hi {{ name }},{% endif %}")
    base.write("macros/a.md", "{% render 'hi', name: name, reply: reply %}\n\nOne.")
    base.write("macros/b.md", "{% render 'hi', name: name, reply: reply %}\n\nTwo for {{ name }}.")
    made = request(base, "a.md", "b.md")
    assert names(made) == ["name"]
    made = replace(made, given={"name": "Kim"})
    assert (
        compose(made, resolve(made, accept=True).values).text == "Hi Kim,\n\nOne.\n\nTwo for Kim.\n"
    )


def test_a_reply_has_every_form(base: Base) -> None:
    base.write("macros/r.md", MACRO)
    given = {"customer": "K*m", "order": "A_1", "refund": "yes", "amount": "5", "note": "<b>"}
    made = request(base, "r.md", given=given)
    reply = compose(made, resolve(made, accept=True).values)
    assert reply.subject == "Refund for A_1"
    assert reply.actions == {"status": "solved"}
    assert reply.text == "Hello K*m,\n\nwe pay back 5 for A_1 by 23 November 2026. <b>\n"
    assert "<strong>A_1</strong> by 23 November 2026. &lt;b&gt;</p>" in reply.html
    assert "*A\u2060_1*" in reply.formats["slack-api"]
    assert from_markdown(reply.markdown, reply) == reply


def test_a_reply_that_is_empty_is_refused(base: Base) -> None:
    base.write("macros/a.md", "{% if x %}y{% endif %}")
    made = request(base, "a.md", given={"x": ""})
    values = resolve(replace(made, given={}), accept=True).values
    with pytest.raises(TemplateError, match="the reply is empty"):
        compose(made, {**values, "x": False})


def test_control_characters_never_leave(base: Base) -> None:
    base.write("macros/a.md", "x\x1b[31m {{ a }}")
    made = request(base, "a.md", given={"a": "\x1b]52;c;AAAA\x07b"})
    assert compose(made, resolve(made, accept=True).values).text == "x b\n"


@pytest.mark.parametrize("name", ["ORDER", "ｏｒｄｅｒ", "Order"])
def test_a_given_name_is_its_field_however_it_is_written(base: Base, name: str) -> None:
    base.write("macros/m.md", MACRO)
    found = with_field_names(request(base, "m.md", given={name: "A-1"}))
    assert (found.given, unknown(found)) == ({"order": "A-1"}, ())


def test_a_given_name_that_is_right_as_it_stands_is_left_alone(base: Base) -> None:
    fields = "fields: [order, Plan, plan]"
    base.write("macros/m.md", f"---\n{fields}\n---\n{{{{ order }}}} {{{{ Order }}}} {{{{ plan }}}}")
    for given in (
        {"Order": "the template's own"},
        {"order": "1", "ORDER": "2"},
        {"PLAN": "which of the two?"},
        {"nothing": "like it"},
    ):
        assert with_field_names(request(base, "m.md", given=given)).given == given


FACTS = {"hours": "9 to 5", "calls": 30}


def test_a_fact_of_the_team_is_no_question(base: Base) -> None:
    base.write("macros/r.md", "---\ntitle: R\n---\n{{ team.hours }}, {{ team.calls }} minutes\n")
    made = request(base, "r.md", team=FACTS)
    state = resolve(made, accept=True)
    assert state.missing == ()
    assert compose(made, state.values).text == "9 to 5, 30 minutes\n"


def test_a_fact_that_the_team_lacks_is_asked_for(base: Base) -> None:
    base.write("macros/r.md", "---\ntitle: R\n---\n{{ team.hours }} {{ team.gone }}\n")
    assert names(request(base, "r.md", team=FACTS)) == ["team.gone"]
    assert names(request(base, "r.md")) == ["team.hours", "team.gone"]


def test_a_field_called_team_is_the_macros_own(base: Base) -> None:
    base.write("macros/r.md", "---\ntitle: R\nfields: [team]\n---\n{{ team }}\n")
    assert names(request(base, "r.md", team=FACTS)) == ["team"]
    made = request(base, "r.md", team=FACTS, given={"team": "sales"})
    assert compose(made, resolve(made, accept=True).values).text == "sales\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ticket.custom_fields.8", "red, 2"),
        ("ticket.custom_fields.Order no.", "A-1"),
        ("ticket.custom_fields.a.b", "deep"),
        ("ticket.custom_fields", ""),
        ("ticket.id.x", ""),
        ("ticket.none.x", ""),
    ],
)
def test_a_path_leads_to_lists_and_to_keys_with_dots(path: str, text: str) -> None:
    fields = {"8": ["red", 2, {}], "Order no.": "A-1", "a": {"b": "deep"}}
    assert context_value(path, {"ticket": {"id": 4, "custom_fields": fields}}) == text
