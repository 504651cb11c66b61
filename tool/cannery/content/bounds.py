"""What a stranger's template may cost, and the ledger of what one render has cost."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from liquid.exceptions import LiquidError
from liquid.undefined import Undefined

MAX_SOURCE = 20_000
MAX_OUTPUT = 1_000_000
_MAX_SECONDS = 0.5  # of the processor: a busy machine is not the macro's fault
_MAX_WORK = 20_000_000
MAX_VALUE = 200_000
MAX_LOOPS = 1000


class BoundsError(LiquidError):
    """A template asks for more than a reply may cost."""


class EmptyValueError(LiquidError):
    """A value that the reply needs is empty."""


@dataclass(slots=True)
class Ledger:
    """What one render has cost and found so far.

    `values` are the texts that the markers stand for; `touched` the missing names that it came
    across, by first line of use; `needed` those of them that it wanted to print.
    """

    language: str
    optional: frozenset[str] = frozenset()
    probing: bool = False
    values: list[str] = field(default_factory=list)
    touched: dict[str, int] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)
    deadline: float = field(default_factory=lambda: time.thread_time() + _MAX_SECONDS)
    work: int = 0

    def check(self) -> None:
        if time.thread_time() > self.deadline:
            raise BoundsError("it takes too long: is there a loop in a loop?", token=None)

    def spend(self, amount: int) -> None:
        self.work += amount
        if self.work > _MAX_WORK:
            raise BoundsError("it builds too much text", token=None)
        self.check()


class Missing(Undefined):
    """A name that holds no value, while probing for such names."""

    __slots__ = ()
