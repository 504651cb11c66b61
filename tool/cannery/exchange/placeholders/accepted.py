"""What our Liquid says to a template before anybody fills it in."""

from __future__ import annotations

from functools import lru_cache

from cannery.errors import TemplateError
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import refused, render, variables

_SAMPLES = ("'12'", "'2026-01-31'", "'a text'", "'a b' | split: ' '")
_CONTEXT = RenderContext("en")


def is_accepted(template: str) -> bool:
    """Whether it can be filled in at all."""
    source = Source(template, "")
    try:
        variables(source, _CONTEXT)
    except TemplateError:
        return False
    return refused(source, {}, _CONTEXT) is None


@lru_cache(maxsize=1000)
def works(written: str) -> bool:
    """Whether a filter with its arguments takes a number, a date, a text or a list."""
    return any(_runs(f"{{{{ {sample} | {written} }}}}") for sample in _SAMPLES)


def _runs(template: str) -> bool:
    try:
        render(Source(template, ""), {}, _CONTEXT)
    except TemplateError as error:
        return "no value" in error.reason  # a name in its arguments
    return True
