"""Tables of tickets are exported, and read by another engine."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.conftest import Base, Run
from tests.repositories import git

from cannery.errors import ContentError
from cannery.insight.store import add
from cannery.installation import how_to_add
from cannery.model.event import Event, Progress
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord
from cannery.operations.insight import look
from cannery.operations.insight_engine import EngineAt
from cannery.operations.insight_export import export_tables
from cannery.operations.insight_facts import Asked
from cannery.operations.insight_import import ImportRequest, import_events
from cannery.operations.insight_store import KEY, events


@pytest.fixture
def desk(base: Base) -> Base:
    """A knowledge base with ten tickets that were solved, and one that is open."""
    rows = [f"{n},2026-01-{n:02},2026-01-{n + 1:02},solved" for n in range(1, 11)]
    path = base.root / "tickets.csv"
    path.write_text("\n".join(["id,created_at,solved_at,status", *rows, "11,2026-03-01,,open\n"]))
    import_events(base.workspace, ImportRequest(str(path)))
    return base


def test_exported_tables_give_the_same_figures(desk: Base, tmp_path: Path) -> None:
    rows = export_tables(desk.workspace, tmp_path / "tables")
    assert rows == {"ticket": 11, "event": 21, "source": 1}
    found = look(desk.workspace, Asked(other=EngineAt("duckdb://", tmp_path / "tables")))
    assert found == look(desk.workspace)
    assert found.measures["solved_within_7d"].overall.n == 10


def test_exported_tables_tell_of_no_person_beyond_a_ticket(desk: Base, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    path = desk.workspace.state / KEY
    records = [
        TicketRecord(
            str(number),
            [
                TicketEvent(1_767_300_000, EventKind.CREATED),
                TicketEvent(1_767_300_100, EventKind.ASSIGNED, "kim", "kim"),
                TicketEvent(1_767_300_200, EventKind.ASSIGNED, "kim", f"other {number}"),
                TicketEvent(1_767_300_300, EventKind.ASSIGNED, "lee", "kim"),
            ],
        )
        for number in range(100, 120)
    ]
    with events(desk.workspace) as database:
        add(database, "desk", records, path.read_bytes())
    export_tables(desk.workspace, tmp_path / "tables")
    table = pq.read_table(tmp_path / "tables" / "event.parquet")
    assert "actor" not in table.column_names
    details = table.column("detail").to_pylist()
    assert {each for each in details if each} == {"#100001", "#100002"}
    found = look(desk.workspace, Asked(other=EngineAt("duckdb://", tmp_path / "tables")))
    assert found == look(desk.workspace)
    assert found.measures["handovers_7d"].overall.value == 2


def test_git_passes_over_exported_tables(desk: Base) -> None:
    git(desk.root, "init", "-q")
    export_tables(desk.workspace, desk.root / "tables")
    assert "tables" not in git(desk.root, "status", "--short", "-uall")


def test_an_export_tells_how_far_it_is(desk: Base, tmp_path: Path) -> None:
    told: list[Event] = []
    export_tables(desk.workspace, tmp_path / "tables", told.append)
    assert told[0] == Progress("Exporting", 0, 21)
    assert told[-1] == Progress("Exporting", 21, 21)


def test_a_folder_that_holds_something_is_left_alone(desk: Base, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(ContentError, match="holds something"):
        export_tables(desk.workspace, folder)
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_an_export_that_fails_leaves_nothing(desk: Base, tmp_path: Path) -> None:
    with events(desk.workspace) as database:
        database.execute("DROP TABLE source")
        database.execute("CREATE VIEW source AS SELECT name, cursor FROM ticket")
    (tmp_path / "out").mkdir()
    with pytest.raises(ContentError):
        export_tables(desk.workspace, tmp_path / "out" / "tables")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(desk: Base, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="tables: No such file"):
        export_tables(desk.workspace, tmp_path / "no" / "tables")


def test_an_engine_without_the_extra_says_how_to_install_it(
    desk: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cannery.insight.engines.ibis_engine", None)
    with pytest.raises(ContentError) as caught:
        look(desk.workspace, Asked(other=EngineAt("duckdb://")))
    assert caught.value.hint == f"Run `{how_to_add('engines')}`."


def test_an_export_without_the_extra_says_how_to_install_it(
    desk: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cannery.insight.engines.tables", None)
    with pytest.raises(ContentError) as caught:
        export_tables(desk.workspace, tmp_path / "tables")
    assert caught.value.hint == f"Run `{how_to_add('engines')}`."


def test_the_commands_say_the_same(desk: Base, tmp_path: Path, kb: Run) -> None:
    assert kb("insight", "export", str(tmp_path / "tables")).code == 0
    plain = kb("insight", "--json")
    other = kb("insight", "--json", "--engine", "duckdb://", "--tables", str(tmp_path / "tables"))
    assert (other.code, other.out) == (0, plain.out)


def test_an_address_may_come_from_the_environment(
    desk: Base, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_INSIGHT_ENGINE", "nowhere://me:secret@host")
    done = kb("insight")
    assert done.code == 1
    assert "not an engine" in done.err
    assert "secret" not in done.err


def test_tables_are_of_no_use_without_an_engine(desk: Base, tmp_path: Path, kb: Run) -> None:
    assert "--engine" in kb("insight", "--tables", str(tmp_path)).err
