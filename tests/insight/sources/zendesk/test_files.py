"""Zendesk's incremental exports as files."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from tests.insight.sources import planted
from tests.insight.sources.zendesk.export import (
    AGENT,
    CUSTOMER,
    OTHER_AGENT,
    START,
    USERS,
    audit,
    comment,
    course,
    only,
    opened,
    page,
    read,
    status,
    ticket,
    time,
)

from cannery.insight.sources.source import Options
from cannery.insight.sources.zendesk import files
from cannery.model.event import Event, Progress
from cannery.model.ticket_event import EventKind, TicketRecord

_K = EventKind


def one(folder: Path, *audits: dict[str, object], **more: object) -> TicketRecord:
    [record] = read(folder, dict(page([opened(), *audits], **more)))
    return record


def test_a_ticket_is_answered_paused_solved_and_opened_again(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        audit(101, 5, {"event_type": "Change", "assignee_id": AGENT, "previous_value": None}),
        audit(102, 10, comment(), status("pending", "new")),
        audit(103, 30, comment(CUSTOMER), status("open", "pending"), by=CUSTOMER),
        audit(104, 40, comment(), status("solved", "open")),
        audit(105, 90, status("open", "solved"), by=CUSTOMER),
        audit(106, 95, status("solved", "open")),
        audit(107, 5855, status("closed", "solved")),
    )
    assert course(record) == [
        (_K.CREATED, 0), (_K.ASSIGNED, 5), (_K.REPLY, 10), (_K.PAUSED, 10), (_K.MESSAGE, 30),
        (_K.RESUMED, 30), (_K.REPLY, 40), (_K.SOLVED, 40), (_K.REOPENED, 90), (_K.SOLVED, 95),
    ]  # fmt: skip
    assert record.is_whole


def test_audits_of_tickets_name_their_fields_apart_and_say_the_same(tmp_path: Path) -> None:
    change = {"type": "Change", "field_name": "status", "value": "hold", "previous_value": "open"}
    row = {"id": 101, "ticket_id": 35436, "created_at": time(9), "author_id": AGENT, "events": [change]}  # fmt: skip
    record = one(tmp_path, row)
    assert [event.detail for event in only(record, _K.PAUSED)] == ["hold"]


def test_notes_and_what_the_desk_itself_writes_are_no_replies(tmp_path: Path) -> None:
    record = one(tmp_path, audit(101, 5, comment(public=False)), audit(102, 6, comment(-1)))
    assert course(record) == [(_K.CREATED, 0)]


def test_comments_without_their_texts_are_replies_as_well(tmp_path: Path) -> None:
    told = {"event_type": "Comment", "comment_present": True, "comment_public": True}
    assert len(only(one(tmp_path, audit(101, 5, told)), _K.REPLY)) == 1


def test_who_is_of_the_team_is_told_by_a_list_that_comes_last(tmp_path: Path) -> None:
    copied = audit(101, 5, comment(7002), by=7002)
    by_admin = audit(102, 9, comment(OTHER_AGENT), by=OTHER_AGENT)
    [record] = read(
        tmp_path,
        {"ticket_events": [opened(), copied, by_admin]},
        {"tickets": [ticket()]},
        {"users": USERS},
    )
    assert course(record) == [(_K.CREATED, 0), (_K.MESSAGE, 5), (_K.REPLY, 9)]


def test_without_a_list_of_people_the_requester_is_the_customer(tmp_path: Path) -> None:
    audits = [opened(), audit(101, 5, comment(CUSTOMER), by=CUSTOMER), audit(102, 9, comment())]
    [record] = read(tmp_path, {"tickets": [ticket()], "ticket_events": audits})
    assert course(record) == [(_K.CREATED, 0), (_K.MESSAGE, 5), (_K.REPLY, 9)]


def test_macros_and_linked_articles_are_told_by_the_desks_numbers(tmp_path: Path) -> None:
    body = "See https://acme.zendesk.com/hc/ja/articles/360042-Planted-title?x=planted."
    article = {"id": 360099, "title": planted.WORDS, "html_url": "https://acme.zendesk.com/x"}
    record = one(
        tmp_path,
        audit(101, 5, comment(body=body), {"event_type": "AgentMacroReference", "macro_id": "55", "macro_title": planted.WORDS}),
        audit(102, 6, {"event_type": "KnowledgeLinked", "body": {"article": article}}),
        audit(103, 7, comment(CUSTOMER, body), by=CUSTOMER),
    )  # fmt: skip
    assert [event.detail for event in only(record, _K.LINKED)] == ["360042", "360099"]
    assert [event.detail for event in only(record, _K.MACRO)] == ["55"]


def test_rows_that_an_export_repeats_count_once(tmp_path: Path) -> None:
    audits = [opened(), audit(101, 5, comment(), status("solved", "new"))]
    old = ticket(status="new", updated_at=time(0), tags=["tier_old"])
    pages: list[dict[str, object]] = [dict(page(audits)), dict(page(audits)), {"tickets": [old]}]
    [record] = read(tmp_path, *pages, options=Options(fields={"tier": "tag:tier_"}))
    assert course(record) == [(_K.CREATED, 0), (_K.REPLY, 5), (_K.SOLVED, 5)]
    assert record.attributes["tier"] == "gold"


def test_an_export_of_one_day_adds_to_what_is_known(tmp_path: Path) -> None:
    [record] = read(tmp_path, {"ticket_events": [audit(105, 90, status("open", "solved"))]})
    assert not record.is_whole
    assert course(record) == [(_K.REOPENED, 90)]


def test_a_deleted_or_merged_ticket_is_gone(tmp_path: Path) -> None:
    merged = ticket(2, status="closed", tags=["closed_by_merge"])
    rows = read(tmp_path, {"tickets": [ticket(1, status="deleted"), merged]})
    assert [(row.ticket, [*row.events], row.is_whole) for row in rows] == [("1", [], True), ("2", [], True)]  # fmt: skip


def test_metric_events_stand_in_for_a_history_that_was_not_exported(tmp_path: Path) -> None:
    told = [
        ("agent_work_time", "activate", 1, 0), ("reply_time", "activate", 1, 0), ("reply_time", "fulfill", 1, 12),
        ("agent_work_time", "pause", 1, 12), ("agent_work_time", "activate", 1, 20), ("reply_time", "activate", 2, 20),
        ("agent_work_time", "fulfill", 1, 30), ("agent_work_time", "activate", 2, 50), ("agent_work_time", "breach", 2, 51),
        ("requester_wait_time", "fulfill", 1, 30),
    ]  # fmt: skip
    rows = [
        {"id": at, "ticket_id": 35436, "metric": metric, "type": kind, "instance_id": instance, "time": time(minutes)}
        for at, (metric, kind, instance, minutes) in enumerate(told)
    ]  # fmt: skip
    [record] = read(tmp_path, {"tickets": [ticket()], "ticket_metric_events": rows})
    assert course(record) == [
        (_K.CREATED, 0), (_K.REPLY, 12), (_K.PAUSED, 12), (_K.RESUMED, 20), (_K.MESSAGE, 20),
        (_K.SOLVED, 30), (_K.REOPENED, 50),
    ]  # fmt: skip
    assert record.is_whole


def test_a_history_is_not_counted_a_second_time_from_the_metrics(tmp_path: Path) -> None:
    row = {"id": 1, "ticket_id": 35436, "metric": "reply_time", "type": "fulfill", "time": time(11)}
    record = one(tmp_path, audit(102, 10, comment()), ticket_metric_events=[row])
    assert course(record) == [(_K.CREATED, 0), (_K.REPLY, 10)]


def test_metric_sets_tell_the_first_reply_and_the_last_solution(tmp_path: Path) -> None:
    metric = {"id": 1, "created_at": time(0), "solved_at": time(90), "reply_time_in_minutes": {"calendar": 16, "business": 3}}  # fmt: skip
    options = Options()
    solved = ticket(status="solved", metric_set=metric)
    opened_again = ticket(2, status="open", metric_set=metric)
    first, second = read(tmp_path, {"tickets": [opened_again, solved]}, options=options)
    assert course(second) == [(_K.CREATED, 0), (_K.REPLY, 16), (_K.SOLVED, 90)]
    assert course(first) == [(_K.CREATED, 0), (_K.REPLY, 16)]
    assert options.reading.notes


def test_a_ticket_that_was_solved_nobody_knows_when_is_left_out(tmp_path: Path) -> None:
    options = Options()
    rows = read(tmp_path, {"tickets": [ticket(1, status="closed"), ticket(2)]}, options=options)
    assert [row.ticket for row in rows] == ["2"]
    assert options.reading.left_out == 1


def test_full_exports_have_comments_within_their_tickets(tmp_path: Path) -> None:
    rows = [
        {"id": at, "author_id": who, "public": public, "created_at": time(at), "body": planted.WORDS}
        for at, who, public in [(0, CUSTOMER, True), (8, AGENT, False), (9, AGENT, True), (12, CUSTOMER, True)]
    ]  # fmt: skip
    full = ticket(comments=rows, requester={"id": CUSTOMER, "name": planted.NAME})
    [record] = read(tmp_path, full)
    assert course(record) == [(_K.CREATED, 0), (_K.REPLY, 9), (_K.MESSAGE, 12)]


def test_the_two_surveys_have_their_own_scales(tmp_path: Path) -> None:
    rating = {"id": 1, "ticket_id": 35436, "score": "good", "comment": planted.WORDS, "created_at": time(50), "updated_at": time(70)}  # fmt: skip
    answers = [
        {"type": "rating_scale", "rating": 4, "rating_category": "good", "created_at": time(80), "updated_at": time(81), "question": {"sub_type": "customer_satisfaction", "headline": {"value": planted.WORDS}}},
        {"type": "open_ended", "value": planted.WORDS, "created_at": time(80)},
    ]  # fmt: skip
    survey = {"id": "nothing", "responder_id": CUSTOMER, "subjects": [{"id": "35436", "type": "ticket", "zrn": "zen:ticket:35436"}], "answers": answers}  # fmt: skip
    record = one(tmp_path, satisfaction_ratings=[rating], survey_responses=[survey])
    rated = only(record, _K.RATED)
    assert [(event.detail, event.value) for event in rated] == [("zendesk-2", 1.0), ("zendesk-5", 4.0)]  # fmt: skip
    assert course(record)[1:] == [(_K.OFFERED, 50), (_K.RATED, 70), (_K.OFFERED, 81), (_K.RATED, 81)]  # fmt: skip


def test_a_survey_of_two_points_is_not_the_old_one(tmp_path: Path) -> None:
    options = [{"rating": 1}, {"rating": 2}]
    answer = {"type": "rating_scale", "rating": 2, "created_at": time(80), "question": {"options": options}}  # fmt: skip
    survey = {"id": "01J1WB51MG6HXTYWE6Q0C93RNW", "subject_zrns": ["zen:ticket:35436"], "answers": [answer]}  # fmt: skip
    record = one(tmp_path, survey_responses=[survey])
    assert [event.detail for event in only(record, _K.RATED)] == ["zendesk-survey-2"]
    # its id tells when it was made: 2024-07-03T13:04:44Z
    assert [event.at for event in only(record, _K.OFFERED)] == [1_720_011_884]


def test_ratings_come_from_the_tickets_history_where_there_is_no_list_of_them(
    tmp_path: Path,
) -> None:
    offered = {"event_type": "Change", "satisfaction_score": "offered", "previous_value": None}
    bad = {"event_type": "Change", "satisfaction_score": "bad", "previous_value": "offered"}
    record = one(tmp_path, audit(101, 60, offered), audit(102, 70, bad, by=CUSTOMER))
    assert course(record)[1:] == [(_K.OFFERED, 60), (_K.RATED, 70)]
    assert only(record, _K.RATED)[0].value == 0.0


def test_dimensions_come_from_groups_tags_fields_and_organizations(tmp_path: Path) -> None:
    fields = {
        "product": "custom_field:360001", "tier": "tag:tier_", "team": "organization:team",
        "region": "field:subject",
    }  # fmt: skip
    company = {"id": 509974, "name": planted.NAME, "domain_names": [planted.ADDRESS], "organization_fields": {"team": "north", "owner": planted.ADDRESS}}  # fmt: skip
    [record] = read(
        tmp_path,
        {"tickets": [ticket()]},
        {"groups": [{"id": 98738, "name": "Printers"}], "organizations": [company]},
        options=Options(fields=fields),
    )
    assert record.attributes == {
        "section": "Printers", "channel": "email", "product": "billing", "tier": "gold",
        "team": "north",
    }  # fmt: skip


def test_an_address_in_a_field_is_no_product(tmp_path: Path) -> None:
    fields = [{"id": 360001, "value": planted.ADDRESS}]
    options = Options(fields={"product": "custom_field:360001"})
    [record] = read(tmp_path, {"tickets": [ticket(custom_fields=fields)]}, options=options)
    assert "product" not in record.attributes


def test_nothing_of_people_and_their_words_gets_in(tmp_path: Path) -> None:
    record = one(tmp_path, audit(101, 5, comment(), status("solved", "new")))
    assert not planted.found_in([record])
    assert not record.text


def test_words_come_where_they_are_asked_for(tmp_path: Path) -> None:
    [record] = read(tmp_path, {"tickets": [ticket()]}, options=Options(has_texts=True))
    assert planted.WORDS in record.text


_WRONG: list[object] = [
    None, True, [], {}, "", "x" * 500, -1, 0, 1e308, 10**40, float("nan"), "9" * 30, "\ud800", [[]], {"id": {}},
]  # fmt: skip


@pytest.mark.parametrize("wrong", _WRONG, ids=repr)
def test_a_value_of_the_wrong_type_costs_no_other_ticket(tmp_path: Path, wrong: object) -> None:
    """Each value of each row, one after the other."""
    sound = [opened(), audit(101, 5, comment(), status("solved", "new"))]
    rows = {
        "tickets": ticket(1), "ticket_events": audit(201, 5, comment(), ticket_id=1),
        "ticket_metric_events": {"id": 1, "ticket_id": 1, "metric": "reply_time", "type": "fulfill", "instance_id": 1, "time": time(5)},
        "satisfaction_ratings": {"id": 1, "ticket_id": 1, "score": "good", "created_at": time(5), "updated_at": time(5)},
        "survey_responses": {"id": "1", "subjects": [{"id": "1", "type": "ticket"}], "answers": [{"type": "rating_scale", "rating": 3, "created_at": time(7)}]},
        "users": USERS[0], "groups": {"id": 1, "name": "x"}, "organizations": {"id": 1, "organization_fields": {"a": "b"}},
        "metric_sets": {"id": 1, "ticket_id": 1, "solved_at": time(9), "created_at": time(1), "reply_time_in_minutes": {"calendar": 1}},
    }  # fmt: skip
    pages = [{name: [{**row, key: wrong}, wrong]} for name, row in rows.items() for key in row]
    options = Options(fields={"product": "custom_field:360001", "tier": "tag:tier_"})
    found = read(tmp_path, *pages, dict(page(sound)), options=options)
    [record] = [one for one in found if one.ticket == "35436"]
    assert course(record) == [(_K.CREATED, 0), (_K.REPLY, 5), (_K.SOLVED, 5)]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_an_export_changes_nothing(tmp_path: Path, seed: int) -> None:
    rows = [
        opened(),
        audit(101, 5, {"event_type": "Change", "assignee_id": AGENT, "previous_value": None}),
        audit(102, 10, comment(), status("pending", "new")),
        audit(103, 30, comment(CUSTOMER), status("open", "pending"), by=CUSTOMER),
        audit(104, 40, comment(), status("solved", "open")),
        ticket(status="open"),
        ticket(status="solved", updated_at=time(90)),
        *USERS,
    ]
    expected = read(tmp_path, *rows)
    Random(seed).shuffle(rows)  # noqa: S311 - a test
    [record] = read(tmp_path, *rows)
    assert course(record) == course(expected[0])
    assert record.attributes == expected[0].attributes


def test_a_time_that_lies_ahead_does_not_move_the_end_of_the_data(tmp_path: Path) -> None:
    options = Options()
    late = audit(101, 5, comment(), created_at="2099-01-01T00:00:00Z")
    [record] = read(tmp_path, dict(page([opened(), late])), options=options)
    assert course(record) == [(_K.CREATED, 0)]
    assert options.reading.left_out == 1


def test_a_damaged_line_costs_itself_alone(tmp_path: Path) -> None:
    path, options = tmp_path / "export.json", Options()
    lines = [json.dumps(ticket(1)), '{"id": 2, "tickets": [', json.dumps(ticket(3))]
    path.write_text("\n".join(lines), "utf-8")
    assert [record.ticket for record in files.records(path, options)] == ["1", "3"]
    assert [fault.line for fault in options.reading.faults] == [2]


def test_the_fixtures_begin_when_they_say() -> None:
    assert START == 1_730_458_800
    assert time(0) == "2024-11-01T11:00:00Z"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_export_is_read_as_shells_write_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(page([opened()])), encoding)
    assert files.fits(path.read_bytes(), path)
    assert [record.ticket for record in files.records(path, Options())] == ["35436"]


def test_a_long_export_tells_how_far_it_is(tmp_path: Path) -> None:
    heard: list[Event] = []
    rows = [audit(number, 5, status("open", "new")) for number in range(11_000)]
    read(tmp_path, *rows, options=Options(listener=heard.append))
    steps = [event for event in heard if isinstance(event, Progress)]
    assert len(steps) == 3
    assert steps[-1].done == steps[-1].total
