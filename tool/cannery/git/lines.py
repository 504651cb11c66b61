"""Merge texts line by line, as `git merge` does; where both sides meet, keep all three texts."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from cannery.git.failures import translated
from cannery.git.run import attempt


class Piece(NamedTuple):
    """A stretch of lines in three texts, and merged; `merged` is None where two sides meet."""

    base: str
    ours: str
    theirs: str
    merged: str | None


class _Span(NamedTuple):
    """Lines of the base that one side has replaced by lines of its own; ends are exclusive."""

    start: int
    end: int
    own_start: int
    own_end: int

    @property
    def growth(self) -> int:
        """How many lines there are more than before."""
        return self.own_end - self.own_start - (self.end - self.start)


_SPAN = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
# Git's own merge looks at lines in the same way: these make `git diff` do so.
_AS_MERGE = ("--no-index", "--text", "-U0", "--no-indent-heuristic", "--diff-algorithm=histogram")


def merge_lines(base: str, ours: str, theirs: str) -> list[Piece]:
    """The three texts cut into pieces. Changes that touch each other meet. Raises GitError."""
    texts = [_lines(text) for text in (base, ours, theirs)]
    if ours == base or theirs in (base, ours):
        return [Piece(base, ours, theirs, ours if theirs == base else theirs)]
    with tempfile.TemporaryDirectory(prefix=f"kb-merge-{os.getpid()}-") as name:
        folder = Path(name)
        for side, pair in (("before", (base, base)), ("after", (ours, theirs))):
            (folder / side).mkdir()
            for file, text in zip(("ours", "theirs"), pair, strict=True):
                (folder / side / file).write_bytes(text.encode())
        own, other = _spans(folder)
    return [*_pieces(texts, own, other)]


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    last = lines.pop()
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]


def _spans(folder: Path) -> Iterator[list[_Span]]:
    """What each side has changed, from the top down."""
    arguments = ("diff", *_AS_MERGE, "--", "before", "after")
    status, out, stderr = attempt(folder, *arguments)
    if status > 1:
        raise translated(arguments, stderr)
    for file in out.decode("utf-8", "replace").split("\ndiff --git "):
        yield [_span(match) for match in _SPAN.finditer(file)]


def _span(match: re.Match[str]) -> _Span:
    start, count, own, own_count = (1 if part is None else int(part) for part in match.groups())
    # Of no lines, git tells the line before.
    first, own_first = start - (count > 0), own - (own_count > 0)
    return _Span(first, first + count, own_first, own_first + own_count)


def _pieces(
    texts: Sequence[Sequence[str]], ours: Sequence[_Span], theirs: Sequence[_Span]
) -> Iterator[Piece]:
    left = [[*reversed(ours)], [*reversed(theirs)]]
    at = [0, 0, 0]  # the lines of base, ours and theirs that are done
    while any(left):
        groups = _next_group(left)
        start = min(group[0].start for group in groups if group)
        end = max(group[-1].end for group in groups if group)
        here = [line + start - at[0] for line in at]
        yield _cut(texts, at, here)
        growth = [0, *(sum(span.growth for span in group) for group in groups)]
        at = [line + end - start + more for line, more in zip(here, growth, strict=True)]
        piece = _cut(texts, here, at)._replace(merged=None)
        yield from _refined(piece, is_of_one_side=not all(groups))
    yield _cut(texts, at, [len(text) for text in texts])


def _next_group(left: Sequence[list[_Span]]) -> tuple[list[_Span], list[_Span]]:
    """Take the next changes that touch each other, by side; they are taken off the ends."""
    groups: tuple[list[_Span], list[_Span]] = ([], [])
    first = min((side for side in (0, 1) if left[side]), key=lambda side: left[side][-1].start)
    groups[first].append(left[first].pop())
    end = groups[first][0].end
    grows = True
    while grows:
        grows = False
        for side in (0, 1):
            while left[side] and left[side][-1].start <= end:
                span = left[side].pop()
                groups[side].append(span)
                end, grows = max(end, span.end), True
    return groups


def _cut(texts: Sequence[Sequence[str]], start: Sequence[int], end: Sequence[int]) -> Piece:
    """The lines between, which are the same in all texts."""
    cuts = zip(texts, start, end, strict=True)
    base, ours, theirs = ("".join(text[first:after]) for text, first, after in cuts)
    return Piece(base, ours, theirs, base)


def _refined(piece: Piece, *, is_of_one_side: bool) -> Iterator[Piece]:
    """The piece merged; or cut down to where both sides differ."""
    base, ours, theirs, _ = piece
    if is_of_one_side or ours == theirs:
        yield piece._replace(merged=ours if theirs == base else theirs)
        return
    here, there = _lines(ours), _lines(theirs)
    head = _alike(here, there)
    tail = _alike(here[head:][::-1], there[head:][::-1])
    yield _same("".join(here[:head]))
    own, other = ("".join(lines[head : len(lines) - tail]) for lines in (here, there))
    yield Piece(base, own, other, None)
    yield _same("".join(here[len(here) - tail :]))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines are the same from the beginning on."""
    both = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda lines: lines[0] == lines[1], both))


def _same(text: str) -> Piece:
    """What both sides have written alike."""
    return Piece("", text, text, text)
