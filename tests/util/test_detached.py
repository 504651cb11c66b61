"""Work in a process that goes on alone."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

_CODE = """
import os, sys, time
from pathlib import Path
from cannery.util.detached import detached

def work():
    while not Path(sys.argv[1]).exists():
        time.sleep(0.01)
    Path(sys.argv[2]).write_text("done")
    {end}

print("answer", flush=True)
detached(work)
print("more")
"""


def _run(tmp_path: Path, end: str = "") -> tuple[Path, subprocess.CompletedProcess[bytes]]:
    """Its output ends with the process, although the work hasn't begun yet."""
    go, done = tmp_path / "go", tmp_path / "done"
    code = _CODE.format(end=end)
    ran = subprocess.run([sys.executable, "-c", code, go, done], capture_output=True, check=True)
    assert not done.exists()
    go.touch()
    end_at = time.monotonic() + 30
    while not (done.exists() and done.read_text()) and time.monotonic() < end_at:
        time.sleep(0.01)
    return done, ran


def test_nothing_waits_for_it(tmp_path: Path) -> None:
    done, ran = _run(tmp_path)
    assert ran.stdout.split() == [b"answer", b"more"]
    assert done.read_text() == "done"


def test_what_fails_there_is_not_seen_here(tmp_path: Path) -> None:
    _, ran = _run(tmp_path, "raise OSError(28, 'full')")
    assert ran.stderr == b""
