"""What an operation tells while it works; its caller shows that, or ignores it.

Named tuples, as in `model/location.py`: every search waits for this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

_T = TypeVar("_T")


class Progress(NamedTuple):
    """So many items of a step are done. `step` is a word for a bar, such as `Checking`.

    With `is_time` the items are seconds, of something that is waited for.
    """

    step: str
    done: int
    total: int
    is_time: bool = False


class Remark(NamedTuple):
    """A sentence beside the result that the user ought to read."""

    text: str


Event = Progress | Remark
Listener = Callable[[Event], None]


def ignore(event: Event) -> None:
    """The listener of a caller that shows nothing."""


def counting(items: Iterable[_T], total: int, step: str, listener: Listener) -> Iterator[_T]:
    """The items; the listener learns of each one when the next is asked for."""
    listener(Progress(step, 0, total))
    for done, item in enumerate(items, 1):
        yield item
        listener(Progress(step, done, total))
