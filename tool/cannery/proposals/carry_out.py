"""Carry out what is planned in the undo log; go on, or back, where a killed process stopped."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from cannery.errors import CanneryError
from cannery.git.branch import is_at, move
from cannery.git.repository import GitError
from cannery.git.versions import is_same, put, settle_down, version_at
from cannery.proposals.conflicts import remember_conflicts
from cannery.proposals.operation import Operation, Stage
from cannery.proposals.resume import plan_back, plan_forward
from cannery.proposals.undo_log import UndoLog


class HalfDoneError(CanneryError):
    """An operation stopped half-way, and could not be rolled back either."""


def carry_out(log: UndoLog, operation: Operation) -> None:
    """Carry out a planned operation; roll it back if anything interrupts it, ^C included."""
    try:
        _go_on(log, operation)
    except BaseException as error:
        try:
            with _undisturbed():
                go_back(log, operation)
        except (OSError, CanneryError) as other:
            message = f"the {operation.what} was interrupted: {error}; {other}"
            hint = "The next kb command that writes will continue it."
            raise HalfDoneError(message, hint) from error
        if isinstance(error, OSError):
            message = f"{error.filename2 or error.filename or log.root}: {error.strerror}"
            raise GitError(message, "Nothing was changed.") from error
        raise


def _go_on(log: UndoLog, operation: Operation) -> None:
    for path in operation.order:
        version = log.version(operation, operation.files[path][1])
        if not is_same(version_at(log.tree, path, operation.files), version):
            put(log.tree, path, version)
    _end(log, operation)


def _end(log: UndoLog, operation: Operation) -> None:
    if operation.heads[1]:
        remember_conflicts(log.root, operation.conflicts[1])
        move(log.tree.top, operation.heads, f"kb {operation.what}")
    settle_down(log.tree, operation.files)
    with _undisturbed():
        log.finish(operation)


def go_back(log: UndoLog, operation: Operation) -> list[str]:
    """Put files, branch and index back to where they were, and forget it.

    Returns the files that the user has changed in between: their change stays in them.
    """
    plan = plan_back(log, operation)
    for path in reversed(operation.order):  # so that what was written last goes back first
        if path in plan.files:
            put(log.tree, path, plan.files[path])
    before, after = operation.heads
    if after:
        move(log.tree.top, (after, before), f"kb {operation.what}, undone")
        remember_conflicts(log.root, operation.conflicts[0])
    settle_down(log.tree, plan.files)
    log.forget(operation.number)
    return plan.edited


class How(StrEnum):
    FINISHED = "finished"
    TAKEN_BACK = "undone"
    LEFT = "left"


class Recovered(NamedTuple):
    """What has become of an operation that a killed process left; `edited` are the user's files."""

    operation: Operation
    how: How
    edited: tuple[str, ...] = ()


def recover(log: UndoLog, *, back: bool = False) -> list[Recovered]:
    """Finish or roll back what killed processes left, newest first. The caller holds the lock.

    It goes on where each file is as it was or as it is to be; else it goes back, also with `back`.
    """
    left = [item for item in reversed(log.operations()) if log.is_left(item)]
    return [recovered for item in left if (recovered := _recovered(log, item, back=back))]


def _recovered(log: UndoLog, operation: Operation, *, back: bool) -> Recovered | None:
    if operation.stage is Stage.OPEN:
        log.end(operation.number)  # its user has saved what is there
        return None
    log.sweep_beside(operation)
    if operation.branch.name:
        return None  # `kb propose` goes on with it, and `kb undo` takes it back
    if not is_at(log.tree.top, operation.heads):
        log.forget(operation.number)
        return Recovered(operation, How.LEFT)
    plan = None if back and not operation.undoes else plan_forward(log, operation)
    if plan:
        for path in operation.order:
            if path in plan.files:
                put(log.tree, path, plan.files[path])
        _end(log, operation)
        return Recovered(operation, How.FINISHED, tuple(plan.edited))
    return Recovered(operation, How.TAKEN_BACK, tuple(go_back(log, operation)))


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Without an end by ^C meanwhile."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
