"""Constructs that have a beginning and an end, as a tree: JSX, shortcodes, template tags, `:::`.

Each syntax finds its own tags; what becomes of an element is a rule's matter. What is between tags
stays as it is, and what is inside of a block is at the margin when a rule sees it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import NamedTuple

from cannery.adopt.convert.begins import escaped_first
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import dedented, indented
from cannery.util.spans import Lines

_MAX_DEPTH = 24


KEEP = "\0keep"  # what a rule gives back for a tag that stands alone and stays as it is written


class Shape(Enum):
    OPENING = "opening"  # alone where nothing closes it
    CLOSING = "closing"
    ALONE = "alone"


class Tag(NamedTuple):
    """A tag where it stands in a text. A closing one closes the nearest that is called so."""

    start: int
    end: int
    name: str
    shape: Shape
    attributes: Mapping[str, str] = {}


class Element(NamedTuple):
    """What a rule makes Markdown of.

    `inner` is what is between its tags, already Markdown; `source` is the opening tag as it is
    written. A block stands on lines of its own. `has_inner` is false for a tag that stands alone.
    """

    name: str
    attributes: Mapping[str, str]
    inner: str
    source: str
    line: int
    is_block: bool
    has_inner: bool


class Rule(NamedTuple):
    """What becomes of an element. What is `inline` stays in its paragraph, wherever it stands."""

    make: Callable[[Element, Notes], str]
    is_inline: bool = False


RuleOf = Callable[[str], Rule]


def merged(*found: Iterable[Tag]) -> list[Tag]:
    """The tags of several syntaxes in the order of the text, none of them inside of another."""
    kept: list[Tag] = []
    for tag in sorted(chain(*found), key=lambda tag: (tag.start, -tag.end)):
        if not kept or tag.start >= kept[-1].end:
            kept.append(tag)
    return kept


def convert_elements(
    text: str, tags: Sequence[Tag], rule_of: RuleOf, notes: Notes, first_line: int
) -> str:
    """The text with each element as its rule has it; `tags` as `merged` gives them."""
    if not tags:
        return text
    pairs = paired(tags)
    closed = {close: opening for opening, close in pairs.items()}
    work = _Work(text, tags, rule_of, notes, Lines(text, first_line))
    for index, tag in enumerate(tags):
        if index in pairs:
            work.begin(index, pairs[index])
        elif index in closed:
            work.finish(index)
        elif tag.shape is Shape.CLOSING:
            work.drop(index)
        else:
            work.begin(index, index)
            work.finish(index)
    return work.text_to_end()


def paired(tags: Sequence[Tag]) -> dict[int, int]:
    """Which tag closes which, by their numbers; an opening one that nothing closes stands alone."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    count: Counter[str] = Counter()
    for index, tag in enumerate(tags):
        if tag.shape is Shape.OPENING:
            opened.append(index)
            count[tag.name] += 1
        elif tag.shape is Shape.CLOSING and count[tag.name]:
            while tags[opened[-1]].name != tag.name:
                count[tags[opened.pop()].name] -= 1
            count[tag.name] -= 1
            pairs[opened.pop()] = index
    return _bounded(pairs)


def _bounded(pairs: Mapping[int, int]) -> dict[int, int]:
    """Without those that are nested too deep."""
    kept: dict[int, int] = {}
    around: list[int] = []
    for first, last in sorted(pairs.items()):
        while around and around[-1] < first:
            around.pop()
        if len(around) < _MAX_DEPTH:
            kept[first] = last
            around.append(last)
    return kept


@dataclass(slots=True)
class _Frame:
    """An element that is being read, and the pieces of what is inside, so far."""

    first: int = -1  # the number of its opening tag
    is_block: bool = True
    indent: str = ""
    pieces: list[str] = field(default_factory=list)
    tail: str = ""  # the last two characters
    gap: bool = False  # a block came last: what follows is apart from it by one blank line

    def add(self, text: str) -> None:
        if self.gap:
            text = text.lstrip("\n")
            if text and not self.is_at_gap():
                self._push("\n")
        if text:
            self.gap = False
            self._push(text)

    def add_block(self, block: str, indent: str) -> None:
        if not block.strip():
            self.gap = self.gap or self.is_at_gap()
            return
        if not self.is_at_gap():
            self._push("\n" if self.tail.endswith("\n") else "\n\n")
        self._push(f"{indented(block, indent)}\n")
        self.gap = True

    def is_at_gap(self) -> bool:
        """Whether a blank line, or nothing, comes last."""
        return self.tail in {"", "\n", "\n\n"}

    def _push(self, text: str) -> None:
        self.pieces.append(text)
        self.tail = (self.tail + text[-2:])[-2:]


class _Work:
    """Goes through the tags; `frames` are the elements that are open, with the page below them."""

    def __init__(
        self, text: str, tags: Sequence[Tag], rule_of: RuleOf, notes: Notes, lines: Lines
    ) -> None:
        self._text, self._tags, self._rule_of, self._notes = text, tags, rule_of, notes
        self._lines = {tag.start: lines.of(tag.start) for tag in tags}
        self._begins, self._ends = _line_starts(text, tags), _line_ends(text, tags)
        self._at = 0
        self._frames = [_Frame()]

    def begin(self, first: int, last: int) -> None:
        tag = self._tags[first]
        is_block = self._begins[first] and self._ends[last] and not self._rule(tag.name).is_inline
        before = self._text[self._at : tag.start]
        bare = before.rstrip(" \t") if is_block else before
        self._frames[-1].add(bare)
        margin = before[len(bare) :]
        is_margin = self._text[max(0, tag.start - len(margin) - 1)] == "\n" or not self._at
        self._frames.append(_Frame(first, is_block, margin if is_margin else ""))
        self._at = tag.end

    def finish(self, last: int) -> None:
        frame, tag = self._frames.pop(), self._tags[last]
        has_inner = frame.first != last
        if has_inner:
            frame.add(self._text[self._at : tag.start])
        opening = self._tags[frame.first]
        inner = "".join(frame.pieces)
        if frame.is_block:
            inner = dedented(inner, first=self._ends[frame.first])
        element = Element(
            opening.name,
            opening.attributes,
            inner,
            self._text[opening.start : opening.end],
            self._lines[opening.start],
            frame.is_block,
            has_inner,
        )
        made = self._rule(opening.name).make(element, self._notes)
        self._at = tag.end
        if made is KEEP:
            self._frames[-1].add(f"{frame.indent}{element.source}")
            return
        if frame.is_block:
            self._at = _behind_line(self._text, tag.end)
            self._frames[-1].add_block(made, frame.indent)
        else:
            is_plain = has_inner and self._rule(opening.name).is_inline
            is_first = is_plain and self._begins[frame.first]
            self._frames[-1].add(escaped_first(made) if is_first else made)

    def drop(self, index: int) -> None:
        """Leave out a closing tag that nothing opens."""
        tag = self._tags[index]
        self._frames[-1].add(self._text[self._at : tag.start])
        self._at = tag.end
        self._notes.lose(
            self._lines[tag.start], self._text[tag.start : tag.end], "nothing opens it"
        )

    def text_to_end(self) -> str:
        page = self._frames[0]
        page.add(self._text[self._at :])
        made = "".join(page.pieces)
        return made.rstrip("\n") + "\n" if page.gap and made.strip("\n") else made

    def _rule(self, name: str) -> Rule:
        return self._rule_of(name)


def _behind_line(text: str, at: int) -> int:
    """The place behind the blanks at a place, and behind the line end that follows."""
    while text[at : at + 1] in {" ", "\t"}:
        at += 1
    return at + 1 if text[at : at + 1] == "\n" else at


def _line_starts(text: str, tags: Sequence[Tag]) -> list[bool]:
    """Whether nothing but other tags comes before each of them on its line."""
    found: list[bool] = []
    before = 0
    for tag in tags:
        start = text.rfind("\n", before, tag.start) + 1
        is_first = start > 0 or not before
        blank = not text[max(start, before) : tag.start].strip()
        found.append(blank and (is_first or (bool(found) and found[-1])))
        before = tag.end
    return found


def _line_ends(text: str, tags: Sequence[Tag]) -> list[bool]:
    """Whether nothing but other tags comes behind each of them on its line."""
    found: list[bool] = []
    after = len(text)
    for tag in reversed(tags):
        end = text.find("\n", tag.end, after)
        blank = not text[tag.end : after if end < 0 else end].strip()
        is_last = end >= 0 or after == len(text)
        found.append(blank and (is_last or (bool(found) and found[-1])))
        after = tag.start
    return found[::-1]
