"""What the knowledge base and a desk agreed on: the lock file, and a journal of what was sent.

The lock file is written every now and then while many records are sent; the journal, in the user's
state folder, has each of them before it is sent and after. Whoever comes after a run that was
killed reads both.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from cannery.content.files import read_regular
from cannery.content.save import inside
from cannery.errors import ContentError
from cannery.exchange.desks.lock import (
    EMPTY,
    MAX_BYTES,
    Agreed,
    Lock,
    lock_path,
    lock_text,
    read_lock,
)
from cannery.model.event import Listener
from cannery.operations.writing import waiting
from cannery.util import lock as locks
from cannery.util.atomic import append_line, replace
from cannery.util.state import text
from cannery.workspace import Workspace

_MOST_LINES = 200_000


class Known(NamedTuple):
    """What is known of a desk before it is asked.

    `lock` has what a killed run had agreed on, too. `begun` are the entries that it was making a
    record of when it was killed, with the digests of what it sent. `written` is the lock file's
    text, None for no file.
    """

    lock: Lock
    begun: Mapping[str, Mapping[str, str]]
    written: bytes | None


def load_known(workspace: Workspace, name: str) -> Known:
    """Read the lock file and the journal. Raises ContentError for a lock that can't be used."""
    path = lock_path(name)
    raw = _lock_bytes(workspace, path)
    try:
        lock = read_lock(raw) if raw is not None else EMPTY
    except ValueError as error:
        hint = "Take either side as a whole: `git checkout --theirs FILE`. The rest is found out."
        raise ContentError(f"{path}: {error}", hint.replace("FILE", path)) from error
    entries, begun = dict(lock.entries), dict[str, Mapping[str, str]]()
    for line in _journal_lines(_journal_path(workspace, name)):
        _apply(line, entries, begun)
    return Known(lock._replace(entries=entries), begun, raw)


def _lock_bytes(workspace: Workspace, path: str) -> bytes | None:
    if not os.path.lexists(inside(workspace, path)):
        return None
    return read_regular(workspace.root, path, MAX_BYTES)


def _journal_path(workspace: Workspace, name: str) -> Path:
    return workspace.state / "desk" / f"{name}.journal"


def _journal_lines(path: Path) -> Iterator[Any]:
    """The lines of a journal; one that was cut short is passed by."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return
    for line in raw.split(b"\n")[:_MOST_LINES]:
        with contextlib.suppress(ValueError):
            yield json.loads(line)


def _apply(line: Any, entries: dict[str, Agreed], begun: dict[str, Mapping[str, str]]) -> None:  # noqa: ANN401 - JSON
    """Take a line of the journal over; one that is none of ours is passed by."""
    try:
        id_ = text(line["entry"])
        if "begun" in line:
            begun[id_] = _texts(line["begun"])
        elif line["agreed"] is None:
            entries.pop(id_, None)
        else:
            record, *tables = line["agreed"]
            entries[id_] = Agreed(text(record), *map(_texts, tables))
            begun.pop(id_, None)
    except (KeyError, TypeError, ValueError, AttributeError):
        return


def _texts(table: Any) -> dict[str, str]:  # noqa: ANN401 - JSON
    return {text(key): text(value) for key, value in table.items()}


@contextmanager
def alone_with(workspace: Workspace, name: str, what: str, listener: Listener) -> Iterator[None]:
    """Alone with a desk among the processes of this user. Raises BusyError."""
    path = workspace.state / "desk" / f"{name}.lock"
    try:
        with locks.alone(path, what, waiting(listener)):
            yield
    except OSError as error:
        message = f"{error.filename or path}: {error.strerror}"
        raise ContentError(message, "Check the free space and your write permission.") from error


@dataclass(slots=True)
class LockWriter:
    """Keeps what is agreed on while records are sent; `entries` is what the lock file is to say.

    `close` writes the lock file and forgets the journal. Who is killed before leaves both.
    """

    workspace: Workspace
    name: str
    known: Known
    entries: dict[str, Agreed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entries = dict(self.known.lock.entries)

    def begin(self, id_: str, sent: Mapping[str, str]) -> None:
        """A record is about to be made of an entry."""
        self._write({"entry": id_, "begun": dict(sent)})

    def note(self, id_: str, agreed: Agreed | None) -> None:
        """This is agreed on of an entry now; None: nothing any more. Only `close` writes it down.

        Whoever looks anew finds it again: nothing was sent.
        """
        if agreed is None:
            self.entries.pop(id_, None)
        else:
            self.entries[id_] = agreed

    def done(self, id_: str, agreed: Agreed | None) -> None:
        """The same, and it is written down at once: something was sent."""
        self.note(id_, agreed)
        self._write({"entry": id_, "agreed": None if agreed is None else [*agreed]})

    def _write(self, line: object) -> None:
        path = _journal_path(self.workspace, self.name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        append_line(path, json.dumps(line, separators=(",", ":")).encode())

    def text(self, numbers: Mapping[str, Mapping[str, str]]) -> bytes:
        """The lock file's bytes, with the desk's numbers."""
        before = self.known.lock.numbers
        kinds = {*before, *(kind for kind, table in numbers.items() if table)}
        both = {kind: {**before.get(kind, {}), **numbers.get(kind, {})} for kind in kinds}
        return lock_text(Lock(self.entries, both)).encode()

    def close(self, numbers: Mapping[str, Mapping[str, str]]) -> None:
        """Write the lock file if it says something else, and forget the journal."""
        new = self.text(numbers)
        if self.entries != self.known.lock.entries or self._differs(new):
            save_lock(self.workspace, self.name, new)
        self.forget()

    def _differs(self, new: bytes) -> bool:
        """Whether the file lacks what the journal or a killed run knew."""
        if self.known.written is None:
            return bool(self.entries)
        if read_lock(self.known.written).entries == self.entries:
            return b"<<<<<<<" in self.known.written  # of a merge: it is written as one file again
        return new != self.known.written

    def forget(self) -> None:
        """Forget the journal: the lock file has all of it."""
        _journal_path(self.workspace, self.name).unlink(missing_ok=True)


def save_lock(workspace: Workspace, name: str, new: bytes) -> None:
    """Replace the lock file, whole or not at all. Raises ContentError."""
    target = inside(workspace, lock_path(name))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        replace(target, new, sync=True)
    except OSError as error:
        message = f"{lock_path(name)}: {error.strerror}"
        raise ContentError(message, "Free up some space, and run it again.") from error
