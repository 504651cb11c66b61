"""A reply is made for any caller: whom to ask, and who listens, are arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.conftest import Base

from cannery.content.dates import Calendar
from cannery.errors import (
    MissingValuesError,
    NotFoundError,
    TemplateError,
    UsageError,
    ValueRefusedError,
)
from cannery.model.event import Event, Remark
from cannery.operations.reply import ReplyQuery, reply, request_for
from cannery.reply.resolve import MissingField

REFUND = """---
title: Refund
fields:
  - {name: customer, from: ticket.requester.name}
  - {name: late, type: yesno}
  - {name: day, default: Monday}
  - {name: reason, label: Why it is late}
---
Dear {{ customer }}, on {{ day }}.{% if late %} Sorry: {{ reason }}.{% endif %}
"""
TICKET = {"requester": {"name": "Kim", "locale": "ja"}}


@pytest.fixture
def filled(base: Base) -> Base:
    base.write("macros/refund.md", REFUND)
    base.write("macros/thanks.md", "---\ntitle: Thanks\n---\nThank you.\n")
    return base


def _query(*names: str, **given: str) -> ReplyQuery:
    return ReplyQuery(names, given, {})


def _answering(**answers: str) -> Callable[[MissingField, Calendar], str]:
    """Answers by field name; each only once."""
    return lambda missing, _: answers.pop(missing.field.name)


def test_given_values_and_defaults_need_nobody_to_ask(filled: Base) -> None:
    finished = reply(filled.workspace, _query("refund", customer="Kim", late="no"))
    assert finished.reply.text == "Dear Kim, on Monday.\n"


def test_the_ticket_fills_in_what_it_knows(filled: Base) -> None:
    query = ReplyQuery(["refund"], {"late": "no"}, TICKET)
    assert reply(filled.workspace, query).reply.text.startswith("Dear Kim,")


def test_several_macros_make_one_reply(filled: Base) -> None:
    query = _query("refund", "thanks", customer="Kim", late="no")
    assert reply(filled.workspace, query).reply.text == "Dear Kim, on Monday.\n\nThank you.\n"


def test_an_answer_may_call_for_another(filled: Base) -> None:
    ask = _answering(customer="Kim", late="yes", reason="snow")
    finished = reply(filled.workspace, _query("refund"), ask=ask)
    assert finished.reply.text == "Dear Kim, on Monday. Sorry: snow.\n"
    assert finished.request.given == {"customer": "Kim", "late": "yes", "reason": "snow"}


def test_defaults_are_asked_for_too_unless_they_are_accepted(filled: Base) -> None:
    ask = _answering(customer="Kim", late="no", day="Friday")
    finished = reply(filled.workspace, _query("refund"), ask=ask, accept=False)
    assert finished.reply.text == "Dear Kim, on Friday.\n"


def test_what_is_missing_is_told_with_what_may_be_missing_then(filled: Base) -> None:
    with pytest.raises(MissingValuesError) as missing:
        reply(filled.workspace, _query("refund"))
    assert missing.value.message.splitlines() == [
        "missing values: customer, late",
        "  customer",
        "  late",
        "Depending on these values, also needed: reason",
    ]


def test_a_value_without_a_field_is_refused_with_the_name_that_was_meant(filled: Base) -> None:
    with pytest.raises(UsageError) as refused:
        reply(filled.workspace, _query("refund", custommer="Kim"))
    assert refused.value.hint == "Did you mean customer?"


def test_a_value_that_does_not_suit_its_field_is_refused(filled: Base) -> None:
    with pytest.raises(ValueRefusedError):
        reply(filled.workspace, _query("refund", customer="Kim", late="perhaps"))


def test_all_wrong_values_are_refused_at_once_with_what_was_allowed(base: Base) -> None:
    base.write(
        "macros/three.md",
        "---\nfields:\n- {name: n, type: number}\n- {name: plan, type: choice, choices: [free, pro]}\n"
        "- {name: day, type: date}\n- {name: other}\n---\n{{ n }} {{ plan }} {{ day }} {{ other }}\n",
    )
    with pytest.raises(ValueRefusedError) as refused:
        reply(base.workspace, _query("three", n="many", plan="gold", day="someday"))
    first, *lines = refused.value.message.splitlines()
    assert first == "3 values can't be used:"
    allowed = ("42, 3.5", "free, pro", "2026-11-23")
    assert [hint in line for hint, line in zip(allowed, lines, strict=True)] == [True] * 3


def test_all_names_without_a_field_are_refused_at_once(filled: Base) -> None:
    with pytest.raises(UsageError, match="no such field: custommer, dai"):
        reply(filled.workspace, _query("refund", custommer="Kim", dai="Friday"))


def test_an_empty_value_that_the_text_does_not_use_is_no_fault(filled: Base) -> None:
    query = _query("refund", customer="Kim", late="no", reason="")
    assert reply(filled.workspace, query).reply.text == "Dear Kim, on Monday.\n"


def test_empty_values_that_the_text_uses_are_refused_at_once(filled: Base) -> None:
    with pytest.raises(ValueRefusedError) as refused:
        reply(filled.workspace, _query("refund", customer=" ", late="yes", reason=""))
    assert [line.split(".")[0].strip() for line in refused.value.message.splitlines()[1:]] == [
        "customer: a value is required",
        "reason: a value is required",
    ]


@pytest.mark.parametrize(
    ("locale", "language", "shown"),
    [
        ("en_US.UTF-8", "", "6 May"),
        ("en_GB.UTF-8", "", "5 June"),
        ("en_GB.UTF-8", "en", "5 June"),
        ("en_US.UTF-8", "de", "5 June"),
        ("C.UTF-8", "", "6 May"),
    ],
)
def test_a_date_is_read_in_the_order_of_the_users_locale(
    base: Base, monkeypatch: pytest.MonkeyPatch, locale: str, language: str, shown: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    base.write("macros/day.md", "---\nfields:\n- {name: day, type: date}\n---\n{{ day }}\n")
    workspace = replace(base.workspace, user=replace(base.workspace.user, language=language))
    finished = reply(workspace, _query("day", day="5/6/2027"))
    assert finished.reply.text == f"{shown} 2027\n"


@pytest.mark.parametrize(
    ("own", "team", "locale", "country"),
    [
        ("", "", "", ""),
        ("", "US", "", "US"),
        ("DE", "US", "", "DE"),
        ("DE", "", "en-US", "US"),
        ("DE", "", "ja", "JP"),
        ("DE", "", "en", "DE"),
    ],
)
def test_business_days_are_those_of_the_customers_country(
    base: Base, own: str, team: str, locale: str, country: str
) -> None:
    base.write("macros/day.md", "---\nfields:\n- {name: day, type: date}\n---\n{{ day }}\n")
    workspace = replace(
        base.workspace,
        user=replace(base.workspace.user, country=own),
        settings=replace(base.workspace.settings, country=team),
    )
    ticket = {"requester": {"locale": locale}} if locale else {}
    request = request_for(workspace, ReplyQuery(["day"], {}, ticket, "en"))
    assert request.calendar.country == country


def test_a_name_that_names_nothing_is_refused(filled: Base) -> None:
    with pytest.raises(NotFoundError):
        reply(filled.workspace, _query("nothing"))


def test_a_language_that_a_macro_lacks_is_a_remark(filled: Base) -> None:
    events: list[Event] = []
    query = ReplyQuery(["thanks"], {}, TICKET)
    assert reply(filled.workspace, query, events.append).reply.text == "Thank you.\n"
    assert events == [Remark("macros/thanks has no ja version; using en.")]


UNSEEN = [
    "\x01",
    "\x1b[31m",
    "\u200b",
    "\u3164",
    "\u2800",
    "\ufe0f",
    "\U000e0041",
    "\u200e",
    "\ue000",
]
EVERY_WAY = """---
title: Hello
fields:
  - {name: who, from: ticket.requester.name}
---
Hello {{ who }},
"""


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_what_shows_nothing_is_no_value_whichever_way_it_comes(base: Base, text: str) -> None:
    base.write("macros/hello.md", EVERY_WAY)
    with pytest.raises(ValueRefusedError, match="who: a value is required"):
        reply(base.workspace, _query("hello", who=text))
    ticket = {"requester": {"name": text}}
    with pytest.raises(MissingValuesError):
        reply(base.workspace, ReplyQuery(["hello"], {}, ticket))
    with pytest.raises(MissingValuesError):
        reply(base.workspace, ReplyQuery(["hello"], {"ticket.requester.name": text}, {}))
    asked = reply(base.workspace, ReplyQuery(["hello"], {}, ticket), ask=_answering(who="Kim"))
    assert asked.reply.text == "Hello Kim,\n"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{{ ticket.subject }}", "ticket.subject is empty"),
        ("{{ who | append: who }}", "is empty"),
        ("{% assign both = who | append: void %}{{ both }}", "both is empty"),
        ("| a |\n| - |\n| {{ void }} |", "void is empty"),
        ("{{ void | honorific }}{{ void | sentence }}", "void.* is empty"),
        ("\u200b", "the reply is empty"),
        ("\u200b{% if void == 'a' %}x{% endif %}\u3164", "the reply is empty"),
    ],
)
def test_what_a_macro_makes_of_values_is_seen_or_refused(base: Base, body: str, told: str) -> None:
    base.write("macros/hello.md", f"---\ntitle: Hello\n---\n{body}\n")
    values = {"who": "\u3164", "void": "\u2800"}
    given = {name: text for name, text in values.items() if name in body}
    with pytest.raises(TemplateError, match=told):
        reply(base.workspace, ReplyQuery(["hello"], given, {"subject": "\u200b"}))


def test_a_default_stands_for_what_shows_nothing_and_is_none_if_it_does_itself(base: Base) -> None:
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello {{ who | default: 'there' }},\n")
    assert reply(base.workspace, _query("hello", who="\u3164")).reply.text == "Hello there,\n"
    header = '---\ntitle: Hello\nfields:\n  - {name: who, default: "\\u200b"}\n---\n'
    base.write("macros/hello.md", f"{header}Hello {{{{ who }}}},\n")
    with pytest.raises(MissingValuesError):
        reply(base.workspace, _query("hello"))


@pytest.mark.parametrize("kind", ["multiline", "choice", "multichoice", "date", "number", "email"])
def test_no_type_of_field_takes_what_shows_nothing(base: Base, kind: str) -> None:
    field = (
        f"{{name: who, type: {kind}, choices: [a, b]}}"
        if "choice" in kind
        else f"{{name: who, type: {kind}}}"
    )
    base.write(
        "macros/hello.md", f"---\ntitle: Hello\nfields:\n  - {field}\n---\nOn {{{{ who }}}}.\n"
    )
    with pytest.raises(ValueRefusedError, match="who: a value is required"):
        reply(base.workspace, _query("hello", who="\u200b\n\u3164"))


@pytest.mark.parametrize(
    "name", ["👩\u200d💻", "نامه\u200cای", "葛\U000e0100城", "\u200bKim", "क्\u200dष", "❤\ufe0f"]
)
def test_what_can_be_seen_reaches_the_customer_as_it_is(base: Base, name: str) -> None:
    base.write("macros/hello.md", EVERY_WAY)
    given = reply(base.workspace, _query("hello", who=name)).reply.text
    told = reply(
        base.workspace, ReplyQuery(["hello"], {}, {"requester": {"name": name}})
    ).reply.text
    assert given == told == f"Hello {name},\n"


def test_an_optional_value_that_shows_nothing_is_left_out(base: Base) -> None:
    header = "---\ntitle: Hello\nfields:\n  - {name: note, required: false}\n---\n"
    base.write("macros/hello.md", header + "Hello.{% if note != '' %} {{ note }}{% endif %}\n")
    assert reply(base.workspace, _query("hello", note="\u200b")).reply.text == "Hello.\n"
