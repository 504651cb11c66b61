"""Zendesk asked for its incremental exports, on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing

import pytest
from tests.desks.faults import Cut, Status
from tests.desks.zendesk.fake import FakeZendesk
from tests.insight.sources import planted
from tests.insight.sources.zendesk.export import (
    AGENT,
    CUSTOMER,
    START,
    USERS,
    audit,
    comment,
    course,
    opened,
    status,
    ticket,
    time,
)

from cannery.insight.sources.source import Checkpoint, Options
from cannery.insight.sources.zendesk import api
from cannery.model.desk_settings import DeskSettings
from cannery.model.event import Event, Progress
from cannery.model.ticket_event import EventKind, TicketRecord
from cannery.rest.client import Manner, PlainClient
from cannery.rest.rest_error import RestError

_K = EventKind
_EVENTS = "/api/v2/incremental/ticket_events"
_TICKETS = "/api/v2/incremental/tickets/cursor"
_FORMER = 9009


@pytest.fixture
def desk(fake_zendesk: FakeZendesk) -> FakeZendesk:
    """A desk with one ticket, whose history takes some pages."""
    exports = fake_zendesk.exports
    exports.events = [
        opened(),
        audit(101, 5, {"event_type": "Change", "assignee_id": _FORMER, "previous_value": None}),
        audit(102, 10, comment(), status("pending", "new")),
        audit(103, 30, comment(CUSTOMER), status("open", "pending"), by=CUSTOMER),
        audit(104, 40, comment(_FORMER), status("solved", "open"), by=_FORMER),
    ]
    exports.tickets = [ticket(status="solved")]
    exports.people = USERS
    exports.size = 2
    return fake_zendesk


def asked(
    desk: FakeZendesk, cursor: str = "", options: Options | None = None, patience: float = 0
) -> Iterator[TicketRecord | Checkpoint]:
    signed = {"Authorization": f"Bearer {desk.oauth.token('read')}"}
    manner = Manner(patience=patience, sleep=lambda _: None)
    with closing(PlainClient(desk.address, lambda: signed, manner)) as client:
        yield from api.records(client, cursor, options or Options())


def put_together(told: list[TicketRecord | Checkpoint]) -> list[tuple[EventKind, int]]:
    """The course of the one ticket that records tell of."""
    rows = {step for one in told if isinstance(one, TicketRecord) for step in course(one)}
    return sorted(rows, key=lambda row: (row[1], row[0]))


_COURSE = [
    (_K.CREATED, 0), (_K.ASSIGNED, 5), (_K.REPLY, 10), (_K.PAUSED, 10), (_K.MESSAGE, 30),
    (_K.RESUMED, 30), (_K.REPLY, 40), (_K.SOLVED, 40),
]  # fmt: skip


def test_the_history_comes_page_by_page_and_then_the_tickets_as_they_stand(
    desk: FakeZendesk,
) -> None:
    told = [*asked(desk)]
    assert put_together(told) == _COURSE
    records = [one for one in told if isinstance(one, TicketRecord)]
    assert not any(record.is_whole for record in records)
    assert records[-1].attributes == {"channel": "email", "section": "98738"}


def test_each_page_is_a_checkpoint_that_tells_until_when_all_is_told(desk: FakeZendesk) -> None:
    points = [one for one in asked(desk) if isinstance(one, Checkpoint)]
    assert [point.ends_at - START for point in points[:3]] == [300, 600, 1800]
    assert points[-1].ends_at == 0  # of the tickets; the last one of the history is the present
    assert max(point.ends_at for point in points) > START + 2400


def test_an_import_that_broke_off_goes_on_behind_its_last_checkpoint(desk: FakeZendesk) -> None:
    desk.fail(Cut.BEFORE, at=2, path=_EVENTS, times=20)
    told: list[TicketRecord | Checkpoint] = []
    with pytest.raises(RestError):
        told.extend(asked(desk))
    [point] = [one for one in told if isinstance(one, Checkpoint)]
    desk.heal()
    desk.asked.clear()
    told += asked(desk, point.cursor)
    assert put_together(told) == _COURSE
    starts = [one.request.query["start_time"] for one in desk.asked if one.request.path == _EVENTS]
    assert starts[0] == str(START + 300)


def test_a_second_import_asks_for_what_is_new_alone(desk: FakeZendesk) -> None:
    last = [one for one in asked(desk) if isinstance(one, Checkpoint)][-1]
    desk.exports.events.append(audit(105, 90, status("open", "solved"), by=CUSTOMER))
    desk.exports.tickets = [ticket(updated_at=time(90), status="deleted")]
    told = [one for one in asked(desk, last.cursor) if isinstance(one, TicketRecord)]
    assert course(told[0])[-1] == (_K.REOPENED, 90)
    assert ([*told[-1].events], told[-1].is_whole) == ([], True)


def test_the_last_minute_is_not_asked_for(desk: FakeZendesk, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    last = [one for one in asked(desk) if isinstance(one, Checkpoint)][-1]
    monkeypatch.setattr("time.time", lambda: START + 2400 + 30.0)
    desk.asked.clear()
    told = [one for one in asked(desk, last.cursor) if isinstance(one, TicketRecord)]
    assert not told
    assert f"GET {_EVENTS}" not in desk.lines


def test_an_export_that_leads_to_itself_is_told(desk: FakeZendesk) -> None:
    desk.exports.is_stuck = True
    with pytest.raises(RestError, match="goes in circles"):
        [*asked(desk)]


def test_a_desk_that_asks_for_fewer_requests_is_waited_for(desk: FakeZendesk) -> None:
    desk.fail(Status(429, {"Retry-After": "7"}), at=2, path=_EVENTS)
    assert put_together([*asked(desk, patience=60)]) == _COURSE


def test_ratings_of_both_kinds_come_with_their_scales(desk: FakeZendesk) -> None:
    desk.exports.ratings = [{"id": 1, "ticket_id": 35436, "score": "bad", "comment": planted.WORDS, "created_at": time(50), "updated_at": time(60)}]  # fmt: skip
    answer = {"type": "rating_scale", "rating": 5, "created_at": time(70)}
    desk.exports.surveys = [{"id": 7, "subjects": [{"type": "ticket", "id": "35436"}], "answers": [answer]}]  # fmt: skip
    records = [one for one in asked(desk) if isinstance(one, TicketRecord)]
    rated = [event for one in records for event in one.events if event.kind is _K.RATED]
    assert [(event.detail, event.value) for event in rated] == [("zendesk-2", 0.0), ("zendesk-5", 5.0)]  # fmt: skip


def test_an_account_without_the_newer_survey_is_read_all_the_same(desk: FakeZendesk) -> None:
    desk.exports.has_surveys = False
    options = Options()
    assert put_together([*asked(desk, options=options)]) == _COURSE
    assert "survey_responses" in options.reading.notes[0]


def test_fields_of_organizations_are_asked_for_where_a_dimension_needs_them(
    desk: FakeZendesk,
) -> None:
    row = {"id": 509974, "name": planted.NAME, "organization_fields": {"team": "north"}}
    desk.exports.organizations = [row]
    options = Options(fields={"team": "organization:team"})
    records = [one for one in asked(desk, options=options) if isinstance(one, TicketRecord)]
    assert records[-1].attributes["team"] == "north"


def test_an_old_ticket_without_a_history_was_solved_when_its_metrics_say_so(
    desk: FakeZendesk,
) -> None:
    desk.exports.events = []
    metric = {"id": 1, "ticket_id": 35436, "created_at": time(0), "solved_at": time(40), "reply_time_in_minutes": {"calendar": 9}}  # fmt: skip
    desk.exports.metrics = [metric]
    told = [*asked(desk)]
    assert put_together(told) == [(_K.CREATED, 0), (_K.SOLVED, 40)]
    assert not any(one.is_state for one in told if isinstance(one, TicketRecord))


def test_a_solution_that_metrics_tell_again_is_one(desk: FakeZendesk) -> None:
    desk.exports.metrics = [{"id": 1, "ticket_id": 35436, "solved_at": time(40)}]
    records = [one for one in asked(desk) if isinstance(one, TicketRecord)]
    solved = {event for one in records for event in one.events if event.kind is _K.SOLVED}
    assert len(solved) == 1


_WITH_METRICS = Options(desk=DeskSettings("zendesk", "zendesk", "", options={"metrics": "yes"}))


def _metric(id_: int, minutes: int, kind: str = "fulfill", **more: object) -> dict[str, object]:
    row = {"id": id_, "ticket_id": 35436, "metric": "reply_time", "type": kind, "instance_id": id_}
    return {**row, "time": time(minutes), **more}


def test_replies_of_messaging_come_from_metric_events_where_they_are_asked_for(
    desk: FakeZendesk,
) -> None:
    chat = 77
    desk.exports.events = [
        *desk.exports.events,
        audit(201, 12, {"event_type": "Create", "status": "new"}, ticket_id=chat, by=CUSTOMER),
        audit(202, 50, status("solved", "new"), ticket_id=chat),
    ]
    desk.exports.metric_events = [
        _metric(1, 10), _metric(2, 40), _metric(3, 14, ticket_id=chat), _metric(4, 15, "apply_sla"),
        _metric(5, 16, metric="agent_work_time"), _metric(6, 49, ticket_id=chat),
    ]  # fmt: skip
    records = [one for one in asked(desk, options=_WITH_METRICS) if isinstance(one, TicketRecord)]
    replies = {(one.ticket, event.at - START) for one in records for event in one.events if event.kind is _K.REPLY}  # fmt: skip
    assert replies == {("35436", 600), ("35436", 2400), ("77", 840), ("77", 2940)}


def test_replies_that_comments_tell_are_not_counted_from_metrics_again(desk: FakeZendesk) -> None:
    desk.exports.metric_events = [_metric(1, 10), _metric(2, 40)]
    told = [*asked(desk, options=_WITH_METRICS)]
    replies = {event for one in told if isinstance(one, TicketRecord) for event in one.events if event.kind is _K.REPLY}  # fmt: skip
    assert len(replies) == 2


def test_metric_events_are_not_asked_for_by_themselves(desk: FakeZendesk) -> None:
    assert [*asked(desk)]
    assert not [line for line in desk.lines if "metric_events" in line]


def test_nothing_of_people_and_their_words_gets_in(desk: FakeZendesk) -> None:
    assert not planted.found_in(one for one in asked(desk) if isinstance(one, TicketRecord))


def test_how_far_it_is_is_told_in_days(desk: FakeZendesk) -> None:
    seen: list[Event] = []
    [*asked(desk, options=Options(listener=seen.append))]
    steps = [one for one in seen if isinstance(one, Progress)]
    assert steps
    assert all(one.done <= one.total for one in steps)


@pytest.mark.parametrize("wrong", [[], "text", None, {"ticket_events": None}, {"ticket_events": [[], 7, None, {"id": []}], "next_page": 9, "end_time": "x"}])  # fmt: skip
def test_an_answer_of_another_kind_is_an_error_or_nothing(desk: FakeZendesk, wrong: object) -> None:
    desk.fail(Status(200, content=wrong), path=_EVENTS, times=9)
    try:
        told = [*asked(desk)]
    except RestError:
        return
    assert put_together(told) == [(_K.CREATED, 0)]


@pytest.mark.parametrize("cursor", ["", "x", "{}", "[1]", json.dumps(["x", 1, 2]), "[1, 2, 3, 4]"])
def test_a_cursor_that_is_none_of_ours_begins_anew(desk: FakeZendesk, cursor: str) -> None:
    assert put_together([*asked(desk, cursor)]) == _COURSE


def test_an_agent_is_one_who_was_given_a_ticket_once(desk: FakeZendesk) -> None:
    assert _FORMER not in [row["id"] for row in desk.exports.people]
    assert (_K.REPLY, 40) in put_together([*asked(desk)])
    assert AGENT in [row["id"] for row in desk.exports.people]
