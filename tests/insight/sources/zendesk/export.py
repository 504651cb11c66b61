"""Rows of Zendesk's exports as it writes them, with people and their words in every place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.insight.sources.planted import ADDRESS, NAME, WORDS

from cannery.insight.sources.source import Options
from cannery.insight.sources.zendesk import files
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

Row = dict[str, Any]
CUSTOMER, AGENT, OTHER_AGENT = 7001, 9001, 9002
START = 1_730_458_800  # 2024-11-01T11:00:00Z


def time(minutes: int) -> str:
    hours, minute = divmod(minutes, 60)
    return f"2024-11-{1 + (11 + hours) // 24:02}T{(11 + hours) % 24:02}:{minute:02}:00Z"


def ticket(id_: int = 35436, **more: Any) -> Row:  # noqa: ANN401 - JSON
    return {
        "id": id_, "url": f"https://acme.zendesk.com/api/v2/tickets/{id_}.json",
        "external_id": ADDRESS, "subject": WORDS, "raw_subject": WORDS, "description": WORDS,
        "recipient": ADDRESS, "requester_id": CUSTOMER, "submitter_id": CUSTOMER,
        "assignee_id": AGENT, "group_id": 98738, "organization_id": 509974, "status": "open",
        "tags": ["tier_gold", "printer"], "custom_fields": [{"id": 360001, "value": "billing"}],
        "via": {"channel": "email", "source": {"from": {"address": ADDRESS, "name": NAME}}},
        "created_at": time(0), "updated_at": time(60), **more,
    }  # fmt: skip


def audit(id_: int, minutes: int, *children: Row, by: int = AGENT, **more: Any) -> Row:  # noqa: ANN401 - JSON
    """A row of `ticket_events`."""
    numbered = [{"id": id_ * 10 + at, **child} for at, child in enumerate(children)]
    return {
        "id": id_, "ticket_id": 35436, "created_at": time(minutes), "updater_id": by,
        "event_type": "Audit", "via": "Mail", "child_events": numbered,
        "system": {"client": NAME, "ip_address": "203.0.113.7", "location": WORDS}, **more,
    }  # fmt: skip


def opened(by: int = CUSTOMER) -> Row:
    """The audit by which a ticket begins."""
    children = [
        comment(by),
        {"event_type": "Create", "subject": WORDS},
        {"event_type": "Create", "status": "new"},
        {"event_type": "Create", "requester_id": CUSTOMER},
    ]
    return audit(100, 0, *children, by=by)


def status(after: str, before: str) -> Row:
    return {"event_type": "Change", "status": after, "previous_value": before}


def comment(by: int = AGENT, body: str = WORDS, *, public: bool = True) -> Row:
    written = {"body": body, "html_body": f'<div class="zd-comment"><p>{body}</p></div>'}
    return {
        "event_type": "Comment",
        "type": "Comment",
        "author_id": by,
        "public": public,
        **written,
    }


USERS = [
    {"id": CUSTOMER, "role": "end-user", "name": NAME, "email": ADDRESS},
    {"id": AGENT, "role": "agent", "name": f"Agent {NAME}", "email": f"a{ADDRESS}"},
    {"id": OTHER_AGENT, "role": "admin", "name": f"Admin {NAME}", "email": f"b{ADDRESS}"},
]


def read(folder: Path, *pages: Row, options: Options | None = None) -> list[TicketRecord]:
    """What is read of pages that stand below one another in a file."""
    path = folder / "export.json"
    path.write_text("\n".join(json.dumps(page) for page in pages), "utf-8")
    assert files.fits(path.read_bytes()[:65_536], path)
    return [*files.records(path, options or Options())]


def course(record: TicketRecord) -> list[tuple[EventKind, int]]:
    """The events with the minutes after the ticket was opened."""
    return [(event.kind, (event.at - START) // 60) for event in record.events]


def only(record: TicketRecord, kind: EventKind) -> list[TicketEvent]:
    return [event for event in record.events if event.kind is kind]


def page(audits: list[Row], **more: object) -> Mapping[str, object]:
    return {"tickets": [ticket()], "ticket_events": audits, "users": USERS, **more}
