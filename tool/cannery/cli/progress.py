"""The events of an operation -> a bar and lines on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cannery.cli import output
from cannery.model.event import Event, Listener, Progress
from cannery.util.terminal import is_dumb

_BAR_FROM = 200  # items; fewer are done within a second, as a rule
_SOON = 0.5  # seconds, after which fewer get a bar, too: such as requests to a slow desk
_EVERY = 20  # items between two drawings of a bar
_OFTEN = 0.2  # seconds between two drawings of a slow one


@contextmanager
def shown() -> Iterator[Listener]:
    """A listener that shows what it is told, to be given to an operation.

    A step of many items gets a bar where stderr is a terminal; a remark is a line of its own.
    """
    bars: dict[str, _Bar] = {}

    def listener(event: Event) -> None:
        if not isinstance(event, Progress):
            output.note(event.text)
        elif sys.stderr.isatty() and not is_dumb():
            if event.step not in bars:
                bars[event.step] = _Bar(event)
            bars[event.step].tell(event)
            if event.done == event.total:  # a later step may have the same name
                bars.pop(event.step).close()

    try:
        yield listener
    finally:
        for bar in bars.values():
            bar.close()


class _Bar:
    """The bar of a step; it is drawn once the step has taken a while, or if it will."""

    def __init__(self, event: Progress) -> None:
        self._start = self._drawn = time.monotonic()
        self._is_long = event.is_time or event.total >= _BAR_FROM
        self._bar: Any = None

    def tell(self, event: Progress) -> None:
        now = time.monotonic()
        if self._bar is None:
            if not (self._is_long or now - self._start >= _SOON):
                return
            self._bar = _bar(event).__enter__()
        self._bar.length = event.total  # a list at a desk tells its length at its end
        behind = event.done - self._bar.pos
        is_due = behind >= _EVERY or now - self._drawn >= _OFTEN
        if event.is_time or is_due or event.done == event.total:
            self._bar.update(behind)
            self._drawn = now

    def close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


def _bar(event: Progress) -> Any:  # noqa: ANN401 - Click's type is no part of Typer's interface
    from typer import progressbar

    return progressbar(length=event.total, label=event.step, file=sys.stderr, show_eta=False)
