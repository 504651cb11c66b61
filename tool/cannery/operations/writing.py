"""Write to a knowledge base: one process at a time, each operation journalled first.

Whoever writes begins with what a killed process left: it is finished, or taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from cannery.git.versions import Version
from cannery.git.view import as_user
from cannery.model.event import Listener, Remark, ignore
from cannery.proposals.carry_out import How, Recovered, carry_out, recover
from cannery.proposals.commit import remove_left_trees
from cannery.proposals.operation import Stage
from cannery.proposals.undo_log import UndoLog, open_log
from cannery.workspace import Workspace

_NAMED = 3  # files; more would make a line long


class Rewrite(NamedTuple):
    """Files below kb/ to be written together, by their path from the knowledge base's root.

    `what` names the operation to the user, as in "kb undo: the rename is taken back". `files` has
    the bytes of each, None to delete it; `expected` the bytes that each has now, None for no such
    file. `asked` are the user's arguments, by which `is_repeated` knows a repeated call. `modes`
    are permissions that differ from the usual.
    """

    what: str
    files: Mapping[str, bytes | None]
    expected: Mapping[str, bytes | None]
    asked: tuple[str, ...] = ()
    modes: Mapping[str, int] = {}


@contextmanager
def exclusive(workspace: Workspace, what: str, listener: Listener = ignore) -> Iterator[UndoLog]:
    """Hold the knowledge base's write lock; yields the undo log, recovered from killed processes.

    Not reentrant. Raises BusyError if another process holds the lock for long.
    """
    log = open_log(workspace)
    with as_user(), log.locked(what, waiting(listener)):
        for item in recover(log):
            listener(Remark(recovery_remark(item)))
        remove_left_trees(workspace.root)
        yield log


def settle(
    workspace: Workspace, what: str, listener: Listener = ignore, *, back: bool = False
) -> list[Recovered]:
    """Finish what a killed process left, or take it back with `back`; returns what was recovered.

    Takes the lock only if something is left.
    """
    log = open_log(workspace)
    if all(item.stage is Stage.DONE for item in log.operations()):
        return []
    with as_user(), log.locked(what, waiting(listener)):
        recovered = recover(log, back=back)
    for item in recovered:
        listener(Remark(recovery_remark(item)))
    return recovered


def write(workspace: Workspace, rewrite: Rewrite, listener: Listener = ignore) -> None:
    """Write all of the files or none, so that `kb undo` can take it back.

    Raises ContentError for a path outside of kb/, and for a file that is not as expected any more.
    """
    from cannery.content.save import inside  # reads front matter: a sync has no use for it

    for path in rewrite.files:
        inside(workspace, path)
    with exclusive(workspace, rewrite.what, listener) as log:
        versions = (
            (log.prefix + path, None if data is None else Version(data, rewrite.modes.get(path, 0)))
            for path, data in rewrite.files.items()
        )
        expected = {log.prefix + path: data for path, data in rewrite.expected.items()}
        carry_out(log, log.plan(rewrite.what, versions, expected, asked=rewrite.asked))


def is_repeated(recovered: Iterable[Recovered], what: str, *asked: str) -> bool:
    """Whether recovery has just finished the very operation that the user asks for."""
    finished = (item.operation for item in recovered if item.how is How.FINISHED)
    return any((item.what, item.asked) == (what, asked) for item in finished)


def recovery_remark(item: Recovered) -> str:
    """One sentence for the user: what became of an operation that was cut off."""
    what = f"The interrupted {item.operation.what}"
    if item.how is How.LEFT:
        return f"{what} was left as it is: the branch has moved since."
    sentence = f"{what} was {item.how}."
    if not item.edited:
        return sentence
    more = len(item.edited) - _NAMED
    names = ", ".join(item.edited[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{sentence[:-1]}; your later changes are kept in {names}."


@contextmanager
def telling_interrupts(listener: Listener, outcome: Callable[[], Iterable[str]]) -> Iterator[None]:
    """On ^C inside, tell what was done and what was not; then it ends as it would."""
    try:
        yield
    except KeyboardInterrupt:
        for sentence in outcome():
            listener(Remark(sentence))
        raise


def waiting(listener: Listener) -> Callable[[str], None]:
    """What tells a user that another process is at work."""
    return lambda holder: listener(Remark(f"Waiting for {holder}."))
