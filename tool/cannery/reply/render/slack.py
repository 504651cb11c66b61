"""A reply as plain text for Slack's composer, which takes it where it does not take HTML."""

from __future__ import annotations

from dataclasses import replace

from cannery.reply.formats import Body
from cannery.reply.render.blocks import PLAIN, blocks

_COMPOSER = replace(PLAIN, bullet="•")


def render(body: Body) -> str:
    return blocks(body.nodes, _COMPOSER) + "\n"
