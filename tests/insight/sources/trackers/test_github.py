"""Issues of GitHub, as its API answers and as `gh issue list --json` writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.insight.sources import planted
from tests.insight.sources.trackers.reading import happened, read

from cannery.insight.sources.source import Options

URL = "https://api.github.com/repos/acme/printer/issues"
Json = dict[str, Any]


def issue(number: int = 7, **more: object) -> Json:
    return {
        "id": 900 + number, "number": number, "url": f"{URL}/{number}", "title": planted.WORDS,
        "user": {"login": "planted-kim", "type": "User"}, "author_association": "NONE",
        "labels": [{"name": "product:printer"}, {"name": "bug"}], "state": "closed",
        "created_at": "2026-01-01T09:00:00Z", "closed_at": "2026-01-08T09:00:00Z",
        "updated_at": "2026-01-09T09:00:00Z", "body": planted.WORDS, "comments": 2, **more,
    }  # fmt: skip


def event(kind: str, day: int, **more: object) -> Json:
    return {
        "id": day, "event": kind, "actor": {"login": "ada"}, "commit_url": None,
        "created_at": f"2026-01-{day:02}T09:00:00Z", **more,
    }  # fmt: skip


def comment(day: int, login: str, association: str, **more: object) -> Json:
    return {
        "id": 100 + day, "issue_url": f"{URL}/7", "user": {"login": login, "type": "User"},
        "author_association": association, "created_at": f"2026-01-{day:02}T09:00:00Z",
        "body": planted.WORDS, **more,
    }  # fmt: skip


EVENTS = [event("closed", 3), event("reopened", 5), event("closed", 8)]
COURSE = [("CREATED", 1), ("SOLVED", 3), ("REOPENED", 5), ("SOLVED", 8)]


def test_an_issue_alone_tells_how_it_stood(tmp_path: Path) -> None:
    [found] = read(tmp_path, [issue()])
    assert happened(found) == [("CREATED", 1), ("SOLVED", 8)]
    assert (found.ticket, found.is_state) == ("acme/printer#7", True)
    assert found.attributes == {"section": "printer"}


def test_one_that_was_reopened_tells_that_it_stands_open(tmp_path: Path) -> None:
    [found] = read(tmp_path, [issue(state="open", closed_at=None)])
    assert (happened(found), found.is_state) == ([("CREATED", 1)], True)


def test_a_timeline_tells_all_of_the_course(tmp_path: Path) -> None:
    [found] = read(tmp_path, [issue(timeline=[event("labeled", 2), *EVENTS])])
    assert happened(found) == COURSE
    assert (found.is_whole, found.is_state) == (True, False)


def test_events_of_a_repository_come_in_another_list(tmp_path: Path) -> None:
    named = [{**one, "issue": {"number": 7, "url": f"{URL}/7"}} for one in EVENTS]
    [found] = read(tmp_path, named[::-1], [issue()])
    assert happened(found) == COURSE


def test_events_alone_are_added_to_what_is_known(tmp_path: Path) -> None:
    [found] = read(tmp_path, [{**EVENTS[0], "issue": issue()}])
    assert (happened(found), found.is_whole) == ([("SOLVED", 3)], False)


def test_a_reply_is_one_of_the_teams(tmp_path: Path) -> None:
    comments = [
        comment(2, "planted-kim", "NONE"),
        comment(3, "passer-by", "NONE"),
        comment(4, "ada", "MEMBER"),
        comment(5, "ci[bot]", "MEMBER"),
    ]
    [found] = read(tmp_path, [issue()], comments)
    told = [("CREATED", 1), ("MESSAGE", 2), ("MESSAGE", 3), ("REPLY", 4), ("SOLVED", 8)]
    assert happened(found) == told


def test_comments_of_strangers_alone_are_no_replies(tmp_path: Path) -> None:
    [found] = read(tmp_path, [issue()], [comment(3, "passer-by", "NONE")])
    assert ("REPLY", 3) not in happened(found)


def test_the_command_line_writes_names_of_its_own(tmp_path: Path) -> None:
    row = {
        "number": 7, "url": "https://github.com/acme/printer/issues/7", "state": "CLOSED",
        "createdAt": "2026-01-01T09:00:00Z", "closedAt": "2026-01-08T09:00:00Z",
        "updatedAt": "2026-01-09T09:00:00Z", "author": {"login": "planted-kim"},
        "title": planted.WORDS, "stateReason": "COMPLETED", "labels": [],
        "comments": [{
            "id": "IC_1", "author": {"login": "ada"}, "authorAssociation": "MEMBER",
            "createdAt": "2026-01-02T09:00:00Z", "body": planted.WORDS,
        }],
    }  # fmt: skip
    [found] = read(tmp_path, [row])
    assert happened(found) == [("CREATED", 1), ("REPLY", 2), ("SOLVED", 8)]
    assert found.ticket == "acme/printer#7"


def test_a_pull_request_is_no_ticket(tmp_path: Path) -> None:
    assert read(tmp_path, [issue(pull_request={"url": "..."})]) == []


def test_labels_tell_what_kb_toml_says(tmp_path: Path) -> None:
    options = Options(fields={"product": "tag:product:"})
    [found] = read(tmp_path, [issue()], options=options)
    assert found.attributes["product"] == "printer"


def test_who_an_issue_is_given_to_is_told(tmp_path: Path) -> None:
    given = event("assigned", 2, assignee={"login": "ada"})
    [found] = read(tmp_path, [issue(timeline=[given])])
    assert happened(found)[1] == ("ASSIGNED", 2)


def test_a_row_without_its_time_is_left_out(tmp_path: Path) -> None:
    options = Options()
    assert len(read(tmp_path, [issue(8, created_at="soon"), issue()], options=options)) == 1
    assert options.reading.left_out == 1
