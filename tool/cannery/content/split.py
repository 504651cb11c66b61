"""A file's text, cut into front matter and body. No YAML: a search reads bodies alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_HEAD = re.compile(r"\A(\ufeff?)---[ \t]*(\r\n|\n|\r)")
# `^` begins no line after a bare carriage return: the character before is looked at.
_CLOSE = re.compile(r"(?:---|\.\.\.)(?<![^\r\n]...)[ \t]*(?:\r\n|\n|\r|\Z)")
# An HTML comment; one that nothing closes goes on to the end.
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
LINE_END = re.compile(r"\r\n|\n|\r")
_MAX_BEFORE = 10  # lines that may stand before a header that is not where it belongs
# These are for what has no front matter where it belongs, and not compiled for all else.
_FENCE = r"---[ \t]*"
_ANY_KEY = r"[\"']?[A-Za-z_][\w -]{0,60}[\"']?[ \t]*:(?:\s|$)"


@dataclass(frozen=True, slots=True)
class Parts:
    """A file cut in three. `header` has no fences; `body_line` is 1-based."""

    prefix: str
    header: str
    suffix: str
    body: str
    body_line: int


def line_end_of(text: str) -> str:
    """What ends the lines of a text."""
    return next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")


def split(text: str) -> Parts:
    """Cut a file's text: `prefix + header + suffix + body` is the text again."""
    opening = _HEAD.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        bom = "\ufeff" if text.startswith("\ufeff") else ""
        return Parts(bom, "", "", text.removeprefix("\ufeff"), 1)
    before = text[: closing.end()]
    return Parts(
        text[: opening.end()],
        text[opening.end() : closing.start()],
        text[closing.start() : closing.end()],
        text[closing.end() :],
        len(LINE_END.findall(before)) + 1,
    )


def misplaced(text: str) -> tuple[int, str] | None:
    """Where and why something that is meant as front matter is none: its 1-based line, a reason."""
    if opening := _HEAD.match(text):
        if _CLOSE.search(text, opening.end()):
            return None
        lines = LINE_END.split(text[opening.end() :], maxsplit=_MAX_BEFORE)
        first = next((line for line in lines if line.strip() and line[0] != "#"), "")
        reason = "the front matter is not closed with `---`"
        return (1, reason) if re.match(_ANY_KEY, first) else None
    lines = LINE_END.split(text.lstrip("\ufeff"), maxsplit=_MAX_BEFORE)[:_MAX_BEFORE]
    for number, line in enumerate(lines, start=1):
        if line.startswith(("```", "~~~", "    ", "\t")):
            return None  # an example of one
        if re.fullmatch(_FENCE, line.strip()) and number < len(lines):
            if _own_key().match(lines[number].lstrip()):
                return number, "something stands before the front matter"
            return None
    return None


@cache
def _own_key() -> re.Pattern[str]:
    """A line with a key of ours: what follows a heading underlined with `---` begins otherwise."""
    from cannery.content.keys import names_of  # a search cuts files and reads no keys
    from cannery.model.entry import Header, Macro

    names = "|".join(sorted(names_of(Header, Macro)))
    return re.compile(rf"[\"']?(?:{names})[\"']?[ \t]*:(?:\s|$)")
