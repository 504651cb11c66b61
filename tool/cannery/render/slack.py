"""A reply as plain text for Slack's composer, which takes it where it does not take HTML."""

from __future__ import annotations

from dataclasses import replace

from cannery.render.blocks import PLAIN, blocks
from cannery.render.formats import Body
from cannery.render.plainer import plainer
from cannery.render.text import FORM

_COMPOSER = replace(PLAIN, bullet="•")


def render(body: Body) -> str:
    return blocks(plainer(body.nodes, FORM), _COMPOSER) + "\n"
