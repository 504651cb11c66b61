"""The synonyms, remembered beside the index: YAML takes longer to load than a search."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from cannery.content.synonyms import PATH, load_synonyms
from cannery.search.freshness import is_settled
from cannery.workspace import Workspace

Groups = tuple[tuple[str, ...], ...]


def synonyms(workspace: Workspace, folder: Path) -> Groups:
    """The groups as kb/synonyms.yml has them now; `folder` is the index's."""
    try:
        info = (workspace.root / PATH).lstat()
    except OSError:
        return ()
    stamp = (info.st_size, info.st_mtime_ns, info.st_ctime_ns)
    known = folder / "synonyms.json"
    with contextlib.suppress(OSError, ValueError, TypeError):
        written, groups = json.loads(known.read_bytes())
        if tuple(written) == stamp:
            return tuple(tuple(group) for group in groups)
    found = load_synonyms(workspace)
    if is_settled(stamp):
        _remember(known, (stamp, found))
    return found


def _remember(known: Path, value: object) -> None:
    fresh = known.with_suffix(f".{os.getpid()}.tmp")
    with contextlib.suppress(OSError):  # a folder that can't be written: next time again
        fresh.write_text(json.dumps(value), "utf-8")
        fresh.replace(known)
