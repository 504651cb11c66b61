from __future__ import annotations

import subprocess
import sys

_WAITS_FOR_EVER = """
from queue import Queue
from cannery.tui import terminal_guard
terminal_guard._LAST_SECONDS = 0.1
terminal_guard.end_soon()
full = Queue(1)
full.put("what nobody writes any more")
full.put("and more")
"""


def test_who_waits_for_a_terminal_that_is_gone_ends_all_the_same() -> None:
    command = [sys.executable, "-c", _WAITS_FOR_EVER]
    done = subprocess.run(command, check=False, timeout=60, capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"")
