"""What charts are drawn of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Dot(NamedTuple):
    """A value of a time, with its interval; a value of None leaves a gap.

    `is_complete`: the time is over and its figure will not change. `mark` tells what began here,
    as a new definition. `is_signal`: the value is beyond what is noise.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    is_complete: bool = True
    mark: str = ""
    is_signal: bool = False


@dataclass(frozen=True)
class Legend:
    """What a chart says in words: its title, a sentence that stands for it, and its numbers.

    `id` is unique on the page. `show` writes a value beside the axis.
    """

    id: str
    title: str
    about: str
    show: Callable[[float], str]
