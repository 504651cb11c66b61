"""The places where two sides have changed the same words, as they are shown."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.cli import output
from cannery.model.hunk import Hunk

MOST = 10  # places, and lines of each, that are shown
_LONGEST = 200  # letters of a line


def places(hunks: Sequence[Hunk]) -> str:
    """Where they are, in one line."""
    named = (f"{hunk.what}, line {hunk.line}" if hunk.line else hunk.what for hunk in hunks[:MOST])
    more = [f"and {len(hunks) - MOST} more"] if len(hunks) > MOST else []
    return "; ".join([*named, *more])


def show_hunks(hunks: Sequence[Hunk], other: str) -> None:
    """The first of them; `other` is the word for the other side's text."""
    for hunk in hunks[:MOST]:
        _show_hunk(hunk, other)


def _show_hunk(hunk: Hunk, other: str) -> None:
    """The three texts of a conflict, each under its name."""
    if not (hunk.base or hunk.ours or hunk.theirs):
        return
    output.note(f"  {hunk.what}, line {hunk.line}:" if hunk.line else f"  {hunk.what}:")
    for name, text in (("before", hunk.base), ("yours", hunk.ours), (other, hunk.theirs)):
        lines = text.rstrip("\n").split("\n")
        more = [f"... and {len(lines) - MOST} more lines"] if len(lines) > MOST else []
        for number, line in enumerate([*map(_cut, lines[:MOST]), *more]):
            output.note(f"    {'' if number else name:<8}{line or ('' if text else '(nothing)')}")


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."
