"""Answers of Front's API as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.insight.sources import planted
from tests.insight.sources.front.export import EVENTS, conversation, event
from tests.insight.sources.told import WRONG, course, details, read

from cannery.insight.sources.front import files
from cannery.insight.sources.source import Options, Source
from cannery.model.ticket_event import EventKind

_K = EventKind
_SOURCE = Source("front", files.fits, files.records)


def test_events_tell_the_course_of_a_conversation(tmp_path: Path) -> None:
    [record] = read(_SOURCE, tmp_path, {"_results": EVENTS[::-1], "_pagination": {"next": None}})
    assert course(record) == [
        (_K.CREATED, 0), (_K.ASSIGNED, 3), (_K.LINKED, 10), (_K.REPLY, 10), (_K.MESSAGE, 20), (_K.REPLY, 30),
        (_K.SOLVED, 31), (_K.REOPENED, 40), (_K.MACRO, 41), (_K.SOLVED, 50),
    ]  # fmt: skip
    assert details(record, _K.LINKED) == ["77"]


def test_an_export_that_begins_with_a_reopening_knows_that_it_was_solved(tmp_path: Path) -> None:
    [record] = read(_SOURCE, tmp_path, event(40, "reopen"), event(42, "reopen"))
    assert [step for step in course(record) if step[0] is not _K.CREATED] == [(_K.REOPENED, 40)]


def test_a_conversation_in_the_bin_is_gone_until_it_is_restored(tmp_path: Path) -> None:
    trashed = conversation(status="deleted")
    [record] = read(_SOURCE, tmp_path, event(60, "trash", conversation=trashed))
    assert not record.events
    [record] = read(_SOURCE, tmp_path, *EVENTS, event(61, "restore", conversation=conversation(status="assigned")))  # fmt: skip
    assert record.events


def test_dimensions_come_from_inboxes_tags_and_fields(tmp_path: Path) -> None:
    fields = {"product": "custom_field:Product", "tier": "tag:tier_", "team": "custom_field:Mail"}
    [record] = read(_SOURCE, tmp_path, *EVENTS, options=Options(fields=fields))
    assert record.attributes == {"section": "Printers", "product": "billing", "tier": "gold"}


def test_nothing_of_people_and_their_words_gets_in(tmp_path: Path) -> None:
    assert not planted.found_in(read(_SOURCE, tmp_path, *EVENTS, conversation()))


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_value_of_the_wrong_type_costs_no_other_ticket(tmp_path: Path, wrong: object) -> None:
    other = conversation("cnv_1")
    rows = [event(3, "assign", conversation=other), event(4, "archive", conversation=other), other]
    spoilt = [{**row, key: wrong} for row in rows for key in row]
    nested = [event(3, "inbound", {"_meta": wrong, "data": wrong}, conversation=other), wrong]
    found = read(_SOURCE, tmp_path, {"_results": [*spoilt, *nested]}, *EVENTS)
    assert (_K.SOLVED, 50) in course(next(one for one in found if one.ticket == "cnv_5"))
