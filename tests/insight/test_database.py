"""The file of events: its version, its permissions, and what is done about a damaged one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.insight.kept import all_of, keep

from cannery.insight import database
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

FIRST = """
CREATE TABLE ticket (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, source TEXT NOT NULL,
    section TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT '',
    product TEXT NOT NULL DEFAULT '', region TEXT NOT NULL DEFAULT '',
    tier TEXT NOT NULL DEFAULT '', channel TEXT NOT NULL DEFAULT '',
    team TEXT NOT NULL DEFAULT '');
CREATE TABLE event (ticket INTEGER NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL,
    detail TEXT NOT NULL DEFAULT '', actor BLOB NOT NULL DEFAULT x'', value REAL,
    PRIMARY KEY (ticket, at, kind, detail, actor)) WITHOUT ROWID;
CREATE TABLE source (name TEXT PRIMARY KEY, ends_at INTEGER NOT NULL,
    cursor TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
INSERT INTO ticket (id, key, created_at, updated_at, source) VALUES (1, x'01', 5, 9, 'desk');
INSERT INTO event (ticket, at, kind) VALUES (1, 5, 10);
INSERT INTO source VALUES ('desk', 5, 'page 1');
"""


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "db")) as old:
        old.executescript(FIRST)
    assert all_of(tmp_path / "db") == [(b"\x01", 5, "", "", 5, 10, "", None)]
    with database.opened(tmp_path / "db") as new:
        assert new.execute("PRAGMA user_version").fetchone() == (database.VERSION,)
        assert new.execute("SELECT cursor FROM source").fetchone() == ("page 1",)


def test_one_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "db")) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = (tmp_path / "db").read_bytes()
    with pytest.raises(database.NewerError, match="version 99"), database.opened(tmp_path / "db"):
        pass
    assert (tmp_path / "db").read_bytes() == before


def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "db")) as odd:
        odd.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY)")
    with pytest.raises(sqlite3.Error), database.opened(tmp_path / "db"):
        pass
    with closing(sqlite3.connect(tmp_path / "db")) as odd:
        assert odd.execute("SELECT name FROM sqlite_master").fetchall() == [("ticket",)]


def test_it_is_its_users_alone(tmp_path: Path) -> None:
    with database.opened(tmp_path / "db"):
        assert (tmp_path / "db").stat().st_mode & 0o777 == 0o600


def test_one_that_cannot_be_written_to_can_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(tmp_path / "db", [TicketRecord("1", [TicketEvent(1, EventKind.CREATED)])])
    monkeypatch.setattr(database, "_mode", lambda _: "ro")  # root may write to anything
    assert len(all_of(tmp_path / "db")) == 1


def test_ctrl_c_within_a_long_statement_stops_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(database, "_tick", interrupt)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
    with pytest.raises(KeyboardInterrupt), database.opened(tmp_path / "db") as opened:
        opened.execute(f"{numbers} LIMIT 100000000")
