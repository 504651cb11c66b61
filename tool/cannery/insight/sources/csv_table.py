"""A CSV with a row for each ticket, as spreadsheets and reports have it; or one for each event."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cannery.insight.sources import csv_log, csv_reports
from cannery.insight.sources.columns import columns_of, named
from cannery.insight.sources.csv_rows import Table, look_at, rows
from cannery.insight.sources.source import Options
from cannery.insight.sources.written_dates import (
    DAY_FIRST,
    MONTH_FIRST,
    Order,
    WrittenDates,
    is_open,
    order_of,
)
from cannery.model.insight_settings import DATES
from cannery.model.ticket_event import TicketRecord
from cannery.util.encoding import UTF_8, encoding_of

_LOOKED_AT = 200  # rows, by which it is told whether days and months have to be told apart
_OF_TIME = ("created_at", "solved_at", "replied_at", "updated_at", "rated_at", "at")
_ORDERS: dict[str, Order] = {"day first": DAY_FIRST, "month first": MONTH_FIRST}


def fits(head: bytes, path: Path) -> bool:
    """Whether a file may be a CSV: it is text."""
    is_text = b"\0" not in head or encoding_of(head) != UTF_8
    return is_text and path.suffix.casefold() not in (".json", ".jsonl", ".ndjson")


def records(path: Path, options: Options) -> Iterator[TicketRecord]:
    """The tickets. Raises ValueError for a file that has no times of them, OSError."""
    table = look_at(path)
    places = columns_of(table.header, options.columns)
    if "created_at" not in places and {"ticket", "activity", "at"} <= places.keys():
        dates = WrittenDates(options.zone, _order(table, places, options))
        return csv_log.records(table, places, dates, options)
    if "created_at" not in places:
        raise ValueError(
            "no column tells when tickets were created. It has:"
            f" {named(table.header)}. Write which one does in kb.toml: [insight.columns],"
            ' then created_at = "..."'
        )
    dates = WrittenDates(options.zone, _order(table, places, options))
    return csv_reports.records(table, places, dates, options)


def _order(table: Table, places: dict[str, int], options: Options) -> Order:
    """The order of day and month by all rows, if it matters. Raises ValueError if none tells."""
    given = options.columns.get(DATES, "")
    if given in _ORDERS:
        return _ORDERS[given]
    sample = [text for _, text in zip(range(_LOOKED_AT), _dates(table, places), strict=False)]
    if not any(is_open(text) for text in sample):
        return ""
    order = order_of(_dates(table, places))
    if not order:
        raise ValueError(
            f"{next(text for text in sample if is_open(text))[:10]} may be of two months, and no"
            ' date of the file tells which. Write dates = "day first" or "month first" in kb.toml:'
            " [insight.columns]"
        )
    return order


def _dates(table: Table, places: dict[str, int]) -> Iterator[str]:
    """All texts that should be dates; what can't be read is told when the rows are."""
    wanted = [places[use] for use in _OF_TIME if use in places]
    for row in rows(table, Options()):
        for place in wanted:
            if text := row.cells[place].strip():
                yield text
