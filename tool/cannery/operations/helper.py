"""The resident helper: where it listens, whether one runs, and how one is started.

Loads next to nothing: it stands before every search.
"""

from __future__ import annotations

import os
import sys

_MAX_ADDRESS = 100  # bytes; systems differ, and none takes many more


def socket_path() -> str | None:
    """Where the helper listens: in a folder that only this user may enter; None without one."""
    try:
        import _socket  # `socket` adds a third of a bare Python's start to it

        user, _ = os.getuid(), _socket.AF_UNIX
    except (ImportError, AttributeError):  # Windows
        return None
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    shared = os.environ.get("TMPDIR", "/tmp")  # noqa: S108 - whose folder it is gets checked
    path = f"{runtime}/cannery/helper.sock" if runtime else f"{shared}/cannery-{user}/helper.sock"
    return path if len(os.fsencode(path)) < _MAX_ADDRESS else None


def is_running(address: str) -> bool:
    """Whether a helper accepts connections at this path."""
    import socket

    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(address) == 0


def launch() -> None:
    """Start a helper in a session of its own, unless one runs or none can."""
    import subprocess

    address = socket_path()
    if address is None or os.environ.get("KB_NO_HELPER") or is_running(address):
        return
    nothing = subprocess.DEVNULL
    subprocess.Popen(
        [sys.executable, "-m", "cannery", "helper"],
        stdin=nothing, stdout=nothing, stderr=nothing, cwd="/", start_new_session=True,
    )  # fmt: skip
