"""Liquid within bounds: what a stranger's template may cost, and what it may reach.

Time, output, work done by filters and the size of every value are limited per render; nothing
reads a file; every `{{ value }}` leaves a marker in place of its text (see `interpolate`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from io import StringIO
from typing import Any, NamedTuple, TextIO

from liquid.builtin.content import ContentNode, Literal
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.capture_tag import CaptureNode, CaptureTag
from liquid.exceptions import LiquidError, LiquidSyntaxError, TemplateNotFoundError
from liquid.undefined import UNDEFINED, FalsyStrictUndefined

import liquid
from cannery.content.marks import mark, unmark, without_marks
from cannery.liquid.context import Rendering
from cannery.liquid.filters import bounded, filters, value_text
from cannery.liquid.limits import (
    MAX_DEPTH,
    MAX_LOOPS,
    MAX_OUTPUT,
    BoundsError,
    EmptyValueError,
    Missing,
    RenderBudget,
    refuse_source,
)
from cannery.liquid.portable_filters import MAX_NUMBER
from cannery.liquid.trees import Tree, Trees
from cannery.liquid.unclosed import ended, explained
from cannery.util.seen import shows_nothing

_TAGS = {
    "#", "assign", "break", "capture", "case", "comment", "continue", "doc", "for", "if", "render",
    "unless",
}  # fmt: skip


def _rendering(context: liquid.RenderContext) -> Rendering:
    template = context.template
    assert isinstance(template, Template)  # noqa: S101 - `bind` makes no others
    return template.rendering


def _budget(context: liquid.RenderContext) -> RenderBudget:
    return _rendering(context).budget


class Context(liquid.RenderContext):
    """A render context that counts the steps wherever a template can spend time."""

    @property
    def budget(self) -> RenderBudget:
        return _budget(self)

    def filter(self, name: str, token: liquid.Token | None) -> Callable[..., object]:
        return bounded(name, super().filter(name, token), _rendering(self))

    # Every node asks for this before it renders, which makes it the place to count.
    @property
    def disabled_tags(self) -> list[str]:
        self.budget.step()
        return []

    @disabled_tags.setter
    def disabled_tags(self, value: list[str]) -> None:
        pass  # `include` is no tag of ours, so there is nothing to disable

    def get(
        self, path: list[object], *, token: liquid.Token | None, default: object = UNDEFINED
    ) -> object:
        absent = object()
        value = super().get(path, token=token, default=absent)
        if value is not absent and value is not None:
            # Whatever is done with a value takes as long as it is.
            self.budget.spend(len(value) if isinstance(value, str | list | tuple) else 1)
            return value
        if default is not UNDEFINED:
            return default
        name = ".".join(str(segment) for segment in path)
        if self.budget.probing:
            start = token.start_index if token else 0
            line = token.source.count("\n", 0, start) + 1 if token else 1
            self.budget.touch(name, line)
            return Missing(name, token=token)
        return FalsyStrictUndefined(name, token=token, hint=f"{name} has no value")

    def assign(self, key: str, val: object) -> None:
        if isinstance(val, str):
            self.budget.spend(len(val))
        super().assign(key, val)


class Template(liquid.BoundTemplate):
    """A compiled template, bound to the one rendering that it is made for."""

    context_class = Context
    rendering: Rendering


def bind(text: str, rendering: Rendering, name: str = "") -> Template:
    """Compile a text, at most once in this process, and bind it to a rendering.

    The text must hold no markers. Raises LiquidError for wrong syntax, ValueError for a text that
    takes too long to parse.
    """
    template = Template(_environment(), _trees().tree(text), name)
    template.rendering = rendering
    return template


@cache
def _trees() -> Trees:
    return Trees(_compile)


def _compile(text: str) -> Tree:
    refuse_source(text)
    environment = _environment()
    try:
        return environment.from_string(text).nodes
    except LiquidSyntaxError as error:
        raise explained(error, text, environment.tokenizer()) from error


class _MarkingNode(OutputNode):
    """`{{ value }}`: leaves a marker, so that the value stays data until its place is known."""

    __slots__ = ()

    def render_to_output(self, context: liquid.RenderContext, buffer: TextIO) -> int:
        budget = _budget(context)
        value = self.expression.evaluate(context)
        if isinstance(value, Missing):
            budget.needed.add(value.name)
            return 0
        text = value_text(value, budget.language)
        if shows_nothing(text) and not budget.probing:
            if not self._may_be_empty(budget.optional):
                raise EmptyValueError(f"{self.expression} is empty", token=self.token)
            return 0
        budget.print(len(text))
        return buffer.write(mark(text, budget.values))

    def _may_be_empty(self, optional: frozenset[str]) -> bool:
        expression = self.expression
        if not isinstance(expression, FilteredExpression):
            return False
        if any(item.name == "default" for item in expression.filters or ()):
            return True
        left = expression.left
        return isinstance(left, Path) and str(left.path[0]) in {*optional, "cursor"}


class _MarkingOutput(Output):
    node_class = _MarkingNode


class _CountedText(ContentNode):
    """Text between the tags, which a loop may print many times."""

    __slots__ = ()

    def render_to_output(self, context: liquid.RenderContext, buffer: TextIO) -> int:
        _budget(context).write(len(self.text))
        return super().render_to_output(context, buffer)


class _CountedLiteral(Literal):
    node_class = _CountedText


class _PlainCaptureNode(CaptureNode):
    """A captured text holds the values themselves, for filters to work on."""

    __slots__ = ()

    def _assign(self, context: liquid.RenderContext, buf: StringIO) -> None:
        context.assign(self.name, unmark(buf.getvalue(), _budget(context).values))


class _PlainCapture(CaptureTag):
    node_class = _PlainCaptureNode


def _bounded_range(self: RangeLiteral, start: object, stop: object) -> range:
    numbers: range = _make_range(self, start, stop)
    if numbers and not (numbers[0] > -MAX_NUMBER and numbers[-1] < MAX_NUMBER):
        raise BoundsError("a number is too large", token=self.token)
    if numbers and numbers[-1] - numbers[0] >= MAX_LOOPS:
        raise BoundsError(f"a range is longer than {MAX_LOOPS:,}", token=self.token)
    return numbers


# A range is read by loops, filters, conditions and outputs alike, so it is bounded where it is
# made, for which the library has no other place.
_make_range = RangeLiteral._make_range  # noqa: SLF001
RangeLiteral._make_range = _bounded_range  # type: ignore[method-assign]  # noqa: SLF001


@cache
def _environment() -> liquid.Environment:
    """The one environment of this process: what belongs to one rendering is in `Rendering`."""
    env = _Environment(undefined=FalsyStrictUndefined, strict_filters=True)
    env.filters = filters(_liquids().filters)
    return env


def is_filter(name: str) -> bool:
    return name in _environment().filters


class _Liquids(NamedTuple):
    """What Liquid itself has: those of its tags that a template may use, and all filters."""

    tags: tuple[type[liquid.Tag], ...]
    filters: Mapping[str, Callable[..., Any]]


@cache
def _liquids() -> _Liquids:
    whole = liquid.Environment()
    allowed = _TAGS | {"content", "output", "illegal", "literal"}
    tags = (
        type(tag)
        for name, tag in whole.tags.items()
        if name in allowed or not (name.isidentifier() or name == "#")
    )
    return _Liquids(tuple(tags), whole.filters)


_OWN_SCOPES = 6  # that each context begins with: they count as depth


class _Environment(liquid.Environment):
    # Bytes, markers too; `RenderBudget.print` counts what is shown.
    output_stream_limit = 16 * MAX_OUTPUT
    loop_iteration_limit = MAX_LOOPS
    local_namespace_limit = 50_000_000
    context_depth_limit = MAX_DEPTH + _OWN_SCOPES
    block_nesting_limit = MAX_DEPTH
    suppress_blank_control_flow_blocks = False  # the browser's Liquid knows no such thing

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:  # noqa: ARG002 - Liquid's
        for stock in _liquids().tags:
            self.add_tag(stock)
        for tag in (_MarkingOutput, _CountedLiteral, _PlainCapture):
            self.add_tag(tag)

    def error(
        self,
        exc: type[LiquidError] | LiquidError,
        msg: str | None = None,
        token: liquid.Token | None = None,
    ) -> None:
        """Where an expression ends too early, its end has no place: it is before what follows."""
        if isinstance(exc, LiquidSyntaxError) and token is not None:
            exc.token = ended(exc.token, token)
        super().error(exc, msg, token)

    def get_template(
        self,
        name: str,
        *,
        globals: Mapping[str, object] | None = None,  # noqa: A002, ARG002 - Liquid's
        context: liquid.RenderContext | None = None,
        **kwargs: object,  # noqa: ARG002
    ) -> liquid.BoundTemplate:
        """The part of this name, bound to the rendering of `context`."""
        assert context is not None  # noqa: S101 - `render` has one, always
        rendering = _rendering(context)
        if name not in rendering.bound:
            rendering.bound[name] = _bound_part(name, rendering)
        return rendering.bound[name]


def _bound_part(name: str, rendering: Rendering) -> Template:
    """A part, bound to the rendering. Raises BoundsError if its text exceeds a limit."""
    if name not in rendering.parts:
        raise TemplateNotFoundError(name)
    try:
        return bind(without_marks(rendering.parts[name]), rendering, name.rpartition("/")[2])
    except ValueError as error:
        raise BoundsError(f"the part {name:.100}: {error}", token=None) from error
