"""Discourse's placeholders: `%{my_name}`, with a default as in `%{my_name,fallback:there}`."""

from __future__ import annotations

import re

from cannery.exchange.placeholders import marked
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.plain_write import refuse_more
from cannery.exchange.placeholders.tree import Node, Tree, Value

_MARK = re.compile(r"%\{(?:(?P<inner>[^{}\n]{0,300})\}|[ \t]*+(?P<open>[A-Za-z]\w{0,100}+)?)")
_VALUE = re.compile(r"(?P<name>[A-Za-z_]\w{0,100}+)(?:,fallback:(?P<fallback>[^{}\n]{1,200}))?")


def parse(text: str) -> Tree:
    return marked.parse(text, _MARK, _node)


def _node(match: re.Match[str]) -> Node:
    found = _VALUE.fullmatch(match["inner"] or "")
    value = Value(found["name"], (), found["fallback"], match[0]) if found else None
    return marked.closed(match, value)


def write(value: Value) -> str:
    """`%{topic_title}`. Raises ValueError for filters, and for a default that it can't hold."""
    refuse_more(value._replace(fallback=None))
    if value.fallback is None:
        return f"%{{{value.head}}}"
    if not value.fallback or not set("{}\n").isdisjoint(value.fallback):
        raise ValueError(f"the default {value.fallback!r}")
    return f"%{{{value.head},fallback:{value.fallback}}}"


DIALECT = Dialect("Discourse", "%{name}", parse, write)
