"""Look for changed files in a child process, while this one loads what it takes to search."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import NamedTuple, NoReturn

from cannery.content.files import scan
from cannery.model.location import Changes, Stamp
from cannery.search.freshness import diff
from cannery.search.manifest import index_folder, latest_manifest
from cannery.workspace import Workspace


class Report(NamedTuple):
    """How the files differ from an index, with the stamps of what was added or changed.

    `source` is the index: its folder's inode and device, and its generation.
    """

    source: tuple[int, int, int]
    changes: Changes
    stamps: Mapping[str, Stamp]


class ScanChild:
    """Forks a child that scans the files at once; `report()` waits for its result."""

    def __init__(self, workspace: Workspace) -> None:
        self._pid = 0
        threading = sys.modules.get("threading")
        if not hasattr(os, "fork") or (threading and threading.active_count() > 1):
            return  # a fork would copy locks that no thread of the child releases
        self._end, end = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            _look(workspace, end)
        os.close(end)

    def report(self) -> Report | None:
        """What the child saw; None if fork is unavailable or there is no index yet."""
        if not self._pid:
            return None
        with open(self._end, "rb") as pipe:  # noqa: PTH123 - a descriptor, not a path
            data = pipe.read()
        os.waitpid(self._pid, 0)
        self._pid = 0
        if not data:
            return None
        source, changes, stamps = json.loads(data)
        return Report(
            tuple(source),
            Changes(*map(tuple, changes)),
            {path: tuple(stamp) for path, stamp in stamps.items()},
        )


def _look(workspace: Workspace, end: int) -> NoReturn:
    try:
        folder = index_folder(workspace.cache)
        info = folder.stat()
        generation, manifest = latest_manifest(folder)
        now = scan(workspace).searched
        changes = diff(manifest.known(workspace.settings.reading), now)
        stamps = {path: now[path] for path in (*changes.added, *changes.changed)}
        with open(end, "wb") as pipe:
            pipe.write(
                json.dumps(((info.st_ino, info.st_dev, generation), changes, stamps)).encode()
            )
    except BaseException:  # noqa: BLE001 - the parent looks for itself, and tells what is wrong
        os._exit(1)
    os._exit(0)
