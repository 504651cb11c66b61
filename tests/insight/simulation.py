"""Simulated tickets whose truth is known, to see how far a measure is off.

The scenarios, their seeds and what counts as the truth were fixed before the first measure was
written. Times are whole seconds since the first ticket could come; a day has 86,400 of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import NamedTuple

HOUR, DAY = 3_600, 86_400
SEEDS = range(1, 21)
WITHIN = 7 * DAY  # what "solved in time" and "reopened soon" look at
FIRST_REPLY = 8 * HOUR  # the target of the first public reply


class Scenario(NamedTuple):
    """What happens to a desk in `days`: each number holds for every ticket, but for the surge.

    `growth`: arrivals on the last day over those of the first. `in_time`: share solved within
    seven days; `tail`: mean days that the others take beyond. `surge`: extra arrivals, as a
    multiple, in days `surge_from` to `surge_to`, of which only `surge_in_time` are solved in time.
    """

    name: str
    days: int
    arrivals: int
    growth: float = 1.0
    in_time: float = 0.75
    tail: float = 60.0
    surge: float = 0.0
    surge_from: int = 0
    surge_to: int = 0
    surge_in_time: float = 0.75


SCENARIOS = (
    Scenario("steady", 180, 20, tail=45.0),
    Scenario("growth", 180, 8, growth=8.0, tail=45.0),
    Scenario("backlog", 180, 20, tail=120.0),
    Scenario(
        "outage", 180, 20, tail=45.0, surge=6.0, surge_from=150, surge_to=170, surge_in_time=0.60
    ),
)


class Ticket(NamedTuple):
    """All that ever happens to a ticket, also after the end of the data.

    `solved` and `reopened` alternate, the first of them is a solution. `rated` is None for a
    customer who never answers the survey.
    """

    number: int
    created: int
    replies: Sequence[int]
    solved: Sequence[int]
    reopened: Sequence[int]
    rated: int | None
    is_good: bool

    def stands_solved(self, at: int) -> bool:
        """Whether the last that happened until then was a solution."""
        solved = [time for time in self.solved if time <= at]
        reopened = [time for time in self.reopened if time <= at]
        return len(solved) > len(reopened)


def tickets(scenario: Scenario, seed: int) -> list[Ticket]:
    """The tickets of a scenario in the order in which they come."""
    draw = random.Random(f"{scenario.name} {seed}")  # noqa: S311 - a simulation
    found: list[Ticket] = []
    for day in range(scenario.days):
        rate = scenario.arrivals * scenario.growth ** (day / scenario.days)
        is_surge = scenario.surge_from <= day < scenario.surge_to
        rate *= 1 + scenario.surge * is_surge
        in_time = scenario.surge_in_time if is_surge else scenario.in_time
        for _ in range(_poisson(draw, rate)):
            created = day * DAY + draw.randrange(DAY)
            found.append(_ticket(draw, len(found), created, in_time, scenario.tail))
    return sorted(found, key=lambda ticket: ticket.created)


def _ticket(draw: random.Random, number: int, created: int, in_time: float, tail: float) -> Ticket:
    first = created + _at_least_one(draw.lognormvariate(1.4, 1.0) * HOUR)
    if draw.random() < in_time:
        solved = min(created + WITHIN, first + _at_least_one(draw.expovariate(1 / 1.5) * DAY))
    else:
        solved = max(first, created + WITHIN) + _at_least_one(draw.expovariate(1 / tail) * DAY)
    first = min(first, solved)
    replies = [first] if draw.random() < 0.35 else [first, solved]
    ends, reopened = [solved], []
    if draw.random() < 0.10:  # a customer comes back, mostly soon
        again = solved + _at_least_one(draw.expovariate(1 / 3.0) * DAY)
        reopened, ends = [again], [solved, again + _at_least_one(draw.expovariate(1 / 2.0) * DAY)]
        replies.append(ends[-1])
    is_good = draw.random() < 0.85
    rated = None
    if draw.random() < 0.40:  # who is angry answers at once
        rated = ends[-1] + _at_least_one(draw.expovariate(1 / (4.0 if is_good else 0.5)) * DAY)
    return Ticket(number, created, replies, ends, reopened, rated, is_good)


def _at_least_one(seconds: float) -> int:
    return max(1, round(seconds))


def _poisson(draw: random.Random, mean: float) -> int:
    """How often something happens that does so `mean` times, by the gaps between."""
    count, time = 0, draw.expovariate(1.0)
    while time < mean:
        count, time = count + 1, time + draw.expovariate(1.0)
    return count


class Truth(NamedTuple):
    """Shares over all tickets opened within the scenario's days, as the future shows them.

    `reopened` and `one_touch` are of those that stood solved seven days after they were opened:
    came back within seven days of the first solution; had one reply until then, and never came
    back by then. `good` is of those who rate within seven days of the last solution.
    """

    solved_in_time: float
    replied_in_time: float
    reopened: float
    one_touch: float
    good: float


def truth(all_tickets: Sequence[Ticket]) -> Truth:
    """What measures should find, of what a data set that ends can't show."""
    solved = [item for item in all_tickets if item.stands_solved(item.created + WITHIN)]
    rated = [item for item in all_tickets if item.rated is not None]
    prompt = [item for item in rated if (item.rated or 0) <= item.solved[-1] + WITHIN]
    return Truth(
        len(solved) / len(all_tickets),
        _share(item.replies[0] <= item.created + FIRST_REPLY for item in all_tickets),
        _share(any(at <= item.solved[0] + WITHIN for at in item.reopened) for item in all_tickets),
        _share(_is_one_touch(item) for item in solved),
        _share(item.is_good for item in prompt),
    )


def _is_one_touch(ticket: Ticket) -> bool:
    end = ticket.created + WITHIN
    return sum(at <= end for at in ticket.replies) == 1 and not any(
        at <= end for at in ticket.reopened
    )


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found)


def naive_share_in_time(all_tickets: Sequence[Ticket], end: int) -> float:
    """Of the tickets that are closed at the end, those that took seven days: what is often shown."""
    closed = [item for item in all_tickets if item.solved[0] <= end]
    return _share(item.solved[0] <= item.created + WITHIN for item in closed)


def naive_share_of_opened(all_tickets: Sequence[Ticket], end: int) -> float:
    """Of all that were opened, those solved in time so far: the other usual figure."""
    return _share(item.solved[0] <= min(end, item.created + WITHIN) for item in all_tickets)
