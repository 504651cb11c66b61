"""How the work of a pattern grows with the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tests.patterns.matcher import Stepper, TooManyStepsError, pumped
from tests.patterns.pumps import Pump, pumps

SIZES = (64, 128, 256, 512, 1024)  # four doublings
MOST = 2.3  # times the steps for twice the text
MOST_A_LETTER = 1_500  # steps: what bounded repeats may cost, each as wide as it is
_WIDEST = 4  # of a bounded repeat, which a short text must exceed to show how the work grows
_FIRST = (24, 48, 96)  # letters that tell whether a text needs a closer look
_FEW = 16  # steps a letter that need none
_SHORT = 8  # letters of what is written many times
_EVEN = 2.05  # times the steps for twice the text: no more than it must be
_LIMIT = 300_000
_HEAVY = 3


class Subject(NamedTuple):
    """A pattern, and the way that it is called."""

    pattern: str
    flags: int
    way: str

    def steps(self, text: str, limit: int, widest: int = 2**32) -> int | None:
        """The steps for a text; None where there are more than `limit`.

        `widest` is the most that a bounded repeat may repeat.
        """
        stepper = Stepper(self.pattern, self.flags, widest=widest, limit=limit)
        try:
            pumped(stepper, self.way, text)
        except TooManyStepsError:
            return None
        return stepper.steps


class Growth(NamedTuple):
    """A text for which the work grows, and the steps at all sizes, as far as they were counted."""

    pump: Pump
    steps: tuple[int, ...]

    @property
    def is_too_fast(self) -> bool:
        return len(self.steps) < len(SIZES) or any(
            more > MOST * less for less, more in pairwise(self.steps)
        )


def growing(subject: Subject) -> Growth | None:
    """The first text that makes the work grow too fast; None where there is none."""
    for pump in pumps(subject.pattern, subject.flags):
        if not _is_even(subject, pump):
            found = growth(subject, pump, SIZES)
            if found.is_too_fast:
                return found
    return None


def _is_even(subject: Subject, pump: Pump) -> bool:
    """Whether the work is little, or grows as the text from the beginning."""
    text = pump.text(_FIRST[-1] if len(pump.unit) <= _SHORT else 2 * _FIRST[-1])
    if subject.steps(text, _FEW * len(text), _WIDEST) is not None:
        return True
    found = growth(subject, pump, _FIRST).steps
    return len(found) == len(_FIRST) and all(more <= _EVEN * less for less, more in pairwise(found))


def growth(subject: Subject, pump: Pump, sizes: Sequence[int]) -> Growth:
    found: list[int] = []
    for size in sizes:
        count = subject.steps(pump.text(size), _LIMIT, _WIDEST)
        if count is None:
            break
        found.append(count)
    return Growth(pump, tuple(found))


def too_heavy(subject: Subject) -> Pump | None:
    """A text that takes too many steps a letter, of those that seem the heaviest."""
    weighed = [
        (subject.steps(pump.text(SIZES[0]), _LIMIT, _WIDEST) or _LIMIT, pump)
        for pump in pumps(subject.pattern, subject.flags)
    ]
    for _, pump in sorted(weighed, reverse=True)[:_HEAVY]:
        text = pump.text(SIZES[1])
        if subject.steps(text, MOST_A_LETTER * len(text)) is None:
            return pump
    return None
