"""Values within a text: a marker stands for each until it is known what its place asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from cannery.errors import ValueRefusedError
from cannery.util.plain import printable

if TYPE_CHECKING:
    from cannery.content.markdown import Token

OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}([0-9]{{1,7}}){CLOSE}")
BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SAFE_IN_ADDRESS = "/:?=&#@!$'*+,;~%-._"
_SAFE_IN_PART = "/@-._~!$'*,;%:"
_NO_BREAK = "\ufeff"  # for a browser a space
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MAX_PLACED = 1_200_000  # characters: four times what a reply may have


class Url(str):
    """An address: where it stands as text, it is a link."""

    __slots__ = ()


def mark(value: str, values: list[str]) -> str:
    """A marker for the value, which joins `values`."""
    plain = without_marks(printable(value))
    values.append(Url(plain) if isinstance(value, Url) else plain)
    return f"{OPEN}{len(values) - 1}{CLOSE}"


def without_marks(text: str) -> str:
    """The text without the characters that a marker is made of: an author's are no markers."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def unmark(text: str, values: Sequence[str]) -> str:
    """The text with each marker replaced by its value, verbatim."""
    return MARK.sub(lambda match: value_of(match, values), text)


def value_of(match: re.Match[str], values: Sequence[str]) -> str:
    index = int(match[1])
    return values[index] if index < len(values) else ""


def in_one_line(text: str) -> str:
    return BREAK.sub(" ", text)


def encode(value: str, *, own: bool = False) -> str:
    """The value within an address. In one that is its `own` text, letters of any script stay."""
    is_whole = isinstance(value, Url) or "://" in value
    safe = _SAFE_IN_ADDRESS if is_whole else _SAFE_IN_PART
    plain = _PERCENT.sub("%25", in_one_line(value).strip())
    if not own:
        return quote(plain, safe=safe)
    safe = f"{safe}()" if is_whole else safe
    return "".join(
        quote(char, safe=safe) if char.isascii() or char.isspace() or char == _NO_BREAK else char
        for char in plain
    )


def refuse_growth(tokens: list[Token], values: Sequence[str]) -> None:
    """A link that is defined once and used a thousand times holds its value a thousand times."""
    if sum(map(len, values)) > _MAX_PLACED or _placed_in(tokens, values) > _MAX_PLACED:
        message = "the values are too long, and used in too many places"
        raise ValueRefusedError(message, "Shorten the values, or use them less often.")


def _placed_in(tokens: list[Token], values: Sequence[str]) -> int:
    total = 0
    for token in tokens:
        for text in (token.content, token.info, *map(str, token.attrs.values())):
            total += sum(len(value_of(match, values)) for match in MARK.finditer(text))
        total += _placed_in(token.children or [], values)
    return total
