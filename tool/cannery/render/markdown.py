"""A reply as Markdown: its source, with every value escaped for its place.

What only our own pages have (boxes, tabs, ids of headings) is written as all programs read it: a
box as a quote below its title, tabs one below the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cannery.content.anchors import split_id
from cannery.content.boxes import Opening, default_title
from cannery.content.boxes import opening as opened
from cannery.content.markdown import Token, parse_where
from cannery.render.formats import Body

_AT_ALL = re.compile(r"!!!|\?\?\?|===|\{:?\s{0,9}#")
_NOTHING = re.compile(r"(?!)")
_MARK = re.compile(r"!!!|\?\?\?|===")
_SIGNS = re.compile(r"[^>\t]")
_MOST = 20  # boxes in boxes
_INDENT = 4


def render(body: Body) -> str:
    return as_all_read(body.source, body.language)


def as_all_read(source: str, language: str) -> str:
    """The Markdown without what only we know."""
    for _ in range(_MOST):
        if not _AT_ALL.search(source):
            break
        lines = source.split("\n")
        tokens = parse_where(source, _NOTHING)
        _drop_ids(lines, tokens)
        boxes = [*_outer_boxes(tokens)]
        source = "\n".join(_without(boxes, lines, language))
        if not boxes:
            break
    return source


def _without(boxes: Sequence[Token], lines: list[str], language: str) -> Iterator[str]:
    at = 0
    for token in boxes:
        first, last = token.map or (at, at)
        yield from lines[at:first]
        apart = first == at  # from what is above it, which is a box, too
        yield from _unboxed(lines, token, language, apart=apart)
        at = last
    yield from lines[at:]


def _drop_ids(lines: list[str], tokens: Sequence[Token]) -> None:
    for heading, inline in pairwise(tokens):
        if heading.type == "heading_open" and "id" in heading.meta and inline.map:
            at = inline.map[1] - 1 - (heading.markup in {"=", "-"})
            lines[at] = split_id(lines[at]).text


def _outer_boxes(tokens: Sequence[Token]) -> Iterator[Token]:
    """Boxes and tabs that are in no other, without what HTML opens."""
    behind = 0
    for token in tokens:
        is_box = token.type in ("box_open", "tab_open") and token.info and token.map
        if is_box and token.map and token.map[0] >= behind:
            behind = token.map[1]
            yield token


def _unboxed(lines: list[str], token: Token, language: str, *, apart: bool) -> list[str]:
    """The lines of a box as a quote, those of a tab as they are, apart from what is around them."""
    first, last = token.map or (0, 0)
    found = _MARK.search(lines[first])
    opening = opened(lines[first][found.start() :]) if found else None
    if found is None or opening is None:
        return lines[first:last]
    before = lines[first][: found.start()]
    around = _SIGNS.sub(" ", before)
    quote = "" if token.type == "tab_open" else "> "
    made = [*_title(opening, quote, language)]
    made += [quote + _dedented(line, around) for line in lines[first + 1 : last]]
    while made and not made[-1].strip("> "):
        made.pop()
    written = [f"{around}{line}".rstrip() for line in made] or [around]
    written[0] = before + written[0][len(around) :]
    is_joined = not apart and _has_more(lines[first - 1]) and not _has_more(before)
    is_followed = last < len(lines) and _has_more(lines[last])
    blank = [around.rstrip()]
    return [*(blank if is_joined else ()), *written, *(blank if is_followed else ())]


def _title(opening: Opening, quote: str, language: str) -> Iterator[str]:
    named = opening.title
    title = default_title(opening.classes[0], language) if named is None else named
    if title := title.replace("**", "").strip():
        yield from (f"{quote}**{title}**", quote)


def _has_more(line: str) -> bool:
    """Whether a line has more than the signs of quotes."""
    return bool(line.strip("> \t"))


def _dedented(line: str, around: str) -> str:
    """A line of a box without what stands before all of it."""
    if not _has_more(line):
        return ""
    rest = line[len(around) :] if line.startswith(around) else line.lstrip()
    blanks = len(rest) - len(rest.lstrip(" "))
    return rest[1:] if rest.startswith("\t") else rest[min(blanks, _INDENT) :]
