"""A text in which Liquid may stand already -> its pieces.

Help desks and people write `{{ customer name }}` and `{% if paid %}` with more freedom than Liquid
allows. What can be filled in stays; of an output that can't, what it names is asked for; any other
tag that can't is left out, as is a part that is not there. What is lost on the way is told.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cannery.content.desk_names import field_name
from cannery.content.fill_texts import with_our_names
from cannery.content.holes import tags
from cannery.errors import TemplateError
from cannery.exchange.body import Code, Piece, Text
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import variables
from cannery.model.location import Status
from cannery.util.charrefs import unescape
from cannery.util.spans import Lines

_RAW = re.compile(r"\{%-?[ \t\n]{0,9}(?:end)?raw\b")
_BLOCK = re.compile(
    r"\{%-?[ \t\n]{0,9}(?:if|unless|case|for|tablerow|capture|else|elsif|when|end[a-z]{2,12})\b"
)
_PART = re.compile(r"\{%-?[ \t\n]{0,9}(?:render|include|section)\b")
_NO_PART = "it calls a piece that is kept elsewhere"
_NO_LIQUID = "it is not valid Liquid"


class Unread(NamedTuple):
    """A tag that was left out, at a 1-based line of the text."""

    line: int
    written: str
    why: str = _NO_LIQUID


class LiquidText(NamedTuple):
    """`is_whole` says that its conditions are there: else all branches stand in the text."""

    pieces: tuple[Piece, ...]
    unread: tuple[Unread, ...] = ()
    is_whole: bool = True

    @property
    def status(self) -> Status:
        """What a reply with all branches in it may be at most."""
        return Status.PUBLISHED if self.is_whole else Status.DRAFT


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
    spans = [*tags(text)]
    written = [text[tag.start : tag.end] for tag in spans]
    codes = ["" if _RAW.match(one) else one for one in written]  # its text is escaped as any other
    is_whole = is_liquid("".join(codes))
    if not is_whole:
        codes = [*map(_readable, codes)]
        is_whole = is_liquid("".join(codes))
    if not is_whole:
        codes = ["" if _BLOCK.match(one) else one for one in codes]
    pieces: list[Piece] = []
    unread: list[Unread] = []
    lines, at = Lines(text), 0
    for tag, old, code in zip(spans, written, codes, strict=True):
        pieces += [Text(text[at : tag.start]), *([Code(code)] if code else [])]
        at = tag.end
        if (not code and not _RAW.match(old)) or ("|" in old and "|" not in code):
            why = _NO_PART if _PART.match(old) else _NO_LIQUID
            unread.append(Unread(lines.of(tag.start), old, why))
    return LiquidText((*pieces, Text(text[at:])), tuple(unread), is_whole)


def _readable(written: str) -> str:
    """An output that can be filled in, if need be without its filters; a tag if it can be one."""
    if not written.startswith("{{"):
        return written if _BLOCK.match(written) or is_liquid(written) else ""
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
