"""`operations/writing.py` for commands that are not operations yet: its remarks are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from cannery.cli.progress import shown
from cannery.operations import writing
from cannery.operations.writing import Rewrite, is_repeated
from cannery.proposals.carry_out import Recovered
from cannery.proposals.undo_log import UndoLog
from cannery.workspace import Workspace

__all__ = ["alone", "is_repeated", "settle", "write"]


@contextmanager
def alone(workspace: Workspace, what: str) -> Iterator[UndoLog]:
    with shown() as listener, writing.exclusive(workspace, what, listener) as log:
        yield log


def settle(workspace: Workspace, what: str, *, back: bool = False) -> list[Recovered]:
    with shown() as listener:
        return writing.settle(workspace, what, listener, back=back)


def write(
    workspace: Workspace,
    what: str,
    files: Mapping[str, bytes | None],
    expected: Mapping[str, bytes | None],
    *,
    asked: Sequence[str] = (),
    modes: Mapping[str, int] | None = None,
) -> None:
    with shown() as listener:
        writing.write(workspace, Rewrite(what, files, expected, (*asked,), modes or {}), listener)
