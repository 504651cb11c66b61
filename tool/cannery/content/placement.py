"""Values into Markdown as data: whatever they hold, they come out as themselves.

A filled-in template holds a marker for each value. The Markdown is read with the markers in it, so
the author's marks alone decide what is bold, a link or code. Then each value takes its marker's
place: among the tokens as plain text, in the source with the escapes that its place asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from cannery.content.markdown import link, safe_address, text_token
from cannery.errors import ValueRefusedError

if TYPE_CHECKING:
    from cannery.content.markdown import Token

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]{{1,7}}){_CLOSE}")
_SAFE_IN_ADDRESS = "/:?=&#@!$'*+,;~%-._"
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MARKUP = re.compile(r"[\\`*_\[\]<>&~|]|:(?=//)")
_BLOCK_START = re.compile(r"^(?:([-+#=])|(\d{1,9})([.)]))", re.MULTILINE)
_CONTAINERS = re.compile(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Url(str):
    """An address: where it stands as text, it is a link."""

    __slots__ = ()


def mark(value: str, values: list[str]) -> str:
    """A marker for the value, which joins `values`."""
    plain = printable(value).replace(_OPEN, "").replace(_CLOSE, "")
    values.append(Url(plain) if isinstance(value, Url) else plain)
    return f"{_OPEN}{len(values) - 1}{_CLOSE}"


def printable(text: str) -> str:
    """The text without control characters, which could steer the terminal that shows it."""
    return _CONTROLS.sub("", text)


def unmark(text: str, values: Sequence[str]) -> str:
    """The text with each marker replaced by its value, as it is."""
    return _MARK.sub(lambda found: _value(found, values), text)


def _value(found: re.Match[str], values: Sequence[str]) -> str:
    index = int(found[1])
    return values[index] if index < len(values) else ""


def _one_line(text: str) -> str:
    return _BREAK.sub(" ", text)


def place(tokens: list[Token], values: Sequence[str]) -> list[Token]:
    """The tokens with every value in its place."""
    placed = []
    before = ""
    for token in tokens:
        new = replace(token, content=unmark(token.content, values), info=unmark(token.info, values))
        if token.children is not None:
            one_line = before in ("heading_open", "td_open", "th_open")
            new.children = list(_place_inline(token.children, values, one_line=one_line))
        placed.append(new)
        before = token.type
    return placed


def _place_inline(
    children: list[Token], values: Sequence[str], *, one_line: bool
) -> Iterator[Token]:
    links = 0
    for token in children:
        links += (token.type == "link_open") - (token.type == "link_close")
        if token.type == "text":
            yield from _place_text(token.content, values, one_line=one_line, linked=links > 0)
            continue
        content = _one_line(unmark(token.content, values))
        attrs: dict[str, str | int | float] = {
            key: _place_attribute(key, str(item), values) for key, item in token.attrs.items()
        }
        new = replace(token, content=content, attrs=attrs)
        if token.children is not None:
            new.children = list(_place_inline(token.children, values, one_line=True))
        yield new


def _place_text(
    content: str, values: Sequence[str], *, one_line: bool, linked: bool
) -> Iterator[Token]:
    for piece, value in _pieces(content, values):
        if piece:
            yield text_token(piece)
        if value is None:
            continue
        if isinstance(value, Url) and not linked:
            yield from link(value)
        elif one_line or linked:
            yield text_token(_one_line(value))
        else:
            yield from _lines(value)


def _pieces(content: str, values: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    end = 0
    for found in _MARK.finditer(content):
        yield content[end : found.start()], _value(found, values)
        end = found.end()
    yield content[end:], None


def _lines(value: str) -> Iterator[Token]:
    for number, line in enumerate(_BREAK.split(value)):
        if number:
            yield replace(text_token(""), type="hardbreak", tag="br")
        if line:
            yield text_token(line)


def _place_attribute(key: str, text: str, values: Sequence[str]) -> str:
    if key not in ("href", "src"):
        return _one_line(unmark(text, values))
    if not _MARK.search(text):
        return text
    address = _MARK.sub(lambda found: _encode(_value(found, values)), text)
    if not safe_address(address):
        raise ValueRefusedError(
            f"{address:.200} can't be the address of a link",
            "Give one that starts with https://, or a mail address after mailto:.",
        )
    return address


def _encode(value: str) -> str:
    safe = _SAFE_IN_ADDRESS if isinstance(value, Url) or "://" in value else "/@-._~!$'*,;%:"
    return quote(_PERCENT.sub("%25", _one_line(value).strip()), safe=safe)


def place_in_source(text: str, tokens: list[Token], values: Sequence[str]) -> str:
    """The Markdown source with every value in its place, escaped so that it reads back as data."""
    kinds = dict(_kinds(tokens))
    text = _lengthen_fences(text, tokens, values)
    text = _lengthen_code_spans(text, kinds, values)

    def put(found: re.Match[str]) -> str:
        value = _value(found, values)
        kind = kinds.get(found[1], "line")
        start = text.rfind("\n", 0, found.start()) + 1
        before = text[start : found.start()]
        if kind == "address":
            return _encode(value)
        if kind == "code":
            return _one_line(value)
        if kind == "fence":
            indent = _continuation(before, deep=True)
            return _BREAK.sub(lambda _: f"\n{indent}", value)
        if isinstance(value, Url) and kind == "text":
            return f"<{_encode(value)}>"
        if kind != "text":
            return _escape(_one_line(value), starts=False)
        containers = _CONTAINERS.match(before)
        starts = containers is not None and containers.end() == len(before)
        indent = _continuation(before, deep=False)
        lines = [line.strip() for line in _BREAK.split(value)]
        escaped = [_escape(line, starts=starts or number > 0) for number, line in enumerate(lines)]
        return f"\\\n{indent}".join(escaped)

    return _MARK.sub(put, text)


def _escape(line: str, *, starts: bool) -> str:
    line = _MARKUP.sub(r"\\\g<0>", line)
    if starts:
        line = _BLOCK_START.sub(
            lambda hit: f"\\{hit[1]}" if hit[1] else f"{hit[2]}\\{hit[3]}", line
        )
    return line


def _continuation(before: str, *, deep: bool) -> str:
    """What the lines after the first must start with to stay in the same quote or list."""
    found = _CONTAINERS.match(before)
    prefix = before if deep and not before.strip("> \t") else (found[0] if found else "")
    return re.sub(r"[^>\t]", " ", prefix)


def _kinds(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    before = ""
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield from ((found[1], "fence") for found in _MARK.finditer(token.content))
            yield from ((found[1], "line") for found in _MARK.finditer(token.info))
        elif token.children is not None:
            one_line = before in ("heading_open", "td_open", "th_open")
            yield from _inline_kinds(token.children, "line" if one_line else "text")
        before = token.type


def _inline_kinds(children: list[Token], kind: str) -> Iterator[tuple[str, str]]:
    links = 0
    for token in children:
        links += (token.type == "link_open") - (token.type == "link_close")
        if token.type == "text":
            here = "line" if links else kind
        else:
            here = "code" if token.type == "code_inline" else "line"
        yield from ((found[1], here) for found in _MARK.finditer(token.content))
        if token.children:
            yield from _inline_kinds(token.children, "line")
        for key, item in token.attrs.items():
            place_ = "address" if key in ("href", "src") else "line"
            yield from ((found[1], place_) for found in _MARK.finditer(str(item)))


def _longest_run(text: str, char: str) -> int:
    return max((len(run) for run in re.findall(f"{re.escape(char)}+", text)), default=0)


def _lengthen_fences(text: str, tokens: list[Token], values: Sequence[str]) -> str:
    lines = text.split("\n")
    for token in tokens:
        if token.type != "fence" or token.map is None or not _MARK.search(token.content):
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
        marker = f"{_OPEN}{number}{_CLOSE}"
        start, end = text.rfind("`", 0, text.index(marker)), text.index("`", text.index(marker))
        run = "`" * (_longest_run(values[index], "`") + 1)
        before, after = text[:start].rstrip("`"), text[end:].lstrip("`")
        text = f"{before}{run} {text[start + 1 : end].strip()} {run}{after}"
    return text
