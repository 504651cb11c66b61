"""What is told of measures: figures over all, by month and week, by group, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from cannery.model.figure import Figure

Unit = Literal["share", "seconds", "count", "score"]
Better = Literal["high", "low", ""]
# A measure of which neither more nor less is better is higher or lower.
Verdict = Literal["better", "worse", "higher", "lower", "no change", "too few"]


class Definition(NamedTuple):
    """What a measure is called and how it is read.

    `key` finds its title in words.json, which `values` go into, as `days`. `version` counts the
    changes of what is counted; `page` is its entry in the manual, below articles/.
    """

    name: str
    key: str
    unit: Unit
    better: Better
    version: int
    page: str
    values: Mapping[str, object]


class Point(NamedTuple):
    """A figure of a month ("2026-10") or a week ("2026-W43").

    `is_complete`: the period is over, and its tickets have had their N days. `marks`: what changed
    in the definition since the point before.
    """

    label: str
    starts_at: int
    figure: Figure
    is_complete: bool
    marks: tuple[str, ...] = ()


class Change(NamedTuple):
    """The last complete month beside the one before, and whether that is more than noise."""

    before: Figure
    after: Figure
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class MeasureReport:
    """A measure. `overall` is of all data; `groups` are by dimension and its value."""

    measure: Definition
    overall: Figure
    months: tuple[Point, ...] = ()
    weeks: tuple[Point, ...] = ()
    groups: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Measures by name, in the order in which they are shown.

    `at` is the end of the data, in the time zone by whose days months and weeks are told.
    `calendar` names the working hours of business time; it is empty without any. `data_until` is
    when the data end in truth, if that is known: beyond it they are taken to be complete. `ended`
    are sources that ended long before, and when: what was open in them still counts as open.
    """

    at: datetime
    time_zone: str
    measures: Mapping[str, MeasureReport]
    calendar: str = ""
    data_until: datetime | None = None
    ended: tuple[tuple[str, datetime], ...] = ()

    @property
    def known_until(self) -> datetime:
        """Until when the figures rest on data."""
        return min(self.data_until or self.at, self.at)

    @property
    def last_day(self) -> date:
        """The last local day that the figures see."""
        return (self.at - timedelta(seconds=1)).date()
