"""The events of an operation -> a bar and lines on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
    with ExitStack() as stack:
        bars: dict[str, Any] = {}

        def listener(event: Event) -> None:
            if not isinstance(event, Progress):
                output.note(event.text)
            elif event.total >= _BAR_FROM and sys.stderr.isatty():
                if event.step not in bars:
                    bars[event.step] = stack.enter_context(_bar(event))
                behind = event.done - bars[event.step].pos
                if behind >= _EVERY or event.done == event.total:
                    bars[event.step].update(behind)

        yield listener


def _bar(event: Progress) -> Any:  # noqa: ANN401 - Click's type is no part of Typer's interface
    from typer import progressbar

    return progressbar(length=event.total, label=event.step, file=sys.stderr, show_eta=False)
