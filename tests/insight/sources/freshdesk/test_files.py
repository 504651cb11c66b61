"""Exports of Freshdesk as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.insight.sources import planted
from tests.insight.sources.freshdesk.export import CONVERSATIONS, RATING, STATS, ticket
from tests.insight.sources.told import WRONG, course, details, read, time

from cannery.insight.sources.freshdesk import files
from cannery.insight.sources.source import Options, Source
from cannery.model.ticket_event import EventKind

_K = EventKind
_SOURCE = Source("freshdesk", files.fits, files.records)


def test_a_ticket_with_its_conversations_and_stats(tmp_path: Path) -> None:
    row = ticket(status=5, stats=STATS, conversations=CONVERSATIONS)
    [record] = read(_SOURCE, tmp_path, [row])
    assert course(record) == [
        (_K.CREATED, 0), (_K.LINKED, 10), (_K.REPLY, 10), (_K.MESSAGE, 20), (_K.REPLY, 30),
        (_K.REOPENED, 35), (_K.SOLVED, 40),
    ]  # fmt: skip
    assert record.is_state
    assert details(record, _K.LINKED) == ["43"]


def test_stats_alone_tell_the_first_reply(tmp_path: Path) -> None:
    [record] = read(_SOURCE, tmp_path, ticket(status=4, stats=STATS))
    assert (_K.REPLY, 10) in course(record)


def test_a_ticket_that_was_opened_again_is_not_solved(tmp_path: Path) -> None:
    [record] = read(_SOURCE, tmp_path, ticket(stats={"resolved_at": time(5), "reopened_at": time(9)}))  # fmt: skip
    assert course(record) == [(_K.CREATED, 0), (_K.REOPENED, 9)]


def test_waiting_counts_from_when_it_began(tmp_path: Path) -> None:
    rows = [
        ticket(1, status=3, stats={"pending_since": time(7)}),
        ticket(2, status=9, stats={"pending_since": time(7)}),
    ]
    options = Options(statuses={"9": "hold"})
    found = read(_SOURCE, tmp_path, *rows, options=options)
    assert [details(record, _K.PAUSED) for record in found] == [["pending"], ["hold"]]


def test_an_account_export_wraps_tickets_and_their_notes(tmp_path: Path) -> None:
    notes = [{"note": row} for row in CONVERSATIONS]
    row = {**ticket(8001, display_id=20, status=2), "notes": notes, "custom_field": {}}
    del row["stats"]
    [record] = read(_SOURCE, tmp_path, [{"helpdesk_ticket": row}])
    assert (record.ticket, [kind for kind, _ in course(record)]) == (
        "20", [_K.CREATED, _K.LINKED, _K.REPLY, _K.MESSAGE, _K.REPLY],
    )  # fmt: skip


def test_the_export_of_activities_has_the_history_of_statuses(tmp_path: Path) -> None:
    told = [
        ("01-11-2024 11:00:00 +0000", {"new_ticket": True, "status": "Open", "requester_name": planted.NAME}),
        ("01-11-2024 11:05:00 +0000", {"agent_name": planted.NAME}),
        ("01-11-2024 20:10:00 +0900", {"status": "Waiting on Customer"}),
        ("01-11-2024 11:20:00 +0000", {"status": "Open"}),
        ("01-11-2024 11:30:00 +0000", {"status": "Resolved", "note": {"id": 4, "type": 4}}),
    ]  # fmt: skip
    rows = [
        {"performed_at": at, "ticket_id": 20, "performer_type": "user", "performer_id": 90, "activity": activity}
        for at, activity in told
    ]  # fmt: skip
    [record] = read(_SOURCE, tmp_path, {"activities_data": rows}, ticket(status=4, stats=STATS))
    assert course(record) == [
        (_K.CREATED, 0), (_K.ASSIGNED, 5), (_K.REPLY, 10), (_K.PAUSED, 10), (_K.RESUMED, 20), (_K.SOLVED, 30),
    ]  # fmt: skip
    assert record.is_whole
    assert not record.is_state


@pytest.mark.parametrize(("answer", "points"), [(103, 7), (101, 5), (100, 4), (-101, 3), (-103, 1)])
def test_answers_are_points_of_seven(tmp_path: Path, answer: int, points: int) -> None:
    rated = {**RATING, "ratings": {"default_question": answer}}
    [record] = read(_SOURCE, tmp_path, [ticket(), rated])
    [event] = [event for event in record.events if event.kind is _K.RATED]
    assert (event.detail, event.value) == ("freshdesk-7", points)


def test_spam_and_what_was_deleted_is_gone(tmp_path: Path) -> None:
    found = read(_SOURCE, tmp_path, [ticket(1, spam=True), ticket(2, deleted=True)])
    assert [[*record.events] for record in found] == [[], []]


def test_dimensions_come_from_groups_companies_and_fields(tmp_path: Path) -> None:
    fields = {
        "product": "custom_field:cf_product",
        "tier": "tag:tier_",
        "team": "organization:team",
    }
    company = {"id": 40, "name": planted.NAME, "domains": [], "custom_fields": {"team": "north"}}
    group = {"id": 5, "name": "Printers", "agent_ids": [90]}
    [record] = read(_SOURCE, tmp_path, ticket(), company, group, options=Options(fields=fields))
    assert record.attributes == {
        "section": "Printers", "channel": "email", "product": "billing", "tier": "gold", "team": "north",
    }  # fmt: skip


def test_nothing_of_people_and_their_words_gets_in(tmp_path: Path) -> None:
    rows = [ticket(status=4, stats=STATS, conversations=CONVERSATIONS), RATING]
    assert not planted.found_in(read(_SOURCE, tmp_path, rows))


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_value_of_the_wrong_type_costs_no_other_ticket(tmp_path: Path, wrong: object) -> None:
    rows = [ticket(1), CONVERSATIONS[0], RATING, {"performed_at": time(1), "ticket_id": 1, "activity": {"status": "Open"}}]  # fmt: skip
    spoilt = [{**row, key: wrong} for row in rows for key in row]
    deeper = [ticket(1, stats=dict.fromkeys(STATS, wrong)), {**RATING, "ratings": {"default_question": wrong}}]  # fmt: skip
    sound = ticket(99, status=4, stats=STATS)
    found = read(_SOURCE, tmp_path, [*spoilt, *deeper, wrong], sound)
    assert (_K.SOLVED, 40) in course(next(one for one in found if one.ticket == "99"))
