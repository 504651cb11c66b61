"""Measures of the knowledge base stand beside those of tickets."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.conftest import Base, Run
from tests.dated_commits import commit

from cannery.operations.insight import look
from cannery.operations.insight_facts import Asked
from cannery.operations.insight_import import ImportRequest, import_events


def _at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.fixture
def past(base: Base) -> Base:
    """Six entries of January, half of which were reviewed long before; one is mended in March."""
    for number in range(6):
        reviewed = "2020-01-01" if number % 2 else "2026-01-01"
        header = f"---\ntitle: 記事 {number}\nreviewed: {reviewed}\n---\n"
        base.write(f"articles/請求/a{number}.md", f"{header}Text.\n")
    commit(base, _at("2026-01-05"))
    base.write("articles/請求/a1.md", "---\ntitle: 記事 1\nreviewed: 2026-03-01\n---\nText.\n")
    commit(base, _at("2026-03-02"))
    return base


def test_figures_come_without_tickets_as_of_a_day(past: Base, kb: Run) -> None:
    done = kb("insight", "--json", "--at", "2026-02-14")
    found = json.loads(done.out)["measures"]["reviews_overdue"]
    assert (found["value"], found["low"], found["n"]) == (0.5, None, 6)
    assert [(point["label"], point["value"]) for point in found["months"]] == [
        ("2026-01", 0.5),
        ("2026-02", 0.5),
    ]
    assert found["groups"]["section"]["請求"]["value"] == 0.5
    assert "No tickets are known yet" in done.err


def test_a_month_is_told_as_it_stood_at_its_end(past: Base) -> None:
    months = look(past.workspace, Asked(date(2026, 3, 31))).measures["reviews_overdue"].months
    assert [(point.label, round(point.figure.value or 0, 2)) for point in months] == [
        ("2026-01", 0.5),
        ("2026-02", 0.5),
        ("2026-03", 0.33),
    ]


def test_with_tickets_they_stand_as_of_the_end_of_the_data(past: Base) -> None:
    path = past.root / "tickets.csv"
    path.write_text("id,created_at\n1,2026-02-05T00:00:00Z\n")
    import_events(past.workspace, ImportRequest(str(path)))
    report = look(past.workspace)
    assert next(iter(report.measures)) == "solved_within_7d"
    assert report.measures["reviews_overdue"].overall.value == 0.5


def test_a_measure_of_entries_is_told_by_section_and_by_nothing_else(past: Base, kb: Run) -> None:
    words = ("--measure", "reviews_overdue", "--at", "2026-02-14")
    done = kb("insight", "--by", "section", *words)
    assert (done.code, " ".join(done.out.split())[:90].count("請求 50% 6")) == (0, 1)
    refused = kb("insight", "--by", "team", *words)
    assert (refused.code, "Choose one of section." in refused.err) == (2, True)
    assert "no measure named nothing" in kb("insight", "--by", "team", "--measure", "nothing").err


def test_before_the_first_commit_nothing_is_known(past: Base, kb: Run) -> None:
    done = kb("insight", "--at", "2025-12-31")
    assert (done.code, "no tickets are known yet" in done.err) == (1, True)


def test_without_git_figures_of_tickets_are_told_all_the_same(base: Base, kb: Run) -> None:
    path = base.root / "tickets.csv"
    path.write_text("id,created_at\n1,2026-02-05T00:00:00Z\n")
    import_events(base.workspace, ImportRequest(str(path)))
    done = kb("insight", "--json")
    assert done.code == 0
    assert "reviews_overdue" not in json.loads(done.out)["measures"]


def test_what_this_machine_keeps_is_told_with_the_rest(past: Base, kb: Run) -> None:
    past.write("macros/請求/m.md", "---\ntitle: 返金\n---\n返金しました。\n")
    for _ in range(5):
        assert kb("reply", "m", "--print").code == 0
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    measures = look(past.workspace, Asked(tomorrow)).measures
    kept = measures["macro_kept"]
    assert (kept.overall.value, kept.overall.n) == (1.0, 5)
    assert kept.groups["section"]["請求"].n == 5
    assert measures["search_coverage"].overall.value == 1.0
    assert measures["used_entries_90d"].overall.why == "uses of 90 days are not known"


ALIKE = """
A HAR file records every request your browser sends and every response it gets, with timings. Open
the developer tools with F12, go to the Network tab, tick "Preserve log", and reload the page. Then
save everything with content as a file, remove passwords and cookies, and attach it to the ticket.
"""


def test_entries_that_say_the_same_are_told_of_today_alone(past: Base) -> None:
    for name in ("x", "y"):
        past.write(f"articles/har/{name}.md", f"---\ntitle: {name}\n---\n{ALIKE}{name}\n")
    found = look(past.workspace).measures["duplicates"]
    assert (found.overall.value, found.overall.n) == (0.25, 8)
    assert found.groups["section"]["請求"].value == 0.0
    then = look(past.workspace, Asked(date(2026, 3, 31))).measures["duplicates"]
    assert (then.overall.value, then.overall.why) == (None, "known of today alone")


def test_what_is_allowed_with_a_reason_is_no_duplicate(past: Base) -> None:
    past.write("kb.toml", '[check.allow]\nduplicate = "two desks"\n')
    for name in ("x", "y"):
        past.write(f"articles/har/{name}.md", f"---\ntitle: {name}\n---\n{ALIKE}{name}\n")
    assert look(past.workspace).measures["duplicates"].overall.value == 0.0


def test_a_damaged_repository_costs_the_past_alone(past: Base, kb: Run) -> None:
    path = past.root / "tickets.csv"
    path.write_text("id,created_at\n1,2026-02-05T00:00:00Z\n")
    import_events(past.workspace, ImportRequest(str(path)))
    tree = past.git("rev-parse", "HEAD~1:kb").strip()
    (past.root / ".git/objects" / tree[:2] / tree[2:]).unlink()
    done = kb("insight", "--json")
    assert done.code == 0
    assert "No figures of the knowledge base's past" in done.err
    assert "reviews_overdue" not in json.loads(done.out)["measures"]
