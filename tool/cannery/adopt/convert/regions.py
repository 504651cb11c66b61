"""The parts of a text that no conversion touches: code, and HTML comments.

Told by lines, not by the parser: sources indent what is inside of their own constructs, which the
parser would take for code.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_FENCE = re.compile(
    r"[ \t>]*+(?>(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?>(`{3,})(?![^\n]*`)|(~{3,}))[^\n]*"
)
_CLOSING = re.compile(r"[ \t>]*+(`{3,}+|~{3,}+)[ \t]*+$")
# What ends a paragraph besides a blank line: no code span goes on behind it.
_BREAK = re.compile(r"[ \t>]*+(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|:{3}|</?[A-Za-z])")
_CODE = re.compile(r"(?: {4}|\t| {1,3}\t)[ \t]*+\S")
_ITEM = re.compile(r"[ \t>]*+(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
# What may have indented text below it that is no code.
_OWNER = re.compile(r"[ \t>]*+(?:!!!|\?\?\?|===|:::|\[\^|\{%|\{\{|<|%%)")
_LIVE = re.compile(r"[ \t]*+(?:\{\{[<%]|\{%)")  # is carried out, however far it is indented
_COMMENT = "<!--"
_MARGIN = 100  # letters that a line may begin with, at most
_MARK = re.compile(r"(?<!\\)(\\*+)(`++)|<!--")


@dataclass(frozen=True, slots=True)
class Regions:
    """The spans of a text that are kept as they are, in order and apart from each other."""

    spans: tuple[tuple[int, int], ...]

    def around(self, offset: int) -> tuple[int, int] | None:
        """The span that a place is in."""
        index = bisect_right(self.spans, (offset, float("inf"))) - 1
        found = self.spans[index] if index >= 0 else None
        return found if found and offset < found[1] else None

    def touches(self, start: int, end: int) -> bool:
        """Whether a piece of the text begins or ends within one of them."""
        return self.around(start) is not None or self.around(end - 1) is not None

    def outside(self, size: int) -> Iterator[tuple[int, int]]:
        """The spans between them, of a text of that size."""
        at = 0
        for start, end in self.spans:
            if start > at:
                yield at, start
            at = end
        if at < size:
            yield at, size


def regions(text: str, *, indented_code: bool = True) -> Regions:
    """The code and the comments of a text; MDX knows no code that is only indented."""
    walk = _Walk(text, indented_code=indented_code)
    offset = 0
    for line in text.split("\n"):
        walk.take(line, offset)
        offset += len(line) + 1
    walk.end(len(text))
    return Regions(tuple(walk.spans))


@dataclass(slots=True)
class _Walk:
    """Goes through the lines; `fence` is the mark of the block of code that it is in."""

    text: str
    indented_code: bool
    spans: list[tuple[int, int]] = field(default_factory=list)
    fence: str = ""
    begun: int = 0  # where the fence, or the paragraph, begins
    in_paragraph: bool = False
    skip: int = 0  # a comment goes on to there
    unclosed: bool = False  # no comment is closed any more
    owned: bool = False  # indented lines belong to a list or to a construct

    def take(self, line: str, offset: int) -> None:
        if self.fence:
            self._within_fence(line, offset)
            return
        is_blank = not line.strip()
        if self.in_paragraph and (is_blank or _BREAK.match(line) or _FENCE.match(line)):
            self._flush(offset)
        if offset < self.skip:
            self.in_paragraph, self.begun = self.skip < offset + len(line), self.skip
            return
        if is_blank:
            return
        if found := _FENCE.match(line):
            self.fence, self.begun = found[1] or found[2], offset
        elif self._is_code(line):
            self.spans.append((offset, offset + len(line)))
        elif not self.in_paragraph:
            self.in_paragraph, self.begun = True, offset
        self._own(line)

    def _within_fence(self, line: str, offset: int) -> None:
        found = _CLOSING.match(line)
        if found and found[1].startswith(self.fence):
            self.spans.append((self.begun, offset + len(line)))
            self.fence = ""

    def _own(self, line: str) -> None:
        """Whether what is indented below this line belongs to it."""
        if line[:1].strip() or _ITEM.match(line) or _OWNER.match(line):
            self.owned = bool(_ITEM.match(line) or _OWNER.match(line))

    def _is_code(self, line: str) -> bool:
        is_free = self.indented_code and not self.in_paragraph and not self.owned
        return is_free and bool(_CODE.match(line)) and not _LIVE.match(line)

    def _flush(self, end: int) -> None:
        """Take in the code and the comments of the paragraph that ends here, as they come."""
        self.in_paragraph = False
        at = max(self.begun, self.skip)
        pieces = _Pieces(self.text, at, end)
        while found := pieces.next(at):
            start, stop = found
            if self.text.startswith(_COMMENT, start):
                stop = self._comment_end(start)
            self.spans += [(start, stop)] if stop else []
            at = stop or start + len(_COMMENT)
        self.skip = max(self.skip, at)

    def _comment_end(self, start: int) -> int:
        """0 for one that nothing closes, but at the margin, where it goes on to the end."""
        close = -1 if self.unclosed else self.text.find("-->", start + len(_COMMENT))
        self.unclosed = close < 0
        if close >= 0:
            return close + len("-->")
        before = (
            f"\n{self.text[:start]}"[-_MARGIN:]
            if start < _MARGIN
            else self.text[start - _MARGIN : start]
        )
        _, line_end, margin = before.rpartition("\n")
        return 0 if margin.strip() or not line_end else len(self.text)

    def end(self, size: int) -> None:
        if self.fence:
            self.spans.append((self.begun, size))
        elif self.in_paragraph:
            self._flush(size)


class _Mark(NamedTuple):
    """Where a run of backticks or the beginning of a comment stands; `size` is 0 for the latter."""

    start: int
    end: int
    size: int
    is_escaped: bool


class _Pieces:
    """The code spans and the beginnings of comments in one paragraph, asked for in order."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._marks = [_mark(found) for found in _MARK.finditer(text, start, end)]
        self._starts = [mark.start for mark in self._marks]
        self._by_size: dict[int, list[int]] = {}
        for mark in self._marks:
            self._by_size.setdefault(mark.size, []).append(mark.start)

    def next(self, at: int) -> tuple[int, int] | None:
        """The first that begins at a place or behind it."""
        for index in range(bisect_left(self._starts, at), len(self._marks)):
            mark = self._marks[index]
            if not mark.size:
                return mark.start, mark.end
            same = self._by_size[mark.size]
            following = bisect_right(same, mark.start)
            if not mark.is_escaped and following < len(same):
                return mark.start, same[following] + mark.size
        return None


def _mark(found: re.Match[str]) -> _Mark:
    if found[2] is None:
        return _Mark(*found.span(), 0, is_escaped=False)
    return _Mark(*found.span(2), found.end(2) - found.start(2), bool(len(found[1]) % 2))
