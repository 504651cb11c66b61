"""A text in which Liquid may stand already -> its pieces.

Help desks and people write `{{ customer name }}` and `{% if paid %}` with more freedom than Liquid
allows. What can be filled in stays; of an output that can't, what it names is asked for; any other
tag that can't is left out. What is lost on the way is told.
"""

from __future__ import annotations

from typing import NamedTuple

from cannery.content.desk_names import field_name
from cannery.content.fill_texts import with_our_names
from cannery.content.holes import tags
from cannery.errors import TemplateError
from cannery.exchange.body import Code, Piece, Text
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import variables
from cannery.util.charrefs import unescape
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


def read_liquid(text: str, *, is_html: bool = False) -> LiquidText:
    """The pieces of a text, of which each output and tag is one; in HTML quotes may be references.

    Names that other help desks have are ours in them.
    """
    text = with_our_names(_with_plain_tags(text) if is_html else text)
    is_whole = is_liquid(text)
    pieces: list[Piece] = []
    unread: list[Unread] = []
    lines, at = Lines(text), 0
    for tag in tags(text):
        written = text[tag.start : tag.end]
        readable = written if is_whole else _readable(written)
        pieces += [Text(text[at : tag.start]), Code(readable)]
        at = tag.end
        if not readable or ("|" in written and "|" not in readable):
            unread.append(Unread(lines.of(tag.start), written))
    return LiquidText((*pieces, Text(text[at:])), tuple(unread))


def _readable(written: str) -> str:
    """An output that can be filled in, if need be without its filters; empty for any other tag."""
    if not written.startswith("{{"):
        return ""
    if is_liquid(written):
        return written
    name = written.strip("{}- \t").partition("|")[0].strip()
    bare = f"{{{{ {name} }}}}"
    if name and "{" not in name and is_liquid(bare):
        return bare
    return f"{{{{ {asked} }}}}" if (asked := field_name(name)) else ""


def _with_plain_tags(html: str) -> str:
    """The HTML with the characters in its outputs and tags that they stand for."""
    pieces, at = [], 0
    for tag in tags(html):
        pieces += [html[at : tag.start], unescape(html[tag.start : tag.end]).replace("\xa0", " ")]
        at = tag.end
    return "".join([*pieces, html[at:]])
