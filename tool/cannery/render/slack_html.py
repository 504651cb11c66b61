"""A reply as HTML for Slack's composer, which has neither headings nor rules nor tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cannery.content.markdown import Node
from cannery.render.blocks import PLAIN, blocks
from cannery.render.formats import Body
from cannery.render.html import html_of
from cannery.render.plainer import Form, plainer

_FORM = Form(tasks=("\u2610", "\u2611"), is_quote=True)


def render(body: Body) -> str:
    return slack_html(body.nodes) + "\n"


def slack_html(nodes: Sequence[Node]) -> str:
    return html_of(_known(plainer(nodes, _FORM)))


def _known(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The same with what the composer knows: a heading in bold, a table as aligned text."""
    return tuple(map(_one, nodes))


def _one(node: Node) -> Node:
    if node.type == "heading":
        return Node("paragraph", children=(Node("strong", children=node.children),))
    if node.type == "table":
        return Node("fence", content=f"{blocks((node,), PLAIN)}\n")
    if node.type == "hr":
        return Node("paragraph", children=(Node("text", content=blocks((node,), PLAIN)),))
    return replace(node, children=_known(node.children))
