"""Names that a text gives to places: `<a id="x"></a>` before a heading is the id of the heading."""

from __future__ import annotations

import re

from cannery.adopt.convert.regions import regions
from cannery.content.anchors import slug

_BEFORE = re.compile(
    r"^(?P<margin>[ \t]*+)<a (?:id|name)=\"(?P<name>[\w:.-]{1,200})\"></a>[ \t]*+\n(?>(?:[ \t]*+\n){0,2})"
    r"(?P<head>[ \t]*+#{1,6}[ \t]++)(?P<rest>[^\n]*+)$",
    re.MULTILINE,
)
_WITHIN = re.compile(
    r"^(?P<head>[ \t]*+#{1,6}[ \t]++)<a (?:id|name)=\"(?P<name>[\w:.-]{1,200})\"></a>(?P<rest>[^\n]*+)$",
    re.MULTILINE,
)
_HAS_ID = re.compile(r"\{#[\w:.-]{1,200}\}[ \t]*+\Z")
_MARKS = re.compile(r"[`*]|(?<!\w)_|_(?!\w)")


def with_heading_ids(text: str) -> str:
    """The text with names of places as ids of headings: the site knows no others.

    A heading that the page itself leads to by its own words keeps those.
    """
    if '<a id="' not in text and '<a name="' not in text:
        return text
    return _replaced(_replaced(text, _BEFORE), _WITHIN)


def _replaced(text: str, pattern: re.Pattern[str]) -> str:
    kept = regions(text)

    def heading(found: re.Match[str]) -> str:
        line = f"{found['head']}{found['rest']}".rstrip()
        own = slug(_MARKS.sub("", line.lstrip("# \t")))
        if kept.around(found.start()) or _HAS_ID.search(line) or f"(#{own})" in text:
            return found[0]
        return line if own == found["name"] else f"{line} {{#{found['name']}}}"

    return pattern.sub(heading, text)
