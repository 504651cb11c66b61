"""How far "solved within 7 days" is off where only reports tell of tickets, by how often they come.

    python -m tests.benchmarks.insight_reports [--seeds 3]

Each desk of tests/insight/simulation.py is told by its last report alone, by one a week and by one
a day; a report has how each ticket stands. The truth is what stood solved in time. Points.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import fmean

from tests.insight import simulation
from tests.insight.simulation import DAY, SCENARIOS, WITHIN, Scenario
from tests.insight.sources.test_reports_over_time import solved_in_time

WAYS = ("a single report", "weekly reports", "daily reports")


def bias(scenario: Scenario, seed: int, step: int) -> float:
    """The points by which the share is off, with a report each `step` days up to the last one."""
    tickets = simulation.tickets(scenario, seed)
    last = scenario.days * DAY - WITHIN
    mature = [one for one in tickets if one.created <= last]
    true = sum(one.stands_solved(one.created + WITHIN) for one in mature)
    with tempfile.TemporaryDirectory() as folder:
        days = range(scenario.days % step or step, scenario.days + 1, step)
        found = solved_in_time(Path(folder), tickets, days, last)
    return 100 * (found - true) / len(mature)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    seeds = range(1, parser.parse_args().seeds + 1)
    sys.stdout.write(f"| Desk | {' | '.join(WAYS)} |\n| --- | --- | --- | --- |\n")
    for scenario in SCENARIOS:
        steps = (scenario.days, 7, 1)
        cells = [fmean(bias(scenario, seed, step) for seed in seeds) for step in steps]
        sys.stdout.write(f"| {scenario.name} | {' | '.join(f'{cell:+.1f}' for cell in cells)} |\n")


if __name__ == "__main__":
    main()
