"""A file's text, cut into front matter and body. No YAML: a search reads bodies alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = re.compile(r"\A(\ufeff?)---[ \t]*(\r\n|\n|\r)")
# `^` begins no line after a bare carriage return: the character before is looked at.
_CLOSE = re.compile(r"(?:---|\.\.\.)(?<![^\r\n]...)[ \t]*(?:\r\n|\n|\r|\Z)")
# An HTML comment; one that nothing closes goes on to the end.
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Parts:
    """A file cut in three. `header` has no fences; `body_line` is 1-based.

    Where front matter is not where it belongs, `fault` says why, after a 1-based line: it is cut
    off all the same, so that its keys are no text for anybody and still count.
    """

    prefix: str
    header: str
    suffix: str
    body: str
    body_line: int
    fault: tuple[int, str] | None = None

    @property
    def header_line(self) -> int:
        """The 1-based line of the file that the header begins in."""
        return len(LINE_END.findall(self.prefix)) + 1


def line_end_of(text: str) -> str:
    """What ends the lines of a text."""
    return next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")


def line_feeds(text: str) -> str:
    """The text with all line ends as line feeds."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def split(text: str) -> Parts:
    """Cut a file's text: `prefix + header + suffix + body` is the text again."""
    opening = _HEAD.match(text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if opening and closing:
        return cut(text, opening.end(), closing.start(), closing.end())
    from cannery.content.misplaced import find_misplaced  # few files have no front matter

    if found := find_misplaced(text, opening.end() if opening else 0):
        parts = cut(text, found.start, found.end, found.after)
        return Parts(
            parts.prefix, parts.header, parts.suffix, parts.body, parts.body_line, found.fault
        )
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    return Parts(bom, "", "", text.removeprefix("\ufeff"), 1)


def cut(text: str, start: int, end: int, after: int) -> Parts:
    """The parts of a text with front matter from `start` to `end`, and its body from `after` on."""
    line = len(LINE_END.findall(text, 0, after)) + 1
    return Parts(text[:start], text[start:end], text[end:after], text[after:], line)
