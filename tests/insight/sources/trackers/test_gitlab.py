"""Issues of GitLab, as its API answers and as the export of a project has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.insight.sources import planted
from tests.insight.sources.trackers.reading import happened, read

from cannery.insight.sources.source import Options

Json = dict[str, Any]
AUTHOR = {"id": 50, "username": "planted-kim", "name": planted.NAME}


def issue(**more: object) -> Json:
    return {
        "id": 907, "iid": 7, "project_id": 3, "title": planted.WORDS, "description": planted.WORDS,
        "state": "closed", "created_at": "2026-01-01T09:00:00.000Z", "author": AUTHOR,
        "closed_at": "2026-01-08T09:00:00.000Z", "updated_at": "2026-01-09T09:00:00.000Z",
        "labels": ["tier::gold"], "references": {"full": "acme/help/printer#7"}, **more,
    }  # fmt: skip


def state(day: int, after: str) -> Json:
    return {
        "id": day, "resource_type": "Issue", "resource_id": 907, "state": after,
        "created_at": f"2026-01-{day:02}T09:00:00.000Z", "user": {"id": 1, "name": "Ada"},
    }  # fmt: skip


def note(day: int, author: int, **more: object) -> Json:
    return {
        "id": 100 + day, "noteable_type": "Issue", "noteable_id": 907, "system": False,
        "created_at": f"2026-01-{day:02}T09:00:00.000Z", "author": {"id": author},
        "body": planted.WORDS, **more,
    }  # fmt: skip


STATES = [state(3, "closed"), state(5, "reopened"), state(8, "closed")]
COURSE = [("CREATED", 1), ("SOLVED", 3), ("REOPENED", 5), ("SOLVED", 8)]


def test_an_issue_alone_tells_how_it_stood(tmp_path: Path) -> None:
    [found] = read(tmp_path, [issue()])
    assert happened(found) == [("CREATED", 1), ("SOLVED", 8)]
    assert (found.ticket, found.is_state) == ("907", True)
    assert found.attributes == {"section": "printer"}


def test_state_events_of_another_list_tell_the_course(tmp_path: Path) -> None:
    [found] = read(tmp_path, [issue()], STATES[::-1])
    assert happened(found) == COURSE


def test_an_issue_with_its_state_events_is_whole(tmp_path: Path) -> None:
    [found] = read(tmp_path, [issue(resource_state_events=STATES)])
    assert (happened(found), found.is_whole) == (COURSE, True)


def test_notes_that_customers_see_are_messages(tmp_path: Path) -> None:
    notes = [
        note(2, 1),
        note(3, 50),
        note(4, 1, internal=True),
        note(5, 1, system=True),
        {**note(6, 1), "noteable_type": "MergeRequest"},
    ]
    [found] = read(tmp_path, [issue()], notes)
    assert happened(found) == [("CREATED", 1), ("REPLY", 2), ("MESSAGE", 3), ("SOLVED", 8)]


def test_a_line_of_an_export_has_all_in_it(tmp_path: Path) -> None:
    row = {
        "iid": 7, "author_id": 50, "title": planted.WORDS, "state": "closed",
        "created_at": "2026-01-01T09:00:00.000Z", "updated_at": "2026-01-09T09:00:00.000Z",
        "closed_at": "2026-01-08T09:00:00.000Z",
        "resource_state_events": [
            {"user_id": 1, "created_at": "2026-01-08T09:00:00.000Z", "state": "closed"}
        ],
        "notes": [{"author_id": 1, "created_at": "2026-01-02T09:00:00.000Z", "note": planted.WORDS}],
        "label_links": [{"label": {"title": "tier::gold"}}],
    }  # fmt: skip
    [found] = read(tmp_path, row, options=Options(fields={"tier": "tag:tier::"}))
    assert happened(found) == [("CREATED", 1), ("REPLY", 2), ("SOLVED", 8)]
    assert found.attributes == {"tier": "gold"}


@pytest.mark.parametrize("bad", [{"id": 1, "iid": 1}, {**state(3, "closed"), "created_at": "?"}])
def test_a_row_without_its_time_is_left_out(tmp_path: Path, bad: Json) -> None:
    options = Options()
    assert len(read(tmp_path, [bad, issue()], options=options)) == 1
    assert options.reading.left_out == 1
