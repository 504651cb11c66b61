"""The helper: stays, with everything loaded, and answers the searches of this user.

It answers on a socket in a folder of the user's own, with the very code that a search without it
runs. It ends when nobody has asked for a while, when the program has changed, or when it is killed:
whoever asks and gets no answer does the work alone.
"""

from __future__ import annotations

import contextlib
import io
import os
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from cannery.errors import CanneryError, UsageError
from cannery.operations.helper import socket_path
from cannery.operations.knowledge_base import KnowledgeBase
from cannery.serve.client import is_private, program, receive
from cannery.util.lock import owned
from cannery.util.trust import distrust_above
from cannery.workspace import Workspace, open_workspace

_IDLE = 1800.0  # seconds
_PATIENCE = 1.0  # seconds for a question to arrive in whole
_MAX_QUESTION = 1_000_000  # bytes
_MAX_OPEN = 8  # knowledge bases open at once
_MAX_BEHIND = 20  # files; more take a while, and who asks can show how far it is
_DECLINED = b"-1 0\n"

# Runs a command's arguments on an open knowledge base, and ends with SystemExit.
RunCommand = Callable[[Sequence[str], KnowledgeBase], NoReturn]


class _Question(NamedTuple):
    """What `client.request` packs. `terminals`: whether stdout is one, and stderr."""

    program: str
    folder: str
    terminals: tuple[bool, ...]
    environment: dict[str, str]
    arguments: list[str]


@contextlib.contextmanager
def listening(address: Path) -> Iterator[socket.socket | None]:
    """The socket, in a folder that only this user may enter; None where another helper has it."""
    address.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_private(str(address.parent)):
        raise CanneryError(
            f"other users can enter {address.parent}", f"Run: chmod 700 {address.parent}"
        )
    if reason := distrust_above(str(address.parent.parent)):
        raise CanneryError(f"{address.parent} is not safe to use: {reason}")
    lock = owned(address.with_suffix(".lock"))
    if lock is None:
        yield None
        return
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            address.unlink(missing_ok=True)  # a killed one's
            listener.bind(str(address))
            listener.listen(64)
            yield listener
    finally:
        address.unlink(missing_ok=True)
        os.close(lock)


def run_helper(run_command: RunCommand) -> None:
    """Answer questions until nobody asks any more. Raises CanneryError if that can't be done."""
    address = socket_path()
    if address is None:
        raise UsageError("the helper is not available on this system", "Searches work without it.")
    with listening(Path(address)) as listener:
        if listener is None:
            raise CanneryError("a helper is already running", "Run `kb doctor` for details.")
        Resident(run_command).serve(listener)


class Resident:
    """Answers one question after the other, each by a run of the command line."""

    def __init__(self, run_command: RunCommand) -> None:
        self._run_command = run_command
        self._open: dict[tuple[Path, Path], KnowledgeBase] = {}
        self._program = program()
        self._files: dict[str, tuple[int, int]] = {}

    def serve(self, listener: socket.socket) -> None:
        listener.settimeout(_IDLE)
        try:
            while not self._is_outdated():
                connection, _ = listener.accept()
                with connection:
                    self._handle(connection)
        except TimeoutError:
            return
        finally:
            for knowledge_base in self._open.values():
                knowledge_base.close()

    def _handle(self, connection: socket.socket) -> None:
        connection.settimeout(_PATIENCE)
        with contextlib.suppress(OSError, EOFError, ValueError):  # gone, or no question of ours
            if _user(connection) == os.getuid():
                answer = self._answer(_read(connection))
                connection.sendall(len(answer).to_bytes(4, "big") + answer)

    def _answer(self, question: _Question) -> bytes:
        if question.program != self._program or self._is_outdated():
            return _DECLINED
        zone = os.environ.get("TZ")
        os.environ.clear()
        os.environ.update(question.environment)
        if os.environ.get("TZ") != zone:
            time.tzset()
        os.chdir(question.folder)
        try:
            knowledge_base = self._up_to_date(open_workspace(Path.cwd(), to_read=True))
        except CanneryError:
            return _DECLINED  # who asks will tell
        if knowledge_base is None:
            return _DECLINED
        return _run(self._run_command, question, knowledge_base)

    def _is_outdated(self) -> bool:
        """Whether a file of the program is not what it was when it was first seen loaded."""
        now = _program_files()
        return any(self._files.setdefault(path, stamp) != stamp for path, stamp in now.items()) or (
            len(self._files) != len(now)
        )

    def _up_to_date(self, workspace: Workspace) -> KnowledgeBase | None:
        """The knowledge base, up to date; None where that would take too long."""
        key = (workspace.root, workspace.cache)
        knowledge_base = self._open.pop(key, None) or KnowledgeBase(workspace)
        self._open[key] = knowledge_base  # the last one asked for comes last
        while len(self._open) > _MAX_OPEN:
            self._open.pop(next(iter(self._open))).close()
        knowledge_base.workspace = workspace
        todo = knowledge_base.behind()
        if len(todo.added) + len(todo.changed) + len(todo.removed) > _MAX_BEHIND:
            return None
        for _ in knowledge_base.catch_up(todo):
            pass
        unread = knowledge_base.unread()
        if unread and len(unread.todo) > _MAX_BEHIND:
            return None
        for _ in unread.run() if unread else ():
            pass
        return knowledge_base


class _Output(io.StringIO):
    """Takes what a command writes, for a terminal or for none."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def _run(run_command: RunCommand, question: _Question, knowledge_base: KnowledgeBase) -> bytes:
    """The answer as `client.ask` reads it: exit code, size of stdout in bytes, stdout, stderr."""
    out, err = (_Output(terminal=terminal) for terminal in question.terminals)
    code: object = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            run_command(question.arguments, knowledge_base)
        except SystemExit as ended:
            code = ended.code
    printed, errors = (item.getvalue().encode("utf-8", "surrogateescape") for item in (out, err))
    head = f"{code if isinstance(code, int) else 0} {len(printed)}\n"
    return head.encode() + printed + errors


def _read(connection: socket.socket) -> _Question:
    size = int.from_bytes(receive(connection, 4), "big")
    if size > _MAX_QUESTION:
        raise ValueError(size)
    pieces = receive(connection, size).decode("utf-8", "surrogateescape").split("\0")
    asked, folder, shown, count, *rest = pieces
    environment = dict(item.split("=", 1) for item in rest[: int(count)])
    terminals = tuple(flag == "1" for flag in shown)
    return _Question(asked, folder, terminals, environment, rest[int(count) :])


def _user(connection: socket.socket) -> int:
    """The user id of who asks; this user's if the system doesn't tell, as the folder is private."""
    if not hasattr(socket, "SO_PEERCRED"):
        return os.getuid()
    size = struct.calcsize("3i")
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    return int(struct.unpack("3i", raw)[1])


def _program_files() -> dict[str, tuple[int, int]]:
    """The stamps of all that is loaded of the program, and of what it searches with."""
    stamps: dict[str, tuple[int, int]] = {}
    for name, module in sys.modules.copy().items():
        path = getattr(module, "__file__", None)
        if path and name.split(".", 1)[0] in {"cannery", "whoosh"}:
            with contextlib.suppress(OSError):
                info = Path(path).stat()
                stamps[path] = (info.st_size, info.st_mtime_ns)
    return stamps
