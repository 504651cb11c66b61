"""A thread for what takes longer than a frame. Of each kind of work only the newest counts."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from typing import Any, TypeVar

_T = TypeVar("_T")


class Worker:
    """Does jobs one after another, the kinds that were named first before the others."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds
        self._waiting: dict[str, tuple[Callable[[], Any], Future[Any]]] = {}
        self._news = threading.Condition()
        self.ended = False
        self._busy = False
        self._thread = threading.Thread(
            target=copy_context().run, args=(self._work,), name="worker", daemon=True
        )
        self._thread.start()

    def submit(self, kind: str, job: Callable[[], _T]) -> Future[_T]:
        """Have it done. A newer job of its kind cancels it, even while it is being done."""
        future: Future[_T] = Future()
        with self._news:
            if kind in self._waiting:
                self._waiting[kind][1].cancel()
            self._waiting[kind] = (job, future)
            self._news.notify()
        return future

    @property
    def is_busy(self) -> bool:
        """Whether something is being done or waits for it."""
        with self._news:
            return self._busy or bool(self._waiting)

    def end(self, last: Callable[[], None]) -> None:
        """Do one last job, and no other. A long one looks at `ended` from time to time."""
        self.ended = True
        with self._news:
            for _, future in self._waiting.values():
                future.cancel()
            self._waiting = {self._kinds[0]: (last, Future())}
            self._news.notify()
        self._thread.join()

    def _work(self) -> None:
        done = False
        while not done:
            with self._news:
                self._busy = False
                while not self._waiting:
                    self._news.wait()
                self._busy = True
                kind = next(kind for kind in self._kinds if kind in self._waiting)
                job, future = self._waiting.pop(kind)
                done = self.ended
            try:
                found = job()
            except BaseException as error:  # noqa: BLE001 - whoever asked gets it
                if not self._is_overtaken(kind, future):
                    future.set_exception(error)
            else:
                if not self._is_overtaken(kind, future):
                    future.set_result(found)

    def _is_overtaken(self, kind: str, future: Future[Any]) -> bool:
        with self._news:
            if kind in self._waiting:
                future.cancel()
        return future.cancelled()


async def finished(future: Future[Any]) -> None:
    """Wait until it is done or cancelled. What it failed with stays with it."""
    wrapped = asyncio.wrap_future(future)
    await asyncio.wait([wrapped])
    if not wrapped.cancelled():
        wrapped.exception()
