"""What the files of a knowledge base say, for as long as a process lives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cannery.content.library import Loaded, load
from cannery.model.location import Stamp
from cannery.settings import Settings
from cannery.workspace import Workspace


class KeptFiles:
    """Reads files, and those that have not changed since only once."""

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._known: dict[str, tuple[Stamp, Loaded]] = {}

    def load_each(self, workspace: Workspace, stamps: Mapping[str, Stamp]) -> Iterator[Loaded]:
        """The files one by one in order, as `library.load_each`; other ones are forgotten."""
        if workspace.settings != self._settings:
            self._known, self._settings = {}, workspace.settings
        self._known = {path: known for path, known in self._known.items() if path in stamps}
        for path in sorted(stamps):
            stamp, loaded = self._known.get(path, (None, None))
            if loaded is None or stamp != stamps[path]:
                loaded = load(workspace, path)
                self._known[path] = stamps[path], loaded
            yield loaded
