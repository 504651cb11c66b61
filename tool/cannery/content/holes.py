"""Find what looks like a hole in an author's text: `[Name]`, `%{ticket.name}`, `〇〇様`, `XXX`.

The patterns stand in `holes.json`, which the site's scripts read too. In a pattern no letter of a
hole is one for private use: such a letter stands for a value, which is data and never a hole.

Made all at once, the patterns would take a tenth of the time of a `kb reply`. So a row is looked
for only in a text that holds one of what the row needs, and few texts do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict
from urllib.parse import unquote

from cannery.content.markdown import Token, parse
from cannery.content.marks import MARK
from cannery.model.hole import Hole
from cannery.util.lazy_pattern import LazyPattern
from cannery.util.spans import Lines
from cannery.util.text import small_letters

FILE = Path(__file__).with_name("holes.json")
VALUE = "\ue002"  # stands for a value
_CODE = "\ue003"  # and for code, which shows what it shows
_FLAGS = {"ignoreCase": re.IGNORECASE, "multiline": re.MULTILINE}
_MAX_HOLES = 200  # more are no template
_OPEN_ADDRESS = re.compile(r"[{}<>$#]|XXX|__")
_BARE_ADDRESS = re.compile(r"[A-Z][A-Z_-]+")
_TARGET = re.compile(r"\]\(([A-Z][A-Z_-]+)\)")
# FreeScout's `{%customer.name%}` and `{%subject%}` are no tags: of Liquid's, none has a dot in its
# name, and few stand alone.
_TAG = re.compile(
    r"\{\{|\{%(?!-?[ \t]?(?:[A-Za-z_]{1,40}\."
    r"|(?!(?:end[a-z]+|else|raw|comment|doc|break|continue|liquid|echo|ifchanged)(?!\w))"
    r"\w{1,40}(?:,[^%{}\n]{0,80})?[ \t]?%\}))"
)
_TAG_NAME = re.compile(r"\{%-?[ \t\n]*([a-z]+)")
_WITH_TEXT = ("raw", "comment", "doc")  # tags that hold text in which no other tag is one


class Row(TypedDict, total=False):
    """A row of `holes.json`: the first group of the pattern that matches is the hole's name.

    Whatever the pattern matches holds one of `needs`, in small letters.
    """

    kind: str
    needs: list[str]
    pattern: str
    ignoreCase: bool
    multiline: bool


ROWS: tuple[Row, ...] = tuple(json.loads(FILE.read_text("utf-8")))
_PATTERNS = tuple(
    LazyPattern(row["pattern"], sum(flag for name, flag in _FLAGS.items() if row.get(name)))
    for row in ROWS
)
_NEEDS = tuple((need, number) for number, row in enumerate(ROWS) for need in row["needs"])


class Span(NamedTuple):
    start: int
    end: int


class Placed(NamedTuple):
    """A hole in the source of a text, from `start` to `end`."""

    start: int
    end: int
    hole: Hole


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


def holes_in_source(source: str, *, is_template: bool) -> list[Placed]:
    """The holes in a Markdown source or in a template of one, where they can be replaced.

    What a hole's marks are mixed with others in, as in `[**Name**]`, is left out.
    """
    source = line_fed(source)
    tokens = parse(without_tags(source) if is_template else source, bare_links=False)
    shown = {(hole.line, hole.written) for hole in holes_in_tokens(tokens)}
    text, lines = _with_tags_covered(source) if is_template else source, Lines(source)
    found = []
    for match in _matches(text):
        written, line = source[match.start : match.end], lines.of(match.start)
        begun = text.rfind("\n", 0, match.start) + 1
        in_code = text.count("`", begun, match.start) % 2
        if (line, written.strip("*")) in shown and not in_code:
            hole = Hole(match.kind, written, match.name, line)
            found.append(Placed(match.start, match.end, hole))
    return sorted([*found, *_targets(source, lines, shown)])


def line_fed(source: str) -> str:
    """The text with one kind of line end, each place where it was."""
    return source.replace("\r\n", " \n").replace("\r", "\n")


def _targets(source: str, lines: Lines, shown: Collection[tuple[int, str]]) -> Iterator[Placed]:
    """What stands for an address in a link, as in `[the guide](LINK)`."""
    for match in _TARGET.finditer(source):
        line, name = lines.of(match.start(1)), match[1]
        if (line, f"<{name}>") in shown:
            yield Placed(*match.span(1), Hole("<NAME>", name, name, line))


def _matches(text: str) -> list[_Match]:
    """What the patterns find, none over another: of two the one whose row comes first."""
    covered = bytearray(len(text))
    found: list[_Match] = []
    for number in _rows_for(text):
        for match in _PATTERNS[number].finditer(text):
            start, end = match.span()
            if any(covered[start:end]):
                continue
            covered[start:end] = b"\1" * (end - start)
            name = next((group for group in match.groups() if group), "")
            found.append(_Match(start, end, ROWS[number]["kind"], name.strip()))
    return sorted(found)[:_MAX_HOLES]


def _rows_for(text: str) -> Sequence[int]:
    """The numbers of the rows of which the text holds what they need."""
    small = small_letters(text)
    return sorted({number for need, number in _NEEDS if need in small})


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
    for tag in tags(template):
        piece = template[tag.start : tag.end]
        shown = VALUE if piece.startswith("{{") else ""
        pieces += [template[at : tag.start], shown, "\n" * piece.count("\n")]
        at = tag.end
    return "".join([*pieces, template[at:]])


def _with_tags_covered(template: str) -> str:
    """The template with a value's letters for each tag, in as much room."""
    pieces: list[str] = []
    at = 0
    for tag in tags(template):
        pieces += [template[at : tag.start], VALUE * (tag.end - tag.start)]
        at = tag.end
    return "".join([*pieces, template[at:]])


def tags(template: str) -> Iterator[Span]:
    """Where Liquid's outputs and tags stand, a comment with all that it holds.

    What `{% raw %}` holds is none. None is behind a tag that nothing closes.
    """
    at = 0
    while match := _TAG.search(template, at):
        end = template.find("}}" if match[0] == "{{" else "%}", match.end())
        if end < 0:
            return
        at = end + 2
        name = _TAG_NAME.match(template, match.start())
        tag = name[1] if name else ""
        if tag in _WITH_TEXT:
            last = _closing(template, at, tag)
            if tag == "raw":
                yield Span(match.start(), at)
                yield last
            else:
                yield Span(match.start(), last.end)
            at = last.end
        else:
            yield Span(match.start(), at)


def is_tag(written: str) -> bool:
    """Whether Liquid reads it: an output, or a tag that is not FreeScout's `{%customer.name%}`."""
    return bool(_TAG.match(written))


def _closing(template: str, at: int, tag: str) -> Span:
    """Where the tag that closes `tag` stands; the end of the template if nothing closes it."""
    match = re.compile(rf"\{{%-?[ \t]*end{tag}[ \t]*-?%\}}").search(template, at)
    return Span(*match.span()) if match else Span(len(template), len(template))
