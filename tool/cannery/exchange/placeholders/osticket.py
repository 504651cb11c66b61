"""osTicket's placeholders: `%{ticket.name.first}`."""

from __future__ import annotations

import re

from cannery.exchange.placeholders import marked
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.named import SIGNATURE, Name
from cannery.exchange.placeholders.plain_write import refuse_more
from cannery.exchange.placeholders.tree import Node, Tree, Value

_MARK = re.compile(r"%\{(?:(?P<inner>[^{}\n]{0,200})\}|[ \t]*+(?P<open>[A-Za-z][\w.]{0,100}+)?)")
_PATH = re.compile(r"\s*+([A-Za-z_][\w-]{0,60}(?:\.[\w-]{1,60}){0,9})\s*+")
_SIGNATURES = ("signature", "ticket.staff.signature", "staff.signature")


def parse(text: str) -> Tree:
    return marked.parse(text, _MARK, _node)


def _node(match: re.Match[str]) -> Node:
    path = _PATH.fullmatch(match["inner"] or "")
    return marked.closed(match, Value(path[1], written=match[0]) if path else None)


def _name(path: str) -> Name | None:
    if path in _SIGNATURES:
        return Name(why=SIGNATURE)
    return None


def write(value: Value) -> str:
    """`%{ticket.number}`. Raises ValueError for a default and for filters."""
    refuse_more(value)
    return f"%{{{value.head}}}"


DIALECT = Dialect("osTicket", "%{name}", parse, write, _name)
