"""Zammad's placeholders: `#{ticket.title}`, `#{t(...)}` translated, `#{dt(...)}` as a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cannery.exchange.placeholders import marked
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.named import Name
from cannery.exchange.placeholders.plain_write import refuse_more
from cannery.exchange.placeholders.tree import Filter, Node, Text, Tree, Value

_MARK = re.compile(r"#\{(?:(?P<inner>[^{}\n]{0,300})\}|[ \t]*+(?P<open>[A-Za-z][\w.]{0,100}+)?)")
_PATH = r"[A-Za-z_][\w-]{0,60}(?:\.[\w-]{1,60}){0,9}"
_EXPRESSION = re.compile(
    rf"\s*+(?:(?P<path>{_PATH})|t\(\s*+(?P<translated>{_PATH})\s*+\)"
    rf"|dt\(\s*+(?P<date>{_PATH})\s*+,(?P<options>[^()]{{0,200}})\))\s*+"
)
_FORMAT = re.compile(r"format:\s*+[\"'“]([^\"'“”]{0,100})[\"'”]")
_ZONE = re.compile(r"timezone:")
_TICKET = ("config.http_type", "config.fqdn", "ticket.id")
_ADDRESS = ("://", "/#ticket/zoom/")


def parse(text: str) -> Tree:
    return marked.parse(text, _MARK, _node)


def _node(match: re.Match[str]) -> Node:
    found = _EXPRESSION.fullmatch(match["inner"] or "")
    return marked.closed(match, _value(found, match[0]) if found else None)


def _value(found: re.Match[str], written: str) -> Value:
    if found["translated"]:
        return Value(f"t({found['translated']})", written=written)
    if found["date"]:
        form = _FORMAT.search(found["options"])
        arguments = (f'"{form[1]}"',) if form else ()
        zone = (Filter("timezone"),) if _ZONE.search(found["options"]) else ()
        return Value(found["date"], (Filter("date", arguments), *zone), written=written)
    return Value(found["path"], written=written)


def _together(tree: Tree) -> Sequence[Node]:
    return [*_with_addresses(tree)]


def _with_addresses(tree: Tree) -> Iterator[Node]:
    """The nodes, those together that are a ticket's address at the desk."""
    at = 0
    while at < len(tree):
        five = tree[at : at + 5]
        heads = tuple(node.head for node in five[::2] if isinstance(node, Value))
        between = tuple(node.written for node in five[1::2] if isinstance(node, Text))
        if heads == _TICKET and between == _ADDRESS:
            yield Value("ticket.link", written="".join(node.written for node in five))
            at += 5
        else:
            yield tree[at]
            at += 1


def _name(path: str) -> Name | None:
    """The address, which three values make; a translated value that we don't have is asked for."""
    if path == "ticket.link":
        return Name("ticket.url")
    if path == "ticket.id":
        return Name("", "internal_id", "Internal id of the ticket", "Zammad: ticket.id")
    return None


def write(value: Value) -> str:
    """`#{ticket.title}`, or a date. Raises ValueError for a default and for other filters."""
    form = next((one.arguments for one in value.filters if one.name == "date"), None)
    refuse_more(value._replace(filters=tuple(one for one in value.filters if one.name != "date")))
    if value.head == "ticket.link":
        return "#{config.http_type}://#{config.fqdn}/#ticket/zoom/#{ticket.id}"
    if form is None:
        return f"#{{{value.head}}}"
    if not form:
        raise ValueError("a date without a format")
    return f"#{{dt({value.head}, format: {form[0]})}}"


def _there(ours: str) -> str:
    return "ticket.link" if ours == "ticket.url" else ""


DIALECT = Dialect("Zammad", "#{name}", parse, write, _name, _together, there=_there)
