"""How much of the knowledge base is used: the tickets and copied replies that each entry was in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from cannery.insight import estimates
from cannery.insight.fact import DAY
from cannery.insight.knowledge.census import share
from cannery.insight.knowledge.measured import by_section, measure_report
from cannery.insight.knowledge.snapshot import EntryAt, Snapshot
from cannery.insight.periods import Period
from cannery.insight.report import Better, MeasureReport, Unit
from cannery.model.figure import Figure

WINDOW = 90  # days
_SLACK = 0.9  # of the days asked for: what is kept for 90 days never reaches back so far
_NOT_KNOWN = Figure(None, None, None, 0, f"uses of {WINDOW} days are not known")


def reaches_back(known: int, wanted: int) -> bool:
    """Whether uses that are known for so many days tell of as many as are asked about."""
    return known >= wanted * _SLACK


class UsesOfDay(NamedTuple):
    """In how many tickets and replies an entry was used on a day since the epoch."""

    entry: str
    day: int
    times: int


class Uses:
    """Counts of uses, which can be asked for any span of days."""

    def __init__(self, uses: Iterable[UsesOfDay], since: int | None = None) -> None:
        """`since` is the day since when uses are known; without it, that of the first use."""
        by_entry: dict[str, dict[int, int]] = {}
        for use in uses:
            days = by_entry.setdefault(use.entry, {})
            days[use.day] = days.get(use.day, 0) + use.times
        self._days = {entry: sorted(days) for entry, days in by_entry.items()}
        self._sums = {
            entry: [0, *accumulate(by_entry[entry][day] for day in days)]
            for entry, days in self._days.items()
        }
        first = min((days[0] for days in self._days.values()), default=None)
        self.since = first if since is None else since

    def count(self, entry: str, since: int, until: int) -> int:
        """How often, from a day until before another."""
        days = self._days.get(entry, [])
        sums = self._sums.get(entry, [0])
        return sums[bisect_left(days, until)] - sums[bisect_left(days, since)]


@dataclass(frozen=True, slots=True)
class Used:
    """A measure of how often each published entry was used in the window before a time."""

    name: str
    page: str
    unit: Unit
    better: Better = "high"
    version: int = 1

    def figure(self, counts: Sequence[int]) -> Figure:
        """The share of entries that were used at all, or how often they were in the mean."""
        if self.unit == "share":
            return share(counts)
        squares = sum(count * count for count in counts)
        return estimates.mean(len(counts), sum(counts), squares, 0.0)


USED_ENTRIES = Used("used_entries_90d", "measures/used-entries", "share")
REUSE = Used("reuse_90d", "measures/reuse", "score")


def used_reports(
    uses: Uses, now: Snapshot, months: Sequence[tuple[Period, Snapshot]]
) -> list[MeasureReport]:
    """Both measures, as they stood at the end of each month."""
    return [_report(measure, uses, now, months) for measure in (USED_ENTRIES, REUSE)]


def _report(
    measure: Used, uses: Uses, now: Snapshot, months: Sequence[tuple[Period, Snapshot]]
) -> MeasureReport:
    def figure_at(seen: Snapshot, entries: Sequence[EntryAt]) -> Figure:
        return _figure(measure, uses, entries, seen.at)

    figures = ((period, figure_at(seen, seen.entries)) for period, seen in months)
    entries = ((entry.section, entry) for entry in now.entries)
    sections = by_section(entries, partial(figure_at, now))
    return measure_report(measure, figure_at(now, now.entries), figures, sections, now.at)


def _figure(measure: Used, uses: Uses, entries: Sequence[EntryAt], at: int) -> Figure:
    until = -(-at // DAY)
    since = until - WINDOW
    if uses.since is None or not reaches_back(until - uses.since, WINDOW):
        return _NOT_KNOWN
    return measure.figure([uses.count(entry.id, since, until) for entry in entries])
