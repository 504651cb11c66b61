"""What a template opens and does not close is told with its own line, here and in the browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cannery.errors import TemplateError
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import render, variables
from cannery.model.entry import Part
from cannery.model.location import Kind, Location

CASES = json.loads((Path(__file__).parents[1] / "site" / "unclosed.json").read_text())


def _failure(text: str, context: RenderContext) -> TemplateError:
    with pytest.raises(TemplateError) as raised:
        render(Source(text, "kb/macros/a.md", 10), {"x": 1, "list": [1]}, context)
    return raised.value


@pytest.mark.parametrize(("text", "line", "reason", "hint"), CASES)
def test_what_is_not_closed_is_told_where_it_begins(
    text: str, line: int, reason: str, hint: str
) -> None:
    error = _failure(text, RenderContext("en"))
    assert (error.line, error.reason, error.hint) == (9 + line, reason, hint)


def test_it_is_told_where_names_are_looked_for_too() -> None:
    with pytest.raises(TemplateError) as raised:
        variables(Source("a\n{% if x %}\nb", "kb/macros/a.md", 10), RenderContext("en"))
    assert (raised.value.line, raised.value.reason) == (11, "`{% if %}` is never closed")


def test_in_a_part_it_names_the_part() -> None:
    at = Location("kb/macros/_parts/p.md", "macros/_parts/p", Kind.PART, "en")
    parts = {"p": Part(at, "one\n{% unless x %}\ntwo", 3)}
    error = _failure("a\n{% render 'p' %}", RenderContext("en", parts))
    assert (error.path, error.line) == ("kb/macros/_parts/p.md", 4)
    assert error.reason == "`{% unless %}` is never closed"


def test_an_empty_tag_is_closed() -> None:
    error = _failure("a\n{% %} b", RenderContext("en"))
    assert (error.line, error.reason) == (11, "missing tag name or closing delimiter")
