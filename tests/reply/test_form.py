from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from tests.conftest import Base

from cannery.content.marks import Url
from cannery.reply.form import FormState, build_form
from cannery.reply.resolve import Request

HEAD = "---\ntitle: T\nfields:\n"


def _sheet(
    base: Base,
    fields: str,
    body: str,
    typed: Mapping[str, str] | None = None,
    **more: Mapping[str, object],
) -> FormState:
    base.write("macros/m.md", f"{HEAD}{fields}---\n{body}\n")
    request = Request(
        macros=(base.macro("m.md"),),
        parts={},
        language="en",
        article_url=Url,
        now=datetime(2026, 11, 24, tzinfo=UTC),
        **more,  # type: ignore[arg-type]
    )
    return build_form(request, typed or {})


def _text(sheet: FormState) -> str:
    assert sheet.reply is not None, sheet.fault
    return sheet.reply.text.strip()


def test_what_is_missing_is_a_hole_in_its_place(base: Base) -> None:
    sheet = _sheet(base, "  - {name: who, label: Customer}\n", "Hello {{ who }}, *welcome*.")
    assert _text(sheet) == "Hello ⟦Customer⟧, welcome."
    assert not sheet.is_done
    done = _sheet(base, "  - {name: who}\n", "Hello {{ who }}.", {"who": "Kim"})
    assert (_text(done), done.is_done) == ("Hello Kim.", True)


def test_what_does_not_suit_says_why(base: Base) -> None:
    sheet = _sheet(base, "  - {name: n, type: number}\n", "{{ n }}", {"n": "x"})
    row = sheet.rows[0]
    assert (row.fault, row.hint) == ("n: 'x' is not a number", "Examples: 42, 3.5, 1,000.")
    assert not sheet.is_done


def test_a_hole_that_a_filter_refuses_gets_a_stand_in(base: Base) -> None:
    sheet = _sheet(base, "  - {name: d, type: date}\n", "{{ d | date: '%Y' }}")
    assert (_text(sheet), sheet.is_done) == ("2026", False)


def test_the_ticket_proposes_and_can_be_typed_over(base: Base) -> None:
    fields = "  - {name: who, from: ticket.requester.name}\n"
    ticket = {"requester": {"name": "Kim"}}
    sheet = _sheet(base, fields, "Hi {{ who }}", ticket=ticket)
    assert (sheet.rows[0].text, _text(sheet)) == ("Kim", "Hi Kim")
    over = _sheet(base, fields, "Hi {{ who }}", {"who": "Lee"}, ticket=ticket)
    assert _text(over) == "Hi Lee"
    emptied = _sheet(base, fields, "Hi {{ who }}", {"who": ""}, ticket=ticket)
    assert emptied.rows[0].missing


def test_what_the_ticket_says_and_does_not_suit_is_not_proposed(base: Base) -> None:
    fields = "  - {name: mail, type: email, from: ticket.mail}\n"
    sheet = _sheet(base, fields, "{{ mail }}", ticket={"mail": "none"})
    assert (sheet.rows[0].text, sheet.rows[0].missing) == ("", True)


def test_a_default_builds_on_other_fields_as_long_as_nobody_types(base: Base) -> None:
    fields = "  - name: a\n  - {name: b, default: '{{ a }}!'}\n"
    body = "{{ a }} {{ b }}"
    first = _sheet(base, fields, body)
    assert [row.missing for row in first.rows] == [True, True]
    assert _text(_sheet(base, fields, body, {"a": "x"})) == "x x!"
    assert _text(_sheet(base, fields, body, {"a": "x", "b": "y"})) == "x y"


def test_an_optional_field_can_be_emptied(base: Base) -> None:
    fields = "  - {name: note, default: 'As always.'}\n"
    body = "Hi.{% if note != '' %} {{ note }}{% endif %}"
    assert _text(_sheet(base, fields, body)) == "Hi. As always."
    sheet = _sheet(base, fields, body, {"note": ""})
    assert (_text(sheet), sheet.is_done) == ("Hi.", True)


def test_only_fields_that_the_reply_wants_now_are_there(base: Base) -> None:
    fields = "  - {name: part, type: yesno, default: 'no'}\n  - name: why\n"
    body = "Hi{% if part %}, because {{ why }}{% endif %}."
    assert [row.field.name for row in _sheet(base, fields, body).rows] == ["part"]
    sheet = _sheet(base, fields, body, {"part": "yes"})
    assert [row.field.name for row in sheet.rows] == ["part", "why"]


def test_a_field_of_which_only_the_size_is_asked_is_there(base: Base) -> None:
    fields = "  - {name: x, type: multichoice, choices: [a, b]}\n"
    sheet = _sheet(base, fields, "{% if x.size > 1 %}Both{% else %}One{% endif %}")
    assert [row.field.name for row in sheet.rows] == ["x"]


def test_names_without_a_field_are_asked_for(base: Base) -> None:
    sheet = _sheet(base, "  - name: a\n", "{{ a }} {{ b }} {{ ticket.id }}", {"ticket.id": "7"})
    assert [row.field.name for row in sheet.rows] == ["a", "b", "ticket.id"]
    assert _text(sheet) == "⟦a⟧ ⟦b⟧ 7"


def test_a_remembered_value_is_proposed(base: Base) -> None:
    fields = "  - {name: city, remember: true}\n"
    sheet = _sheet(base, fields, "{{ city }}", remembered={"city": "Kyoto"})
    assert (_text(sheet), sheet.is_done) == ("Kyoto", True)


@pytest.mark.parametrize("body", ["{% if %}", "{{ a | nothing }}", "{% render 'gone' %}"])
def test_a_template_that_is_wrong_says_so(base: Base, body: str) -> None:
    sheet = _sheet(base, "  - name: a\n", body)
    assert sheet.reply is None
    assert sheet.fault.startswith("kb/macros/m.md:")
    assert not sheet.is_done
