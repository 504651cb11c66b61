"""Figures of support: events come in, measures go out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from csv import Error, reader
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cannery.errors import ContentError
from cannery.insight import store
from cannery.insight.engine import SqliteEngine
from cannery.insight.fact import Frame, make_facts
from cannery.insight.report import figures
from cannery.insight.sources import csv_table
from cannery.model.figure import Figure
from cannery.util import trust
from cannery.workspace import Workspace

_EVENTS, _KEY = "insight.sqlite3", "insight.key"


class Insight(NamedTuple):
    """The figures by the measures' names; `at` is the end of the data, in the team's zone."""

    at: datetime
    measures: Mapping[str, Figure]


@contextmanager
def events(workspace: Workspace) -> Iterator[sqlite3.Connection]:
    """The database of the knowledge base. Raises ContentError."""
    trust.make(workspace.state)
    path = workspace.state / _EVENTS
    try:
        with store.opened(path) as database:
            yield database
    except (OSError, sqlite3.Error) as error:
        raise ContentError(f"{path}: {error}", "Check the folder and its disk.") from error


def import_file(workspace: Workspace, path: Path) -> store.Added:
    """Read a file of tickets. Raises ContentError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(reader(file), [])
        columns = {**csv_table.columns_of(header), **workspace.settings.insight.columns}
        records = csv_table.records(path, columns)
        with events(workspace) as database:
            key = store.local_key(workspace.state / _KEY)
            return store.add(database, path.name, records, key)
    except (OSError, ValueError, Error) as error:
        raise ContentError(f"{path}: {error}", "Nothing was imported.") from error


def look(workspace: Workspace, at: date | None = None) -> Insight:
    """All figures, as they stand at the end of a day, or of the data. Raises ContentError."""
    settings = workspace.settings.insight
    zone = ZoneInfo(settings.time_zone)
    with events(workspace) as database:
        end = _end_of(at, zone) if at else store.data_end(database)
        if end is None:
            raise ContentError("no tickets are known yet", "Run `kb insight import FILE`.")
        engine, frame = SqliteEngine(database), Frame(end, settings.solved_days)
        make_facts(engine, frame)
        return Insight(datetime.fromtimestamp(end, zone), figures(engine, frame))


def _end_of(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day + timedelta(days=1), time(), zone).timestamp())
