"""Where a site is staged: in the checkout for `mkdocs`, beside the cache for a folder of one's own.

Who names a folder may build from a checkout that nobody can write to, and several sites at once.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from cannery.util.trust import make
from cannery.workspace import Workspace

STAGE = ".site"  # in the checkout, where mkdocs.yml looks for it
_STAGES = "stages"
_LONG = 30 * 86_400.0  # seconds


@contextmanager
def stage_place(workspace: Workspace, target: Path | None) -> Iterator[Path]:
    """The folder to stage a site in: that of the checkout, or one of its own for each target.

    Where the cache can't be used, it is there for one build only.
    """
    if target is None:
        yield workspace.root / STAGE
        return
    name = f"{crc32(os.fsencode(target.resolve())):08x}"
    kept = _kept(workspace.cache / _STAGES, name)
    if kept:
        yield kept
        return
    with TemporaryDirectory(prefix=f"kb-stage-{os.getpid()}-") as folder:
        yield Path(folder) / name


def _kept(stages: Path, name: str) -> Path | None:
    """A stage that is there for the next build; None where nothing can be kept."""
    try:
        make(stages)
        _sweep(stages, name)
        (stages / name).mkdir(exist_ok=True)
        os.utime(stages / name)
    except OSError:
        return None
    return stages / name if os.access(stages / name, os.W_OK) else None


def _sweep(stages: Path, name: str) -> None:
    """Delete the stages of targets that nobody has built for a month."""
    for folder in stages.iterdir():
        if folder.name != name and folder.stat().st_mtime < time.time() - _LONG:
            shutil.rmtree(folder, ignore_errors=True)
