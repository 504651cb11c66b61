"""Strangers' bytes by the thousand: no exit code 3, and nothing outside is touched."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.fuzz.targets import SEEDS, TARGETS, guarded

_RUNS = 20_000  # of atheris, a target
_PIECES = st.sampled_from(
    [piece for seeds in SEEDS.values() for seed in seeds for piece in seed.split(" ")]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=12), max_size=12).map(" ".join)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _mutated(seed: bytes, chance: random.Random) -> bytes:
    """A seed with some bytes cut out, doubled, exchanged or put elsewhere."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(data) + 1)
        piece = data[start : start + chance.randint(0, 9)]
        match chance.randrange(4):
            case 0:
                del data[start : start + len(piece)]
            case 1:
                data[start:start] = piece * chance.randint(1, 50)
            case 2:
                data[start:start] = bytes([chance.randrange(256)])
            case _:
                at = chance.randrange(len(data) + 1)
                data[at:at] = piece
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(data=st.binary(max_size=400) | _TEXTS.map(_bytes))
@example(data=b"")
def test_no_bytes_end_it_or_reach_outside(name: str, data: bytes) -> None:
    with guarded():
        TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
def test_no_mutation_of_awkward_input_ends_it_or_reaches_outside(name: str) -> None:
    chance = random.Random(7)  # noqa: S311 - the same mutations each time
    for seed in SEEDS[name]:
        raw = _bytes(seed)
        with guarded():
            TARGETS[name](raw)
            for _ in range(40):
                TARGETS[name](_mutated(raw, chance))


@pytest.mark.long
@pytest.mark.parametrize("name", TARGETS)
def test_a_fuzzer_that_follows_the_branches_finds_nothing(name: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    for number, seed in enumerate(SEEDS[name]):
        (tmp_path / str(number)).write_bytes(_bytes(seed))
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.fuzz.atheris_run",
            name,
            f"-runs={_RUNS}",
            "-max_len=2000",
            str(tmp_path),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert f"Done {_RUNS}" in done.stderr
