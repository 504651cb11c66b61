"""The database of figures among what `kb` keeps: damaged, full, or of another key."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Base, Run

from cannery.errors import ContentError
from cannery.operations.insight_import import ImportRequest, import_events
from cannery.operations.insight_store import EVENTS, KEY, events
from cannery.util import notices
from cannery.util.lock import BusyError, alone

ROWS = "id,created_at\n" + "".join(f"{number},2026-01-05\n" for number in range(400))


def imported(base: Base) -> Path:
    """Its database, with tickets."""
    path = base.root / "tickets.csv"
    path.write_text(ROWS)
    import_events(base.workspace, ImportRequest(str(path)))
    return base.workspace.state / EVENTS


def count(base: Base) -> int:
    with events(base.workspace) as database:
        return int(database.execute("SELECT count(*) FROM ticket").fetchone()[0])


def test_what_is_no_database_is_set_aside_and_told(base: Base) -> None:
    path = imported(base)
    path.write_bytes(b"this was a database" * 1000)
    assert count(base) == 0
    [notice] = notices.taken()
    assert f"it was renamed to {EVENTS}.unreadable-1" in notice
    assert "Import the exports again" in notice
    assert path.with_name(f"{EVENTS}.unreadable-1").read_bytes().startswith(b"this was")


def test_damage_within_it_ends_the_command_and_not_the_next_one(base: Base) -> None:
    path = imported(base)
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)  # the tables, not the schema
    path.write_bytes(data)
    with pytest.raises(ContentError, match="can't be read"), events(base.workspace) as database:
        database.execute("SELECT * FROM ticket ORDER BY created_at").fetchall()
    assert count(base) == 0


def test_a_full_disk_is_told_and_nothing_has_changed(base: Base) -> None:
    imported(base)
    with pytest.raises(ContentError, match="the disk is full"):
        _fill(base)
    assert count(base) == 400


def _fill(base: Base) -> None:
    with events(base.workspace) as database:
        database.execute("PRAGMA max_page_count = 1")
        database.execute("CREATE TABLE large AS SELECT zeroblob(100000) AS content")


def test_another_key_than_the_ids_were_hashed_with_is_told(base: Base) -> None:
    key = imported(base).with_name(KEY)
    key.write_bytes(b"k" * 32)
    with pytest.raises(ContentError, match="is not the key"):
        imported(base)


def test_a_key_that_was_cut_short_is_told(base: Base) -> None:
    imported(base).with_name(KEY).write_bytes(b"k")
    with pytest.raises(ContentError, match="not a key that kb has made"):
        imported(base)


def test_the_key_is_its_users_alone(base: Base) -> None:
    assert imported(base).with_name(KEY).stat().st_mode & 0o777 == 0o600


def test_two_imports_wait_for_each_other(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cannery.util.lock.PATIENCE", 0.0)
    state = imported(base).parent
    with alone(state / "insight.lock", "insight import", print), pytest.raises(BusyError):
        imported(base)


def test_the_same_file_again_says_that_nothing_changed(base: Base, kb: Run) -> None:
    (base.root / "tickets.csv").write_text(ROWS)
    assert "400 tickets new" in kb("insight", "import", "tickets.csv").err
    assert (
        "Nothing changed in csv: 400 tickets as they were."
        in kb("insight", "import", "tickets.csv").err
    )


def test_a_dry_run_says_that_nothing_was_kept(base: Base, kb: Run) -> None:
    (base.root / "tickets.csv").write_text(ROWS)
    assert "Nothing was kept" in kb("insight", "import", "tickets.csv", "--dry-run").err
    assert count(base) == 0


def test_tickets_of_another_desk_are_refused_until_it_is_named(base: Base, kb: Run) -> None:
    (base.root / "tickets.csv").write_text(ROWS)
    kb("insight", "import", "tickets.csv")
    (base.root / "tickets.csv").write_text(ROWS.replace("2026-01-05", "2026-02-05"))
    told = kb("insight", "import", "tickets.csv")
    assert told.code == 1
    assert "most of these tickets are known in csv" in told.err
    assert "400 tickets new" in kb("insight", "import", "tickets.csv", "--source", "other").err


def test_a_file_that_is_missing_names_what_else_there_is(base: Base, kb: Run) -> None:
    told = kb("insight", "import", "tickets.csv")
    assert told.code == 1
    assert "file not found: tickets.csv" in told.err
    assert "a desk of kb.toml" in told.err
