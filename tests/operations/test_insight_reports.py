"""A report is made once of the same events."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.model.event import Event, Progress
from cannery.operations import insight_reports
from cannery.operations.insight import look
from cannery.operations.insight_engine import EngineAt
from cannery.operations.insight_export import export_tables
from cannery.operations.insight_facts import ALL, Asked
from cannery.operations.insight_import import ImportRequest, import_events
from cannery.operations.insight_reports import kept_report


def tickets(base: Base, *rows: str) -> None:
    path = base.root / "tickets.csv"
    path.write_text("\n".join(["id,created_at,solved_at", *rows]) + "\n", "utf-8")
    import_events(base.workspace, ImportRequest(str(path)))


@pytest.fixture
def desk(base: Base) -> Base:
    tickets(base, *(f"{n},2026-01-{n:02},2026-01-{n + 1:02}" for n in range(1, 20)))
    look(base.workspace)
    return base


def is_kept(base: Base, asked: Asked = ALL) -> bool:
    made = []
    kept_report(base.workspace, asked, lambda: made.append("made"))
    return not made


def test_the_second_look_is_the_first_one(desk: Base) -> None:
    assert is_kept(desk)
    first = look(desk.workspace)
    for path in (desk.workspace.cache / "insight").iterdir():
        path.unlink()
    assert look(desk.workspace) == first


def test_an_import_is_seen(desk: Base) -> None:
    tickets(desk, "77,2026-01-19,2026-01-20")
    assert not is_kept(desk)
    assert look(desk.workspace).measures["arrivals"].overall.n == 20


def test_other_settings_make_another_report(desk: Base) -> None:
    desk.write("kb.toml", "[insight]\nsolved_days = 3\n")
    assert not is_kept(desk)
    assert "solved_within_3d" in look(desk.workspace).measures


def test_another_day_is_another_report(desk: Base) -> None:
    past = Asked(date(2026, 1, 10))
    assert not is_kept(desk, past)
    look(desk.workspace, past)
    assert is_kept(desk, past)
    assert is_kept(desk)


def test_what_another_engine_tells_is_not_kept(desk: Base, tmp_path: Path) -> None:
    export_tables(desk.workspace, tmp_path / "tables")
    other = Asked(other=EngineAt("duckdb://", tmp_path / "tables"))
    look(desk.workspace, other)
    assert not is_kept(desk, other)


def test_a_file_that_is_no_report_costs_only_time(desk: Base) -> None:
    first = look(desk.workspace)
    for path in (desk.workspace.cache / "insight").iterdir():
        path.write_text(path.read_text("utf-8").replace('"arrivals"', "7", 1), "utf-8")
    assert look(desk.workspace) == first


def test_only_the_newest_reports_stay(desk: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insight_reports, "_MOST", 2)
    for day in range(10, 15):
        look(desk.workspace, Asked(date(2026, 1, day)))
    assert len([*(desk.workspace.cache / "insight").iterdir()]) == 2
    assert is_kept(desk, Asked(date(2026, 1, 14)))


def test_it_tells_how_far_it_is(desk: Base) -> None:
    told: list[Event] = []
    look(desk.workspace, Asked(date(2026, 1, 12)), told.append)
    ends = [event for event in told if isinstance(event, Progress) and event.done == event.total]
    assert [event.step for event in ends] == ["Reading tickets", "Counting"]
