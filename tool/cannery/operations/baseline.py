"""Keep the findings of today, so that only new ones are told; let those go that are gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cannery.check.baseline import PATH, Baseline, Known, counted, written
from cannery.check.scope import Scope
from cannery.content import save
from cannery.content.files import MAX_BYTES, read_bytes
from cannery.errors import CanneryError, ContentError
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.check import CheckResult
from cannery.operations.move import FileChange
from cannery.operations.writing import Rewrite, exclusive, write
from cannery.util import text
from cannery.workspace import Workspace

_WHAT = "check --baseline"  # what `kb undo` calls it


def planned(result: CheckResult, scope: Scope) -> Mapping[Known, int]:
    """What a new baseline would have: what is found of what is asked for."""
    return counted(filter(scope.holds, result.problems))


def begin(
    workspace: Workspace, result: CheckResult, scope: Scope, listener: Listener = ignore
) -> CheckResult:
    """Write down what is found of what is asked for, where there is no baseline; what is left.

    Raises ContentError if there is one by now, and for more than a file can have.
    """
    known = planned(result, scope)
    data = written(known)
    if len(data) > MAX_BYTES:
        hint = "Decide about what many files share first: see `kb check --statistics`."
        raise ContentError(f"{PATH}: more findings than it can have", hint)
    write(workspace, Rewrite(_WHAT, {PATH: data}, {PATH: None}), listener)
    count = text.counted(sum(known.values()), "finding")
    listener(Remark(f"{count} known from now on, in {PATH}: propose it with your changes."))
    return result.by(Baseline(known, raw=data))


def moved(result: CheckResult, paths: Mapping[str, str]) -> Iterator[FileChange]:
    """How the baseline changes with files that move; `paths` has the new path of each."""
    before = result.baseline
    after = {
        item._replace(path=paths.get(item.path, item.path)): count
        for item, count in before.known.items()
    }
    if before.raw is not None and not before.faults and after != before.known:
        yield FileChange(PATH, PATH, before.raw.decode(), written(after).decode())


def shrink(workspace: Workspace, result: CheckResult, listener: Listener = ignore) -> None:
    """Take what is gone out of the baseline. It holds less then, and needs no undoing."""
    before = result.baseline
    if before.raw is None or before.faults or result.left == before.known:
        return
    try:
        with exclusive(workspace, "check", listener):
            if read_bytes(workspace, PATH) == before.raw:
                save.replace(workspace, PATH, written(result.left))
    except CanneryError as error:
        listener(Remark(f"Can't update {PATH}: {error.message}"))
        return
    left = sum(result.left.values())
    gone = text.counted(result.gone, "known finding")
    verb = "is" if result.gone == 1 else "are"
    listener(Remark(f"{gone} {verb} gone: {left:,} left in {PATH}."))
