"""Values into Markdown as data: whatever they hold, they come out as themselves.

A filled-in template holds a marker for each value. The Markdown is read with the markers in it, so
the author's marks alone decide what is bold, a link or code. Then each value takes its marker's
place: among the tokens as plain text, and in the source (`interpolate_source`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cannery.content.markdown import link, own_text, safe_address, text_token
from cannery.content.marks import (
    BREAK,
    MARK,
    Url,
    encode,
    in_one_line,
    refuse_growth,
    unmark,
    value_of,
)
from cannery.errors import ValueRefusedError

if TYPE_CHECKING:
    from cannery.content.markdown import Token

# What has no room for a second line.
ONE_LINE_IN = ("heading_open", "td_open", "th_open", "box_title_open", "tab_title_open")


def interpolate(tokens: list[Token], values: Sequence[str]) -> list[Token]:
    """Replace the markers in a copy of the tokens. Raises ValueRefusedError for too much text."""
    refuse_growth(tokens, values)
    interpolated = []
    before = ""
    for token in tokens:
        new = replace(token, content=unmark(token.content, values), info=unmark(token.info, values))
        if token.children is not None:
            one_line = before in ONE_LINE_IN
            new.children = list(_interpolate_inline(token.children, values, one_line=one_line))
        interpolated.append(new)
        before = token.type
    return interpolated


def _interpolate_inline(
    children: list[Token], values: Sequence[str], *, one_line: bool
) -> Iterator[Token]:
    links = 0
    reads = ""  # of an address that is its own text
    for token in children:
        links += (token.type == "link_open") - (token.type == "link_close")
        if token.type == "text" and reads:
            yield text_token(reads)
            reads = ""
            continue
        if is_own_text(token):
            href, reads = own_text(_interpolate_address(str(token.attrs["href"]), values, own=True))
            yield replace(token, attrs={**token.attrs, "href": href})
            continue
        if token.type == "text":
            yield from _interpolate_text(token.content, values, one_line=one_line, linked=links > 0)
            continue
        content = in_one_line(unmark(token.content, values))
        attrs: dict[str, str | int | float] = {
            key: _interpolate_attribute(key, str(item), values) for key, item in token.attrs.items()
        }
        new = replace(token, content=content, attrs=attrs)
        if token.children is not None:
            new.children = list(_interpolate_inline(token.children, values, one_line=True))
        yield new


def _interpolate_text(
    content: str, values: Sequence[str], *, one_line: bool, linked: bool
) -> Iterator[Token]:
    for piece, value in _pieces(content, values):
        if piece:
            yield text_token(piece)
        if value is None:
            continue
        if isinstance(value, Url) and not linked:
            yield from link(encode(value, own=True))
        elif one_line or linked:
            yield text_token(in_one_line(value))
        else:
            yield from _lines(value)


def _pieces(content: str, values: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    end = 0
    for match in MARK.finditer(content):
        yield content[end : match.start()], value_of(match, values)
        end = match.end()
    yield content[end:], None


def _lines(value: str) -> Iterator[Token]:
    for number, line in enumerate(BREAK.split(value)):
        if number:
            yield replace(text_token(""), type="hardbreak", tag="br")
        if line:
            yield text_token(line)


def _interpolate_attribute(key: str, text: str, values: Sequence[str]) -> str:
    if key not in ("href", "src"):
        return in_one_line(unmark(text, values))
    return _interpolate_address(text, values) if MARK.search(text) else text


def is_own_text(token: Token) -> bool:
    """Whether the token opens an autolink whose address contains a marker."""
    opens = token.type == "link_open" and token.info == "auto"
    return opens and bool(MARK.search(str(token.attrs["href"])))


def _interpolate_address(text: str, values: Sequence[str], *, own: bool = False) -> str:
    address = MARK.sub(lambda match: encode(value_of(match, values), own=own), text)
    if not safe_address(address):
        raise ValueRefusedError(
            f"{address:.200} is not a valid link address",
            "Use an address that starts with https:// or mailto:.",
        )
    return address
