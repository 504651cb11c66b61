"""Liquid within bounds: what a stranger's template may cost, and what it may reach.

Time, output, work done by filters and the size of every value are limited per render; nothing
reads a file; every `{{ value }}` leaves a marker in place of its text (see `placement`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TextIO

import liquid
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.output import Output, OutputNode
from liquid.undefined import UNDEFINED, FalsyStrictUndefined

from cannery.content.bounds import (
    MAX_LOOPS,
    MAX_OUTPUT,
    BoundsError,
    EmptyValueError,
    Ledger,
    Missing,
)
from cannery.content.filters import install, value_text
from cannery.content.placement import Url, mark, unmark

_TAGS = {
    "#", "assign", "break", "capture", "case", "comment", "continue", "doc", "for", "if", "render",
    "unless",
}  # fmt: skip


def _ledger(context: liquid.RenderContext) -> Ledger:
    found: Ledger = context.env.ledger  # type: ignore[attr-defined]
    return found


class Context(liquid.RenderContext):
    """A render context that looks at the clock wherever a template can spend time."""

    @property
    def ledger(self) -> Ledger:
        return _ledger(self)

    # Every node asks for this before it renders, which makes it the place to look at the clock.
    @property
    def disabled_tags(self) -> list[str]:
        self.ledger.check()
        return []

    @disabled_tags.setter
    def disabled_tags(self, value: list[str]) -> None:
        pass  # `include` is no tag of ours, so there is nothing to disable

    def get(
        self, path: list[object], *, token: liquid.Token | None, default: object = UNDEFINED
    ) -> object:
        self.ledger.check()
        absent = object()
        found = super().get(path, token=token, default=absent)
        if found is not absent and found is not None:
            return found
        if default is not UNDEFINED:
            return default
        name = ".".join(str(segment) for segment in path)
        if self.ledger.probing:
            start = token.start_index if token else 0
            line = token.source.count("\n", 0, start) + 1 if token else 1
            self.ledger.touched.setdefault(name, line)
            return Missing(name, token=token)
        return FalsyStrictUndefined(name, token=token, hint=f"{name} has no value")

    def assign(self, key: str, val: object) -> None:
        if isinstance(val, str):
            self.ledger.spend(len(val))
            val = unmark(val, self.ledger.values)
        super().assign(key, val)

    def raise_for_loop_limit(self, length: int = 1) -> None:
        self.ledger.check()
        super().raise_for_loop_limit(length)


class Template(liquid.BoundTemplate):
    context_class = Context


class _MarkingNode(OutputNode):
    """`{{ value }}`: leaves a marker, so that the value stays data until its place is known."""

    __slots__ = ()

    def render_to_output(self, context: liquid.RenderContext, buffer: TextIO) -> int:
        ledger = _ledger(context)
        value = self.expression.evaluate(context)
        if isinstance(value, Missing):
            ledger.needed.add(value.name)
            return 0
        text = value_text(value, ledger.language)
        if not text.strip() and not ledger.probing:
            if not self._may_be_empty(ledger.optional):
                raise EmptyValueError(f"{self.expression} is empty", token=self.token)
            return 0
        ledger.spend(len(text))
        if ledger.work > MAX_OUTPUT and sum(map(len, ledger.values)) + len(text) > MAX_OUTPUT:
            raise BoundsError(f"the reply is longer than {MAX_OUTPUT:,} characters", token=None)
        return buffer.write(mark(text, ledger.values))

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


def environment(
    ledger: Ledger,
    parts: Mapping[str, str],
    article_url: Callable[[str], Url],
) -> liquid.Environment:
    """A Liquid environment for one render: `parts` are the templates that it may call."""
    env = _Environment(
        loader=liquid.DictLoader(dict(parts)), undefined=FalsyStrictUndefined, strict_filters=True
    )
    env.ledger = ledger
    env.add_tag(_MarkingOutput)
    for name in [name for name in env.tags if name.isidentifier() or name == "#"]:
        if name not in _TAGS | {"content", "output", "illegal", "literal"}:
            del env.tags[name]
    install(env.filters, ledger, article_url)
    return env


class _Environment(liquid.Environment):
    template_class = Template
    ledger: Ledger
    output_stream_limit = MAX_OUTPUT
    loop_iteration_limit = MAX_LOOPS
    local_namespace_limit = 50_000_000
    context_depth_limit = 20
    block_nesting_limit = 30
    suppress_blank_control_flow_blocks = False  # the browser's Liquid knows no such thing
