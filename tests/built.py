"""The files of a release, built of this source with the packages that are here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Built(NamedTuple):
    """The two files that a package index takes."""

    wheel: Path
    sdist: Path


def built(folder: Path) -> Built:
    """Build both into a folder: the sdist, and the wheel of it."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run(
        [*command, str(Path(__file__).parents[1])], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return Built(wheel, sdist)
