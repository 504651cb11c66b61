"""The synonyms, remembered beside the index: YAML takes longer to load than a search."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

from cannery.content.synonyms import PATH, load_synonyms
from cannery.model.location import Stamp
from cannery.search.freshness import is_settled
from cannery.util.state import load, store, text
from cannery.workspace import Workspace

Groups = tuple[tuple[str, ...], ...]


def synonyms(workspace: Workspace, folder: Path) -> Groups:
    """The groups as kb/synonyms.yml has them now; `folder` is the index's."""
    try:
        info = (workspace.root / PATH).lstat()
    except OSError:
        return ()
    stamp = (info.st_size, info.st_mtime_ns, info.st_ctime_ns)
    cache = folder / "synonyms.json"
    nothing: tuple[Stamp, Groups] = ((-1, -1, -1), ())
    written, groups = load(cache, _kept, nothing)
    if written == stamp:
        return groups
    groups = load_synonyms(workspace)
    if is_settled(stamp):
        with contextlib.suppress(OSError):  # a folder that can't be written: next time again
            store(cache, (stamp, groups))
    return groups


def _kept(data: Any) -> tuple[Stamp, Groups]:  # noqa: ANN401 - what a file may hold
    (size, written, changed), groups = data
    stamp = (int(size), int(written), int(changed))
    return stamp, tuple(tuple(text(word) for word in group) for group in groups)
