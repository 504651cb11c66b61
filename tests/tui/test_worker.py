from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError

import pytest

from cannery.tui.worker import Worker, finished


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(("first", "second"))
    yield made
    made.end(lambda: None)


def test_of_each_kind_only_the_newest_counts(worker: Worker) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        go_on.wait(10)
        return "slow"

    done: list[str] = []
    running = worker.submit("first", slow)
    assert begun.wait(10)
    overtaken = worker.submit("first", lambda: done.append("overtaken"))
    newest = worker.submit("first", lambda: done.append("newest"))
    go_on.set()
    newest.result(10)
    assert overtaken.cancelled()
    with pytest.raises(CancelledError):
        running.result(10)  # what it has found is old
    assert done == ["newest"]


def test_the_kind_that_was_named_first_goes_first(worker: Worker) -> None:
    go_on = threading.Event()
    order: list[str] = []
    worker.submit("first", lambda: go_on.wait(10))
    last = worker.submit("second", lambda: order.append("second"))
    while worker.is_busy and len(order) < 1:
        first = worker.submit("first", lambda: order.append("first"))
        go_on.set()
        first.result(10)
    last.result(10)
    assert order == ["first", "second"]


def test_a_failure_goes_to_whoever_asked(worker: Worker) -> None:
    def fail() -> None:
        raise ValueError("no")

    future = worker.submit("first", fail)
    asyncio.run(finished(future))
    with pytest.raises(ValueError, match="no"):
        future.result()
    assert worker.submit("first", lambda: 1).result(10) == 1


def test_at_the_end_what_waits_is_dropped() -> None:
    made = Worker(("first", "second"))
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
