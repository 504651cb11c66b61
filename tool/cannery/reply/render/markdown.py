"""A reply as Markdown: its source, with every value escaped for its place."""

from __future__ import annotations

from cannery.reply.formats import Body


def render(body: Body) -> str:
    return body.source
