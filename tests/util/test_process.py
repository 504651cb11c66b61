from __future__ import annotations

import os
import subprocess
import sys

from cannery.util.process import is_alive


def test_a_process_is_there_until_it_has_ended() -> None:
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert is_alive(other.pid)
    other.communicate(b"\n")
    assert not is_alive(other.pid)


def test_what_cannot_be_told_counts_as_there() -> None:
    assert is_alive(os.getpid())
    assert is_alive(10**30)
