"""CSV with a row for each ticket, as desks and spreadsheets write it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from cannery.insight.sources.csv_table import records
from cannery.insight.sources.source import Options, Reading
from cannery.model.event import Event, Progress
from cannery.model.ticket_event import EventKind, TicketRecord

REPLY = EventKind.REPLY
DAY = 1_767_571_200  # 2026-01-05 00:00 UTC
HOUR = 3_600


def read(
    folder: Path, text: str | bytes, columns: Mapping[str, str] | None = None, **more: object
) -> tuple[list[TicketRecord], Reading]:
    path = folder / "tickets.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    options = Options(columns or {}, **more)  # type: ignore[arg-type]
    return [*records(path, options)], options.reading


def happened(record: TicketRecord) -> list[tuple[str, int]]:
    """What happened, in hours since the beginning of the day."""
    return [(event.kind.name, (event.at - DAY) // HOUR) for event in record.events]


# Headers of the usual reports, each with a ticket opened at 9 and solved at 17.
REPORTS = {
    "zendesk explore": (
        "Ticket ID,Ticket created - Timestamp,Ticket solved - Timestamp,Ticket status,Ticket group\n"
        "7,2026-01-05T09:00:00,2026-01-05T17:00:00,Solved,Billing\n"
    ),
    "freshdesk": (
        "Ticket ID,Status,Group,Source,Created time,Resolved time,Initial response time\n"
        "7,Closed,Billing,Email,2026-01-05 09:00:00,2026-01-05 17:00:00,2026-01-05 10:00:00\n"
    ),
    "jira": (
        "Summary,Issue key,Status,Created,Resolved,Component/s\n"
        "Kim can't pay,HELP-7,Done,05/Jan/26 9:00 AM,05/Jan/26 5:00 PM,Billing\n"
    ),
    "servicenow": (
        '"number","sys_created_on","resolved_at","state","assignment_group"\n'
        '"INC7","2026-01-05 09:00:00","2026-01-05 17:00:00","Resolved","Billing"\n'
    ),
    "redmine": (
        "#;トラッカー;ステータス;作成日;終了日;カテゴリ\n"
        "7;バグ;終了;2026/01/05 09:00;2026/01/05 17:00;Billing\n"
    ),
    "osticket": (
        "Ticket Number,Date Created,Closed Date,Current Status,Department\n"
        "7,2026-01-05 09:00:00,2026-01-05 17:00:00,Closed,Billing\n"
    ),
    "salesforce": (
        '"Case Number","Date/Time Opened","Date/Time Closed","Status","Case Origin"\n'
        '"7","1/5/2026, 9:00 AM","1/5/2026, 5:00 PM","Closed","Email"\n'
        '"8","1/25/2026, 9:00 AM","","New","Email"\n'
    ),
    "a list in japanese": (
        "問い合わせ番号\t受付日時\t対応完了日時\t対応状況\t担当部署\n"
        "7\t2026年1月5日 9時00分\t2026年1月5日 17時00分\t対応済み\tBilling\n"
    ),
}


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_the_usual_reports_are_read_by_the_names_of_their_columns(
    tmp_path: Path, report: str
) -> None:
    [first, *_], reading = read(tmp_path, report)
    assert ("CREATED", 9) in happened(first)
    assert ("SOLVED", 17) in happened(first)
    assert first.ticket.endswith("7")
    assert reading.left_out == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "shift_jis"])
def test_a_file_is_read_in_whatever_encoding(tmp_path: Path, encoding: str) -> None:
    text = "番号,作成日時,カテゴリ\n7,2026-01-05 09:00,請求\n"
    [found], _ = read(tmp_path, text.encode(encoding))
    assert (found.ticket, found.attributes["section"]) == ("7", "請求")


@pytest.mark.parametrize("name", ["カテゴリ", "担当部署", "部署名", "Ticket group"])
def test_a_department_is_a_section(tmp_path: Path, name: str) -> None:
    [found], _ = read(tmp_path, f"番号,作成日時,{name}\n7,2026-01-05,請求\n")
    assert found.attributes["section"] == "請求"


def test_a_damaged_letter_costs_its_row(tmp_path: Path) -> None:
    rows = "".join(f"{number},2026-01-05,請求・支払い\n" for number in range(9)).encode()
    text = "番号,作成日時,カテゴリ\n".encode() + rows + b"9,2026-01-05,\xe8\xab\n"
    found, reading = read(tmp_path, text)
    assert len(found) == 9
    assert reading.faults == [(11, "letters that are not utf-8")]


def test_times_without_a_zone_are_the_teams(tmp_path: Path) -> None:
    from zoneinfo import ZoneInfo

    text = "id,created_at\n7,2026-01-05 09:00\n"
    [found], _ = read(tmp_path, text, zone=ZoneInfo("Asia/Tokyo"))
    assert happened(found) == [("CREATED", 0)]


def test_a_column_of_utc_says_so(tmp_path: Path) -> None:
    from zoneinfo import ZoneInfo

    text = "Issue ID,State,Created At (UTC)\n7,Open,2026-01-05 09:00:00\n"
    [found], _ = read(tmp_path, text, zone=ZoneInfo("Asia/Tokyo"))
    assert happened(found) == [("CREATED", 9)]


def test_a_ticket_that_is_open_was_opened_again_after_it_was_solved(tmp_path: Path) -> None:
    text = "id,created_at,solved_at,status\n7,2026-01-05,2026-01-05 17:00,open\n"
    [found], _ = read(tmp_path, text)
    assert [event.kind.name for event in found.events] == ["CREATED", "SOLVED", "REOPENED"]
    assert found.events[2].at == found.events[1].at + 1


def test_reopenings_that_are_counted_came_before_the_last_solution(tmp_path: Path) -> None:
    text = "id,created_at,solved_at,reopens\n7,2026-01-05 09:00,2026-01-05 17:00,2\n"
    [found], _ = read(tmp_path, text)
    kinds = [event.kind for event in sorted(found.events, key=lambda event: event.at)]
    assert kinds == [EventKind.CREATED, EventKind.REOPENED, EventKind.SOLVED]


def test_replies_that_are_counted_are_as_many_events(tmp_path: Path) -> None:
    text = "id,created_at,first_reply_at,replies\n7,2026-01-05 09:00,2026-01-05 10:00,3\n"
    [found], _ = read(tmp_path, text)
    assert happened(found) == [("CREATED", 9), *[("REPLY", 10)] * 3]


def test_a_row_tells_how_the_ticket_stood(tmp_path: Path) -> None:
    text = "id,created_at,updated_at,product\n7,2026-01-05,2026-01-06,Printer\n"
    [found], _ = read(tmp_path, text)
    assert (found.is_state, found.updated_at) == (True, DAY + 24 * HOUR)
    assert found.attributes == {"product": "Printer"}


def test_a_day_alone_ends_no_ticket_before_it_was_created(tmp_path: Path) -> None:
    text = "id,created_at,solved_at\n7,2026-01-05 09:00,2026-01-05\n"
    [found], _ = read(tmp_path, text)
    assert found.events[1].at == DAY + 24 * HOUR - 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("7,,,", "created_at is empty"),
        ("7,yesterday,,", "created_at: not a date"),
        ("7,2026-01-05 09:00,2026-01-04 09:00,solved", "solved_at is before created_at"),
        ("7,2026-01-05 09:00,,solved", "it is solved, and solved_at is empty"),
        ("7,2026-01-05 09:00,,new,more", "5 cells instead of 4"),
        ('7,"2026-01-05" 09:00,,new', "not CSV"),
    ],
)
def test_a_bad_row_costs_itself_alone_and_is_told_with_its_line(
    tmp_path: Path, row: str, why: str
) -> None:
    text = f"id,created_at,solved_at,status\n1,2026-01-05,,new\n{row}\n2,2026-01-06,,new\n"
    found, reading = read(tmp_path, text)
    assert [record.ticket for record in found] == ["1", "2"]
    [fault] = reading.faults
    assert fault.line == 3
    assert fault.why.startswith(why)


@pytest.mark.parametrize(
    ("name", "cell", "minutes"),
    [
        ("First reply time (min)", '"1,440.5"', 1_440.5),
        ("First reply time (hrs)", "2", 120),
        ("初回返信時間（分）", "30", 30),
    ],
)
def test_a_first_reply_may_be_told_by_how_long_it_took(
    tmp_path: Path, name: str, cell: str, minutes: float
) -> None:
    text = f"id,created_at,{name}\n1,2026-01-05,{cell}\n2,2026-01-05,\n3,2026-01-05,soon\n"
    found, reading = read(tmp_path, text)
    [reply] = [event for record in found for event in record.events if event.kind is REPLY]
    assert reply.at == DAY + minutes * 60
    assert [fault.why for fault in reading.faults] == ["replied_after: not a number"]


@pytest.mark.parametrize(
    ("text", "tickets", "note"),
    [
        ("id,created_at\n1,2026-01-05\n", ["1"], "only new tickets can be counted"),
        (
            "id,created_at,status\n1,2026-01-05,new\n2,2026-01-05,solved\n",
            ["1"],
            "solved ones are left out",
        ),
    ],
)
def test_a_table_without_times_of_solutions_is_told_what_that_costs(
    tmp_path: Path, text: str, tickets: list[str], note: str
) -> None:
    found, reading = read(tmp_path, text)
    assert [record.ticket for record in found] == tickets
    assert reading.notes == [f"No column tells when tickets were solved: {note}"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("\n\n", "it is empty"),
        ("id,opened by,status\n7,Kim,new\n", "It has: id, opened by, status"),
        ("id,created_at\n7,05/01/2026\n8,06/01/2026\n", "05/01/2026 may be of two months"),
        ("id,created_at\n7,25/01/2026\n8,01/25/2026\n", "two orders"),
        ("id,created_at\n7," + "x" * 1_100_000, "line 2 has more than 1,000,000 letters"),
        ("id,created_at\n7,\0\n", "line 2 has NUL"),
        (b"id,created_at\n\x81\x00\xff\xfe\x81,\n", "in no encoding"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(tmp_path, text)


def test_the_order_of_day_and_month_is_told_by_the_whole_file(tmp_path: Path) -> None:
    rows = "".join(f"{number},05/01/2026\n" for number in range(500))
    found, _ = read(tmp_path, f"id,created_at\n{rows}500,25/01/2026\n")
    assert {record.events[0].at for record in found[:500]} == {DAY}


def test_the_order_may_be_told_in_kb_toml(tmp_path: Path) -> None:
    [found], _ = read(tmp_path, "id,created_at\n7,05/01/2026\n", {"dates": "day first"})
    assert happened(found) == [("CREATED", 0)]


def test_columns_and_statuses_of_a_teams_own_are_told_in_kb_toml(tmp_path: Path) -> None:
    text = "id,created_at,Abschluss,status\n7,2026-01-05 09:00,2026-01-05 17:00,Fertig\n"
    [found], reading = read(
        tmp_path, text, {"solved_at": "Abschluss"}, statuses={"Fertig": "solved"}
    )
    assert ("SOLVED", 17) in happened(found)
    assert reading.notes == []


def test_a_column_that_kb_toml_leaves_out_is_not_read(tmp_path: Path) -> None:
    text = "id,created_at,category\n7,2026-01-05,Hanako\n"
    [found], _ = read(tmp_path, text, {"section": "-"})
    assert found.attributes == {}


def test_a_status_that_is_not_known_is_told_with_what_to_do(tmp_path: Path) -> None:
    rows = "".join(f"{number},2026-01-05,Fertig\n" for number in range(5))
    _, reading = read(tmp_path, f"id,created_at,status\n{rows}9,2026-01-05,Ask Kim\n")
    assert "The status of 6 tickets is not known here: Fertig, ...." in reading.notes[-1]


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (["Good", "Bad", "Offered"], [("good-bad", 1.0), ("good-bad", 0.0)]),
        (["5", "1", ""], [("csat-5", 5.0), ("csat-5", 1.0)]),
        (["9", "1", ""], [("csat-10", 9.0), ("csat-10", 1.0)]),
        (["満足", "不満", "未回答"], [("good-bad", 1.0), ("good-bad", 0.0)]),
    ],
)
def test_satisfaction_is_of_words_or_of_the_scale_that_all_answers_are_on(
    tmp_path: Path, answers: list[str], found: list[tuple[str, float]]
) -> None:
    rows = "".join(f"{n},2026-01-05,{answer}\n" for n, answer in enumerate(answers))
    tickets, _ = read(tmp_path, f"id,created_at,satisfaction\n{rows}")
    rated = [event for one in tickets for event in one.events if event.kind is EventKind.RATED]
    assert [(event.detail, event.value) for event in rated] == found


def test_articles_and_macros_of_a_cell_are_told_one_by_one(tmp_path: Path) -> None:
    text = 'id,created_at,linked_article,macro\n7,2026-01-05,"a/b, a/c",;refund\n'
    [found], _ = read(tmp_path, text)
    used = [(event.kind.name, event.detail) for event in found.events[1:]]
    assert used == [("LINKED", "a/b"), ("LINKED", "a/c"), ("MACRO", "refund")]


def test_a_long_file_tells_how_far_it_is(tmp_path: Path) -> None:
    heard: list[Event] = []
    rows = "".join(f"{number},2026-01-05\n" for number in range(11_000))
    read(tmp_path, f"id,created_at\n{rows}", listener=heard.append)
    steps = [event for event in heard if isinstance(event, Progress)]
    assert len(steps) >= 3
    assert steps[-1].done == steps[-1].total


def test_a_log_with_a_row_for_each_event_is_read_in_any_order(tmp_path: Path) -> None:
    text = (
        "CaseID,Activity,CompleteTimestamp,Product\n"
        "1-7,Completed - Resolved,2026-01-05 17:00:00,P\n"
        "1-8,Accepted - In Progress,2026-01-05 11:00:00,P\n"
        "1-7,Accepted - In Progress,2026-01-05 09:00:00,P\n"
        "1-7,Accepted - Wait - User,2026-01-05 10:00:00,P\n"
        "1-7,Accepted - In Progress,2026-01-05 12:00:00,P\n"
        "1-7,Accepted - In Progress,2026-01-05 20:00:00,P\n"
    )
    [first, second], _ = read(tmp_path, text)
    assert happened(first) == [
        ("CREATED", 9),
        ("PAUSED", 10),
        ("RESUMED", 12),
        ("SOLVED", 17),
        ("REOPENED", 20),
    ]
    assert (first.ticket, first.is_whole, first.attributes) == ("1-7", False, {"product": "P"})
    assert happened(second) == [("CREATED", 11)]


def test_activities_of_numbers_are_told_by_kb_toml(tmp_path: Path) -> None:
    text = "CaseID,ActivityID,CompleteTimestamp\n7,1,2026-01-05 09:00:00\n7,9,2026-01-05 17:00:00\n"
    [found], reading = read(tmp_path, text, statuses={"9": "solved"})
    assert happened(found) == [("CREATED", 9), ("SOLVED", 17)]
    assert reading.notes[0].startswith("The activity of 1 event is not known here")


def test_a_ticket_that_was_deleted_is_gone(tmp_path: Path) -> None:
    [found], _ = read(tmp_path, "id,created_at,status\n7,2026-01-05,Deleted\n")
    assert found.events == ()
