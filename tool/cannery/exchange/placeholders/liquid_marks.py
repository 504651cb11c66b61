"""Texts of desks that write `{{ name }}`, and some of them `{% if %}`, as trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cannery.content.holes import is_tag
from cannery.exchange.placeholders.code import code_in
from cannery.exchange.placeholders.expressions import UNREADABLE, tag, value
from cannery.exchange.placeholders.tree import Broken, Literal, Node, Text, Tree, Value, joined

# What stands between names in a tag, or for no name.
WORDS = frozenset({"and", "or", "contains", "true", "false", "nil", "null", "blank", "empty"})
# The tags that choose between texts: what desks and we have in common.
BRANCHES = frozenset(
    {"if", "elsif", "else", "endif", "unless", "endunless", "case", "when", "endcase"}
)
_MARK = re.compile(r"\{\{|\{%")
_BRACES = re.compile(r"\{\{|\}\}")
_SHOWN = re.compile(
    r"\{\{-?\s?(\"(?:\{[{%]|[%}]\})\"|'(?:\{[{%]|[%}]\})')\s?-?\}\}"
)  # `{{ '{{' }}`
_TRIPLE = re.compile(r"\{{3}([^{}]{0,200})\}{3}")
_TAG = re.compile(r"\{%-?[ \t\r\n]*+([A-Za-z_#]\w{0,40}+)")
_OPEN_NAME = re.compile(r"\{\{[ \t]*+((?:[^\W\d][\w.]{0,100})?)")
_CLOSING = {
    name: re.compile(rf"\{{%-?[ \t\r\n]*+end{name}[ \t\r\n]*+-?%\}}") for name in ("raw", "comment")
}
_OPEN_TAG = re.compile(r"\{%[^{}%\n]{0,200}")  # whose end is missing: with its line
_MOST = 1000  # characters of a placeholder
_MOST_RAW = 20_000
_DEEPEST = 4
_NESTED = "a placeholder stands in another"
_UNCLOSED = "nothing closes it"


class _Found(NamedTuple):
    node: Node
    end: int


def parse(text: str, *, fills_code: bool = False) -> Tree:
    """The text as a tree, which is written as it was. Without `fills_code`, code is a literal."""
    code = [] if fills_code else code_in(text)
    return joined([*_nodes(text, iter(code))])


def _nodes(text: str, code: Iterator[tuple[int, int]]) -> Iterator[Node]:
    at, written = 0, 0
    start, end = next(code, (len(text), len(text)))
    while match := _MARK.search(text, at):
        here = match.start()
        while end <= here and end < len(text):
            start, end = next(code, (len(text), len(text)))
        if start <= here < end:
            piece = text[here:end]
            found: _Found | None = _Found(Literal(piece, piece), end)
        else:
            found = _tag(text, here) if match[0] == "{%" else _output(text, here)
        if found is None:
            at = match.end()
            continue
        yield Text(text[written:here])
        yield found.node
        at = written = found.end
    yield Text(text[written:])


def _output(text: str, start: int) -> _Found:
    if triple := _TRIPLE.match(text, start):
        return _Found(value(triple[1], triple[0]), triple.end())
    if mark := _SHOWN.match(text, start):
        return _Found(Value(mark[1], written=mark[0]), mark.end())
    depth, is_nested = 0, False
    for brace in _BRACES.finditer(text, start, start + _MOST):
        depth += 1 if brace[0] == "{{" else -1
        is_nested = is_nested or depth > 1
        if depth > _DEEPEST:
            break
        if not depth:
            written = text[start : brace.end()]
            node = Broken(written, _NESTED) if is_nested else value(written[2:-2], written)
            return _Found(_stripped(node), brace.end())
    name = _OPEN_NAME.match(text, start)
    assert name is not None  # noqa: S101 - the braces are there
    return _Found(Broken(name[0], _UNCLOSED, name[1]), name.end())


def _stripped(node: Node) -> Node:
    """`{{- name -}}` too is a value."""
    if isinstance(node, Broken) and node.written[2:3] == "-":
        return value(node.written[3:-2].removesuffix("-"), node.written)
    if isinstance(node, Broken) and node.written[-3:-2] == "-":
        return value(node.written[2:-3], node.written)
    return node


def _tag(text: str, start: int) -> _Found | None:
    """A tag; None for FreeScout's `{%customer.name%}`, which Liquid does not take for one."""
    end = text.find("%}", start + 2, start + _MOST)
    name = _TAG.match(text, start)
    if not is_tag(text[start : end + 2 if end > 0 else start + _MOST]):
        return None
    if end < 0 or name is None:
        open_tag = _OPEN_TAG.match(text, start)
        stop = end + 2 if end >= 0 or open_tag is None else open_tag.end()
        return _Found(Broken(text[start:stop], _UNCLOSED if end < 0 else UNREADABLE), stop)
    if name[1] in _CLOSING:
        return _with_text(text, start, end + 2, name[1])
    written = text[start : end + 2]
    return _Found(tag(name[1], text[name.end() : end].removesuffix("-"), written), end + 2)


def _with_text(text: str, start: int, inside: int, name: str) -> _Found:
    """`{% raw %}` with its text, which is shown, or `{% comment %}` with its, which is not."""
    closing = _CLOSING[name].search(text, inside, inside + _MOST_RAW)
    if closing is None:
        return _Found(Broken(text[start:inside], _UNCLOSED), inside)
    shown = text[inside : closing.start()] if name == "raw" else ""
    return _Found(Literal(text[start : closing.end()], shown), closing.end())
