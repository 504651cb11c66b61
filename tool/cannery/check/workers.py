"""Files examined one by one: in this process, or in several at once where there are many."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Thread
from time import sleep
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from cannery.check.facts import Facts
from cannery.check.page import page
from cannery.check.runner import examine
from cannery.content.layout import locate
from cannery.model.entry import Part
from cannery.model.location import Problem
from cannery.workspace import Settings

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

CHUNK = 40  # files of one job: some tenth of a second
_CHUNK_BYTES = 1_000_000
ALONE = 400  # files: fewer are done before another process has started
_MOST_WORKERS = 8
_AHEAD = 4  # jobs for each worker that wait to be done, with the bytes of their files


class File(NamedTuple):
    """A file's path and bytes, or why it can't be read."""

    path: str
    raw: bytes | Problem


class Job(NamedTuple):
    """Files to examine together; `parts` are what macros may call."""

    settings: Settings
    parts: tuple[Part, ...]
    files: tuple[File, ...]


class Workers:
    """Examine files, in a process pool once there are `ALONE` of them; results are unordered."""

    def __init__(self, settings: Settings, parts: tuple[Part, ...]) -> None:
        self._settings = settings
        self._parts = parts
        self._files: list[File] = []
        self._bytes = 0
        self._waiting: deque[Job] = deque()
        self._running: deque[Future[list[Facts]]] = deque()
        self._count = min(os.cpu_count() or 1, _MOST_WORKERS)
        self._pool: ProcessPoolExecutor | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def submit(self, file: File) -> Iterator[Facts]:
        """Add a file; yields facts of earlier files that had to be waited for."""
        self._files.append(file)
        self._bytes += len(file.raw) if isinstance(file.raw, bytes) else 0
        if len(self._files) >= CHUNK or self._bytes >= _CHUNK_BYTES:
            self._end_chunk()
            if self._pool or len(self._waiting) * CHUNK >= ALONE:
                yield from self._start()

    def finish(self) -> Iterator[Facts]:
        """Yield the facts of all remaining files."""
        self._end_chunk()
        if self._pool:
            yield from self._start()
        while self._running:
            yield from self._running.popleft().result()
        while self._waiting:
            yield from facts_of_all(self._waiting.popleft())

    def _end_chunk(self) -> None:
        self._waiting.append(Job(self._settings, self._parts, tuple(self._files)))
        self._files, self._bytes = [], 0

    def _start(self) -> Iterator[Facts]:
        """Start the waiting jobs; while too many are running, wait for the oldest one."""
        if self._count == 1:
            while self._waiting:
                yield from facts_of_all(self._waiting.popleft())
            return
        pool = self._pool = self._pool or self._opened()
        while self._waiting:
            self._running.append(pool.submit(facts_of_all, self._waiting.popleft()))
            if len(self._running) > _AHEAD * self._count:
                yield from self._running.popleft().result()

    def _opened(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor

        pool = ProcessPoolExecutor(self._count, initializer=_end_with, initargs=(os.getpid(),))
        self._open.enter_context(pool)
        self._open.callback(pool.shutdown, wait=False, cancel_futures=True)
        return pool


def _end_with(parent: int) -> None:
    """In a worker: ignore SIGINT, which the parent handles, and exit if the parent has died."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            sleep(1)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def facts_of_all(job: Job) -> list[Facts]:
    return [facts_of(file, job.settings, job.parts) for file in job.files]


def facts_of(file: File, settings: Settings, parts: tuple[Part, ...]) -> Facts:
    if isinstance(file.raw, Problem):
        return Facts(locate(file.path, settings), problems=(file.raw,))
    return examine(page(file.path, file.raw, settings, parts))
