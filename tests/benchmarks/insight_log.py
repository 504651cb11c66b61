"""The measures on a real log of incidents, held against pandas and scipy.

    INCIDENTS=bpi_13_incidents.csv python -m tests.benchmarks.insight_log

The log is that of the BPI Challenge 2013 (Volvo IT): a row for each step of an incident, with
CaseID, ActivityID and CompleteTimestamp. Steps 5 and 9, which 99 % of all incidents end with, are
taken for solutions, any step after one for a reopening. Exits with 1 if a figure differs.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from math import isclose, isnan
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.insight.desk import report_of
from tests.insight.engines.same import differences
from tests.insight.reference import Reference

from cannery.insight import store
from cannery.insight.engine import SqliteEngine
from cannery.insight.engines.ibis_engine import connected
from cannery.insight.engines.tables import write_tables
from cannery.insight.fact import Frame
from cannery.insight.report import MeasureReport, Report
from cannery.insight.ticket_report import make_report
from cannery.model.ticket_event import EventKind, TicketEvent, TicketRecord

_SOLVED = ("5", "9")


def incidents(path: Path) -> list[TicketRecord]:
    """The log as tickets."""
    steps: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = datetime.fromisoformat(row["CompleteTimestamp"]).replace(tzinfo=UTC)
            steps[row["CaseID"]].append((int(at.timestamp()), row["ActivityID"] in _SOLVED))
    return [TicketRecord(case, list(_events(each))) for case, each in steps.items()]


def _events(steps: list[tuple[int, bool]]) -> Iterator[TicketEvent]:
    steps.sort()
    yield TicketEvent(steps[0][0], EventKind.CREATED)
    was_solved = False
    for at, is_solved in steps:
        if is_solved != was_solved:
            yield TicketEvent(at, EventKind.SOLVED if is_solved else EventKind.REOPENED)
        was_solved = is_solved


def rows(ours: Report, theirs: Reference) -> Iterator[tuple[str, object, object]]:
    """Each figure by name: ours, and theirs."""
    for name, frame in (
        ("solved_within_7d", theirs.solved_within()),
        ("reopen_rate_7d", theirs.reopened()),
    ):
        whole = (frame["size"] * frame["mean"]).sum() / frame["size"].sum()
        yield name, ours.measures[name].overall.value, whole
        for label, value in _months(ours.measures[name]).items():
            n, mean = frame.loc[label]
            yield f"{name} {label}", value, mean if n >= 5 else None
    for label, value in _months(ours.measures["arrivals"]).items():
        yield f"arrivals {label}", value, theirs.arrivals()[label]
    yield "backlog", ours.measures["backlog"].overall.value, len(theirs.open_at(theirs.end))
    fitted, found = theirs.resolutions(), ours.measures["resolution_time"].overall
    middle, low, high = fitted.median()
    yield "resolution_time", found.value, middle
    yield "resolution_time, low", found.low, low
    yield "resolution_time, high", found.high, high


def _months(each: MeasureReport) -> dict[str, float | None]:
    return {point.label: point.figure.value for point in each.months if point.figure.n}


def _is_same(ours: object, theirs: object) -> bool:
    if ours is None or theirs is None:
        return ours is None and (theirs is None or isnan(float(str(theirs))))
    return isclose(float(str(ours)), float(str(theirs)), rel_tol=1e-12)


def by_duckdb(told: list[TicketRecord], frame: Frame) -> tuple[Report, Report]:
    """The report by SQLite, and by DuckDB from files that were exported."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with store.opened(folder / "insight.sqlite3") as database:
            store.add(database, "desk", told, b"key")
            write_tables(database, folder, int)
            own = make_report(SqliteEngine(database), frame, ZoneInfo("UTC"))
        with connected("duckdb://", folder) as engine:
            return own, make_report(engine, frame, ZoneInfo("UTC"))


def main() -> int:
    """Print the headlines, and all that differ."""
    told = incidents(Path(os.environ["INCIDENTS"]))
    end = max(event.at for each in told for event in each.events) + 1
    began = time.perf_counter()
    ours = report_of(told, Frame(end, 7))
    took = time.perf_counter() - began
    found = list(rows(ours, Reference(told, end, "UTC")))
    wrong = [row for row in found if not _is_same(*row[1:])]
    events = sum(len(each.events) for each in told)
    sys.stdout.write(f"{len(told):,} tickets, {events:,} events: all measures in {took:.1f} s\n")
    sys.stdout.write(f"{len(found)} figures compared, {len(wrong)} differ\n")
    for name, value, other in [row for row in found if "-" not in row[0]] + wrong:
        sys.stdout.write(f"{name}: {value} {other}\n")
    others = differences(*by_duckdb(told, Frame(end, 7)))
    sys.stdout.write(f"DuckDB: {len(others)} values of the report differ\n")
    return 1 if wrong or others else 0


if __name__ == "__main__":
    raise SystemExit(main())
