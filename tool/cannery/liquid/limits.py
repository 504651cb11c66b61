"""The limits of an untrusted template, and what one rendering has used of them.

The bounds count what is done, not how long it takes, so that a busy machine refuses nothing and the
browser's twin, `site/web/limits.js`, refuses the same. Its numbers are these.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

from liquid.exceptions import LiquidError
from liquid.undefined import Undefined

MAX_SOURCE = 20_000
MAX_OUTPUT = 300_000  # characters that are printed, captured ones too
MAX_TEXT = 100_000  # of them the template's own, which are read as Markdown: that takes 1.5 kB each
MAX_GROWTH = 1_000_000  # characters that a filter may make of its value, at worst
MAX_STEPS = 20_000  # tags, texts and values that are rendered
MAX_DEFAULT_STEPS = 1000  # of a field's default, which is filled in again for each row of a form
_MAX_WORK = 20_000_000  # characters that are read, assigned or made
MAX_VALUE = 200_000
MAX_ITEMS = 5000
MAX_NEEDLE = 200  # characters of what a filter looks for in a text
MAX_LOOPS = 1000
MAX_NAMES = 200
MAX_DEPTH = 15  # of blocks in blocks, and of parts in parts
# A last resort: nothing within the other bounds takes that long.
_MAX_SECONDS = 5.0  # of the processor
_LOOK_EVERY = 256  # steps
_MAX_UNCLOSED = 20
_MAX_BLANKS = 500
_BLANKS = re.compile(rf"(?<!\s)\s{{{_MAX_BLANKS}}}")


class BoundsError(LiquidError):
    """A template exceeds a limit."""


class UnfitError(LiquidError):
    """A value of the wrong type or form for a filter or for the reply."""


class FormError(UnfitError):
    """A date format that is invalid for every date."""


class EmptyValueError(LiquidError):
    """A required value is empty."""


@dataclass(slots=True)
class RenderBudget:
    """What one rendering may spend, has spent, and has come across so far.

    `values` are the texts that the markers stand for; `touched` the missing names that it came
    across, by first line of use; `needed` those of them that it wanted to print.
    """

    language: str
    optional: frozenset[str] = frozenset()
    probing: bool = False
    max_steps: int = MAX_STEPS
    values: list[str] = field(default_factory=list)
    touched: dict[str, int] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)
    deadline: float = field(default_factory=lambda: time.thread_time() + _MAX_SECONDS)
    steps: int = 0
    work: int = 0
    printed: int = 0
    written: int = 0

    def step(self) -> None:
        """Count one rendered node. Raises BoundsError past the limit or the deadline."""
        self.steps += 1
        if self.steps > self.max_steps:
            raise BoundsError("too many steps: check for nested loops", token=None)
        if not self.steps % _LOOK_EVERY and time.thread_time() > self.deadline:
            raise BoundsError("it takes too long to render", token=None)

    def touch(self, name: str, line: int) -> None:
        """Record a name without a value; each becomes a row of the form. Raises BoundsError."""
        self.touched.setdefault(name, line)
        if len(self.touched) > MAX_NAMES:
            raise BoundsError(f"more than {MAX_NAMES} names have no value", token=None)

    def spend(self, amount: int) -> None:
        """Count characters read, assigned or produced. Raises BoundsError past the limit."""
        self.work += amount
        if self.work > _MAX_WORK:
            raise BoundsError("it creates too much text", token=None)

    def write(self, amount: int) -> None:
        """Count characters of literal template text. Raises BoundsError past the limit."""
        self.written += amount
        if self.written > MAX_TEXT:
            raise BoundsError(f"it has more than {MAX_TEXT:,} characters of fixed text", token=None)
        self.print(amount)

    def print(self, amount: int) -> None:
        """Count characters of output. Raises BoundsError past the limit."""
        self.printed += amount
        if self.printed > MAX_OUTPUT:
            raise BoundsError(f"the reply is longer than {MAX_OUTPUT:,} characters", token=None)


def refuse_source(text: str) -> None:
    """Raise ValueError for a template that takes too long to parse.

    Liquid's lexer takes quadratic time for some texts: minutes for the worst of 60 kB.
    """
    if len(text) > MAX_SOURCE:
        raise ValueError(f"a template can have at most {MAX_SOURCE:,} characters")
    if _BLANKS.search(text):
        raise ValueError(f"more than {_MAX_BLANKS} spaces in a row")
    for opening, closing in (("{{", "}}"), ("{%", "%}")):
        rest = text[text.rfind(closing) + 1 :]
        if rest.count(opening) > _MAX_UNCLOSED:
            raise ValueError(f"{opening} without {closing}, more than {_MAX_UNCLOSED} times")


class Missing(Undefined):
    """An undefined name, while `missing_names` collects them."""

    __slots__ = ()
