"""What every command that writes begins with: alone, and nothing left half-done by a killed one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from cannery.cli import output
from cannery.git.versions import Version
from cannery.git.view import as_user
from cannery.proposals.carry_out import How, Recovered, carry_out, recover
from cannery.proposals.commit import remove_left_trees
from cannery.proposals.operation import Stage
from cannery.proposals.undo_log import UndoLog, open_log
from cannery.workspace import Workspace

_NAMED = 3  # files; more would make a line long


@contextmanager
def alone(workspace: Workspace, what: str) -> Iterator[UndoLog]:
    """The undo log, with nobody else at it; what a killed process left is set right and told.

    Raises BusyError where another process takes long. Not twice at once.
    """
    log = open_log(workspace)
    with as_user(), log.alone(what, lambda who: output.note(f"Waiting for {who}.")):
        for item in recover(log):
            output.note(told(item))
        remove_left_trees(workspace.root)
        yield log


def settle(workspace: Workspace, what: str, *, back: bool = False) -> list[Recovered]:
    """Set right what a killed process left, or take it back; what that was, and it is told.

    Where nothing is left, nobody waits for anybody.
    """
    log = open_log(workspace)
    if all(item.stage is Stage.DONE for item in log.operations()):
        return []
    with as_user(), log.alone(what, lambda who: output.note(f"Waiting for {who}.")):
        found = recover(log, back=back)
    for item in found:
        output.note(told(item))
    return found


def is_repeated(found: Iterable[Recovered], what: str, *asked: str) -> bool:
    """Whether what the user asks for is what was just finished for a killed process."""
    done = (item.operation for item in found if item.how is How.FINISHED)
    return any((item.what, item.asked) == (what, asked) for item in done)


def told(item: Recovered) -> str:
    """In a line, what has become of an operation that was cut off."""
    what = f"The {item.operation.what} that was cut off"
    if item.how is How.LEFT:
        return f"{what} stays as it is: the branch has gone on since."
    said = f"{what} is {item.how}."
    if not item.edited:
        return said
    more = len(item.edited) - _NAMED
    names = ", ".join(item.edited[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{said[:-1]}; what you have changed since stays in {names}."


def write(
    workspace: Workspace,
    what: str,
    files: Mapping[str, bytes | None],
    expected: Mapping[str, bytes | None],
    *,
    asked: Sequence[str] = (),
    modes: Mapping[str, int] | None = None,
) -> None:
    """Write files below kb/, or take them away (None), all or none; for `kb undo` to take back.

    Paths are from the knowledge base's root. Raises ContentError for a file that is not as
    `expected` any more, and for one that is outside of kb/.
    """
    from cannery.content.save import inside

    for path in files:
        inside(workspace, path)
    kept = modes or {}
    with alone(workspace, what) as log:
        wanted = (
            (log.prefix + path, None if data is None else Version(data, kept.get(path, 0)))
            for path, data in files.items()
        )
        known = {log.prefix + path: data for path, data in expected.items()}
        carry_out(log, log.plan(what, wanted, known, asked=tuple(asked)))
