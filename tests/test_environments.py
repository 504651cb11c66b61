"""No environment has `kb` end in a traceback, lose a result silently, or leave half a file.

`tests/benchmarks/environments.py` runs all commands in all environments, also in those that only
root can make.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.conftest import leave_without
from tests.environments.runner import Bench, lacking
from tests.environments.table import ENVIRONMENTS, Environment
from tests.environments.trip import COMMANDS, Command

_LIGHT = [each for each in ENVIRONMENTS if not each.heavy]
# Each environment with the next command.
_PAIRS = [(each, COMMANDS[number % len(COMMANDS)]) for number, each in enumerate(_LIGHT)]
(_SHOW,) = (each for each in COMMANDS if each.name == "show")
_SCRIPTS = [str(Path(sys.executable).with_name(name)) for name in ("kb", "cannery")]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench.made(tmp_path_factory.mktemp("bench"))


@pytest.mark.parametrize(
    ("at", "command"), _PAIRS, ids=[f"{at.name}: {command.name}" for at, command in _PAIRS]
)
def test_a_command_ends_well_or_says_why_not(
    bench: Bench, at: Environment, command: Command
) -> None:
    leave_without(lacking(at))
    _, faults = bench.judged(at, command)
    assert not faults


@pytest.mark.parametrize("script", _SCRIPTS)
@pytest.mark.parametrize(
    "at",
    [each for each in _LIGHT if each.name in {"stdout closed", "all closed"}],
    ids=lambda at: at.name,
)
def test_the_other_ways_to_start_have_the_same_boundary(
    bench: Bench, at: Environment, script: str
) -> None:
    leave_without(name for name in [script] if not Path(name).exists())
    _, faults = bench.judged(at, _SHOW, (script,))
    assert not faults
