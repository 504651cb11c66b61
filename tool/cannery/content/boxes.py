"""A rule for markdown-it: MkDocs' admonitions (`!!! note`, `??? tip`) and tabs (`=== "Name"`).

What belongs to one is indented by four blanks below its first line.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from cannery.content.words import words

_MARK = re.compile(r"(!!!|\?\?\?\+?|===[!+]{0,2})[ \t]")
_WORDS = re.compile(r"[\w \t-]*")
_INDENT = 4


class Opening(NamedTuple):
    """The first line of a box: its mark, its kind and other classes, and the title it names."""

    mark: str
    classes: tuple[str, ...]
    title: str | None

    @property
    def is_tab(self) -> bool:
        return self.mark.startswith("=")


def opening(line: str) -> Opening | None:
    """What a line opens, without the blanks before it."""
    found = _MARK.match(line)
    if found is None:
        return None
    words, quote, rest = line[found.end() :].strip().partition('"')
    if (quote and not rest.endswith('"')) or not _WORDS.fullmatch(words):
        return None
    classes, mark = tuple(words.lower().split()), found[1]
    if mark.startswith("="):
        return Opening(mark, (), rest[:-1]) if quote and not classes else None
    if not classes and (not quote or mark == "!!!"):
        return None
    return Opening(mark, classes, rest[:-1] if quote else None)


def default_title(kind: str, language: str) -> str:
    """The title of a box that names none: what its kind is called in a language."""
    known = words()["boxes"].get(language.split("-", maxsplit=1)[0].lower(), {})
    return known.get(kind, kind.capitalize())


def box(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's
    """Take in a box that begins in line `first`; `silent` asks only whether one does."""
    if state.is_code_block(first):
        return False
    found = opening(state.src[state.bMarks[first] + state.tShift[first] : state.eMarks[first]])
    if found is None:
        return False
    indent, last = _extent(state, first, end)
    if found.title is None and last == first + 1:
        return False  # a line that somebody begins with exclamation marks
    if not silent:
        _take_in(state, found, first, (indent, last))
    return True


def _take_in(state: StateBlock, found: Opening, first: int, extent: tuple[int, int]) -> None:
    indent, last = extent
    name, tag = ("tab", "div") if found.is_tab else _ELEMENTS[found.mark[0]]
    token = state.push(f"{name}_open", tag, 1)
    token.map = [first, last]
    token.info = found.mark
    token.attrs = _attributes(found)
    title = found.title
    if title is None:
        title = default_title(found.classes[0], str(state.env.get("language", "")))
    if title:
        _push_title(state, name, tag, title, first)
    before = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax, state.parentType = indent, last, name
    state.md.block.tokenize(state, first + 1, last)
    state.blkIndent, state.lineMax, state.parentType = before
    state.line = last
    state.push(f"{name}_close", tag, -1)


_ELEMENTS = {"!": ("box", "div"), "?": ("box", "details")}


def _attributes(found: Opening) -> dict[str, str | int | float]:
    if found.is_tab:
        return {}
    frame = ("admonition",) if found.mark == "!!!" else ()
    attributes: dict[str, str | int | float] = {"class": " ".join((*frame, *found.classes))}
    return {**attributes, "open": "open"} if found.mark == "???+" else attributes


def _push_title(state: StateBlock, name: str, tag: str, title: str, line: int) -> None:
    tag = "summary" if tag == "details" else "p"
    token = state.push(f"{name}_title_open", tag, 1)
    if tag == "p":
        token.attrs = {"class": "admonition-title"}
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = title, [line, line + 1], []
    state.push(f"{name}_title_close", tag, -1)


def _extent(state: StateBlock, first: int, end: int) -> tuple[int, int]:
    """How far what is inside is indented, and the line behind the last of it."""
    least = state.blkIndent + _INDENT
    indent, last = 0, first + 1
    for line in range(first + 1, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < (indent or least):
            break
        indent = indent or min(state.sCount[line], state.sCount[first] + _INDENT)
        last = line + 1
    return indent or least, last


def add_boxes(parser: MarkdownIt) -> None:
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "box", box, {"alt": ends})
