"""A thread for what takes longer than a frame. Of each kind of work only the newest counts."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from typing import Any, Generic, Protocol, TypeVar

from textual.message import Message
from textual.message_pump import MessagePump


class Closable(Protocol):
    def close(self) -> None: ...


_T = TypeVar("_T")
_S = TypeVar("_S", bound=Closable)


class Worker(Generic[_S]):
    """Runs jobs one after another, in a thread of its own.

    Each job gets what `open_` returns: it is opened for the first job, belongs to the thread, and
    is closed by `end`. Kinds are in order of precedence, the most urgent first.
    """

    def __init__(self, open_: Callable[[], _S], kinds: tuple[str, ...]) -> None:
        self._open = open_
        self._kinds = kinds
        self._waiting: dict[str, tuple[Callable[[_S], Any], Future[Any]]] = {}
        self._changed = threading.Condition()
        self.ended = False
        self._busy = False
        self._thread = threading.Thread(
            target=copy_context().run, args=(self._work,), name="worker", daemon=True
        )
        self._thread.start()

    def submit(self, kind: str, job: Callable[[_S], _T]) -> Future[_T]:
        """Have it done. A newer job of its kind cancels it, even while it is being done."""
        future: Future[_T] = Future()
        with self._changed:
            if kind in self._waiting:
                self._waiting[kind][1].cancel()
            self._waiting[kind] = (job, future)
            self._changed.notify()
        return future

    @property
    def is_busy(self) -> bool:
        """Whether a job is running or waiting."""
        with self._changed:
            return self._busy or bool(self._waiting)

    def end(self) -> None:
        """Drop what waits, and wait for what runs: a long job looks at `ended` now and then."""
        self.ended = True
        with self._changed:
            for _, future in self._waiting.values():
                future.cancel()
            self._waiting.clear()
            self._changed.notify()
        self._thread.join()

    def _work(self) -> None:
        opened: _S | None = None
        while taken := self._next():
            kind, job, future = taken
            try:
                if opened is None:
                    opened = self._open()
                value = job(opened)
            except BaseException as error:  # noqa: BLE001 - the future passes it on
                if not self._is_overtaken(kind, future):
                    future.set_exception(error)
            else:
                if not self._is_overtaken(kind, future):
                    future.set_result(value)
        if opened is not None:
            opened.close()

    def _next(self) -> tuple[str, Callable[[_S], Any], Future[Any]] | None:
        """The most urgent job, once there is one; None at the end."""
        with self._changed:
            self._busy = False
            while not (self._waiting or self.ended):
                self._changed.wait()
            if self.ended:
                return None
            self._busy = True
            kind = next(kind for kind in self._kinds if kind in self._waiting)
            return (kind, *self._waiting.pop(kind))

    def _is_overtaken(self, kind: str, future: Future[Any]) -> bool:
        with self._changed:
            if kind in self._waiting:
                future.cancel()
        return future.cancelled()


async def finished(future: Future[Any]) -> None:
    """Wait until it is done or cancelled. Raises nothing: its exception stays with the future."""
    wrapped = asyncio.wrap_future(future)
    await asyncio.wait([wrapped])
    if not wrapped.cancelled():
        wrapped.exception()


def post_when_done(
    future: Future[_T], target: MessagePump, message: Callable[[Future[_T]], Message]
) -> None:
    """Post `message(future)` to a screen or widget that is still there, unless it was cancelled."""

    def post(done: Future[_T]) -> None:
        if target.is_running and not done.cancelled():
            target.post_message(message(done))

    future.add_done_callback(post)
