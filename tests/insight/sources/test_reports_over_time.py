"""Reports tell how tickets stood: the more of them are imported, the nearer the figures are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.insight import simulation
from tests.insight.kept import keep
from tests.insight.simulation import DAY, WITHIN, Scenario, Ticket

from cannery.insight import store
from cannery.insight.sources import csv_table
from cannery.insight.sources.source import Options

BEGIN = 1_600_041_600  # a midnight
DESK = Scenario("reports", 84, 8)
LAST = DESK.days * DAY - WITHIN  # when a ticket came that has had its seven days


def _written(at: int | None) -> str:
    return "" if at is None else datetime.fromtimestamp(BEGIN + at, UTC).isoformat()


def _write(path: Path, tickets: Iterable[Ticket], end: int) -> None:
    """What a desk reports at a time: the last solution of a ticket, if it stands."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "created_at", "solved_at", "status"])
        for one in tickets:
            if one.created <= end:
                last = max((at for at in one.solved if at <= end), default=None)
                solved = last if one.stands_solved(end) else None
                status = "open" if solved is None else "solved"
                rows.writerow([one.number, _written(one.created), _written(solved), status])


def solved_in_time(folder: Path, tickets: Sequence[Ticket], days: Iterable[int], last: int) -> int:
    """How many tickets that came up to `last` stood solved in time, by the reports of these days."""
    for day in days:
        _write(folder / "report.csv", tickets, day * DAY)
        keep(folder / "db", csv_table.records(folder / "report.csv", Options()))
    with store.opened(folder / "db") as database:
        [[count]] = database.execute(
            "SELECT sum(75 = (SELECT kind FROM event WHERE ticket = id AND kind IN (70, 75)"
            " AND at <= created_at + ? ORDER BY at DESC, kind DESC LIMIT 1))"
            " FROM ticket WHERE created_at <= ?",
            (WITHIN, BEGIN + last),
        ).fetchall()
    return int(count)


def test_more_reports_come_nearer_to_the_truth_and_never_beyond(tmp_path: Path) -> None:
    tickets = simulation.tickets(DESK, 1)
    found: list[int] = []
    for step in (84, 28, 7):
        days = [*range(step, DESK.days + 1, step)]
        folder = tmp_path / str(step)
        folder.mkdir()
        found.append(solved_in_time(folder, tickets, days[::2] + days[1::2], LAST))  # in no order
    mature = [one for one in tickets if one.created <= LAST]
    true = sum(one.stands_solved(one.created + WITHIN) for one in mature)
    assert found == sorted(found)
    assert found[0] < found[-1] <= true
