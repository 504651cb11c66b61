from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError

import pytest

from cannery.tui.worker import Backroom, ended


@pytest.fixture
def backroom() -> Iterator[Backroom]:
    made = Backroom(("first", "second"))
    yield made
    made.end(lambda: None)


def test_of_each_kind_only_the_newest_counts(backroom: Backroom) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        go_on.wait(10)
        return "slow"

    done: list[str] = []
    running = backroom.submit("first", slow)
    assert begun.wait(10)
    overtaken = backroom.submit("first", lambda: done.append("overtaken"))
    newest = backroom.submit("first", lambda: done.append("newest"))
    go_on.set()
    newest.result(10)
    assert overtaken.cancelled()
    with pytest.raises(CancelledError):
        running.result(10)  # what it has found is old
    assert done == ["newest"]


def test_the_kind_that_was_named_first_goes_first(backroom: Backroom) -> None:
    go_on = threading.Event()
    order: list[str] = []
    backroom.submit("first", lambda: go_on.wait(10))
    last = backroom.submit("second", lambda: order.append("second"))
    while backroom.is_busy and len(order) < 1:
        first = backroom.submit("first", lambda: order.append("first"))
        go_on.set()
        first.result(10)
    last.result(10)
    assert order == ["first", "second"]


def test_a_failure_goes_to_whoever_asked(backroom: Backroom) -> None:
    def fail() -> None:
        raise ValueError("no")

    future = backroom.submit("first", fail)
    asyncio.run(ended(future))
    with pytest.raises(ValueError, match="no"):
        future.result()
    assert backroom.submit("first", lambda: 1).result(10) == 1


def test_at_the_end_what_waits_is_dropped() -> None:
    made = Backroom(("first", "second"))
    begun, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def slow() -> None:
        begun.set()
        go_on.wait(10)

    made.submit("first", slow)
    assert begun.wait(10)
    waiting = made.submit("second", lambda: order.append("second"))
    threading.Timer(0.1, go_on.set).start()
    made.end(lambda: order.append("last"))
    assert waiting.cancelled()
    assert order == ["last"]
