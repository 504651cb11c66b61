"""Python's regular expressions, matched step by step: what `re` does, and how much work that is.

`re` can't say how often it went back. This runs the tree that `re` parses in the order of `re`, and
counts each instruction, each letter that a repeat takes, and each way that is tried again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.patterns.program import Program, compiled

Groups = tuple[int, ...]  # start and end of each group, -1 where it has none


class TooManyStepsError(Exception):
    """A match took more steps than it was allowed."""


class Found(NamedTuple):
    """Where a match stands, and its groups by their spans."""

    start: int
    end: int
    groups: tuple[tuple[int, int], ...]


class Way(NamedTuple):
    """Where a match can go on after it has failed elsewhere.

    A repeat of one letter gives back letters down to `end`, or takes more up to `end` where it is
    lazy: then `accepts` tells which.
    """

    pc: int
    at: int
    groups: Groups
    marks: Groups
    end: int = -1
    accepts: Callable[[str], bool] | None = None


class Run:
    """One try to match a program from one place."""

    __slots__ = ("at", "count", "groups", "marks", "pc", "size", "text", "ways")

    def __init__(self, text: str, at: int, groups: Groups, marks: Groups, count: Count) -> None:
        self.text, self.size, self.at, self.pc = text, len(text), at, 0
        self.groups, self.marks, self.count = groups, marks, count
        self.ways: list[Way] = []

    def go(self, program: Program, fits: Callable[[int], bool]) -> bool:
        """Whether it matches, up to a place that `fits`; then `at` and `groups` tell where."""
        last, count = len(program), self.count
        while True:
            count.steps += 1
            if self.pc == last:
                if fits(self.at):
                    return True
            else:
                self.pc += 1
                if program[self.pc - 1](self):
                    continue
            if not self._back():
                return False

    def inner(self, program: Program, at: int) -> Run | None:
        """A match of its own from `at` on, which nothing goes back into."""
        run = Run(self.text, at, self.groups, self.marks, self.count)
        return run if run.go(program, lambda _: True) else None

    def keep(
        self, pc: int, at: int, end: int = -1, accepts: Callable[[str], bool] | None = None
    ) -> None:
        """Remember a way to go on, should this one fail."""
        self.ways.append(Way(pc, at, self.groups, self.marks, end, accepts))

    def _back(self) -> bool:
        self.count.check()
        while self.ways:
            self.count.steps += 1
            way = self.ways.pop()
            self.pc, self.at, self.groups, self.marks, end, accepts = way
            if accepts is not None:
                if self.at >= end or not accepts(self.text[self.at]):
                    continue
                self.at += 1
                self.ways.append(way._replace(at=self.at))
            elif self.at > end >= 0:
                self.ways.append(way._replace(at=self.at - 1))
            return True
        return False


class Count:
    """The steps so far, and how many there may be."""

    __slots__ = ("limit", "steps")

    def __init__(self, limit: int) -> None:
        self.limit, self.steps = limit, 0

    def check(self) -> None:
        if self.steps > self.limit:
            raise TooManyStepsError


class Stepper:
    """A pattern, matched as `re` matches it; `steps` is the work of all matches so far.

    `widest` is the most that a bounded repeat may repeat: so the growth of the work is seen with
    short texts. Where a match takes more than `limit` steps, TooManyStepsError is raised.
    """

    def __init__(
        self, pattern: str, flags: int = 0, *, widest: int = 2**32, limit: int = 10**9
    ) -> None:
        self._program, self._groups, self._marks, self._first = compiled(pattern, flags, widest)
        self._count = Count(limit)
        self._begins: dict[str, bool] = {}

    @property
    def steps(self) -> int:
        return self._count.steps

    def match(self, text: str) -> Found | None:
        return self._from(text, 0, lambda _: True)

    def fullmatch(self, text: str) -> Found | None:
        return self._from(text, 0, lambda end: end == len(text))

    def search(self, text: str, at: int = 0, *, moving: bool = False) -> Found | None:
        """The first match from `at` on; where it is `moving`, no empty one at `at` itself."""
        for start in range(at, len(text) + 1):
            if not self._can_begin(text, start):
                self._count.steps += 1
                continue
            held = at if moving and start == at else -1
            if found := self._from(text, start, lambda end, held=held: end != held):  # type: ignore[misc]
                return found
        return None

    def finditer(self, text: str) -> Iterator[Found]:
        at, moving = 0, False
        while at <= len(text) and (found := self.search(text, at, moving=moving)):
            yield found
            at, moving = found.end, found.end == found.start

    def _can_begin(self, text: str, at: int) -> bool:
        """As `re` looks for a match: by its first letter, where each must have one."""
        if self._first is None or at == len(text):
            return self._first is None
        char = text[at]
        if char not in self._begins:
            self._begins[char] = any(accepts(char) for accepts in self._first)
        return self._begins[char]

    def _from(self, text: str, start: int, fits: Callable[[int], bool]) -> Found | None:
        run = Run(text, start, (-1,) * (2 * self._groups), (-1,) * self._marks, self._count)
        if not run.go(self._program, fits):
            return None
        spans = zip(run.groups[2::2], run.groups[3::2], strict=True)
        return Found(start, run.at, tuple(spans))


def pumped(stepper: Stepper, way: str, text: str) -> None:
    """Match a text in the way that the program does."""
    if way in {"match", "fullmatch", "search"}:
        getattr(stepper, way)(text)
    else:
        for _ in stepper.finditer(text):
            pass


def agrees(pattern: re.Pattern[str], text: str) -> bool:
    """Whether `re` and this find the same in a text, in all ways."""
    mine = Stepper(pattern.pattern, pattern.flags)
    singles = (
        (pattern.match(text), mine.match(text)),
        (pattern.fullmatch(text), mine.fullmatch(text)),
        (pattern.search(text), mine.search(text)),
    )
    rows = zip(pattern.finditer(text), mine.finditer(text), strict=True)
    return all(_told(one) == two for one, two in (*singles, *rows))


def _told(found: re.Match[str] | None) -> Found | None:
    if found is None:
        return None
    spans = tuple(found.span(number) for number in range(1, found.re.groups + 1))
    return Found(found.start(), found.end(), spans)
