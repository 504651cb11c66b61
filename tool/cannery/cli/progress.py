"""The events of an operation -> a bar and lines on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cannery.cli import output
from cannery.model.event import Event, Listener, Progress

_BAR_FROM = 200  # items; fewer are done within a second
_EVERY = 20  # items between two drawings of a bar


@contextmanager
def shown() -> Iterator[Listener]:
    """A listener that shows what it is told, to be given to an operation.

    A step of many items gets a bar where stderr is a terminal; a remark is a line of its own.
    """
    bars: dict[str, Any] = {}

    def listener(event: Event) -> None:
        if not isinstance(event, Progress):
            output.note(event.text)
        elif (event.is_time or event.total >= _BAR_FROM) and sys.stderr.isatty():
            if event.step not in bars:
                bars[event.step] = _bar(event).__enter__()
            behind = event.done - bars[event.step].pos
            if event.is_time or behind >= _EVERY or event.done == event.total:
                bars[event.step].update(behind)
            if event.done == event.total:  # a later step may have the same name
                bars.pop(event.step).__exit__(None, None, None)

    try:
        yield listener
    finally:
        for bar in bars.values():
            bar.__exit__(None, None, None)


def _bar(event: Progress) -> Any:  # noqa: ANN401 - Click's type is no part of Typer's interface
    from typer import progressbar

    return progressbar(length=event.total, label=event.step, file=sys.stderr, show_eta=False)
