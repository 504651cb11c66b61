"""Answers of Chatwoot's API as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.insight.sources import planted
from tests.insight.sources.chatwoot.export import ANSWER, EVENTS, MESSAGES, conversation, message
from tests.insight.sources.told import WRONG, course, details, read

from cannery.insight.sources.chatwoot import files
from cannery.insight.sources.source import Options, Source
from cannery.model.ticket_event import EventKind

_K = EventKind
_SOURCE = Source("chatwoot", files.fits, files.records)


def test_a_conversation_with_its_messages_and_events(tmp_path: Path) -> None:
    whole = conversation(messages=MESSAGES, reporting_events=EVENTS)
    [record] = read(_SOURCE, tmp_path, [whole, ANSWER])
    assert course(record) == [
        (_K.CREATED, 0), (_K.LINKED, 10), (_K.REPLY, 10), (_K.MESSAGE, 20), (_K.SOLVED, 25), (_K.REOPENED, 30),
        (_K.REPLY, 40), (_K.SOLVED, 41), (_K.OFFERED, 42), (_K.RATED, 50),
    ]  # fmt: skip
    assert details(record, _K.RATED) == ["chatwoot-5"]


def test_without_events_the_last_note_tells_when_it_was_resolved(tmp_path: Path) -> None:
    page = {"data": {"meta": {}, "payload": [conversation(messages=MESSAGES)]}}
    [record] = read(_SOURCE, tmp_path, page)
    assert [step for step in course(record) if step[0] is _K.SOLVED] == [(_K.SOLVED, 41)]
    assert record.is_state


def test_messages_may_stand_in_answers_of_their_own(tmp_path: Path) -> None:
    pages = [{"payload": [conversation(status="open")]}, {"meta": {}, "payload": MESSAGES}]
    [record] = read(_SOURCE, tmp_path, *pages)
    assert [kind for kind, _ in course(record)] == [
        _K.CREATED, _K.LINKED, _K.REPLY, _K.MESSAGE, _K.REPLY, _K.OFFERED,
    ]  # fmt: skip


def test_dimensions_come_from_the_team_the_browser_labels_and_attributes(tmp_path: Path) -> None:
    fields = {
        "product": "custom_field:product",
        "tier": "tag:tier_",
        "region": "custom_field:phone",
    }
    row = conversation(status="open")
    [record] = read(_SOURCE, tmp_path, [row], options=Options(fields=fields))
    assert record.attributes == {
        "section": "Printers", "channel": "WebWidget", "language": "ja", "product": "billing", "tier": "gold",
    }  # fmt: skip


def test_an_event_by_itself_is_of_a_conversation_by_another_number(tmp_path: Path) -> None:
    rows = [conversation(status="open"), *({**event, "conversation_id": 5} for event in EVENTS)]
    [record] = read(_SOURCE, tmp_path, rows)
    assert course(record) == [(_K.CREATED, 0)]


def test_nothing_of_people_and_their_words_gets_in(tmp_path: Path) -> None:
    rows = [conversation(messages=MESSAGES, reporting_events=EVENTS), ANSWER]
    assert not planted.found_in(read(_SOURCE, tmp_path, rows))


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_value_of_the_wrong_type_costs_no_other_ticket(tmp_path: Path, wrong: object) -> None:
    rows = [conversation(1), message(3, 1), ANSWER, conversation(1, reporting_events=EVENTS)]
    spoilt = [{**row, key: wrong} for row in rows for key in row]
    nested = [conversation(1, messages=[wrong]), {"data": wrong}, {"data": {"payload": wrong}}]
    sound = conversation(99, messages=MESSAGES, reporting_events=EVENTS)
    found = read(_SOURCE, tmp_path, [*spoilt, *nested, wrong], sound)
    assert (_K.SOLVED, 41) in course(next(one for one in found if one.ticket == "99"))
