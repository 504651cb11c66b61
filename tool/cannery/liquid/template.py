"""Liquid: fill a template in, and tell which values it wants. With `sandbox`, the Liquid room."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from liquid.exceptions import (
    LiquidError,
    LiquidSyntaxError,
    ResourceLimitError,
    TemplateNotFoundError,
)
from liquid.span import Span
from liquid.static_analysis import TemplateAnalysis

import liquid
from cannery.content.files import part_name
from cannery.content.marks import Url, unmark, without_marks
from cannery.errors import TemplateError
from cannery.liquid.limits import (
    MAX_STEPS,
    BoundsError,
    EmptyValueError,
    FormError,
    RenderBudget,
    refuse_source,
)
from cannery.liquid.sandbox import environment
from cannery.model.entry import Part
from cannery.util.plain import printable

_NAMED_TAG = re.compile(r"tag '(\w*)'")
_HOPELESS = (BoundsError, FormError, ResourceLimitError, RecursionError)  # for whichever values
_NOTHING = TemplateAnalysis(variables={}, globals={}, locals={}, filters={}, tags={})


def _no_articles(_: str) -> Url:
    raise ValueError("there are no articles here")


@dataclass(frozen=True, slots=True)
class Source:
    """A template's text, and where it stands: `line` is the 1-based line of its first line."""

    text: str
    path: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What a template sees besides its values.

    `optional` names the values that may be empty; `article_url` turns an id into an address and
    raises ValueError where it must not. `max_steps` is what the template may cost.
    """

    language: str
    parts: Mapping[str, Part] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    article_url: Callable[[str], Url] = _no_articles
    max_steps: int = MAX_STEPS


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled-in template: text with a marker for each of `values` (see `interpolate`)."""

    text: str
    values: tuple[str, ...]

    @property
    def plain(self) -> str:
        return unmark(self.text, self.values)


@dataclass(frozen=True, slots=True)
class MissingNames:
    """The names without a value that a template came across, dotted, in order of use.

    `printed` are those that it can't do without; the others it only tested.
    """

    names: tuple[str, ...]
    printed: frozenset[str]


def render(source: Source, values: Mapping[str, object], context: RenderContext) -> Rendered:
    """Fill the template in.

    Raises TemplateError for a missing or empty value, a wrong template or one that costs too much.
    """
    budget = RenderBudget(context.language, context.optional, max_steps=context.max_steps)
    text = _run(source, values, context, budget)
    return Rendered(text, tuple(budget.values))


def missing_names(
    source: Source, values: Mapping[str, object], context: RenderContext
) -> MissingNames:
    """The names that filling in would miss, as far as the values at hand let one see."""
    budget = RenderBudget(
        context.language, context.optional, probing=True, max_steps=context.max_steps
    )
    _run(source, values, context, budget)
    return MissingNames(tuple(budget.touched), frozenset(budget.needed))


def refused(
    source: Source, values: Mapping[str, object], context: RenderContext
) -> TemplateError | None:
    """Why `fill` would refuse these values, and any others: cost, or a form that no date has."""
    if _is_bare(source.text):
        return None
    try:
        missing_names(source, values, context)
    except TemplateError as error:
        if isinstance(error.__cause__, _HOPELESS):
            return error
    return None


def _analysis(source: Source, context: RenderContext) -> TemplateAnalysis:
    budget = RenderBudget(context.language)
    try:
        if _is_bare(source.text):
            refuse_source(source.text)
            return _NOTHING
        template = _compile(source, context, budget)
        analysis = template.analyze()
    except (LiquidError, RecursionError, ValueError) as error:
        raise _translated(error, source, context) from error
    for name, spans in analysis.filters.items():
        if name not in template.env.filters:
            reason = f"unknown filter '{name:.100}'"
            hint = "See the format's page for the filters."
            raise TemplateError(reason, source.path, _line(spans[0], source), hint)
    return analysis


def filters_used(source: Source, context: RenderContext) -> dict[str, int]:
    """The filters of the template and its parts, each with the line of its first use."""
    used = _analysis(source, context).filters
    return {name: _line(spans[0], source) for name, spans in used.items()}


def variables(source: Source, context: RenderContext) -> dict[str, int]:
    """Every name from outside that the template or its parts mention, dotted, with a line."""
    found: dict[str, int] = {}
    for uses in _analysis(source, context).globals.values():
        for use in uses:
            name = ".".join(str(segment) for segment in use.segments)
            found.setdefault(name, _line(use.span, source))
    return found


def _is_bare(text: str) -> bool:
    """Whether there is nothing to fill in, as in most defaults of fields."""
    return "{" not in text


def _line(span: Span, source: Source) -> int:
    inside = span.template_name in ("", source.path)
    return source.line + (source.text.count("\n", 0, span.index) if inside else 0)


def _run(
    source: Source, values: Mapping[str, object], context: RenderContext, budget: RenderBudget
) -> str:
    try:
        text = _compile(source, context, budget).render(**{**values, "cursor": ""})
    except Exception as error:  # a filter may raise anything for the arguments of a stranger
        raise _translated(error, source, context) from error
    return printable(text)


def _compile(source: Source, context: RenderContext, budget: RenderBudget) -> liquid.BoundTemplate:
    refuse_source(source.text)
    parts = {name: without_marks(part.body) for name, part in context.parts.items()}
    env = environment(budget, parts, context.article_url)
    return env.from_string(without_marks(source.text), name=source.path)


def _translated(error: Exception, source: Source, context: RenderContext) -> TemplateError:
    where, line = source.path, source.line
    token = getattr(error, "token", None)
    if token is not None and token.start_index >= 0:
        text = token.source
        part = next((p for p in context.parts.values() if without_marks(p.body) == text), None)
        if text != without_marks(source.text) and part is not None:
            where, line = part.at.path, part.body_line
        line += text.count("\n", 0, token.start_index)
    return TemplateError(_reason(error), where, line, _hint(error, context))


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deep"
    if isinstance(error, TemplateNotFoundError):
        return f"there is no part named {error.args[0]!s:.100}"
    if isinstance(error, LiquidError):
        return str(error.message)[:300]
    return str(error)[:300] or type(error).__name__


def _hint(error: Exception, context: RenderContext) -> str:
    message = str(error)
    if isinstance(error, TemplateNotFoundError):
        names = ", ".join(sorted(part_name(part.at) for part in context.parts.values())[:8])
        return f"Parts live in kb/macros/_parts/: {names or 'there are none yet'}."
    if isinstance(error, EmptyValueError):
        return "Give it a value, or write `| default: ...` or {% if %} around it."
    if isinstance(error, LiquidSyntaxError) and "unexpected tag" in message:
        tag = _NAMED_TAG.search(message)
        if tag and tag[1] in ("include", "echo", "liquid", "tablerow", "cycle"):
            return "Use {% render 'part' %} and {{ value }} instead."
        return "Tags are assign, capture, case, comment, for, if, raw, render and unless."
    if "unknown filter" in message:
        return "Values are escaped where they stand; see the format's page for the filters."
    return ""
