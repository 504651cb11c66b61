"""Subject lines of tickets: only where asked, masked, and no longer than memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.errors import ContentError, UsageError
from cannery.operations.insight_gaps import gaps
from cannery.operations.insight_import import ImportRequest, import_events
from cannery.operations.insight_store import events
from cannery.operations.ticket_texts import unlinked
from cannery.util.tidy import tidy

HEAD = "id,created_at,subject,article\n"


def _days_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")


def _import(base: Base, *rows: str, has_texts: bool = True, is_dry: bool = False) -> None:
    path = base.root / "tickets.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
    import_events(base.workspace, ImportRequest(str(path), has_texts=has_texts, is_dry=is_dry))


def _texts(base: Base) -> list[str]:
    return [one.text for one in unlinked(base.workspace)]


def _file(base: Base) -> Path:
    return base.workspace.state / "ticket_texts.jsonl"


def test_they_are_kept_only_where_that_was_asked_for(base: Base) -> None:
    _import(base, f"1,{_days_ago(3)},Dark mode?,", has_texts=False)
    assert not _file(base).exists()
    _import(base, f"1,{_days_ago(3)},Dark mode?,")
    assert _texts(base) == ["Dark mode?"]
    assert _file(base).stat().st_mode & 0o777 == 0o600


def test_a_dry_run_keeps_none(base: Base) -> None:
    _import(base, f"1,{_days_ago(3)},Dark mode?,", is_dry=True)
    assert not _file(base).exists()


def test_those_of_a_ticket_that_was_deleted_go_with_it(base: Base) -> None:
    _import(base, f"1,{_days_ago(3)},Dark mode?,", f"2,{_days_ago(3)},Light mode?,")
    path = base.root / "tickets.csv"
    path.write_text(f"id,created_at,subject,status\n1,{_days_ago(3)},Dark mode?,deleted\n")
    import_events(base.workspace, ImportRequest(str(path), has_texts=True))
    assert _texts(base) == ["Light mode?"]
    assert "Dark" not in _file(base).read_text("utf-8")


def test_of_a_ticket_answered_with_an_entry_none_is_told(base: Base) -> None:
    base.write("articles/display.md", "---\ntitle: Display\n---\nColours.\n")
    rows = (
        f"1,{_days_ago(3)},Dark mode?,articles/display",
        f"2,{_days_ago(3)},Light mode?,https://example.com/elsewhere",
    )
    _import(base, *rows)
    assert _texts(base) == ["Light mode?"]


def test_an_import_once_more_changes_nothing_but_what_changed(base: Base) -> None:
    day = _days_ago(3)
    _import(base, f"1,{day},Dark mode?,", f"2,{day},SCIM,")
    _import(base, f"1,{day},Dark mode on Mac,")
    assert sorted(_texts(base)) == ["Dark mode on Mac", "SCIM"]


def test_what_is_personal_is_masked_and_what_is_too_old_is_not_kept(base: Base) -> None:
    rows = (
        f"1,{_days_ago(3)},Jennifer Rossi can't log in,",
        f"2,{_days_ago(3)},jane@example.com bounced,",
        f"3,{_days_ago(100)},SCIM,",
        f"4,{_days_ago(3)},password is hunter2X!,",
    )
    _import(base, *rows)
    assert sorted(_texts(base)) == ["… bounced", "… can't log in"]
    data = b"".join(path.read_bytes() for path in base.workspace.state.iterdir() if path.is_file())
    assert [word for word in (b"Jennifer", b"jane@", b"hunter") if word in data] == []


def test_they_go_with_the_rest_of_the_memory(base: Base) -> None:
    _import(base, f"1,{_days_ago(3)},Dark mode?,", f"2,{_days_ago(30)},SCIM,")
    workspace = base.workspace
    (workspace.state / "tidied").unlink(missing_ok=True)
    tidy(workspace.state, workspace.cache, workspace.content, base.root / "logs", (7, 7))
    assert _texts(base) == ["Dark mode?"]


def test_without_memory_they_are_refused(base: Base, home: Path) -> None:
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[memory]\ndays = 0\n")
    with pytest.raises(UsageError, match="no texts may be kept"):
        _import(base, f"1,{_days_ago(3)},Dark mode?,")


def test_five_tickets_about_the_same_are_a_gap_and_four_are_hidden(base: Base) -> None:
    day = _days_ago(3)
    _import(base, *(f"{number},{day},Dark mode on {number}," for number in range(4)))
    found = gaps(base.workspace)
    assert (found.gaps, found.hidden) == ((), 1)
    _import(base, *(f"{number},{day},Dark mode on {number}," for number in range(5)))
    (only,) = gaps(base.workspace).gaps
    assert (only.sources, only.title[:9]) == ({"ticket": 5}, "Dark mode")


def test_the_file_can_be_deleted_and_takes_nothing_along(base: Base) -> None:
    _import(base, f"1,{_days_ago(3)},Dark mode?,")
    _file(base).unlink()
    assert _texts(base) == []
    with events(base.workspace) as database:
        assert database.execute("SELECT count(*) FROM ticket").fetchone() == (1,)


def test_texts_that_can_not_be_kept_are_told(base: Base) -> None:
    _import(base, f"1,{_days_ago(3)},Dark mode?,", has_texts=False)
    _file(base).mkdir()
    with pytest.raises(ContentError, match="subject lines can't be kept"):
        _import(base, f"1,{_days_ago(3)},Dark mode?,")
