"""A field type takes a row (and a control, if a line will not do): the rest comes by itself."""

from __future__ import annotations

import json
import re
from typing import cast

import pytest
from tests.conftest import Base, Run

from cannery.cli import prompts
from cannery.content.dates import Calendar
from cannery.content.field_types import FIELD_TYPES, FieldType, Value
from cannery.errors import ValueRefusedError
from cannery.model.entry import Field
from cannery.operations.reply import ReplyQuery, reply, request_for
from cannery.operations.sample import sampler
from cannery.reply.form import build_form
from cannery.site.macro import form_of

MACRO = """---
title: Paint
fields:
- name: shade
  type: colour
- name: other
  type: colour
  required: false
- name: third
  type: colour
  default: "{{ shade }}"
---
{{ shade | upcase }} {{ other | default: "none" }} {{ third }}
"""


def _colour(field: Field, text: str, _: Calendar) -> Value:
    if not re.fullmatch("#[0-9a-f]{6}", text):
        raise ValueRefusedError(f"{field.name} is no colour", "As in #c0ffee.")
    return text


@pytest.fixture
def painted(base: Base, monkeypatch: pytest.MonkeyPatch) -> Base:
    """A macro with fields of a made-up type, and its row: all that the type takes."""
    row = FieldType(
        parse=_colour,
        stand_in="#000000",
        sample="#c0ffee",
        hint="a colour: #c0ffee",
        examples=lambda _: ("#000000", "#ffffff"),
    )
    monkeypatch.setitem(cast("dict[str, FieldType]", FIELD_TYPES), "colour", row)
    base.write("macros/paint.md", MACRO)
    return base


def _query(**given: str) -> ReplyQuery:
    return ReplyQuery(("paint",), given, {})


def test_its_values_are_read_and_refused_in_replies(painted: Base) -> None:
    done = reply(painted.workspace, _query(shade="#0a0b0c"))
    assert done.reply.text == "#0A0B0C none #0a0b0c\n"
    with pytest.raises(ValueRefusedError, match="shade is no colour"):
        reply(painted.workspace, _query(shade="blue"))


def test_the_form_shows_its_holes_and_its_faults(painted: Base) -> None:
    request = request_for(painted.workspace, _query())
    empty = build_form(request, {})
    assert empty.reply is not None
    assert [row.field.type for row in empty.rows] == ["colour"] * 3
    assert "⟦shade⟧".upper() in empty.reply.text.upper()
    wrong = build_form(request, {"shade": "blue"})
    assert (wrong.rows[0].fault, wrong.rows[0].hint) == ("shade is no colour", "As in #c0ffee.")


def test_a_check_and_a_reviewer_know_it(painted: Base, kb: Run) -> None:
    assert json.loads(kb("check", "--json").out) == []
    raw = (painted.root / "kb" / "macros" / "paint.md").read_bytes()
    assert sampler(painted.workspace)("kb/macros/paint.md", raw) == "#C0FFEE none #c0ffee\n"


def test_schema_show_and_the_page_of_the_macro_name_it(painted: Base, kb: Run) -> None:
    schema = json.loads(kb("schema", "macro").out)
    types = schema["properties"]["fields"]["items"]["anyOf"][1]["properties"]["type"]
    assert types["enum"][-1] == "colour"
    assert [item["type"] for item in json.loads(kb("show", "paint", "--json").out)["fields"]] == [
        "colour"
    ] * 3
    page = form_of(painted.macro("paint.md"), {}, str)
    assert [item["type"] for item in page["fields"]] == ["colour"] * 3


def test_a_prompt_says_what_may_be_typed(
    painted: Base, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["blue", "#0a0b0c"])
    monkeypatch.setattr(prompts, "_read", lambda _: next(answers))
    done = reply(painted.workspace, _query(), ask=prompts.ask)
    assert "shade (a colour: #c0ffee)" in capsys.readouterr().err
    assert done.reply.text.startswith("#0A0B0C")
