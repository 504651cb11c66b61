"""FreeScout's and Help Scout's placeholders: `{%customer.firstName,fallback=there%}`."""

from __future__ import annotations

import re

from cannery.exchange.placeholders import marked
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.plain_write import refuse_more
from cannery.exchange.placeholders.tree import Node, Tree, Value

_MARK = re.compile(
    r"\{%(?:[ \t]*+(?P<name>[A-Za-z][\w.]{0,100}+)[ \t]*+"
    r"(?:,[ \t]?fallback=(?P<fallback>[^%{}\n]{0,200}+))?%\}"
    r"|(?P<open>[A-Za-z]\w{0,60}\.[\w.]{1,60}))"
)


def parse(text: str) -> Tree:
    return marked.parse(text, _MARK, _node)


def _node(match: re.Match[str]) -> Node:
    name = match["name"]
    return marked.closed(match, Value(name, (), match["fallback"], match[0]) if name else None)


def write(value: Value) -> str:
    """`{%subject%}`. Raises ValueError for filters, and for a default that it can't hold."""
    refuse_more(value._replace(fallback=None))
    if value.fallback is None:
        return f"{{%{value.head}%}}"
    if not set("%{}\n").isdisjoint(value.fallback):
        raise ValueError(f"the default {value.fallback!r}")
    return f"{{%{value.head},fallback={value.fallback}%}}"


DIALECT = Dialect("Help Scout (or FreeScout)", "{%name%}", parse, write)
