"""Answers of REST2 that were kept as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.insight.sources import planted

from cannery.insight.sources.rt import files
from cannery.insight.sources.source import Options
from cannery.model.ticket_event import EventKind, TicketRecord

_K = EventKind
URL = "https://rt.example/REST/2.0"


def ticket(id_: int = 7, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {
        "type": "ticket", "id": str(id_), "_url": f"{URL}/ticket/{id_}", "EffectiveId": str(id_), "Subject": planted.WORDS,
        "Status": "open", "Queue": {"id": "3", "Name": "Printers"}, "Requestor": [{"id": planted.ADDRESS}],
        "Created": "2024-11-01T11:00:00Z", "LastUpdated": "2024-11-01T12:00:00Z",
        "CustomFields": [{"name": "Product", "values": ["billing"]}, {"name": "Phone", "values": [planted.NAME]}], **more,
    }  # fmt: skip


def _row(id_: int, minute: int, kind: str, by: str = "ada", **more: str) -> dict[str, Any]:
    return {
        "type": "transaction", "id": str(id_), "ObjectType": "RT::Ticket", "ObjectId": "7", "Type": kind,
        "Created": f"2024-11-01T11:{minute:02}:00Z", "Creator": {"id": by}, "Content": planted.WORDS, **more,
    }  # fmt: skip


def _status(id_: int, minute: int, before: str, after: str) -> dict[str, Any]:
    return _row(id_, minute, "Status", Field="Status", OldValue=before, NewValue=after)


HISTORY = [
    _row(1, 0, "Create", planted.ADDRESS),
    _row(2, 0, "EmailRecord", "RT_System"),
    _row(3, 5, "Correspond"),
    _row(4, 6, "Comment"),
    _status(5, 7, "open", "stalled"),
    _row(6, 9, "Correspond", planted.ADDRESS),
    _status(7, 9, "stalled", "open"),
    _status(8, 20, "open", "resolved"),
]


def read(folder: Path, *pages: object, options: Options | None = None) -> list[TicketRecord]:
    path = folder / "rt.json"
    path.write_text("\n".join(json.dumps(page) for page in pages), "utf-8")
    assert files.fits(path.read_bytes()[:60_000], path)
    return [*files.records(path, options or Options())]


def test_collections_of_tickets_and_transactions_are_put_together(tmp_path: Path) -> None:
    [record] = read(tmp_path, {"items": HISTORY[::-1]}, {"items": [ticket()], "_url": URL})
    told = sorted(record.events, key=lambda event: (event.at, event.kind))
    assert [(event.kind, (event.at - told[0].at) // 60) for event in told] == [
        (_K.CREATED, 0), (_K.REPLY, 5), (_K.PAUSED, 7), (_K.MESSAGE, 9), (_K.RESUMED, 9), (_K.SOLVED, 20),
    ]  # fmt: skip
    assert record.is_whole


def test_a_ticket_may_have_its_history_with_it(tmp_path: Path) -> None:
    [record] = read(tmp_path, ticket(history=HISTORY))
    assert record.events[-1].kind is _K.SOLVED


def test_dimensions_come_from_queues_and_custom_fields(tmp_path: Path) -> None:
    options = Options(fields={"product": "custom_field:Product"})
    [record] = read(tmp_path, ticket(), options=options)
    assert record.attributes == {"section": "Printers", "product": "billing"}


def test_a_merged_ticket_is_gone(tmp_path: Path) -> None:
    merged = _row(9, 30, "AddLink", Field="MergedInto", NewValue="fsck.com-rt://example/ticket/8")
    for rows in ([ticket(EffectiveId="8")], [*HISTORY, merged]):
        [record] = read(tmp_path, {"items": rows, "_url": URL})
        assert ([*record.events], record.is_whole) == ([], True)


def test_statuses_of_a_teams_own_mean_what_it_says(tmp_path: Path) -> None:
    rows = [HISTORY[0], _status(5, 7, "open", "With vendor"), _status(6, 9, "With vendor", "Fixed for good")]  # fmt: skip
    options = Options(statuses={"with vendor": "hold", "Fixed for good": "solved"})
    [record] = read(tmp_path, {"items": [ticket(), *rows], "_url": URL}, options=options)
    assert [event.kind for event in record.events] == [_K.CREATED, _K.PAUSED, _K.SOLVED]
    assert not options.reading.notes


def test_a_status_that_nobody_knows_is_open_and_told(tmp_path: Path) -> None:
    options = Options()
    rows = [HISTORY[0], _status(5, 7, "open", "With vendor")]
    [record] = read(tmp_path, {"items": [ticket(), *rows], "_url": URL}, options=options)
    assert [event.kind for event in record.events] == [_K.CREATED]
    assert "With vendor" in options.reading.notes[0]


def test_nothing_of_people_and_their_words_gets_in(tmp_path: Path) -> None:
    assert not planted.found_in(read(tmp_path, {"items": [ticket(), *HISTORY], "_url": URL}))
