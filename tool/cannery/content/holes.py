"""Find what looks like a hole in an author's text: `[Name]`, `%{ticket.name}`, `〇〇様`, `XXX`.

The patterns stand in `holes.json`, which the site's scripts read too. In a pattern no letter of a
hole is one for private use: such a letter stands for a value, which is data and never a hole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict
from urllib.parse import unquote

from cannery.content.markdown import Token, parse
from cannery.content.marks import MARK
from cannery.model.hole import Hole
from cannery.util.spans import Lines

FILE = Path(__file__).with_name("holes.json")
VALUE = "\ue002"  # stands for a value
_CODE = "\ue003"  # and for code, which shows what it shows
_FLAGS = {"ignoreCase": re.IGNORECASE, "multiline": re.MULTILINE}
_MAX_HOLES = 200  # more are no template
_OPEN_ADDRESS = re.compile(r"[{}<>$#]|XXX|__")
_BARE_ADDRESS = re.compile(r"[A-Z][A-Z_-]+")
_TAG = re.compile(r"\{\{|\{%")
_TAG_NAME = re.compile(r"\{%-?[ \t\n]*([a-z]+)")
_SILENT = {"comment", "doc"}  # tags whose content nobody gets to see


class Row(TypedDict, total=False):
    """A row of `holes.json`: the first group of the pattern that matches is the hole's name."""

    kind: str
    pattern: str
    ignoreCase: bool
    multiline: bool


ROWS: tuple[Row, ...] = tuple(json.loads(FILE.read_text("utf-8")))
_PATTERNS = tuple(
    (
        row["kind"],
        re.compile(row["pattern"], sum(flag for name, flag in _FLAGS.items() if row.get(name))),
    )
    for row in ROWS
)


class _Match(NamedTuple):
    start: int
    end: int
    kind: str
    name: str


def holes_in_template(template: str) -> tuple[Hole, ...]:
    """The holes that a template's author left, whatever its values will be."""
    return holes_in_tokens(parse(without_tags(template), bare_links=False))


def holes_in_tokens(tokens: Sequence[Token]) -> tuple[Hole, ...]:
    """The holes in what the tokens show; markers among them stand for values, and code is code."""
    found = (
        hole
        for token in tokens
        if token.type == "inline"
        for text, line in _texts(token.children or [])
        for hole in holes_in_text(text, (token.map[0] if token.map else 0) + 1 + line)
    )
    return tuple(sorted(found, key=lambda hole: hole.line))[:_MAX_HOLES]


def holes_in_text(text: str, first_line: int = 1) -> tuple[Hole, ...]:
    """The holes in a plain text, in their order; markers in it stand for values."""
    text = MARK.sub(VALUE, text)
    lines = Lines(text, first_line)
    return tuple(
        Hole(match.kind, text[match.start : match.end], match.name, lines.of(match.start))
        for match in _matches(text)
    )


def _matches(text: str) -> list[_Match]:
    """What the patterns find, none over another: of two the one whose row comes first."""
    covered = bytearray(len(text))
    found: list[_Match] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(covered[start:end]):
                continue
            covered[start:end] = b"\1" * (end - start)
            name = next((group for group in match.groups() if group), "")
            found.append(_Match(start, end, kind, name.strip()))
    return sorted(found)[:_MAX_HOLES]


def _texts(children: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """What inline tokens show, as one text; and each address that was not finished.

    Each with the number of line ends before it.
    """
    pieces: list[str] = []
    line = 0
    for token in children:
        piece = _shown(token)
        line += piece.count("\n")
        pieces.append(piece)
        if token.type == "link_open":
            for address in _unfinished(unquote(str(token.attrs.get("href", "")))):
                yield address, line
    yield "".join(pieces), 0


def _shown(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "code_inline":
        return _CODE
    if token.type in ("strong_open", "strong_close"):
        return "__" if token.markup == "__" else ""
    return token.content


def _unfinished(address: str) -> Iterator[str]:
    """`LINK` and `https://example.com/${id}` are no addresses yet."""
    if _BARE_ADDRESS.fullmatch(address):
        yield f"<{address}>"
    elif _OPEN_ADDRESS.search(address.partition("#")[0]):
        yield address


def without_tags(template: str) -> str:
    """The template as its Markdown: a value's letter for each output, nothing for each tag.

    Line ends stay where they are. What `{% raw %}` holds is text.
    """
    pieces: list[str] = []
    at = 0
    while match := _TAG.search(template, at):
        pieces.append(template[at : match.start()])
        end = template.find("}}" if match[0] == "{{" else "%}", match.end())
        if end < 0:
            return "".join([*pieces, template[match.start() :]])
        at = end + 2
        name = _TAG_NAME.match(template, match.start())
        tag = name[1] if name else ""
        if tag in _SILENT or tag == "raw":
            last = _closing(template, at, tag)
            pieces.append(template[at : last.start] if tag == "raw" else "")
            inside = "" if tag == "raw" else template[at : last.start]
            pieces.append("\n" * inside.count("\n"))
            at = last.end
            continue
        pieces.append(VALUE if match[0] == "{{" else "")
        pieces.append("\n" * template.count("\n", match.start(), at))
    return "".join([*pieces, template[at:]])


class _Closing(NamedTuple):
    start: int
    end: int


def _closing(template: str, at: int, tag: str) -> _Closing:
    """Where the tag that closes `tag` stands; the end of the template if nothing closes it."""
    match = _CLOSING[tag].search(template, at)
    return _Closing(*match.span()) if match else _Closing(len(template), len(template))


_CLOSING = {
    tag: re.compile(rf"\{{%-?[ \t]*end{tag}[ \t]*-?%\}}") for tag in ("raw", "comment", "doc")
}
