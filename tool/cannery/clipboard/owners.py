"""X11 and Wayland, whose clipboard belongs to a process: ours stays until the next copy.

It says `ready` once the display or compositor has made it the owner.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from cannery.clipboard.desktop import Clip, Desktop, with_charset
from cannery.errors import ClipboardError

_TRIAL = Clip("kb doctor")


def owner(module: str) -> Callable[[Clip, Desktop], None]:
    """A writer that leaves a process behind which owns the selection and serves it."""
    return lambda clip, at: _start(module, clip, at, trial=False)


def try_owner(module: str) -> Callable[[Desktop], None]:
    """The same as far as it goes without taking the clipboard from whoever has it."""
    return lambda at: _start(module, _TRIAL, at, trial=True)


def _start(module: str, clip: Clip, at: Desktop, *, trial: bool) -> None:
    data = {"text": clip.text, "html": with_charset(clip.html), "trial": trial}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", f"cannery.clipboard.{module}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # it outlives the command and its terminal
        env=dict(at.env),
        cwd=Path(sys.executable).anchor,
    )
    try:
        answer = _answer(process, json.dumps(data).encode(), at.patience)
    except OSError as error:
        answer = f"the clipboard's process failed: {error}"
    if answer != "ready":
        process.kill()
        process.wait()
        raise ClipboardError(answer.removeprefix("failed: ") or "its process ended early")
    process.returncode = 0  # it goes on by itself: nobody waits for it


def _answer(process: subprocess.Popen[bytes], data: bytes, seconds: float) -> str:
    """The line that the process says; a display that hangs has it say none."""
    if process.stdin is None or process.stdout is None:
        return "the clipboard's process has no pipes"
    with process.stdout as stdout:
        with process.stdin as stdin:
            stdin.write(data)
        if not select.select([stdout], [], [], seconds)[0]:
            return "the display did not respond in time"
        return stdout.readline().decode(errors="replace").strip()
