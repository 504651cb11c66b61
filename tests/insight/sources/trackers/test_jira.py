"""Issues of Jira, with and without their changelog."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.insight.sources import planted
from tests.insight.sources.trackers.reading import happened, read

from cannery.insight.sources.source import Options

Json = dict[str, Any]
KIM = {"accountId": "planted", "displayName": planted.NAME, "emailAddress": planted.ADDRESS}


def issue(status: str = "Done", category: str = "done", **more: object) -> Json:
    return {
        "id": "10007", "key": "HELP-7", "fields": {
            "summary": planted.WORDS, "description": planted.WORDS, "reporter": KIM,
            "created": "2026-01-01T09:00:00.000+0000", "updated": "2026-01-09T09:00:00.000+0000",
            "resolutiondate": "2026-01-08T09:00:00.000+0000" if category == "done" else None,
            "status": {"name": status, "statusCategory": {"key": category}},
            "components": [{"name": "Billing"}], "labels": ["eu"], "issuetype": {"name": "Bug"},
            "customfield_10010": {"value": "Printer"},
        }, **more,
    }  # fmt: skip


def change(day: int, before: str, after: str) -> Json:
    return {
        "id": str(day), "author": {"accountId": "ada"}, "created": f"2026-01-{day:02}T09:00:00.000+0000",
        "items": [
            {"field": "resolution", "fromString": None, "toString": planted.WORDS},
            {"field": "status", "from": "1", "fromString": before, "to": "2", "toString": after},
        ],
    }  # fmt: skip


def log(*changes: Json, total: int | None = None) -> Json:
    return {"histories": [*changes], "total": len(changes) if total is None else total}


CHANGES = (
    change(8, "In Progress", "Done"),
    change(5, "Done", "In Progress"),
    change(3, "Waiting for customer", "Done"),
    change(2, "To Do", "Waiting for customer"),
)


def page(*issues: Json) -> Json:
    return {"startAt": 0, "total": len(issues), "issues": [*issues]}


def test_a_search_alone_tells_how_issues_stood(tmp_path: Path) -> None:
    [found] = read(tmp_path, page(issue()))
    assert happened(found) == [("CREATED", 1), ("SOLVED", 8)]
    assert (found.ticket, found.is_state) == ("HELP-7", True)
    assert found.attributes == {"section": "Billing"}


def test_a_changelog_tells_all_of_the_course(tmp_path: Path) -> None:
    [found] = read(tmp_path, page(issue(changelog=log(*CHANGES))))
    assert happened(found) == [
        ("CREATED", 1),
        ("PAUSED", 2),
        ("SOLVED", 3),
        ("REOPENED", 5),
        ("SOLVED", 8),
    ]
    assert (found.is_whole, found.is_state) == (True, False)


def test_an_issue_that_has_never_changed_is_open_from_its_creation_on(tmp_path: Path) -> None:
    [found] = read(tmp_path, page(issue("To Do", "new", changelog=log())))
    assert (happened(found), found.is_whole) == ([("CREATED", 1)], True)


def test_the_first_page_of_a_changelog_is_added_to_what_is_known(tmp_path: Path) -> None:
    [found] = read(tmp_path, page(issue(changelog=log(CHANGES[0], total=150))))
    assert ("SOLVED", 8) in happened(found)
    assert not found.is_whole


def test_a_status_of_a_teams_own_is_what_its_category_says(tmp_path: Path) -> None:
    options = Options()
    own = issue("Shipped", "done", changelog=log(change(8, "In Progress", "Shipped")))
    [found] = read(tmp_path, page(own), options=options)
    assert ("SOLVED", 8) in happened(found)
    assert options.reading.notes == []


def test_comments_that_customers_see_are_messages(tmp_path: Path) -> None:
    def comment(day: int, who: str, **more: object) -> Json:
        at = f"2026-01-{day:02}T09:00:00.000+0000"
        return {"id": str(day), "author": {"accountId": who}, "created": at, "body": planted.WORDS, **more}  # fmt: skip

    row = issue()
    row["fields"]["comment"] = {"comments": [
        comment(2, "ada"), comment(3, "planted"), comment(4, "ada", jsdPublic=False),
        comment(5, "ada", visibility={"type": "role"}),
    ]}  # fmt: skip
    [found] = read(tmp_path, page(row))
    assert happened(found) == [("CREATED", 1), ("REPLY", 2), ("MESSAGE", 3), ("SOLVED", 8)]


def test_fields_of_a_teams_own_tell_what_kb_toml_says(tmp_path: Path) -> None:
    options = Options(fields={"product": "custom_field:customfield_10010", "region": "tag:e"})
    [found] = read(tmp_path, page(issue()), options=options)
    assert found.attributes == {"section": "Billing", "product": "Printer", "region": "u"}


def test_a_row_without_its_time_is_left_out(tmp_path: Path) -> None:
    options = Options()
    bad = {"key": "HELP-8", "fields": {}}
    assert len(read(tmp_path, page(bad, issue()), options=options)) == 1
    assert options.reading.left_out == 1
