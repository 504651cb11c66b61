"""The tags of HTML and of JSX in a text, outside of its code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cannery.adopt.convert.elements import Shape, Tag
from cannery.adopt.convert.regions import Regions
from cannery.content.markup import KNOWN_ELEMENTS
from cannery.util.charrefs import unescape

_MAX_TAG = 4_000  # characters
_MAX_BRACES = 12
_BEGINS = re.compile(r"<(?:(/?)([A-Za-z][\w.:-]{0,60})(?=[\s/>]|\Z)|(/?)>)")
_ATTRIBUTE = re.compile(
    r"\s*+(?:([A-Za-z_:@#][\w:.@-]*+)(?>(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|(\{)|([^\s\"'=<>`{]++)))?)"
    r"|(\{))"
)
_END = re.compile(r"\s*+(/?)>")
_STRING = re.compile(
    r"\"(?>(?:[^\"\\\n]|\\.)*)\"|'(?>(?:[^'\\\n]|\\.)*)'|`(?>(?:[^`\\]|\\.)*)`", re.DOTALL
)
_LITERAL = re.compile(r"\s*+(?:\"([^\"\\\n]*+)\"|'([^'\\\n]*+)'|`([^`\\$]*+)`|([\w.]++))\s*+")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# Their text is no Markdown: only their own end ends them.
RAW = frozenset(["script", "style", "pre", "svg", "textarea", "math"])

_RAW_ENDS = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in RAW}


class Syntax(NamedTuple):
    """Which tags a source has: with `jsx`, components and values in braces too."""

    jsx: bool = False
    components: bool = False  # names with a capital, without JSX's values (Vue)


def markup_tags(text: str, kept: Regions, syntax: Syntax) -> Iterator[Tag]:
    """The tags of known elements of HTML, and the components where the source has such.

    An element whose text is no Markdown is one tag; its text is the attribute without a name.
    """
    at = 0
    unclosed: set[str] = set()
    while found := _BEGINS.search(text, at):
        at = found.end()
        if span := kept.around(found.start()):
            at = span[1]
            continue
        is_none = _is_escaped(text, found.start()) or _is_text(text, found)
        tag = None if is_none else _tag(text, found, syntax)
        if tag and tag.name in RAW and tag.shape is Shape.OPENING:
            tag = _raw(text, tag, unclosed)
        if tag:
            at = tag.end
            yield tag


def _tag(text: str, found: re.Match[str], syntax: Syntax) -> Tag | None:
    name = found[2] or ""
    if not _is_known(name, syntax):
        return None
    name = name if name[:1].isupper() else name.lower()
    if found[1] or found[3]:
        end = _END.match(text, found.end()) if name else found
        if end and name == "br":  # as browsers read it
            return Tag(found.start(), end.end(), name, Shape.ALONE)
        return Tag(found.start(), end.end(), name, Shape.CLOSING) if end else None
    if not name:
        return Tag(found.start(), found.end(), name, Shape.OPENING)
    return _opening(text, found, name, syntax)


def _is_known(name: str, syntax: Syntax) -> bool:
    if not name:
        return syntax.jsx
    if name[:1].isupper() or "." in name:
        return syntax.jsx or syntax.components
    return name.lower() in KNOWN_ELEMENTS


def _opening(text: str, found: re.Match[str], name: str, syntax: Syntax) -> Tag | None:
    most = min(len(text), found.start() + _MAX_TAG)
    attributes, at = read_attributes(text, found.end(), most, jsx=syntax.jsx)
    end = _END.match(text, at, most)
    if end is None:
        return None
    shape = Shape.ALONE if end[1] or name in _VOID else Shape.OPENING
    return Tag(found.start(), end.end(), name, shape, attributes)


def _raw(text: str, tag: Tag, unclosed: set[str]) -> Tag:
    """The tag with its text, as one that stands alone; as it is where nothing closes it."""
    name = tag.name
    closing = None
    if name not in unclosed:
        closing = _RAW_ENDS[name].search(text, tag.end)
    if closing is None:
        unclosed.add(name)
        return tag
    inside = {**tag.attributes, "": text[tag.end : closing.start()]}
    return Tag(tag.start, closing.end(), name, Shape.ALONE, inside)


def read_attributes(text: str, at: int, most: int, *, jsx: bool) -> tuple[dict[str, str], int]:
    """The attributes that stand at a place, and the place behind them.

    A value in braces is without them if it is a text or a number, else with them.
    """
    attributes: dict[str, str] = {}
    while match := _ATTRIBUTE.match(text, at, most):
        name, double, single, brace, bare, spread = match.groups()
        if (brace or spread) and not jsx:
            break
        at = match.end()
        if brace or spread:
            end = closing_brace(text, at - 1, most)
            if end < 0:
                break
            value = _literal(text[at - 1 : end])
            at = end
        else:
            value = unescape(double or single or bare or "")
        if name:
            attributes.setdefault(name, value)
    return attributes, at


def closing_brace(text: str, at: int, most: int) -> int:
    """The place behind the brace that closes the one at a place; -1 if none does."""
    depth = 0
    while at < most:
        char = text[at]
        if char in "\"'`" and (string := _STRING.match(text, at, most)):
            at = string.end()
            continue
        depth += (char == "{") - (char == "}")
        at += 1
        if not depth:
            return at
        if depth > _MAX_BRACES:
            break
    return -1


def _literal(braces: str) -> str:
    found = _LITERAL.fullmatch(braces[1:-1])
    if found is None or (found[4] and not (found[4].isdigit() or found[4] in {"true", "false"})):
        return braces
    return next((group for group in found.groups() if group is not None), "")


def _is_text(text: str, found: re.Match[str]) -> bool:
    """Whether it is an empty address, or a type such as `List<String>`."""
    before = text[max(0, found.start() - 2) : found.start()]
    is_type = not found[1] and (found[2] or "")[:1].isupper() and before[-1:].isalnum()
    return before == "](" or (is_type and text[found.end() : found.end() + 1] == ">")


def _is_escaped(text: str, at: int) -> bool:
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return bool((at - before) % 2)
