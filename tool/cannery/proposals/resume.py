"""From an operation that was cut off, a plan on to its end, or back to its start.

Files are written in one order, and taken back in the reverse one: what is at its end lies before
what is at its start. So it is known of a file that its user has edited since whether the operation
had written it.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from enum import Enum, auto
from typing import NamedTuple

from cannery.git.merge import merge
from cannery.git.repository import GitError
from cannery.git.versions import Form, Version, is_same, version_at
from cannery.proposals.operation import Operation
from cannery.proposals.undo_log import SpoiltError, UndoLog

_ALIKE = 0.5  # of two texts: less is another text


class RecoveryPlan(NamedTuple):
    """The files still to write, and those that the user has edited since."""

    files: dict[str, Version | None]
    edited: list[str]


class _FileState(Enum):
    BOTH = auto()  # the operation does not change it
    BEFORE = auto()
    AFTER = auto()
    EDITED = auto()
    UNKNOWN = auto()  # what was kept of it is spoilt


class _File(NamedTuple):
    before: Version | None
    now: Version | None
    after: Version | None


def plan_forward(log: UndoLog, operation: Operation) -> RecoveryPlan | None:
    """How to finish; None if that would overwrite what the user has edited, or if bytes are lost.

    What came from the team is merged with the user's edits since.
    """
    plan = RecoveryPlan({}, [])
    states = _file_states(log, operation)
    for index, path in enumerate(operation.order):
        if states[index] is _FileState.UNKNOWN or (
            states[index] is _FileState.EDITED and not operation.heads[1]
        ):
            return None
        file = _file(log, operation, path)
        if states[index] is _FileState.BEFORE:
            plan.files[path] = file.after
        elif states[index] is _FileState.EDITED:
            plan.edited.append(path)
            if _was_written(states, index, file):
                continue
            merged = _merged(file.before, file.now, file.after)
            if merged is None:
                return None
            plan.files[path] = merged
    return plan


def plan_back(log: UndoLog, operation: Operation) -> RecoveryPlan:
    """Plan a rollback; files that can't be merged are left alone."""
    plan = RecoveryPlan({}, [])
    states = _file_states(log, operation)
    for index, path in enumerate(operation.order):
        if states[index] is _FileState.UNKNOWN:
            plan.edited.append(path)
            continue
        file = _file(log, operation, path)
        if states[index] is _FileState.AFTER:
            plan.files[path] = file.before
        elif states[index] is _FileState.EDITED:
            plan.edited.append(path)
            merged = _merged(file.after, file.now, file.before)
            if merged and _was_written(states, index, file):
                plan.files[path] = merged
    return plan


def _file_states(log: UndoLog, operation: Operation) -> list[_FileState]:
    return [_file_state(log, operation, path) for path in operation.order]


def _file_state(log: UndoLog, operation: Operation, path: str) -> _FileState:
    try:
        file = _file(log, operation, path)
    except SpoiltError:
        return _FileState.UNKNOWN
    if is_same(file.now, file.before):
        return _FileState.BOTH if is_same(file.before, file.after) else _FileState.BEFORE
    return _FileState.AFTER if is_same(file.now, file.after) else _FileState.EDITED


def _file(log: UndoLog, operation: Operation, path: str) -> _File:
    before, after = (log.version(operation, kept) for kept in operation.files[path])
    return _File(before, version_at(log.tree, path, operation.files), after)


def _was_written(states: list[_FileState], index: int, file: _File) -> bool:
    """Whether the operation had written a file before its user has edited it."""
    if _FileState.AFTER in states[index + 1 :]:
        return True
    if _FileState.BEFORE in states[:index]:
        return False
    near = _likeness(file.now, file.after)
    return near >= max(_likeness(file.now, file.before), _ALIKE)


def _likeness(one: Version | None, two: Version | None) -> float:
    if not (one and two):
        return 0.0
    return SequenceMatcher(None, one.data.splitlines(), two.data.splitlines()).quick_ratio()


def _merged(base: Version | None, now: Version | None, other: Version | None) -> Version | None:
    """Merge the user's changes since `base` into the other version; None if that fails."""
    if not (base and now and other) or {base.form, now.form, other.form} != {Form.FILE}:
        return None
    try:
        merged = merge(base.data, now.data, other.data)
    except GitError:  # without Git, nobody merges
        return None
    return None if merged.conflicts or merged.data is None else Version(merged.data, now.mode)
