from __future__ import annotations

from pathlib import Path

import pytest

from tests.desks.simulation.people import merged_lock, proofread
from tests.desks.simulation.world import Outcome, world

pytestmark = pytest.mark.long


def _played(folder: Path, seed: int, edits: int, kills: int, *faults: str) -> Outcome:
    with world(folder / "world", seed, faults, entries=5, articles=5) as made:
        outcome = made.play(edits, kills)
        if not outcome.is_sound:
            (folder / "log").write_text("\n".join(made.log))
        return outcome


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_edit_is_lost_or_doubled_and_both_ends_are_equal(tmp_path: Path, seed: int) -> None:
    outcome = _played(tmp_path, seed, 50, 30)
    assert outcome.is_sound, outcome
    assert outcome.edits >= 50
    assert outcome.kills >= 30


def _is_found(folder: Path, seed: int, fault: str) -> bool:
    try:
        return not _played(folder, seed, 20, 12, fault).is_sound
    except AssertionError:
        return True  # a command that can't go on


@pytest.mark.parametrize("fault", ["overwrite", "forget"])
def test_a_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    assert any(_is_found(tmp_path, seed, fault) for seed in range(1, 6))


def test_of_two_lock_files_all_tables_are_kept() -> None:
    base = '[a]\nrecord = "1"\n\n[b]\nrecord = "2"\n'
    mine = '[a]\nrecord = "1"\nx = 1\n\n[b]\nrecord = "2"\n\n[c]\nrecord = "3"\n'
    theirs = '[a]\nrecord = "1"\ny = 2\n\n[d]\nrecord = "4"\n'
    assert merged_lock(base, mine, theirs) == '[a]\nrecord = "1"\nx = 1\n\n[c]\nrecord = "3"\n\n[d]\nrecord = "4"\n'  # fmt: skip


def test_a_file_has_one_status() -> None:
    assert proofread("---\nstatus: draft\ntitle: x\nstatus: retired\n---\n") == (
        "---\nstatus: draft\ntitle: x\n---\n"
    )
