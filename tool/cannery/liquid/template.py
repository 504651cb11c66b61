"""Render a template, and find the names that it uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from liquid.exceptions import (
    LiquidError,
    LiquidSyntaxError,
    ResourceLimitError,
    TemplateNotFoundError,
)
from liquid.span import Span

from cannery.content.layout import part_name
from cannery.content.marks import unmark, without_marks
from cannery.errors import TemplateError
from cannery.liquid.context import RenderContext, Rendering, Source
from cannery.liquid.limits import (
    BoundsError,
    EmptyValueError,
    FormError,
    RenderBudget,
    refuse_source,
)
from cannery.liquid.sandbox import bind, is_filter
from cannery.liquid.unclosed import UnclosedError
from cannery.util.plain import printable

# Liquid's own, and what its filters raise for the arguments of a stranger; all else is a bug.
_RENDER_ERRORS = (
    LiquidError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_NAMED_TAG = re.compile(r"tag '(\w*)'")
_HOPELESS = (BoundsError, FormError, ResourceLimitError, RecursionError)  # for whichever values


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered template: text with a marker for each of `values` (see `interpolate`)."""

    text: str
    values: tuple[str, ...]

    @property
    def plain(self) -> str:
        return unmark(self.text, self.values)


@dataclass(frozen=True, slots=True)
class MissingNames:
    """The names without a value that a template evaluated, as dotted paths in order of use.

    `printed` are those that it can't do without; the others it only tested.
    """

    names: tuple[str, ...]
    printed: frozenset[str]


def render(source: Source, values: Mapping[str, object], context: RenderContext) -> Rendered:
    """Render the template.

    Raises TemplateError for a missing or empty value, a wrong template or one that costs too much.
    """
    budget = RenderBudget(context.language, context.optional, max_steps=context.max_steps)
    text = _run(source, values, context, budget)
    return Rendered(text, tuple(budget.values))


def missing_names(
    source: Source, values: Mapping[str, object], context: RenderContext
) -> MissingNames:
    """The names that rendering would miss, in the branches that are taken with these values."""
    budget = RenderBudget(
        context.language, context.optional, probing=True, max_steps=context.max_steps
    )
    _run(source, values, context, budget)
    return MissingNames(tuple(budget.touched), frozenset(budget.needed))


def refused(
    source: Source, values: Mapping[str, object], context: RenderContext
) -> TemplateError | None:
    """Why `render` fails for any values: a limit or an invalid date format. None if it does not."""
    if _is_bare(source.text):
        return None
    try:
        missing_names(source, values, context)
    except TemplateError as error:
        if isinstance(error.__cause__, _HOPELESS):
            return error
    return None


def filters_used(source: Source, context: RenderContext) -> dict[str, int]:
    """The filters of the template and its parts, each with the line of its first use."""
    used = _analysis(source, context).filters
    return {name: _line(offset, source) for name, offset in used.items()}


def variables(source: Source, context: RenderContext) -> dict[str, int]:
    """Every name from outside that the template or its parts mention, dotted, with a line."""
    used = _analysis(source, context).variables
    return {name: _line(offset, source) for name, offset in used.items()}


class _Analysis(NamedTuple):
    """The filters and the dotted names of a template and its parts, by first use.

    Each with its offset in the template's text; 0 for what stands in a part.
    """

    filters: Mapping[str, int]
    variables: Mapping[str, int]


def _analysis(source: Source, context: RenderContext) -> _Analysis:
    text = without_marks(source.text)
    try:
        if _is_bare(text):
            refuse_source(text)
            return _Analysis({}, {})
        analysis = _analysed(text, tuple((name, part.body) for name, part in context.parts.items()))
    except (LiquidError, RecursionError, ValueError) as error:
        raise _translated(error, source, context) from error
    for name, offset in analysis.filters.items():
        if not is_filter(name):
            reason = f"unknown filter '{name:.100}'"
            hint = "See `kb help macro-format` for the filters."
            raise TemplateError(reason, source.path, _line(offset, source), hint)
    return analysis


@lru_cache(maxsize=64)
def _analysed(text: str, parts: tuple[tuple[str, str], ...]) -> _Analysis:
    """Analyse a text statically; `parts` are the bodies of its parts by name."""
    analysis = bind(text, Rendering(RenderBudget(""), dict(parts))).analyze()
    offsets: dict[str, int] = {}
    for uses in analysis.globals.values():
        for use in uses:
            name = ".".join(str(segment) for segment in use.segments)
            offsets.setdefault(name, _offset(use.span))
    return _Analysis({name: _offset(spans[0]) for name, spans in analysis.filters.items()}, offsets)


def _is_bare(text: str) -> bool:
    """Whether the text has no Liquid in it, as most defaults of fields."""
    return "{" not in text


def _offset(span: Span) -> int:
    """The offset of a use in the template itself, whose name is empty; 0 for one in a part."""
    return 0 if span.template_name else span.index


def _line(offset: int, source: Source) -> int:
    return source.line + source.text.count("\n", 0, offset)


def _run(
    source: Source, values: Mapping[str, object], context: RenderContext, budget: RenderBudget
) -> str:
    parts = {name: part.body for name, part in context.parts.items()}
    rendering = Rendering(budget, parts, context.article_url)
    try:
        template = bind(without_marks(source.text), rendering)
        text = template.render(**{**values, "cursor": ""})
    except _RENDER_ERRORS as error:
        raise _translated(error, source, context) from error
    return printable(text)


def _translated(error: Exception, source: Source, context: RenderContext) -> TemplateError:
    where, line = source.path, source.line
    token = getattr(error, "token", None)
    if token is not None and token.start_index >= 0:
        text = token.source
        part = next((p for p in context.parts.values() if without_marks(p.body) == text), None)
        if text != without_marks(source.text) and part is not None:
            where, line = part.at.path, part.body_line
        line += text.count("\n", 0, token.start_index)
    hint = error.cure if isinstance(error, UnclosedError) else _hint(error, context)
    return TemplateError(_reason(error), where, line, hint)


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, TemplateNotFoundError):
        return f"no part named {error.args[0]!s:.100}"
    if isinstance(error, LiquidError):
        return str(error.message)[:300]
    return str(error)[:300] or type(error).__name__


def _hint(error: Exception, context: RenderContext) -> str:
    message = str(error)
    if isinstance(error, TemplateNotFoundError):
        names = ", ".join(sorted(part_name(part.at) for part in context.parts.values())[:8])
        return f"Parts in the folder _parts of the macros: {names or 'none yet'}."
    if isinstance(error, EmptyValueError):
        return "Give it a value, add `| default: ...`, or put it inside {% if %}."
    if isinstance(error, LiquidSyntaxError) and "unexpected tag" in message:
        tag = _NAMED_TAG.search(message)
        if tag and tag[1] in ("include", "echo", "liquid", "tablerow", "cycle"):
            return "Use {% render 'part' %} and {{ value }} instead."
        return "Supported tags: assign, capture, case, comment, for, if, raw, render, unless."
    if "unknown filter" in message:
        return "Values are escaped automatically. See `kb help macro-format` for the filters."
    return ""
