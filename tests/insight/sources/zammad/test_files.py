"""Answers of Zammad's API as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.insight.sources import planted
from tests.insight.sources.told import WRONG, course, details, read, time
from tests.insight.sources.zammad.export import ARTICLES, HISTORY, article, entry, ticket

from cannery.insight.sources.source import Options, Source
from cannery.insight.sources.zammad import files
from cannery.model.ticket_event import EventKind

_K = EventKind
_SOURCE = Source("zammad", files.fits, files.records)


def test_a_ticket_with_its_history_and_articles(tmp_path: Path) -> None:
    [record] = read(_SOURCE, tmp_path, [ticket(history=HISTORY, articles=ARTICLES)])
    assert course(record) == [
        (_K.CREATED, 0), (_K.ASSIGNED, 5), (_K.LINKED, 10), (_K.REPLY, 10), (_K.PAUSED, 11), (_K.MESSAGE, 20),
        (_K.RESUMED, 20), (_K.REPLY, 40), (_K.SOLVED, 40), (_K.REOPENED, 50),
    ]  # fmt: skip
    assert record.is_whole
    assert details(record, _K.PAUSED) == ["scheduled"]


def test_a_ticket_that_an_agent_opened_was_not_answered_by_that(tmp_path: Path) -> None:
    rows = [article(0, "Agent"), article(9, "Agent")]
    [record] = read(_SOURCE, tmp_path, [ticket(history=HISTORY[:1], articles=rows)])
    assert course(record) == [(_K.CREATED, 0), (_K.REPLY, 9)]


def test_history_and_articles_may_stand_in_answers_of_their_own(tmp_path: Path) -> None:
    [record] = read(_SOURCE, tmp_path, [ticket()], {"history": HISTORY, "assets": {}}, ARTICLES)
    assert len(course(record)) == 10


def test_a_ticket_alone_tells_its_first_reply_and_when_it_was_closed(tmp_path: Path) -> None:
    row = ticket(state="closed", first_response_at=time(9), close_at=time(30), last_close_at=time(45))  # fmt: skip
    [record] = read(_SOURCE, tmp_path, [row])
    assert course(record) == [(_K.CREATED, 0), (_K.REPLY, 9), (_K.SOLVED, 45)]
    assert record.is_state


def test_states_without_names_are_those_of_a_new_zammad(tmp_path: Path) -> None:
    row = {key: value for key, value in ticket(state_id=4, close_at=time(30)).items() if key not in ("state", "group")}  # fmt: skip
    [record] = read(_SOURCE, tmp_path, [row])
    assert (_K.SOLVED, 30) in course(record)
    assert record.attributes["section"] == "2"


def test_a_merged_ticket_is_gone(tmp_path: Path) -> None:
    [record] = read(_SOURCE, tmp_path, [ticket(state="merged", history=HISTORY)])
    assert not record.events


def test_dimensions_come_from_the_teams_own_attributes(tmp_path: Path) -> None:
    fields = {"product": "custom_field:product", "tier": "tag:tier_"}
    [record] = read(_SOURCE, tmp_path, [ticket()], options=Options(fields=fields))
    assert record.attributes == {
        "section": "Printers", "channel": "email", "product": "billing", "tier": "gold",
    }  # fmt: skip


def test_nothing_of_people_and_their_words_gets_in(tmp_path: Path) -> None:
    rows = [ticket(history=HISTORY, articles=ARTICLES)]
    assert not planted.found_in(read(_SOURCE, tmp_path, rows))


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_value_of_the_wrong_type_costs_no_other_ticket(tmp_path: Path, wrong: object) -> None:
    rows = [ticket(1), article(3, "Agent"), entry(2, 5, attribute="state", value_to="open")]
    spoilt = [{**row, key: wrong} for row in rows for key in row]
    nested = [ticket(1, history=wrong), ticket(1, articles=[wrong]), wrong]
    sound = ticket(99, history=[{**one, "o_id": 99} for one in HISTORY])
    found = read(_SOURCE, tmp_path, [*spoilt, *nested], sound)
    assert (_K.SOLVED, 40) in course(next(one for one in found if one.ticket == "99"))
