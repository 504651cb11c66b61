"""Reads a tracker's export as an import does."""

from __future__ import annotations

import json
from pathlib import Path

from tests.insight.sources import planted

from cannery.insight.sources.source import Options
from cannery.insight.sources.table import source_of
from cannery.model.ticket_event import TicketRecord


def read(folder: Path, *pages: object, options: Options | None = None) -> list[TicketRecord]:
    """The issues of pages, one after another in a file; nothing planted in them came along."""
    path = folder / "issues.json"
    path.write_text("\n".join(json.dumps(page) for page in pages), "utf-8")
    found = [*source_of(path).records(path, options or Options())]
    assert planted.found_in(found) == []
    return found


def happened(record: TicketRecord) -> list[tuple[str, int]]:
    """What happened, by the day of January 2026."""
    day = 86_400
    told = sorted(record.events, key=lambda event: (event.at, event.kind))
    return [(event.kind.name, (event.at - 1_767_225_600) // day + 1) for event in told]
