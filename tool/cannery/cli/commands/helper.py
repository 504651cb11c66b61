"""`kb helper`: answer searches, with everything loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cannery.errors import CanneryError, UsageError
from cannery.serve.client import socket_path


def helper() -> None:
    """Answer searches until nobody asks any more, so that each takes a fraction of its time.

    With `helper = true` in your config.toml, a search starts it by itself. KB_NO_HELPER=1 does
    without it for once.

    Example: kb helper
    """
    address = socket_path()
    if address is None:
        raise UsageError("there are no helpers on this system", "Searches do without.")
    from cannery.serve.server import Resident, listening

    with listening(Path(address)) as listener:
        if listener is None:
            raise CanneryError("a helper is running already", "`kb doctor` tells more.")
        Resident().serve(listener)


def launch() -> None:
    """Start a helper of its own session, unless one runs or none can."""
    address = socket_path()
    if address is None or os.environ.get("KB_NO_HELPER") or is_running(address):
        return
    nothing = subprocess.DEVNULL
    subprocess.Popen(
        [sys.executable, "-m", "cannery", "helper"],
        stdin=nothing, stdout=nothing, stderr=nothing, cwd="/", start_new_session=True,
    )  # fmt: skip


def is_running(address: str) -> bool:
    import socket

    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(address) == 0
