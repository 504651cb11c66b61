"""One process at a time, on file systems with locks and without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cannery.util import lock
from cannery.util.lock import BusyError, alone

HOLD = """
import sys, time
from pathlib import Path
from cannery.util import lock
if sys.argv[2] == "without":
    lock.hold = lambda handle: True
with lock.alone(Path(sys.argv[1]), "sync", print):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(params=["with locks", "without"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(lock, "PATIENCE", 0.2)
    if request.param == "without":
        monkeypatch.setattr(lock, "hold", lambda _: True)
    return tmp_path / str(request.param) / "lock"


def holder(place: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place), place.parent.name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_one_is_told_who_is_at_it(place: Path) -> None:
    first = holder(place)
    told: list[str] = []
    who = f"kb sync, process {first.pid}"
    with (
        pytest.raises(BusyError, match=f"{who} is using these files"),
        alone(place, "x", told.append),
    ):
        pytest.fail("both at once")
    assert told == [who]
    first.communicate()
    with alone(place, "x", told.append):
        assert told == [who]


def test_a_killed_one_lets_go(place: Path) -> None:
    first = holder(place)
    first.kill()
    first.communicate()
    with alone(place, "x", pytest.fail), pytest.raises(BusyError), alone(place, "y", print):
        pytest.fail("both at once")
