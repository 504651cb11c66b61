"""Values into Markdown as data: whatever they hold, they come out as themselves.

A filled-in template holds a marker for each value. The Markdown is read with the markers in it, so
the author's marks alone decide what is bold, a link or code. Then each value takes its marker's
place: among the tokens as plain text, in the source with the escapes that its place asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from cannery.content.markdown import link, own_text, safe_address, text_token
from cannery.content.marks import (
    BREAK,
    CLOSE,
    MARK,
    OPEN,
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

# Without its slash or its colon, no address is one that stands for itself.
_MARKUP = re.compile(r"[\\`*_\[\]<>&~|]|/(?=/)|(?<=mailto):", re.IGNORECASE)
_TITLE_END = re.compile(r"[\"'()]")
_ADDRESS_END = re.compile(r"[:@]")
# What an author has begun there: an address, which a value could make one of its own.
_BEGUN = re.compile(r"(?:<|mailto:)[^\s<>]*$", re.IGNORECASE)
_NEAR = 300  # characters before a value that an address may begin in
_BLOCK_START = re.compile(r"^(?:([-+#=])|(\d{1,9})([.)]))", re.MULTILINE)
_CONTAINERS = re.compile(r"[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d{1,9}[.)][ \t]+)*")


def interpolate(tokens: list[Token], values: Sequence[str]) -> list[Token]:
    """Replace the markers in a copy of the tokens. Raises ValueRefusedError for too much text."""
    refuse_growth(tokens, values)
    interpolated = []
    before = ""
    for token in tokens:
        new = replace(token, content=unmark(token.content, values), info=unmark(token.info, values))
        if token.children is not None:
            one_line = before in ("heading_open", "td_open", "th_open")
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
        if _is_own_text(token):
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


def _is_own_text(token: Token) -> bool:
    """Whether the token opens an autolink whose address contains a marker."""
    opens = token.type == "link_open" and token.info == "auto"
    return opens and bool(MARK.search(str(token.attrs["href"])))


def _interpolate_address(text: str, values: Sequence[str], *, own: bool = False) -> str:
    address = MARK.sub(lambda match: encode(value_of(match, values), own=own), text)
    if not safe_address(address):
        raise ValueRefusedError(
            f"{address:.200} can't be the address of a link",
            "Give one that starts with https://, or a mail address after mailto:.",
        )
    return address


def interpolate_source(text: str, tokens: list[Token], values: Sequence[str]) -> str:
    """Replace the markers in the Markdown source by values escaped so that they parse as text."""
    kinds = dict(_kinds(tokens))
    text = _enclose_addresses(text, tokens)
    text = _lengthen_fences(text, tokens, values)
    text = _lengthen_code_spans(text, kinds, values)

    def put(match: re.Match[str]) -> str:
        value = value_of(match, values)
        kind = kinds.get(match[1], "address")  # nowhere to be seen: where a reference leads to
        start = text.rfind("\n", 0, match.start()) + 1
        before = text[start : match.start()]
        if kind in ("address", "own"):
            return encode(value, own=kind == "own")
        if kind == "code":
            return in_one_line(value)
        if kind == "fence":
            indent = _continuation(before, deep=True)
            return BREAK.sub(lambda _: f"\n{indent}", value)
        if isinstance(value, Url) and kind == "text":
            return f"<{encode(value, own=True)}>"
        if kind == "title":
            return _TITLE_END.sub(r"\\\g<0>", _escape(in_one_line(value), starts=False))
        containers = _CONTAINERS.match(before)
        starts = containers is not None and containers.end() == len(before)
        lines = [line.strip() for line in BREAK.split(value)]
        if kind != "text":
            lines = [in_one_line(value)]
        escaped = [_escape(line, starts=starts or number > 0) for number, line in enumerate(lines)]
        escaped[0] = _apart_before(escaped[0], before)
        after = text[match.end() : match.end() + 1].strip("\n")
        escaped[-1] = _apart_after(escaped[-1], after or kind)
        return f"\\\n{_continuation(before, deep=False)}".join(escaped)

    return MARK.sub(put, text)


def _escape(line: str, *, starts: bool) -> str:
    line = _MARKUP.sub(r"\\\g<0>", line)
    if starts:
        line = _BLOCK_START.sub(
            lambda hit: f"\\{hit[1]}" if hit[1] else f"{hit[2]}\\{hit[3]}", line
        )
    return line


def _apart_before(line: str, before: str) -> str:
    """Escape the first line of a value so that it completes no markup begun by the author."""
    if _BEGUN.search(before[-_NEAR:]):
        line = _ADDRESS_END.sub(r"\\\g<0>", line.replace("\\:", ":"))
    if before.endswith("//") and line[:1].isalnum():
        return f"&#{ord(line[0])};{line[1:]}"
    joins = before[-1:] in (CLOSE, "/") if line[:1] in ("/", ":") else False
    return f"\\{line}" if joins else line


def _apart_after(line: str, after: str) -> str:
    """Escape the last line of a value so that the text after it completes no markup.

    `after` is the letter there; at the end of a line, `line` for that of a heading or its like.
    """
    if after == ":" and line.lower().endswith("mailto"):
        return f"{line}\\"
    met = {"[": "!", "/": "/:", "line": "#"}.get(after, "")
    is_met = bool(line) and line[-1] in met and line[-2:-1] != "\\"
    return f"{line[:-1]}\\{line[-1]}" if is_met else line


def _enclose_addresses(text: str, tokens: Sequence[Token]) -> str:
    """Put bare addresses that contain values in angle brackets: a value could end one early."""
    bare = {
        child.content
        for token in tokens
        for opens, child in pairwise(token.children or ())
        if opens.type == "link_open" and opens.markup == "linkify" and child.content[:1] != "/"
    }
    if not bare:
        return text
    longest = "|".join(map(re.escape, sorted(bare, key=len, reverse=True)))
    return re.sub(
        rf"(?<!<)(?<!\]\()(?<!\]: )(?:{longest})",
        lambda match: f"<{match[0]}>" if _meets_value(match) else match[0],
        text,
    )


def _meets_value(match: re.Match[str]) -> bool:
    """Whether a value is in it or right before it."""
    return bool(MARK.search(match[0])) or match.string[match.start() - 1 : match.start()] == CLOSE


def _continuation(before: str, *, deep: bool) -> str:
    """The prefix that keeps continuation lines in the same block quote or list item."""
    match = _CONTAINERS.match(before)
    prefix = before if deep and not before.strip("> \t") else (match[0] if match else "")
    return re.sub(r"[^>\t]", " ", prefix)


def _kinds(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    before = ""
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield from ((match[1], "fence") for match in MARK.finditer(token.content))
            yield from ((match[1], "line") for match in MARK.finditer(token.info))
        elif token.children is not None:
            one_line = before in ("heading_open", "td_open", "th_open")
            yield from _inline_kinds(token.children, "line" if one_line else "text")
        before = token.type


def _inline_kinds(children: list[Token], kind: str) -> Iterator[tuple[str, str]]:
    links = 0
    is_own = False
    for token in children:
        links += (token.type == "link_open") - (token.type == "link_close")
        is_own = _is_own_text(token) or (is_own and links > 0)
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
