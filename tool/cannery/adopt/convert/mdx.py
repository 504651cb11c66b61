"""MDX: Markdown with JSX, as Docusaurus and Astro Starlight write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.adopt.convert.elements import Element, Rule, Shape, Tag
from cannery.adopt.convert.markup_tags import closing_brace
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.regions import Regions

_MODULE = re.compile(
    r"^(?:import[ \t]*+(?:[{*\"']|[\w$]{1,99}[ \t]*+(?:,|from\b))"
    r"|export[ \t]++(?:[{*]|(?:const|let|var|default|function|async|class)\b))"
    r"[^\n]*+(?>(?:\n[ \t]*+[^\s][^\n]*+)*)",
    re.MULTILINE,
)
_LOCAL = re.compile(
    r"^import[ \t]++(?:\*[ \t]+as[ \t]+)?(\w++)(?:[ \t]*+,[ \t]*+\{[^{}]*+\})?[ \t]++from[ \t]*+[\"']([^\"'\n]++)[\"']",
    re.MULTILINE,
)
_COMMENT = re.compile(r"\{[ \t\n]*+/\*")
_BRACE = re.compile(r"\{")
_STRING = re.compile(r"\{[ \t]*+(?:\"([^\"\\\n]*)\"|'([^'\\\n]*)'|`([^`\\$]*)`)[ \t]*+\}")
_ID = re.compile(r"\s*+#([\w:.-]++)\s*+")
_HEADING_ID = re.compile(r"\{#[\w:.-]++\}")
_MAX_EXPRESSION = 2_000
_MAX_EXPORT = 20_000
MODULE, COMMENT, EXPRESSION = "import", "{/*", "{"


def module_tags(text: str, kept: Regions) -> Iterator[Tag]:
    """The lines that import and export, up to the next blank one."""
    at = 0
    while found := _MODULE.search(text, at):
        start, at = found.span()
        before = text[max(0, start - 2) : start]
        if before in {"", "\n", "\n\n"} and kept.around(start) is None:
            if found[0].startswith("export"):
                at = _end_of_export(text, start, at)
            yield Tag(start, at, MODULE, Shape.ALONE, {"source": text[start:at]})


def _end_of_export(text: str, start: int, end: int) -> int:
    """Where an export ends: what is between its braces may have blank lines."""
    brace = text.find("{", start, end)
    close = closing_brace(text, brace, min(len(text), start + _MAX_EXPORT)) if brace >= 0 else -1
    line_end = text.find("\n", close) if close > end else end
    return len(text) if line_end < 0 else line_end


def imported(text: str) -> dict[str, str]:
    """What a page imports by a name of its own: a component, a picture, another page."""
    return dict(_LOCAL.findall(text))


def expression_tags(text: str, kept: Regions) -> Iterator[Tag]:
    """Comments of JSX, and what stands between braces."""
    at = 0
    unclosed = False
    while found := _BRACE.search(text, at):
        start = found.start()
        at = start + 1
        if span := kept.around(start):
            at = span[1]
        elif text[start - 1 : start] == "\\":
            continue
        elif comment := _COMMENT.match(text, start):
            end = -1 if unclosed else text.find("*/", comment.end())
            unclosed = end < 0
            close = text.find("}", end, end + 40) if end >= 0 else -1
            if close >= 0:
                inside = text[comment.end() : end]
                yield Tag(start, close + 1, COMMENT, Shape.ALONE, {"text": inside})
                at = close + 1
        elif (end := closing_brace(text, start, min(len(text), start + _MAX_EXPRESSION))) > 0:
            yield Tag(start, end, EXPRESSION, Shape.ALONE, {"source": text[start:end]})
            at = end


def _module(element: Element, notes: Notes) -> str:
    for number, line in enumerate(element.attributes["source"].split("\n")):
        if line.startswith(("import ", "export ", "import{", "export{")):
            notes.lose(element.line + number, line, "an entry runs no script")
    return ""


def _comment(element: Element, notes: Notes) -> str:
    if found := _ID.fullmatch(element.attributes["text"]):
        return f"{{#{found[1]}}}"
    return f"<!--{element.attributes['text'].replace('--', '- -')}-->"


def _expression(element: Element, notes: Notes) -> str:
    source = element.attributes["source"]
    if found := _STRING.fullmatch(source):
        return next(group for group in found.groups() if group is not None)
    if _HEADING_ID.fullmatch(source):
        return source
    notes.lose(element.line, source, "an entry runs no script; it stays as it is written")
    return source


MDX_RULES = {
    MODULE: Rule(_module),
    COMMENT: Rule(_comment, is_inline=True),
    EXPRESSION: Rule(_expression, is_inline=True),
}
