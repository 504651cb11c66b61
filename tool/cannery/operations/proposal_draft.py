"""One pull request before it is committed: what is in it, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cannery.errors import ContentError
from cannery.model.event import Listener, Remark
from cannery.model.location import Problem, Severity
from cannery.proposals import text
from cannery.proposals.changes import ProposedFile
from cannery.proposals.grouping import Group
from cannery.proposals.text import ChangedFile, Preview
from cannery.util.seen import stripped
from cannery.workspace import Workspace


class Draft(NamedTuple):
    """One pull request before it is committed; `warnings` are those of the check."""

    group: Group
    changes: list[ChangedFile]
    warnings: int
    previews: list[Preview]
    title: str = ""
    body: str = ""


class FaultyContentError(ContentError):
    """What is proposed has errors; `problems` are those."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        hint = "Fix them, or allow them with a reason: see `kb check --explain RULE`."
        super().__init__("the proposed files have errors", hint)
        self.problems = problems


def problems(workspace: Workspace, listener: Listener) -> Sequence[Problem]:
    """All that `kb check` finds."""
    from cannery.operations.check import check  # slow to load, and needed where there are changes

    return check(workspace, listener).problems


def make_draft(
    workspace: Workspace,
    group: Group,
    problems: Callable[[], Sequence[Problem]],
    listener: Listener,
) -> Draft:
    """The group with what a reviewer wants to know. Raises FaultyContentError."""
    changes = [_changed(workspace, item) for item in group.files]
    for change in changes:
        listener(Remark(f"{change.what:<7} {change.path}"))
    paths = {item.path for item in group.files}
    own = [item for item in problems() if item.path in paths]
    if errors := [item for item in own if item.severity is Severity.ERROR]:
        raise FaultyContentError(errors)
    return Draft(group, changes, len(own), _previews(workspace, group.files, changes))


def worded(draft: Draft, title: str, why: str) -> Draft:
    """The draft with the text of its pull request, and with a title of its own if none is given."""
    earlier = draft.group.earlier
    usual = earlier.title if earlier else text.title(draft.changes)
    body = text.body(draft.changes, why, draft.warnings, draft.previews)
    return draft._replace(title=stripped(title) or usual, body=body)


def _changed(workspace: Workspace, item: ProposedFile) -> ChangedFile:
    from cannery.content.library import title_of  # likewise

    what = "Add" if item.before is None else "Remove" if item.data is None else "Update"
    title = title_of(item.path, item.data or item.before or b"", workspace.settings)
    return ChangedFile(item.path, what, title)


def _previews(
    workspace: Workspace, files: Sequence[ProposedFile], changes: Sequence[ChangedFile]
) -> list[Preview]:
    """The changed macros as their replies read, before and after."""
    from cannery.operations.sample import sampler  # likewise

    previews = []
    sample = sampler(workspace)
    for item, change in zip(files, changes, strict=True):
        before, after = (sample(item.path, raw) for raw in (item.before, item.data))
        if before != after:
            previews.append(Preview(change.title, before, after))
    return previews
