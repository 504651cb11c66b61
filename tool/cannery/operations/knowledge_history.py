"""The knowledge base as it stood at several times, as Git tells of its main line."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cannery.content.files import ENDINGS
from cannery.content.layout import belongs, is_front, locate
from cannery.content.pieces import is_piece
from cannery.git.incomplete import oldest_commits, tell_shallow
from cannery.git.main_line import Step, all_changes, main_line
from cannery.insight.knowledge.replay import Place, Replay
from cannery.insight.knowledge.snapshot import Snapshot, Terms, snapshot
from cannery.model.event import Listener, ignore
from cannery.model.location import Kind
from cannery.operations.editions import load_editions
from cannery.workspace import Settings, Workspace


class Stop(NamedTuple):
    """A time to look at, in seconds, and the ordinal of its day."""

    at: int
    day: int


class History(NamedTuple):
    """What came to the main line, and who changed what; both in the order of time."""

    line: Sequence[Step]
    changes: Sequence[Step]

    @property
    def begins(self) -> int | None:
        """When it began, in seconds; None for none."""
        return self.line[0].time if self.line else None


def read_history(workspace: Workspace) -> History:
    """All that Git tells; nothing where the history is cut off, which a notice says.

    Raises GitError.
    """
    if oldest_commits(workspace.root):
        tell_shallow("Figures of the knowledge base's past are left out.")
        return History((), ())
    return History(main_line(workspace.root), all_changes(workspace.root))


def snapshots(
    workspace: Workspace, history: History, stops: Sequence[Stop], listener: Listener = ignore
) -> Iterator[Snapshot]:
    """The knowledge base at each of these times, which rise. Its settings are today's.

    Raises GitError.
    """
    settings = workspace.settings
    places = _Places(settings)
    wanted = {
        change.blob: change.path
        for step in history.line
        for change in step.changes
        if change.blob and places.of(change.path)
    }
    editions = load_editions(workspace, wanted, listener)
    replay = Replay(places.of, lambda blob: editions[blob])
    terms = Terms(settings.default_language, settings.review_every.days)
    line, changes = deque(history.line), deque(history.changes)
    for stop in stops:
        while line and line[0].time < stop.at:
            step = line.popleft()
            replay.change(step.time, step.changes)
        while changes and changes[0].time < stop.at:
            step = changes.popleft()
            for change in step.changes:
                replay.touch(step.time, step.author, change.path, change.was)
        yield snapshot(replay, terms, *stop)


class _Places:
    """Which entry each path is a file of, if any."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: dict[str, Place | None] = {}

    def of(self, path: str) -> Place | None:
        if path not in self._known:
            self._known[path] = _place(path, self._settings)
        return self._known[path]


def _place(path: str, settings: Settings) -> Place | None:
    is_hidden = any(name.startswith(".") for name in path.split("/"))
    if is_hidden or not path.endswith(ENDINGS) or not belongs(path, settings.layout):
        return None
    at = locate(path, settings)
    if at.kind is Kind.PART or is_front(path) or is_piece(path):
        return None
    return Place(at.id, at.section, at.language)
