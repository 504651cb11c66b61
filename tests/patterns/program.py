"""What `re` has parsed -> a program of small steps, one function each."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, NamedTuple

from tests.patterns.letters import PLACES, Accepts, Node, accepting, place

if TYPE_CHECKING:
    from tests.patterns.matcher import Run

Step = Callable[["Run"], bool]
Program = list[Step]

_REPEATS = frozenset({codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT})
_LETTERS = frozenset({codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY})


class Compiled(NamedTuple):
    """A pattern's program, how many groups and marks it has, and what begins a match."""

    program: Program
    groups: int
    marks: int
    first: list[Accepts] | None


@lru_cache(maxsize=4)
def compiled(pattern: str, flags: int, widest: int) -> Compiled:
    tree = parser.parse(pattern, flags)
    flags |= tree.state.flags
    maker = _Maker(widest)
    maker.sequence(tree, flags)
    return Compiled(maker.program, tree.state.groups, maker.marks, beginning(tree, flags))


def beginning(tree: Node, flags: int) -> list[Accepts] | None:
    """What accepts the first letter of a match; None where a match may be empty."""
    found: list[Accepts] = []
    for code, given in tree:
        if code in {codes.AT, codes.ASSERT, codes.ASSERT_NOT}:
            continue
        ways = _beginnings(code, given, flags)
        found += [accepts for one in ways for accepts in one or ()]
        is_optional = code in _REPEATS and given[0] == 0
        if None in ways:
            return None  # what comes next might begin it: no need to look closer
        if not is_optional:
            return found
    return None


def _beginnings(code: Node, given: Node, flags: int) -> list[list[Accepts] | None]:
    if code in _LETTERS:
        return [[accepting(code, given, flags)]]
    if code is codes.SUBPATTERN:
        return [beginning(given[3], (flags | given[1]) & ~given[2])]
    if code is codes.BRANCH:
        return [beginning(branch, flags) for branch in given[1]]
    if code is codes.ATOMIC_GROUP:
        return [beginning(given, flags)]
    return [beginning(given[2], flags)] if code in _REPEATS else [None]


class _Maker:
    def __init__(self, widest: int, marks: int = 0) -> None:
        self.program: Program = []
        self.marks = marks
        self._widest = widest

    def sequence(self, tree: Node, flags: int) -> None:
        for code, given in tree:
            if code in _LETTERS:
                self.program.append(_letter(accepting(code, given, flags)))
            else:
                getattr(self, f"_{str(code).lower()}")(given, flags)

    def _apart(self, tree: Node, flags: int) -> Program:
        maker = _Maker(self._widest, self.marks)
        maker.sequence(tree, flags)
        self.marks = maker.marks
        return maker.program

    # --- one for each thing that a parsed pattern can hold

    def _at(self, given: Node, flags: int) -> None:
        test = PLACES[place(given, flags)]
        self.program.append(lambda run: test(run.text, run.at))

    def _branch(self, given: Node, flags: int) -> None:
        here = len(self.program)
        self.program.append(_never)
        ways: list[tuple[int, list[Accepts] | None]] = []
        ends: list[int] = []
        for tree in given[1]:
            ways.append((len(self.program), beginning(tree, flags)))
            self.sequence(tree, flags)
            ends.append(len(self.program))
            self.program.append(_never)
        self.program[here] = _choose(ways)
        for end in ends:
            self.program[end] = _jump(len(self.program))

    def _subpattern(self, given: Node, flags: int) -> None:
        group, added, taken, tree = given
        if group is not None:
            self.program.append(_save(2 * group))
        self.sequence(tree, (flags | added) & ~taken)
        if group is not None:
            self.program.append(_save(2 * group + 1))

    def _atomic_group(self, given: Node, flags: int) -> None:
        self.program.append(_alone(self._apart(given, flags)))

    def _possessive_repeat(self, given: Node, flags: int) -> None:
        inner = [(codes.MAX_REPEAT, given)]
        self.program.append(_alone(self._apart(inner, flags)))

    def _assert(self, given: Node, flags: int, *, wanted: bool = True) -> None:
        direction, tree = given
        back = tree.getwidth()[0] if direction < 0 else 0
        self.program.append(_look(self._apart(tree, flags), back, wanted=wanted))

    def _assert_not(self, given: Node, flags: int) -> None:
        self._assert(given, flags, wanted=False)

    def _groupref(self, given: Node, flags: int) -> None:
        self.program.append(_again(given, folded=bool(flags & re.IGNORECASE)))

    def _failure(self, _: Node, __: int) -> None:
        self.program.append(_never)

    def _max_repeat(self, given: Node, flags: int, *, lazy: bool = False) -> None:
        least, most, tree = given
        if most is not codes.MAXREPEAT:
            most = max(least, min(most, self._widest))
        if len(tree) == 1 and tree[0][0] in _LETTERS:
            accepts = accepting(tree[0][0], tree[0][1], flags)
            self.program.append((_few if lazy else _many)(accepts, least, int(most)))
            return
        for _ in range(least):
            self.sequence(tree, flags)
        if most is codes.MAXREPEAT:
            self._endless(tree, flags, lazy=lazy)
            return
        opened: list[int] = []
        for _ in range(most - least):
            opened.append(len(self.program))
            self.program.append(_never)
            self.sequence(tree, flags)
        for here in opened:
            self.program[here] = _split(*_ordered(here + 1, len(self.program), lazy=lazy))

    def _min_repeat(self, given: Node, flags: int) -> None:
        self._max_repeat(given, flags, lazy=True)

    def _endless(self, tree: Node, flags: int, *, lazy: bool) -> None:
        mark, here = self.marks, len(self.program)
        self.marks += 1
        self.program += [_never, _note(mark)]
        self.sequence(tree, flags)
        self.program.append(_repeat(mark, here))
        self.program[here] = _split(*_ordered(here + 1, len(self.program), lazy=lazy))


def _ordered(inside: int, outside: int, *, lazy: bool) -> tuple[int, int]:
    return (outside, inside) if lazy else (inside, outside)


# --- the steps: whether the match goes on


def _never(_: Run) -> bool:
    return False


def _letter(accepts: Accepts) -> Step:
    def step(run: Run) -> bool:
        run.at += 1
        return run.at <= run.size and accepts(run.text[run.at - 1])

    return step


def _many(accepts: Accepts, least: int, most: int) -> Step:
    def step(run: Run) -> bool:
        start, end, text = run.at, min(run.size, run.at + most), run.text
        at = start
        while at < end and accepts(text[at]):
            at += 1
        run.count.steps += at - start
        if at - start < least:
            return False
        if at - start > least:
            run.keep(run.pc, at - 1, start + least)
        run.at = at
        return True

    return step


def _few(accepts: Accepts, least: int, most: int) -> Step:
    exact = _many(accepts, least, least)

    def step(run: Run) -> bool:
        end = min(run.size, run.at + most)
        if not exact(run):
            return False
        run.keep(run.pc, run.at, end, accepts)
        return True

    return step


def _split(first: int, then: int) -> Step:
    def step(run: Run) -> bool:
        run.keep(then, run.at)
        run.pc = first
        return True

    return step


def _choose(ways: list[tuple[int, list[Accepts] | None]]) -> Step:
    """Go on with the first alternative that the next letter can begin, the others later."""
    known: dict[str, list[int]] = {}

    def step(run: Run) -> bool:
        char = run.text[run.at : run.at + 1]
        if char not in known:
            known[char] = [
                pc
                for pc, first in ways
                if first is None or (char and any(accepts(char) for accepts in first))
            ]
        for pc in reversed(known[char]):
            run.keep(pc, run.at)
        return False  # on to the last one that was kept

    return step


def _jump(to: int) -> Step:
    def step(run: Run) -> bool:
        run.pc = to
        return True

    return step


def _save(slot: int) -> Step:
    def step(run: Run) -> bool:
        run.groups = (*run.groups[:slot], run.at, *run.groups[slot + 1 :])
        return True

    return step


def _note(mark: int) -> Step:
    def step(run: Run) -> bool:
        run.marks = (*run.marks[:mark], run.at, *run.marks[mark + 1 :])
        return True

    return step


def _repeat(mark: int, loop: int) -> Step:
    def step(run: Run) -> bool:
        if run.marks[mark] != run.at:  # what took nothing is not repeated
            run.pc = loop
        return True

    return step


def _alone(program: Program) -> Step:
    def step(run: Run) -> bool:
        found = run.inner(program, run.at)
        if found is not None:
            run.at, run.groups, run.marks = found.at, found.groups, found.marks
        return found is not None

    return step


def _look(program: Program, back: int, *, wanted: bool) -> Step:
    def step(run: Run) -> bool:
        found = run.inner(program, run.at - back) if run.at >= back else None
        if found is not None and wanted:
            run.groups = found.groups
        return (found is not None) == wanted

    return step


def _again(group: int, *, folded: bool) -> Step:
    def step(run: Run) -> bool:
        start, end = run.groups[2 * group], run.groups[2 * group + 1]
        if end < 0:
            return False
        before, here = run.text[start:end], run.text[run.at : run.at + end - start]
        run.count.steps += end - start
        run.at += end - start
        return here.lower() == before.lower() if folded else here == before

    return step
