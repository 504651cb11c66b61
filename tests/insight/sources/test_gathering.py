"""Pieces of an export, put together by ticket."""

from __future__ import annotations

from contextlib import closing

import pytest

from cannery.insight.sources import gathering
from cannery.insight.sources.gathering import Gathering
from cannery.insight.sources.moment import Moment, Rank, Ticket, Told
from cannery.insight.sources.source import Reading
from cannery.model.ticket_event import EventKind, TicketRecord

_K = EventKind
_AT = 1_730_458_800


def put(
    *moments: Moment,
    reading: Reading | None = None,
    is_part: bool = False,
    has_states: bool = False,
    **ticket: str,
) -> list[TicketRecord]:
    new = Gathering(reading or Reading(), is_part=is_part, has_states=has_states)
    with closing(new) as found:
        found.ticket(Ticket("1", _AT, **ticket))  # type: ignore[arg-type]
        found.moments(moments)
        return [*found.records()]


def reply(key: str, at: int, rank: Rank = Rank.HISTORY) -> Moment:
    return Moment("1", key, _AT + at, EventKind.REPLY, rank=rank)


def kinds(record: TicketRecord) -> list[EventKind]:
    return [event.kind for event in record.events]


def test_of_two_sources_of_replies_the_better_one_holds() -> None:
    [record] = put(reply("a", 60), reply("b", 62, Rank.METRICS), reply("c", 61, Rank.SUMMARY))
    assert [event.at - _AT for event in record.events] == [0, 60]


def test_each_kind_of_event_has_its_own_best_source() -> None:
    solved = Moment("1", "s", _AT + 90, EventKind.SOLVED, rank=Rank.SUMMARY)
    [record] = put(reply("a", 60), solved, status="solved")
    assert kinds(record) == [_K.CREATED, _K.REPLY, _K.SOLVED]
    assert record.is_state


def test_what_is_told_again_by_its_key_is_told_once() -> None:
    [record] = put(reply("a", 60), reply("a", 60))
    assert kinds(record) == [_K.CREATED, _K.REPLY]


def test_a_reopening_of_a_ticket_that_is_known_to_be_open_is_none() -> None:
    again = Moment("1", "r", _AT + 90, Told.REOPENED)
    opened = Moment("1", "o", _AT, Told.STATUS, detail="open", before="open")
    assert kinds(put(again)[0]) == [_K.CREATED, _K.REOPENED]
    assert kinds(put(opened, again)[0]) == [_K.CREATED]


def test_a_part_of_a_ticket_replaces_nothing() -> None:
    opened = Moment("1", "o", _AT, Told.STATUS, detail="open", before="open")
    whole, part = put(opened)[0], put(opened, is_part=True)[0]
    assert (whole.is_whole, part.is_whole) == (True, False)


def test_a_ticket_that_is_told_as_it_stands_replaces_how_it_stood() -> None:
    [record] = put(reply("a", 60), status="open", has_states=True)
    assert (record.is_state, record.is_whole) == (True, False)
    [record] = put(reply("a", 60), status="open")
    assert (record.is_state, record.is_whole) == (False, False)


def test_a_history_is_more_than_how_a_ticket_stands() -> None:
    solved = Moment("1", "s", _AT + 90, Told.STATUS, detail="solved")
    [record] = put(solved, status="solved", has_states=True)
    assert (record.is_state, record.is_whole) == (False, False)


def test_a_ticket_of_countless_events_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_MOST_MOMENTS", 5)
    reading = Reading()
    other = Moment("2", "x", _AT, EventKind.REPLY)
    found = put(*(reply(str(at), at + 60) for at in range(6)), other, reading=reading)
    assert [record.ticket for record in found] == ["2"]
    assert reading.left_out == 1


def test_people_are_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_MOST_PEOPLE", 2)
    with closing(Gathering(Reading())) as found:
        for number in range(9):
            found.agent(str(number))
        assert len(found.agents) == 2
