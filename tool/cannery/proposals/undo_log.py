"""What `kb` is about to do to files and branches, and what it did: written down before it is done.

Each operation is two files: what is to be done, as JSON, and the bytes of each file before and
after it. Whoever is killed half-way leaves a plan from which the next one goes on, or back.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from cannery.errors import CanneryError, ContentError
from cannery.git.locate import usable
from cannery.git.versions import Form, Tree, Version, is_same, version_at
from cannery.model.layout import DEFAULT, Layout
from cannery.proposals.operation import (
    Operation,
    PushedBranch,
    Stage,
    StoredVersion,
    VersionPair,
    append_version,
    digest,
    from_json,
)
from cannery.util import lock, state
from cannery.util.atomic import new_file, sync_folder
from cannery.util.sweep import drafts_beside
from cannery.util.trust import distrust
from cannery.workspace import Workspace

_KEPT = 20  # operations that are remembered
_KEPT_BYTES = 500_000_000  # of the files of all but the newest
_DAY = 86_400


class SpoiltError(CanneryError):
    """The bytes that were kept of a file are not what they were."""


@dataclass(frozen=True)
class UndoLog:
    """The operations of one knowledge base, oldest first by their number.

    `prefix` is its path below the top of the tree, empty or with a `/` at its end. `identity` is
    empty where the log lies in the tree itself, else the folder's device and inode: another one of
    the same name is another's. What is older than so many `days` is forgotten. `layout` says which
    files are content.
    """

    root: Path
    prefix: str
    folder: Path
    tree: Tree
    days: int
    identity: tuple[int, ...] = ()
    layout: Layout = DEFAULT

    @contextlib.contextmanager
    def locked(self, what: str, waiting: Callable[[str], None]) -> Iterator[None]:
        """Hold the write lock. Raises BusyError, and ContentError if nothing can be written."""
        with contextlib.ExitStack() as held:
            try:
                held.enter_context(lock.alone(self.folder / "lock", what, waiting))
                self._sweep()
            except OSError as error:
                message = f"the undo log in {self.folder} can't be written"
                raise ContentError(
                    f"{message}: {error.strerror}", "Nothing was changed."
                ) from error
            yield

    def operations(self) -> list[Operation]:
        """All of them, the newest last; a file that can't be read is set aside, with a notice."""
        paths = sorted(self.folder.glob("[0-9]*.json"))
        loaded = (state.load_kept(path, self._shaped, None) for path in paths)
        return [item for item in loaded if item]

    def plan(
        self,
        what: str,
        files: Iterable[tuple[str, Version | None]],
        expected: Mapping[str, bytes | None] | None = None,
        stage: Stage = Stage.PLANNED,
        **more: Any,  # noqa: ANN401 - the other fields of Operation
    ) -> Operation:
        """Write down what each file is and is to be. From here on it is done, or taken back.

        Raises ContentError for a file that is not as `expected`: it was planned on another.
        """
        number = self._next()
        try:
            with new_file(self._blobs(number)) as blobs:
                pairs = self._pairs(blobs, files, expected or {})
            return self._write(Operation(number, what, stage, pairs, **more))
        except OSError as error:
            self.forget(number)
            raise ContentError(_failed(error), "Nothing was changed.") from error
        except BaseException:
            self.forget(number)
            raise

    def _pairs(
        self,
        blobs: IO[bytes],
        files: Iterable[tuple[str, Version | None]],
        expected: Mapping[str, bytes | None],
    ) -> dict[str, VersionPair]:
        pairs: dict[str, VersionPair] = {}
        going: set[str] = set()
        for path, after in files:
            before = version_at(self.tree, path, going)
            if before and before.form is Form.OTHER:
                raise ContentError(f"{path}: not a regular file", "Replace it with a regular file.")
            if path in expected and (before.data if before else None) != expected[path]:
                raise ContentError(f"{path} has just been changed", "Run it again.")
            if after is None:
                going.add(path)
            kept = append_version(blobs, before)
            pairs[path] = kept, kept if is_same(before, after) else append_version(blobs, after)
        return pairs

    def push(self, branch: PushedBranch) -> int:
        """Write down that a proposal's branch is about to be pushed; the operation's number.

        One that was cut off, or has only brought the same, is taken up again.
        """
        last = next(reversed(self.operations()), None)
        if last and (last.branch.name, last.branch.after) == (branch.name, branch.after):
            return last.number
        if last and last.stage is Stage.PLANNED and last.branch[:2] == branch[:2]:
            self.forget(last.number)
        return self._write(Operation(self._next(), "proposal", Stage.PLANNED, branch=branch)).number

    def pushed(self, number: int) -> None:
        """It has come to the remote."""
        for item in self.operations():
            if item.number == number:
                self.finish(item)

    def begin(self, what: str, path: str) -> tuple[Operation, int | None]:
        """Write down a file that its user is about to edit; with a handle to be closed at the end.

        Until then, nobody takes the operation for a killed one's.
        """
        files = [(path, version_at(self.tree, path))]
        operation = self.plan(what, files, stage=Stage.OPEN)
        return operation, lock.owned(self._owner(operation.number))

    def end(self, number: int) -> None:
        """Write down what has become of a file that was edited; forget it where nothing has."""
        operations = {item.number: item for item in self.operations()}
        operation = operations.get(number)
        if operation is None:
            return
        ((path, (before, _)),) = operation.files.items()
        later = any(path in item.files for item in operations.values() if item.number > number)
        now = version_at(self.tree, path)
        if later or is_same(now, self.version(operation, before)):
            self.forget(number)  # another has taken it over, or nothing was saved
            return
        with self._blobs(number).open("ab") as blobs:
            after = append_version(blobs, now)
        self.finish(replace(operation, files={path: (before, after)}))
        self._owner(number).unlink(missing_ok=True)

    def sweep_beside(self, operation: Operation) -> None:
        """Delete the temporary files that a killed process left beside an operation's files."""
        drafts_beside({(self.tree.top / path).parent for path in operation.files})

    def is_left(self, operation: Operation) -> bool:
        """Whether an operation's process is dead. The caller holds the lock."""
        if operation.stage is not Stage.OPEN:
            return operation.stage is Stage.PLANNED
        handle = lock.owned(self._owner(operation.number))
        if handle is not None:
            os.close(handle)
        return handle is not None

    def finish(self, operation: Operation) -> None:
        """Mark an operation as done; an undo is forgotten together with what it has undone."""
        if operation.undoes:
            self.forget(operation.undoes)
            self.forget(operation.number)
            return
        self._write(replace(operation, stage=Stage.DONE))
        self._thin_out()

    def forget(self, number: int) -> None:
        self._json(number).unlink(missing_ok=True)  # first: bytes that nothing names are swept
        for path in (self._blobs(number), self._owner(number)):
            path.unlink(missing_ok=True)

    def version(self, operation: Operation, kept: StoredVersion | None) -> Version | None:
        """A stored version of a file. Raises SpoiltError if it is corrupt."""
        if kept is None:
            return None
        path = self._blobs(operation.number)
        try:
            with path.open("rb") as blobs:
                blobs.seek(kept.start)
                data = blobs.read(kept.size)
        except OSError as error:
            raise SpoiltError(f"{path}: {error.strerror}") from error
        if digest(data) != kept.digest:
            raise SpoiltError(f"{path} is damaged")
        return Version(data, kept.mode, kept.form)

    def _write(self, operation: Operation) -> Operation:
        value = {**operation.as_json(), "place": [*self.identity]}
        try:
            durable = operation.stage is not Stage.DONE
            state.store(self._json(operation.number), value, sync=durable)
            if durable:
                sync_folder(self.folder)
        except OSError as error:
            raise ContentError(_failed(error), "Check the free space.") from error
        return operation

    def _shaped(self, data: Any) -> Operation:  # noqa: ANN401 - JSON
        if tuple(data["place"]) != self.identity:
            raise ValueError("another folder's")
        return from_json(data)

    def _next(self) -> int:
        names = (path.name.split(".")[0] for path in self.folder.glob("[0-9]*.*"))
        return max((int(name) for name in names if name.isdecimal()), default=0) + 1

    def _json(self, number: int) -> Path:
        return self.folder / f"{number:06}.json"

    def _blobs(self, number: int) -> Path:
        return self.folder / f"{number:06}.files"

    def _owner(self, number: int) -> Path:
        return self.folder / f"{number:06}.open"

    def _sweep(self) -> None:
        """What belongs to no operation, not to one set aside either, a killed process has left."""
        for path in self.folder.glob("[0-9]*.*"):
            if path.suffix in {".files", ".open"} and not any(
                self.folder.glob(f"{path.stem}.json*")
            ):
                path.unlink(missing_ok=True)
        for path in self.tree.drafts.glob("*"):
            path.unlink(missing_ok=True)

    def _thin_out(self) -> None:
        """Forget the oldest, where there are many, where they are large, or when it is time."""
        done = [item for item in self.operations() if item.stage is Stage.DONE]
        room, oldest = _KEPT_BYTES, time.time() - self.days * _DAY
        for age, item in enumerate(reversed(done)):
            room -= _size(self._blobs(item.number)) if age else 0
            is_old = self._json(item.number).stat().st_mtime < oldest
            if age >= _KEPT or room < 0 or is_old:
                self.forget(item.number)


def open_log(workspace: Workspace) -> UndoLog:
    """The log of a knowledge base: in Git's own folder where there is one, else with the user's.

    Raises ContentError where others could have written there.
    """
    root, days = workspace.root.resolve(), max(workspace.memory_days, 1)
    layout = workspace.settings.layout
    at = usable(root)
    if at and os.access(at.own, os.W_OK):
        prefix = "" if at.top == root else f"{root.relative_to(at.top).as_posix()}/"
        folder = at.own / "cannery" / "undo"
        tree = Tree(at.top, folder / "drafts", f"{prefix}kb")
        return UndoLog(root, prefix, folder, tree, days, layout=layout)
    if reason := distrust(str(workspace.state)):
        raise ContentError(f"{workspace.state} is not used: {reason}", "Nothing was changed.")
    folder, info = workspace.state / "undo", root.stat()
    tree = Tree(root, folder / "drafts", "kb")
    return UndoLog(root, "", folder, tree, days, (info.st_dev, info.st_ino), layout)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _failed(error: OSError) -> str:
    return f"{error.filename or 'a file'}: {error.strerror or error}"
