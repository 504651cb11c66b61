"""A reply as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.content.markdown import Node
from cannery.render.blocks import PLAIN, blocks
from cannery.render.formats import Body
from cannery.render.plainer import Form, plainer

FORM = Form(tasks=("[ ]", "[x]"), is_quote=False)


def render(body: Body) -> str:
    return text(body.nodes) + "\n"


def text(nodes: Sequence[Node]) -> str:
    return blocks(plainer(nodes, FORM), PLAIN)
