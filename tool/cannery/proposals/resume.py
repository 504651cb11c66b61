"""From an operation that was cut off, the way on to its end, and the way back to its start.

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


class Way(NamedTuple):
    """What files are still to become, and those that the user has edited in between."""

    files: dict[str, Version | None]
    edited: list[str]


class _At(Enum):
    BOTH = auto()  # the operation does not change it
    BEFORE = auto()
    AFTER = auto()
    EDITED = auto()
    UNKNOWN = auto()  # what was kept of it is spoilt


class _File(NamedTuple):
    before: Version | None
    now: Version | None
    after: Version | None


def way_on(log: UndoLog, operation: Operation) -> Way | None:
    """The way on; None where it would go over what the user has edited, or is not known whole.

    What has come from the team is merged with what the user has made of it in between.
    """
    way = Way({}, [])
    at = _where(log, operation)
    for place, path in enumerate(operation.order):
        if at[place] is _At.UNKNOWN or (at[place] is _At.EDITED and not operation.heads[1]):
            return None
        file = _file(log, operation, path)
        if at[place] is _At.BEFORE:
            way.files[path] = file.after
        elif at[place] is _At.EDITED:
            way.edited.append(path)
            if _was_written(at, place, file):
                continue
            merged = _merged(file.before, file.now, file.after)
            if merged is None:
                return None
            way.files[path] = merged
    return way


def way_back(log: UndoLog, operation: Operation) -> Way:
    """The way back; what can't be merged stays as it is."""
    way = Way({}, [])
    at = _where(log, operation)
    for place, path in enumerate(operation.order):
        if at[place] is _At.UNKNOWN:
            way.edited.append(path)
            continue
        file = _file(log, operation, path)
        if at[place] is _At.AFTER:
            way.files[path] = file.before
        elif at[place] is _At.EDITED:
            way.edited.append(path)
            merged = _merged(file.after, file.now, file.before)
            if merged and _was_written(at, place, file):
                way.files[path] = merged
    return way


def _where(log: UndoLog, operation: Operation) -> list[_At]:
    return [_at(log, operation, path) for path in operation.order]


def _at(log: UndoLog, operation: Operation, path: str) -> _At:
    try:
        file = _file(log, operation, path)
    except SpoiltError:
        return _At.UNKNOWN
    if is_same(file.now, file.before):
        return _At.BOTH if is_same(file.before, file.after) else _At.BEFORE
    return _At.AFTER if is_same(file.now, file.after) else _At.EDITED


def _file(log: UndoLog, operation: Operation, path: str) -> _File:
    before, after = (log.version(operation, kept) for kept in operation.files[path])
    return _File(before, version_at(log.tree, path, operation.files), after)


def _was_written(at: list[_At], place: int, file: _File) -> bool:
    """Whether the operation had written a file before its user has edited it."""
    if _At.AFTER in at[place + 1 :]:
        return True
    if _At.BEFORE in at[:place]:
        return False
    near = _likeness(file.now, file.after)
    return near >= max(_likeness(file.now, file.before), _ALIKE)


def _likeness(one: Version | None, two: Version | None) -> float:
    if not (one and two):
        return 0.0
    return SequenceMatcher(None, one.data.splitlines(), two.data.splitlines()).quick_ratio()


def _merged(base: Version | None, now: Version | None, other: Version | None) -> Version | None:
    """The other version with what the user has changed since `base`; None where it can't be."""
    if not (base and now and other) or {base.form, now.form, other.form} != {Form.FILE}:
        return None
    try:
        merged = merge(base.data, now.data, other.data)
    except GitError:  # without Git, nobody merges
        return None
    return None if merged.conflicts or merged.data is None else Version(merged.data, now.mode)
