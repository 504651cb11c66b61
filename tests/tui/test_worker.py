from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError

import pytest

from cannery.tui.worker import Worker, finished


class Opened:
    """What the jobs get, and what became of it in which thread."""

    def __init__(self) -> None:
        self.opened_in = threading.current_thread().name
        self.closed_in = ""

    def close(self) -> None:
        self.closed_in = threading.current_thread().name


@pytest.fixture
def worker() -> Iterator[Worker[Opened]]:
    worker = Worker(Opened, ("first", "second"))
    yield worker
    worker.end()


def test_of_each_kind_only_the_newest_counts(worker: Worker[Opened]) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_: Opened) -> str:
        begun.set()
        go_on.wait(10)
        return "slow"

    done: list[str] = []
    running = worker.submit("first", slow)
    assert begun.wait(10)
    overtaken = worker.submit("first", lambda _: done.append("overtaken"))
    newest = worker.submit("first", lambda _: done.append("newest"))
    go_on.set()
    newest.result(10)
    assert overtaken.cancelled()
    with pytest.raises(CancelledError):
        running.result(10)  # what it has found is old
    assert done == ["newest"]


def test_the_kind_that_was_named_first_goes_first(worker: Worker[Opened]) -> None:
    begun, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def hold(_: Opened) -> None:
        begun.set()
        go_on.wait(10)

    worker.submit("first", hold)
    assert begun.wait(10)
    second = worker.submit("second", lambda _: order.append("second"))
    first = worker.submit("first", lambda _: order.append("first"))
    go_on.set()
    first.result(10)
    second.result(10)
    assert order == ["first", "second"]


def test_a_failure_goes_to_whoever_asked(worker: Worker[Opened]) -> None:
    def fail(_: Opened) -> None:
        raise ValueError("no")

    future = worker.submit("first", fail)
    asyncio.run(finished(future))
    with pytest.raises(ValueError, match="no"):
        future.result()
    assert worker.submit("first", lambda _: 1).result(10) == 1


def test_what_the_jobs_get_is_opened_once_and_closed_in_their_thread() -> None:
    worker = Worker(Opened, ("first",))
    opened = worker.submit("first", lambda opened: opened).result(10)
    assert worker.submit("first", lambda again: again is opened).result(10)
    worker.end()
    assert opened.opened_in == opened.closed_in == "worker"


def test_without_a_job_nothing_is_opened() -> None:
    opened: list[Opened] = []

    def open_() -> Opened:
        opened.append(Opened())
        return opened[0]

    Worker(open_, ("first",)).end()
    assert opened == []


def test_at_the_end_what_waits_is_dropped() -> None:
    worker = Worker(Opened, ("first", "second"))
    begun, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def slow(opened: Opened) -> Opened:
        begun.set()
        go_on.wait(10)
        return opened

    running = worker.submit("first", slow)
    assert begun.wait(10)
    waiting = worker.submit("second", lambda _: order.append("second"))
    waiting.add_done_callback(lambda _: go_on.set())
    worker.end()
    assert waiting.cancelled()
    assert order == []
    assert running.result(0).closed_in == "worker"
