"""Markdown that no tool has laid out, with raw HTML and what Microsoft's documentation adds -> ours."""

from __future__ import annotations

import re

from cannery.adopt.convert.components import COMPONENTS
from cannery.adopt.convert.dialect import Dialect, nothing, pattern_finder
from cannery.adopt.convert.elements import Element, Rule
from cannery.adopt.convert.includes import included
from cannery.adopt.convert.link_targets import LINK_RULES, link_tags
from cannery.adopt.convert.markup_tags import Syntax
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import link, picture
from cannery.util.charrefs import unescape
from cannery.util.lazy_pattern import LazyPattern

_PICTURE = LazyPattern(r":::image[ \t]{1,9}(?P<words>[^\n]{1,1000}?):::")
_TEXT = LazyPattern(r":::no-loc[ \t]{1,9}text=\"(?P<text>[^\"\n]{0,300})\":::")
_LAYOUT = LazyPattern(
    r"^[ \t]*+:{3}[ \t]?(?:row|column|zone|moniker|image)(?:-end)?(?:[ \t][^\n:]{0,200})?(?::{3})?[ \t]*$",
    re.MULTILINE,
)
_INCLUDE = LazyPattern(
    r"\[!(?:INCLUDE|include)[ \t]{0,9}\[[^\[\]\n]{0,300}\]\((?P<path>[^()\n]{1,300})\)\]"
)
_VIDEO = LazyPattern(r"\[!(?:VIDEO|video)[ \t]{1,9}(?P<address>[^\s\[\]]{1,500})\]")
_WORD = re.compile(r"([a-z-]{1,30})=\"([^\"\n]{0,700})\"")
PICTURE, TEXT, LAYOUT, INCLUDE, VIDEO = ":::image", ":::no-loc", ":::row", "[!INCLUDE", "[!VIDEO"


def _picture(element: Element, notes: Notes) -> str:
    words = dict(_WORD.findall(element.attributes["words"]))
    source = words.get("source", "").replace("\\", "/")
    if not source:
        notes.lose(element.line, element.source, "the image has no address of its own")
    return picture(unescape(words.get("alt-text", "")), notes.target(source))


def _text(element: Element, notes: Notes) -> str:
    return element.attributes["text"]


def _include(element: Element, notes: Notes) -> str:
    return included(element, notes, element.attributes["path"].replace("\\", "/"), [""], PLAIN)


def _video(element: Element, notes: Notes) -> str:
    notes.lose(element.line, element.source, "it is a link now: an entry plays nothing")
    return link("", element.attributes["address"])


_COMPONENT = LazyPattern(
    r"^[ \t]*+</?[A-Z][A-Za-z.]{0,60}(?:[ \t\n][^<>\n]{0,300})?/?>?[ \t]*$", re.MULTILINE
)


def dialect_of(text: str) -> Dialect:
    """The dialect of a page: with components, where lines of it begin with one."""
    return PLAIN_JSX if "={" in text or _COMPONENT.search(text) else PLAIN


PLAIN = Dialect(
    (
        pattern_finder(_PICTURE, PICTURE),
        pattern_finder(_TEXT, TEXT),
        pattern_finder(_LAYOUT, LAYOUT),
        pattern_finder(_INCLUDE, INCLUDE),
        pattern_finder(_VIDEO, VIDEO),
        link_tags,
    ),
    {
        PICTURE: Rule(_picture, is_inline=True),
        TEXT: Rule(_text, is_inline=True),
        LAYOUT: Rule(nothing),
        INCLUDE: Rule(_include),
        VIDEO: Rule(_video),
        **LINK_RULES,
    },
)
PLAIN_JSX = PLAIN._replace(rules={**COMPONENTS, **PLAIN.rules}, syntax=Syntax(jsx=True))
