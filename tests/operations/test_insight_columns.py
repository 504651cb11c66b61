"""What a column is for is asked for once, and kept in kb.toml."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Base, Run

from cannery.cli import output, prompts
from cannery.errors import ContentError
from cannery.operations.insight_columns import keep_columns, open_columns

ROWS = "Nummer,Eingang,Abschluss\n7,2026-01-05,2026-01-06\n"


def tickets(base: Base, text: str = ROWS) -> Path:
    path = base.root / "tickets.csv"
    path.write_text(text)
    return path


def test_what_the_names_of_columns_do_not_tell_is_to_be_asked(base: Base) -> None:
    found = open_columns(base.workspace, tickets(base))
    assert found.uses == ["created_at", "ticket", "solved_at", "status", "replied_at"]
    assert found.columns == ["Nummer", "Eingang", "Abschluss"]


def test_what_looks_like_a_ticket_itself_is_no_column_to_choose(base: Base) -> None:
    path = base.root / "tickets.csv"
    path.write_text("Eingang,hanako@example.com,090-1234-5678\n2026-01-05,a,b\n")
    assert open_columns(base.workspace, path).columns == ["Eingang"]


def test_what_kb_toml_tells_is_not_asked_nor_what_it_tells_not_to_be_there(base: Base) -> None:
    base.write("kb.toml", '[insight.columns]\ncreated_at = "Eingang"\nstatus = "-"\n')
    found = open_columns(base.workspace, tickets(base))
    assert found.uses == ["ticket", "solved_at", "replied_at"]


def test_when_the_first_reply_came_is_not_asked_where_its_duration_is_told(base: Base) -> None:
    found = open_columns(base.workspace, tickets(base, "id,created_at,First reply time (min),x\n"))
    assert found.uses == ["solved_at", "status"]


@pytest.mark.parametrize("text", ["", "CaseID,Activity,Timestamp\n", "id,created_at\n"])
def test_nothing_is_asked_about_a_file_without_columns_to_choose_from(
    base: Base, text: str
) -> None:
    assert open_columns(base.workspace, tickets(base, text)).uses == ()


@pytest.mark.parametrize(
    "before",
    [
        "",
        'name = "Test"',
        '# Ours\nname = "Test"\r\n\r\n[insight]\r\nsolved_days = 3\r\n',
        '[insight.columns]\nstatus = "Stand"\n\n[site]\naccent = "#123456"\n',
        "[ insight . columns ] # ours",
    ],
)
def test_columns_are_added_and_all_else_stays_as_it_was(base: Base, before: str) -> None:
    base.write("kb.toml", before)
    keep_columns(base.workspace, {"created_at": 'Ein"gang', "replied_at": "-"})
    columns = base.workspace.settings.insight.columns
    assert (columns["created_at"], columns["replied_at"]) == ('Ein"gang', "-")
    now = (base.root / "kb/kb.toml").read_bytes().decode()
    assert all(line in now for line in before.splitlines())


def test_a_table_on_one_line_is_left_to_its_writer(base: Base) -> None:
    base.write("kb.toml", 'insight = {columns = {status = "Stand"}}\n')
    with pytest.raises(ContentError, match="can't be added"):
        keep_columns(base.workspace, {"created_at": "Eingang"})


def test_the_command_asks_once(base: Base, kb: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    base.git("init", "-q")
    tickets(base)
    answers = iter(["9", "2", "1", "Abschluss"])
    monkeypatch.setattr(prompts, "can_ask", lambda **_: True)
    monkeypatch.setattr(output, "prompt", lambda *_: next(answers))
    told = kb("insight", "import", "tickets.csv")
    assert "Type a number from 1 to 3." in told.err
    assert "csv: 1 ticket new; 2 events added." in told.err
    assert "Nothing changed" in kb("insight", "import", "tickets.csv").err  # no answer is left


def test_a_file_without_a_creation_is_asked_about_again(
    base: Base, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets(base)
    before = (base.root / "kb/kb.toml").read_bytes()
    monkeypatch.setattr(prompts, "can_ask", lambda **_: True)
    monkeypatch.setattr(output, "prompt", lambda *_: "")
    assert "no column tells when" in kb("insight", "import", "tickets.csv").err
    assert (base.root / "kb/kb.toml").read_bytes() == before


def test_a_dry_run_keeps_no_answer(base: Base, kb: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets(base)
    answers = iter(["2", "1", "1"])
    monkeypatch.setattr(prompts, "can_ask", lambda **_: True)
    monkeypatch.setattr(output, "prompt", lambda *_: next(answers))
    told = kb("insight", "import", "tickets.csv", "--dry-run")
    assert "csv: 1 ticket new" in told.err
    assert "insight" not in (base.root / "kb/kb.toml").read_text()


def test_with_yes_nothing_is_asked_and_what_is_missing_is_told(
    base: Base, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets(base)
    monkeypatch.setattr(prompts, "can_ask", lambda **_: True)
    told = kb("insight", "import", "tickets.csv", "--yes")
    assert told.code == 1
    assert "no column tells when tickets were created. It has: Nummer, Eingang" in told.err
