"""Why figures may be wrong that look right is told beside them: sources that ended, or left some out."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from tests.conftest import Base, Run

from cannery.insight.pages.parts import beside
from cannery.operations.insight import look
from cannery.operations.insight_by import look_by
from cannery.operations.insight_digest import digest_of
from cannery.operations.insight_facts import Asked
from cannery.operations.insight_import import ImportRequest, import_events
from cannery.operations.insight_store import events

OLD = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _two_sources(base: Base) -> None:
    for name, days in (("old", 30), ("new", 150)):
        path = base.root / f"{name}.csv"
        rows = (f"{day},{OLD + timedelta(day)},,open,one\n" for day in range(days))
        path.write_text("id,created_at,solved_at,status,team\n" + "".join(rows))
        import_events(base.workspace, ImportRequest(str(path), name))


def test_a_report_tells_which_sources_ended_before_and_when(base: Base) -> None:
    for _ in range(2):  # the second one is kept
        [(name, end)] = look(base.workspace).ended
        assert (name, end.date()) == ("old", date(2026, 1, 30))
    [(name, _)] = look_by(base.workspace, "team").reports["one"].ended
    assert name == "old"


def test_as_of_a_day_when_it_had_not_ended_long_before_it_had_not(base: Base) -> None:
    assert not look(base.workspace, Asked(date(2026, 2, 20))).ended


def test_it_stands_beside_the_figures_in_each_form(base: Base, kb: Run) -> None:
    told = "Data of old end on 2026-01-30"
    assert told in " ".join(kb("insight").out.split())
    assert json.loads(kb("insight", "--json").out)["ended"]["old"].startswith("2026-01-30")
    assert told in digest_of(base.workspace, "en")
    rows = beside(look(base.workspace), [], "ja")
    assert any("old" in text and "2026-01-30" in text for _, text in rows)


def test_a_source_without_open_tickets_may_have_left_them_out(base: Base, kb: Run) -> None:
    path = base.root / "closed.csv"
    rows = (f"{day},{OLD + timedelta(day)},{OLD + timedelta(day + 1)}\n" for day in range(149))
    path.write_text("id,created_at,solved_at\n" + "".join(rows))
    assert "No ticket of" not in kb("insight").out
    import_events(base.workspace, ImportRequest(str(path), "closed"))
    told = "No ticket of closed is open"
    assert told in " ".join(kb("insight").out.split())
    assert told in digest_of(base.workspace, "en")
    assert told not in kb("insight", "--by", "source").out
    assert any(told in text for text in json.loads(kb("insight", "--json").out)["doubts"])


def test_tickets_that_a_status_takes_away_are_told_and_what_it_means_marks_the_series(
    base: Base, kb: Run
) -> None:
    assert kb("insight").code == 0
    with events(base.workspace) as database:  # one day has one definition: this was earlier
        database.execute("UPDATE definition SET since = '2026-01-05'")
    base.write("kb.toml", '[insight.statuses]\nopen = "gone"\n')
    again = kb("insight", "import", str(base.root / "new.csv"), "--source", "again", "--yes")
    assert "150 tickets are deleted, merged or spam by their status" in again.err
    arrivals = json.loads(kb("insight", "--json").out)["measures"]["arrivals"]
    assert any(
        "definition changed" in mark for month in arrivals["months"] for mark in month["marks"]
    )
