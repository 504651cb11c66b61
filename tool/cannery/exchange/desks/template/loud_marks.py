"""The marks that stand at a desk for what is asked for, read back: `[[amount]]`, `[[if paid]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.liquid_marks import parse
from cannery.exchange.placeholders.tree import Literal, Node, Tag, Text, Tree, Value, joined

_MARK = re.compile(
    r"\[\[(?:"
    r"(?P<tag>(?:if|unless|elsif|else|endif|endunless|case|when|endcase)\b[^\[\]{}<\n]{0,300})"
    r"|(?P<name>[^\W\d]\w{0,60}(?:\.\w{1,60}){0,5}))\]\]"
)
_BEHIND = re.compile(r" \[\[([^\[\]\"<>\n]{1,80})\]\]</a>")
_LINK = '<a href="'
_FAR = 2_000  # characters between a link's address and its end
_MOST_MARKS = 5  # in one address


def with_marks(dialect: Dialect) -> Dialect:
    """A desk's placeholders and our marks, which are read in code, too."""
    return dialect._replace(parse=lambda text: joined([*_nodes(dialect.parse(text))]))


def _nodes(tree: Tree) -> Iterator[Node]:
    for node in tree:
        if isinstance(node, Text) or (isinstance(node, Literal) and node.shown == node.written):
            yield from _pieces(node)
        else:
            yield node


def _pieces(node: Text | Literal) -> Iterator[Node]:
    """The texts between the marks, and what the marks stand for."""
    at = 0
    for mark in _MARK.finditer(node.written):
        read = parse(f"{{% {mark['tag']} %}}" if mark["tag"] else f"{{{{ {mark['name']} }}}}")
        if len(read) == 1 and isinstance(read[0], Tag | Value):
            yield _part(node, at, mark.start())
            yield read[0]._replace(written=mark[0])
            at = mark.end()
    yield _part(node, at, len(node.written))


def _part(node: Text | Literal, start: int, end: int) -> Node:
    text = node.written[start:end]
    return Text(text) if isinstance(node, Text) else Literal(text, text)


def once(html: str) -> str:
    """The HTML with the marks of an address there alone: they stand behind its text, too."""
    for _ in range(_MOST_MARKS):
        html, count = _BEHIND.subn(_in_address, html)
        if not count:
            break
    return html


def _in_address(mark: re.Match[str]) -> str:
    html = mark.string
    begin = html.rfind(_LINK, max(0, mark.start() - _FAR), mark.start())
    address = html[begin : html.find(">", begin)] if begin >= 0 else ""
    return "</a>" if f"[[{mark[1]}]]" in address else mark[0]
