"""Front matter that is none: not closed, not opened, indented, or with something before it.

Nobody means its keys as text, so they are found, told as a fault, and still say who may see it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from cannery.content.keys import names_of
from cannery.model.entry import Header, Macro
from cannery.util.lazy_pattern import LazyPattern

_LINE = LazyPattern(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_COMMENT = LazyPattern(r"[\s\ufeff]*+<!--(?>(?:[^-]|-(?!->))*)-->[ \t]*")
_MAX_LINES = 200  # of front matter
_MAX_BEFORE = 10  # lines that may stand before it, a comment apart
# Three of what an editor or a phone makes of dashes, or what other formats begin with.
_FENCE = LazyPattern(r"[-\u2010-\u2015\u2212\u2500\u30fc]{2,}[ \t]*(?:ya?ml|toml|json)?|\+{3}|;{3}")
_KEY = LazyPattern(r"[\"']?[A-Za-z_][\w -]{0,60}[\"']?[ \t]*[:=](?:\s|$)")
_INNER = LazyPattern(r"[ \t]+\S|- |-$|#|[\]}]")  # a line that goes on with a key's value
_UNSEEN = " \t\r\n\ufeff\u200b\u2060\u00a0\u3000"


class Misplaced(NamedTuple):
    """Where its keys begin and end, where the body begins, and a 1-based line with a reason."""

    start: int
    end: int
    after: int
    fault: tuple[int, str]


class _Line(NamedTuple):
    start: int
    text: str


def find_misplaced(text: str, opened: int) -> Misplaced | None:
    """The front matter that is not where it belongs; `opened` is the end of its first fence, or 0.

    It is known not to be closed, where it is opened.
    """
    if opened:
        return _unclosed(text, opened)
    comment = _COMMENT.match(text)
    start = comment.end() if comment else 0
    lines = _lines(text, start)
    before = text.count("\n", 0, start) or text.count("\r", 0, start)
    for at, line in enumerate(lines[:_MAX_BEFORE]):
        is_first = not any(other.text.strip(_UNSEEN) for other in lines[:at])
        if line.text.startswith(("```", "~~~")) or (_is_code(line.text) and not is_first):
            return None  # an example of one
        if _FENCE.fullmatch(line.text.strip(_UNSEEN)):
            return _after_fence(text, lines, at, before, is_first=is_first)
        if is_first and _own_key().match(line.text.lstrip(_UNSEEN)):
            return _unopened(text, lines, at, before)
    return None


def _lines(text: str, start: int) -> list[_Line]:
    """The first lines from a place on, and an empty one where they end."""
    found = islice(_LINE.finditer(text, start), _MAX_LINES)
    return [_Line(match.start(), match[0].rstrip("\r\n")) for match in found]


def _is_code(line: str) -> bool:
    return line.startswith(("    ", "\t"))


def _unclosed(text: str, opened: int) -> Misplaced | None:
    lines = _lines(text, opened)
    end = _end_of_keys(lines, 0)
    keys = [line.text for line in lines[:end] if line.text.strip() and line.text[0] != "#"]
    if not keys or not _KEY.match(keys[0]):
        return None  # a rule on top
    place = _place(text, lines, end)
    return Misplaced(opened, place, place, (1, "the front matter is not closed with `---`"))


def _unopened(text: str, lines: list[_Line], at: int, before: int) -> Misplaced | None:
    end = _end_of_keys(lines, at)
    if not _is_fence(lines, end):
        return None
    fault = (before + at + 1, "the front matter does not start with a line `---`")
    return Misplaced(lines[at].start, lines[end].start, _place(text, lines, end + 1), fault)


def _after_fence(
    text: str, lines: list[_Line], at: int, before: int, *, is_first: bool
) -> Misplaced | None:
    """What follows a fence, where it is front matter beyond doubt."""
    end = _end_of_keys(lines, at + 1)
    keys = [line.text.lstrip(_UNSEEN) for line in lines[at + 1 : end]]
    is_closed = _is_fence(lines, end)
    is_ours = any(map(_own_key().match, keys))
    if not is_ours and not (is_first and is_closed and keys and _KEY.match(keys[0])):
        return None
    fence = lines[at].text.strip(_UNSEEN)
    reason = "there is text before the front matter"
    if fence != "---":
        reason = f"the front matter starts with `{fence:.20}` instead of `---`"
    start, after = _place(text, lines, at + 1), _place(text, lines, end + is_closed)
    return Misplaced(start, _place(text, lines, end), after, (before + at + 1, reason))


def _end_of_keys(lines: list[_Line], at: int) -> int:
    """The number of the first line from `at` on that is no key and belongs to none."""
    while at < len(lines) - 1 and not lines[at].text.strip(_UNSEEN):
        at += 1
    while at < len(lines):
        line = lines[at].text
        if not line.strip() or _is_fence(lines, at) or not (_KEY.match(line) or _INNER.match(line)):
            break
        at += 1
    return at


def _is_fence(lines: list[_Line], at: int) -> bool:
    if at >= len(lines):
        return False
    line = lines[at].text.strip(_UNSEEN)
    return line == "..." or _FENCE.fullmatch(line) is not None


def _place(text: str, lines: list[_Line], at: int) -> int:
    return lines[at].start if at < len(lines) else len(text)


@cache
def _own_key() -> re.Pattern[str]:
    """A line with a key of ours: what follows a heading underlined with `---` begins otherwise."""
    names = "|".join(sorted(names_of(Header, Macro)))
    return re.compile(rf"[\"']?(?:{names})[\"']?[ \t]*[:=](?:\s|$)")
