"""A text in which Liquid may stand already -> its pieces.

Help desks and people write `{{ customer name }}` and `{% if paid %}` with more freedom than Liquid
allows. What can be filled in stays; of an output that can't, what it names is asked for; any other
tag that can't is left out and told.
"""

from __future__ import annotations

from typing import NamedTuple

from cannery.content.desk_names import field_name
from cannery.content.holes import tags
from cannery.errors import TemplateError
from cannery.exchange.body import Code, Piece, Text
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import variables
from cannery.util.spans import Lines

_NO_LIQUID = "it is not valid Liquid"


class Unread(NamedTuple):
    """A tag that was left out, at a 1-based line of the text."""

    line: int
    written: str
    why: str = _NO_LIQUID


class LiquidText(NamedTuple):
    pieces: tuple[Piece, ...]
    unread: tuple[Unread, ...] = ()


def is_liquid(template: str) -> bool:
    """Whether a text can be filled in as it stands."""
    try:
        variables(Source(template, ""), RenderContext("en"))
    except TemplateError:
        return False
    return True


def read_liquid(text: str) -> LiquidText:
    """The pieces of a text, of which each output and tag is one."""
    is_whole = is_liquid(text)
    pieces: list[Piece] = []
    unread: list[Unread] = []
    lines, at = Lines(text), 0
    for tag in tags(text):
        written = text[tag.start : tag.end]
        pieces.append(Text(text[at : tag.start]))
        at = tag.end
        if is_whole or (written.startswith("{{") and is_liquid(written)):
            pieces.append(Code(written))
        elif name := field_name(written.strip("{}- \t")) if written.startswith("{{") else "":
            pieces.append(Code(f"{{{{ {name} }}}}"))
        else:
            unread.append(Unread(lines.of(tag.start), written))
    return LiquidText((*pieces, Text(text[at:])), tuple(unread))
