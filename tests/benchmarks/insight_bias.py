"""How far each headline of support is off on simulated desks, and how far plain counts are.

    python -m tests.benchmarks.insight_bias [--seeds 20]

Each scenario of tests/insight/simulation.py is drawn with each seed, and all its figures are made
as `kb insight` makes them, of what is known when its days are over. The truth is what the same
tickets come to in the end. Bias is the mean difference over the seeds, in points; in brackets
stands the spread of single desks, which is chance. Of times it is that of the median, in percent.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from statistics import fmean, median, pstdev
from typing import NamedTuple

from tests.insight import simulation
from tests.insight.desk import record, report_of
from tests.insight.simulation import WITHIN, Ticket

from cannery.insight.fact import DAY, Frame

DAYS = WITHIN // DAY


class Headline(NamedTuple):
    """A figure of `kb insight`, the truth that it is to tell, and what a plain count tells.

    `truth` names one of simulation.Truth; without it, the figure is a median of times.
    """

    name: str
    truth: str
    plain: str
    plainly: Callable[[Sequence[Ticket], int], float]


def _closed_in_time(found: Sequence[Ticket], end: int) -> float:
    return simulation.naive_share_in_time(found, end)


def _opened_in_time(found: Sequence[Ticket], end: int) -> float:
    return simulation.naive_share_of_opened(found, end)


def _replied_of_all(found: Sequence[Ticket], end: int) -> float:
    due = simulation.FIRST_REPLY
    return fmean(each.replies[0] <= min(end, each.created + due) for each in found)


def _reopened_so_far(found: Sequence[Ticket], end: int) -> float:
    solved = [each for each in found if each.solved[0] <= end]
    return fmean(any(at <= end for at in each.reopened) for each in solved)


def _one_touch_so_far(found: Sequence[Ticket], end: int) -> float:
    solved = [each for each in found if each.stands_solved(end)]
    return fmean(
        sum(at <= end for at in each.replies) == 1 and not any(at <= end for at in each.reopened)
        for each in solved
    )


def _good_so_far(found: Sequence[Ticket], end: int) -> float:
    return fmean(each.is_good for each in found if each.rated is not None and each.rated <= end)


HEADLINES = (
    Headline("solved_within_7d", "solved_in_time", "of closed tickets", _closed_in_time),
    Headline("solved_within_7d_km", "solved_in_time", "of opened tickets", _opened_in_time),
    Headline("replied_within_8h", "replied_in_time", "of all tickets", _replied_of_all),
    Headline("reopen_rate_7d", "reopened", "of solved tickets, so far", _reopened_so_far),
    Headline("one_touch_7d", "one_touch", "of solved tickets, so far", _one_touch_so_far),
    Headline("satisfaction_zendesk_2", "good", "of ratings so far", _good_so_far),
)


TIMES = (
    Headline(
        "resolution_time",
        "",
        "median of closed tickets",
        lambda found, end: median(
            each.solved[0] - each.created for each in found if each.solved[0] <= end
        ),
    ),
    Headline(
        "first_reply_time",
        "",
        "median of answered tickets",
        lambda found, end: median(
            each.replies[0] - each.created for each in found if each.replies[0] <= end
        ),
    ),
)


class Errors(NamedTuple):
    """In points, of one desk each; of times in percent."""

    truth: list[float]
    measured: list[float]
    counted: list[float]


def errors_of(scenario: simulation.Scenario, seeds: int) -> dict[str, Errors]:
    """Of all headlines in a scenario."""
    found = {headline.name: Errors([], [], []) for headline in (*HEADLINES, *TIMES)}
    end = scenario.days * DAY
    for seed in range(1, seeds + 1):
        tickets = simulation.tickets(scenario, seed)
        measures = report_of([record(each, end) for each in tickets], Frame(end, DAYS)).measures
        for headline in (*HEADLINES, *TIMES):
            true, scale = _truth(headline, tickets)
            value, errors = measures[headline.name].overall.value or 0.0, found[headline.name]
            errors.truth.append(true)
            errors.measured.append(scale * (value - true))
            errors.counted.append(scale * (headline.plainly(tickets, end) - true))
    return found


def _truth(headline: Headline, tickets: Sequence[Ticket]) -> tuple[float, float]:
    """The truth, and what a difference is multiplied with: of shares, or of times."""
    if headline.truth:
        return getattr(simulation.truth(tickets), headline.truth), 100.0
    is_first = headline.name == "first_reply_time"
    ends = ((each.replies[0] if is_first else each.solved[-1]) - each.created for each in tickets)
    true = median(ends)
    return true, 100 / true


def rows_of(scenario: simulation.Scenario, seeds: int) -> Iterator[str]:
    """The lines of a scenario."""
    found = errors_of(scenario, seeds)
    for headline in (*HEADLINES, *TIMES):
        errors = found[headline.name]
        true = fmean(errors.truth)
        cells = (
            scenario.name,
            f"`{headline.name}`",
            f"{100 * true:.1f}%" if headline.truth else f"{true / 3_600:.1f} h",
            f"{fmean(errors.measured):+.2f} ({pstdev(errors.measured):.2f})",
            headline.plain,
            f"{fmean(errors.counted):+.1f}",
        )
        yield f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=len(simulation.SEEDS))
    seeds = parser.parse_args().seeds
    sys.stdout.write("| Scenario | Headline | Truth | `kb insight` | A plain count | Its bias |\n")
    sys.stdout.write("| --- | --- | --- | --- | --- | --- |\n")
    for scenario in simulation.SCENARIOS:
        for row in rows_of(scenario, seeds):
            sys.stdout.write(f"{row}\n")


if __name__ == "__main__":
    main()
