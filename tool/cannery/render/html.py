"""A reply as HTML that pastes well into help desks and mail programs.

They drop style sheets, classes and scripts, so there are none: bare tags, and the few inline
styles without which a table or a code block can't be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from cannery.content.markdown import Node, safe_address
from cannery.render.formats import Body
from cannery.render.plainer import Form, plainer

_FORM = Form(tasks=("\u2610", "\u2611"), is_quote=True, has_tags=True)
_CELL = "border:1px solid #ccc;padding:4px 8px"


def render(body: Body) -> str:
    return html(body.nodes) + "\n"


def html(nodes: Sequence[Node]) -> str:
    return html_of(plainer(nodes, _FORM))


def html_of(nodes: Sequence[Node]) -> str:
    """The HTML of nodes that every target knows."""
    return "\n".join(_one(node) for node in nodes)


def _all(nodes: Sequence[Node]) -> str:
    return "".join(_one(node) for node in nodes)


def _one(node: Node) -> str:
    return _WRITERS[node.type](node)


def _wrap(tag: str, attributes: str = "") -> Callable[[Node], str]:
    return lambda node: f"<{tag}{attributes}>{_all(node.children)}</{tag}>"


def _link(node: Node) -> str:
    address = node.attrs.get("href", "")
    inner = _all(node.children)
    return f'<a href="{escape(address)}">{inner}</a>' if safe_address(address) else inner


def _image(node: Node) -> str:
    # A picture from elsewhere tells its owner who reads the mail: the reader gets a link to it.
    address = node.attrs.get("src", "")
    label = _all(node.children) or escape(address)
    return f'<a href="{escape(address)}">{label}</a>' if safe_address(address) else label


def _ordered(node: Node) -> str:
    start = node.attrs.get("start", "1")
    attribute = f' start="{escape(start)}"' if start != "1" else ""
    return f"<ol{attribute}>{_all(node.children)}</ol>"


def _item(node: Node) -> str:
    # A lone paragraph in a list item doubles the gap between the items in most mail programs.
    lone = len(node.children) == 1
    pieces = (
        _all(child.children)
        if child.hidden or (lone and child.type == "paragraph")
        else _one(child)
        for child in node.children
    )
    return f"<li>{''.join(pieces)}</li>"


def _code_block(node: Node) -> str:
    return f"<pre><code>{escape(node.content)}</code></pre>"


def _cell(node: Node) -> str:
    align = node.attrs.get("style", "")
    return f'<{node.tag} style="{_CELL};{escape(align)}">{_all(node.children)}</{node.tag}>'


def _plain(node: Node) -> str:
    return escape(node.content)


_WRITERS: Mapping[str, Callable[[Node], str]] = {
    "paragraph": _wrap("p"),
    "heading": lambda node: _wrap(node.tag)(node),
    "bullet_list": _wrap("ul"),
    "ordered_list": _ordered,
    "list_item": _item,
    "blockquote": _wrap("blockquote"),
    "fence": _code_block,
    "code_block": _code_block,
    "hr": lambda _: "<hr>",
    "table": _wrap("table", ' style="border-collapse:collapse"'),
    "thead": _wrap("thead"),
    "tbody": _wrap("tbody"),
    "tr": _wrap("tr"),
    "th": _cell,
    "td": _cell,
    "text": _plain,
    "strong": _wrap("strong"),
    "em": _wrap("em"),
    "s": _wrap("s"),
    "code_inline": lambda node: f"<code>{escape(node.content)}</code>",
    "kbd": _wrap("kbd"),
    "sub": _wrap("sub"),
    "sup": _wrap("sup"),
    "link": _link,
    "image": _image,
    "hardbreak": lambda _: "<br>",
    "html_block": _plain,
    "html_inline": _plain,
}
