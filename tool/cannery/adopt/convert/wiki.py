"""What the texts of wikis have in common on their way to Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cannery.adopt.convert.regions import regions
from cannery.adopt.convert.shapes import indented

_SIGNS = re.compile(
    r"[\\`*]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!])|~~|\[(?=[\[\]^!])|\](?=[(\[:])"
)
_GAPS = re.compile(r"\n{3,}+")
_ENDS = re.compile(r"(?<![ \t])[ \t]++\n")
_KEPT = re.compile("\ue020(\\d{1,7})\ue021")


class Line(NamedTuple):
    """A line of a page, with its 1-based number in it."""

    number: int
    text: str


def escaped(text: str) -> str:
    """A plain text as Markdown that shows it."""
    return _SIGNS.sub(r"\\\g<0>", text)


def tidied(text: str) -> str:
    """A text in which blocks are one blank line apart, but for its code."""
    spans = regions(text, indented_code=False)
    made: list[str] = []
    at = 0
    for start, end in spans.outside(len(text)):
        made += [text[at:start], _GAPS.sub("\n\n", _ENDS.sub("\n", text[start:end]))]
        at = end
    return "".join([*made, text[at:]]).strip("\n") + "\n"


@dataclass(slots=True)
class Kept:
    """Finished pieces of Markdown, each behind a mark that no further step touches."""

    pieces: list[str] = field(default_factory=list)

    def keep(self, piece: str) -> str:
        self.pieces.append(piece)
        return f"\ue020{len(self.pieces) - 1}\ue021"

    def restored(self, text: str) -> str:
        """The text with the pieces in the place of their marks; pieces may hold others."""
        for _ in range(_DEPTH):
            if "\ue020" not in text:
                break
            text = _KEPT.sub(self._piece, text)
        return text

    def _piece(self, found: re.Match[str]) -> str:
        number = int(found[1])
        return self.pieces[number] if number < len(self.pieces) else ""


_DEPTH = 6


def without_marks(text: str) -> str:
    """A text of the source without letters that would be taken for marks."""
    return text.replace("\ue020", "").replace("\ue021", "")


def toggles(
    text: str, pattern: re.Pattern[str], make: Callable[[re.Match[str], bool, bool], str]
) -> str:
    """The text with marks that begin and end by turns, and what else a pattern finds.

    `make` is told whether a mark is one of a pair, and whether it begins it; marks are what the
    group `mark` finds, and the text between is escaped.
    """
    found = [*pattern.finditer(text)]
    last: dict[str, int] = {}
    pairs: dict[int, bool] = {}
    for number, match in enumerate(found):
        mark = match["mark"]
        if mark and mark in last:
            pairs |= {last.pop(mark): True, number: False}
        elif mark:
            last[mark] = number
    made: list[str] = []
    at = 0
    for number, match in enumerate(found):
        made += [
            escaped(text[at : match.start()]),
            make(match, number in pairs, pairs.get(number, False)),
        ]
        at = match.end()
    return "".join([*made, escaped(text[at:])])


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: how deep it is, whether it is numbered, and its Markdown."""

    depth: int
    is_numbered: bool
    text: str


def list_of(items: Sequence[Item]) -> str:
    """A list with lists within; an item that is deeper than its list allows is one step deeper."""
    lines: list[str] = []
    margins: list[int] = []  # where the items of each level begin
    numbers: list[int] = []  # of the last item of each level; 0 behind one without a number
    for item in items:
        depth = min(item.depth, len(margins) + 1, _MAX_LEVELS)
        if depth > len(margins):
            margins.append(margins[-1] + _width(lines[-1], margins[-1]) if margins else 0)
            numbers.append(0)
        del margins[depth:], numbers[depth:]
        numbers[-1] = numbers[-1] + 1 if item.is_numbered else 0
        sign = f"{numbers[-1]}. " if item.is_numbered else "- "
        margin = " " * margins[-1]
        lines.append(f"{margin}{sign}{indented(item.text, margin + ' ' * len(sign)).lstrip()}")
    return "\n".join(lines)


_MAX_LEVELS = 12
_SIGN = re.compile(r"[ ]*(-|\d+\.)[ ]")


def _width(line: str, margin: int) -> int:
    found = _SIGN.match(line)
    return found.end() - margin if found else 2
