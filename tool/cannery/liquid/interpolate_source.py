"""Values into the source of Markdown, escaped so that they read back as data.

The other half of `interpolate`: what an editor shows, and what the format Markdown is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from cannery.content.bare_links import IS_END
from cannery.content.emphasis import can_close, can_open
from cannery.content.marks import (
    BREAK,
    CLOSE,
    MARK,
    OPEN,
    Url,
    encode,
    in_one_line,
    unmark,
    value_of,
)
from cannery.liquid.interpolate import ONE_LINE_IN, is_own_text
from cannery.liquid.written_value import continuation, escape, written_value

if TYPE_CHECKING:
    from cannery.content.markdown import Token

_TITLE_END = re.compile(r"[\"'()]")
_MARKS = "*~"  # `_` marks nothing within a word
_OPENING = ("em_open", "strong_open", "s_open")
_CLOSING = ("em_close", "strong_close", "s_close")
_MARK_AT_END = re.compile(rf"{MARK.pattern}\Z")


def interpolate_source(text: str, tokens: list[Token], values: Sequence[str]) -> str:
    """Replace the markers in the Markdown source by values escaped so that they parse as text."""
    kinds = dict(_kinds(tokens))
    text = _enclose_addresses(text, tokens)
    text = _lengthen_fences(text, tokens, values)
    text = _lengthen_code_spans(text, kinds, values)

    pieces: list[str] = []
    end = 0
    for match in MARK.finditer(text):
        kind = kinds.get(match[1], "address")  # nowhere to be seen: where a reference leads to
        pieces += (text[end : match.start()], _written(match, value_of(match, values), kind))
        end = match.end()
    return "".join(_beside_marks([*pieces, text[end:]], MARK.findall(text), tokens))


def _written(match: re.Match[str], value: str, kind: str) -> str:
    """A value as its place asks for."""
    text = match.string
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    if kind in ("address", "own"):
        return encode(value, own=kind == "own")
    if kind == "code":
        return in_one_line(value)
    if kind == "fence":
        indent = continuation(before, deep=True)
        return BREAK.sub(lambda _: f"\n{indent}", value)
    if isinstance(value, Url) and kind == "text":
        return f"<{encode(value, own=True)}>"
    if kind == "title":
        return _TITLE_END.sub(r"\\\g<0>", escape(in_one_line(value), starts=False))
    after = text[match.end() : match.end() + 1].strip("\n")
    return written_value(value, kind, before, after)


def _beside_marks(pieces: list[str], numbers: list[str], tokens: list[Token]) -> list[str]:
    """The text, with the letters outside of marks so that these mark what a value begins or ends.

    In `a**(b)**c` they would mark nothing: letters stand outside, and no letters inside. As
    references to characters, `&#97;`, the outer ones are punctuation, and read the same.
    `pieces` has the author's texts and the values in turn, `numbers` those of the markers.
    """
    opened, closed = _marked_edges(tokens)
    for index, number in zip(range(1, len(pieces), 2), numbers, strict=True):
        value = pieces[index]
        if value and number in opened:
            at = len(pieces[index - 1].rstrip(_MARKS)) - 1
            _refer(pieces, (index - 1, at) if at >= 0 else (index - 2, -1), can_open, value[0])
        if value and number in closed:
            after = pieces[index + 1]
            at = len(after) - len(after.lstrip(_MARKS))
            where = (index + 1, at) if at < len(after) else (index + 2, 0)
            _refer(pieces, where, _closes_before, value[-1])
    return pieces


def _closes_before(after: str, value: str) -> bool:
    return can_close(value, after)


def _refer(
    pieces: list[str], where: tuple[int, int], fits: Callable[[str, str], bool], value: str
) -> None:
    """Make a reference of a letter where marks would not do between it and the value."""
    number, at = where
    piece = pieces[number] if 0 <= number < len(pieces) else ""
    if not piece or value.isspace() or fits(piece[at], value):
        return
    at %= len(piece)
    pieces[number] = f"{piece[:at]}&#{ord(piece[at])};{piece[at + 1 :]}"


def _marked_edges(tokens: Sequence[Token]) -> tuple[set[str], set[str]]:
    """The markers that emphasis or strikethrough begins with, and those that it ends with."""
    opened, closed = set(), set()
    for token in tokens:
        for one, other in pairwise(token.children or ()):
            if one.type in _OPENING and (match := MARK.match(other.content)):
                opened.add(match[1])
            if other.type in _CLOSING and (match := _MARK_AT_END.search(one.content)):
                closed.add(match[1])
    return opened, closed


def _enclose_addresses(text: str, tokens: Sequence[Token]) -> str:
    """Put bare addresses in angle brackets, of which it is not plain to all where they end.

    A value in one could end it early; of a letter behind it, other programs may know no better.
    """
    bare = Counter(
        child.content
        for token in tokens
        for opens, child in pairwise(token.children or ())
        if opens.type == "link_open" and opens.markup == "linkify" and child.content[:1] != "/"
    )
    if not bare:
        return text
    longest = "|".join(map(re.escape, sorted(bare, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!<)(?<!\]\()(?<!\]: )(?:{longest})")
    written = Counter(match[0] for match in pattern.finditer(text))

    def enclosed(match: re.Match[str]) -> str:
        address = match[0]
        # Where it stands as code or in a link's words, too, they are left alone.
        is_met = written[address] == bare[address] and IS_END.match(text, match.end())
        return f"<{address}>" if is_met or _meets_value(match) else address

    return pattern.sub(enclosed, text)


def _meets_value(match: re.Match[str]) -> bool:
    """Whether a value is in it or right before it."""
    return bool(MARK.search(match[0])) or match.string[match.start() - 1 : match.start()] == CLOSE


def _kinds(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    before = ""
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield from ((match[1], "fence") for match in MARK.finditer(token.content))
            yield from ((match[1], "line") for match in MARK.finditer(token.info))
        elif token.children is not None:
            kind = "line" if before in ONE_LINE_IN else "text"
            yield from _inline_kinds(token.children, kind)
        before = token.type


def _inline_kinds(children: list[Token], kind: str) -> Iterator[tuple[str, str]]:
    links = 0
    is_own = False
    for token in children:
        links += (token.type == "link_open") - (token.type == "link_close")
        is_own = is_own_text(token) or (is_own and links > 0)
        if is_own:
            here = "own"
        elif token.type == "text":
            here = "line" if links else kind
        else:
            here = "code" if token.type == "code_inline" else "line"
        yield from ((match[1], here) for match in MARK.finditer(token.content))
        if token.children:
            yield from _inline_kinds(token.children, "line")
        for key, item in token.attrs.items():
            position = here if is_own else "address" if key in ("href", "src") else "title"
            yield from ((match[1], position) for match in MARK.finditer(str(item)))


def _longest_run(text: str, char: str) -> int:
    return max((len(run) for run in re.findall(f"{re.escape(char)}+", text)), default=0)


def _lengthen_fences(text: str, tokens: list[Token], values: Sequence[str]) -> str:
    lines = text.split("\n")
    for token in tokens:
        if token.type != "fence" or token.map is None or not MARK.search(token.content):
            continue
        needed = _longest_run(unmark(token.content, values), token.markup[0]) + 1
        if needed > len(token.markup):
            start, end = token.map
            for number in {start, min(end, len(lines)) - 1}:
                lines[number] = lines[number].replace(token.markup, token.markup[0] * needed, 1)
    return "\n".join(lines)


def _lengthen_code_spans(text: str, kinds: dict[str, str], values: Sequence[str]) -> str:
    for number, kind in kinds.items():
        index = int(number)
        if kind != "code" or index >= len(values) or "`" not in values[index]:
            continue
        marker = f"{OPEN}{number}{CLOSE}"
        start, end = text.rfind("`", 0, text.index(marker)), text.index("`", text.index(marker))
        run = "`" * (_longest_run(values[index], "`") + 1)
        before, after = text[:start].rstrip("`"), text[end:].lstrip("`")
        text = f"{before}{run} {text[start + 1 : end].strip()} {run}{after}"
    return text
