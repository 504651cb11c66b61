"""The measures once more, in pandas and scipy: nothing of ours is used but the names of kinds."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from tests.insight.second_curve import SecondCurve

from cannery.model.ticket_event import EventKind, TicketRecord

DAY = 86_400


class Reference:
    """What an analyst's notebook makes of the same events, as they stand before `end`."""

    def __init__(self, told: Sequence[TicketRecord], end: int, zone: str, days: int = 7) -> None:
        rows = [
            (each.ticket, event.at, int(event.kind), event.detail, event.value)
            for each in told
            for event in each.events
            if event.at < end
        ]
        events = pd.DataFrame(rows, columns=["ticket", "at", "kind", "detail", "value"])
        events = events.sort_values(["ticket", "at", "kind"], kind="stable")
        created = events[events.kind == EventKind.CREATED].groupby("ticket").at.min()
        self.events = events.merge(created.rename("created"), on="ticket")
        self.created, self.end, self.zone, self.within = created, end, zone, days * DAY

    def month(self, times: pd.Series) -> pd.Series:
        """The local months of times, as 2026-10."""
        local = pd.to_datetime(times, unit="s", utc=True).dt.tz_convert(self.zone)
        return local.dt.strftime("%Y-%m")

    def first(self, kind: EventKind) -> pd.Series:
        """When something first happened to each ticket; NaN for never."""
        found = self.events[self.events.kind == kind].groupby("ticket").at.min()
        return found.reindex(self.created.index)

    def solved_until(self, until: pd.Series) -> pd.Series:
        """Whether tickets stood solved at a time, by the last thing that had happened."""
        turns = self.events[self.events.kind.isin([EventKind.SOLVED, EventKind.REOPENED])]
        turns = turns[turns["at"] <= turns.ticket.map(until)]
        last = turns.groupby("ticket").kind.last().reindex(self.created.index)
        return last == EventKind.SOLVED

    def mature(self) -> pd.Series:
        """Whether tickets have had their days."""
        return self.created <= self.end - self.within

    def solved_within(self) -> pd.DataFrame:
        """By month: n and the share."""
        solved = self.solved_until(self.created + self.within)[self.mature()]
        return _by(solved, self.month(self.created))

    def reopened(self) -> pd.DataFrame:
        """By the month of the first solution."""
        solved = self.first(EventKind.SOLVED)
        solved = solved[solved <= self.end - self.within]
        again = self.first(EventKind.REOPENED).reindex(solved.index)
        return _by(again <= solved + self.within, self.month(solved))

    def one_touch(self) -> pd.DataFrame:
        """By month."""
        within = self.events[self.events["at"] <= self.events.created + self.within]
        counts = pd.crosstab(within.ticket, within.kind).reindex(self.created.index, fill_value=0)
        is_of = self.mature() & self.solved_until(self.created + self.within)
        is_of &= counts[EventKind.REPLY] > 0
        touched = (counts[EventKind.REPLY] == 1) & (counts[EventKind.REOPENED] == 0)
        return _by(touched[is_of], self.month(self.created))

    def happened(self, *kinds: EventKind) -> pd.DataFrame:
        """By month: whether any of these happened to answered tickets within their days."""
        within = self.events[self.events["at"] <= self.events.created + self.within]
        answered = set(within[within.kind == EventKind.REPLY].ticket)
        is_of = self.mature() & self.created.index.isin(answered)
        hits = set(within[within.kind.isin(kinds)].ticket)
        found = pd.Series(self.created.index.isin(hits), index=self.created.index)
        return _by(found[is_of], self.month(self.created))

    def replied_within(self, seconds: int) -> pd.DataFrame:
        """By month, without tickets that were solved in that time without a reply."""
        replied = self.first(EventKind.REPLY) <= self.created + seconds
        solved = self.first(EventKind.SOLVED) <= self.created + seconds
        is_of = (self.created <= self.end - seconds) & (replied | ~solved)
        return _by(replied[is_of], self.month(self.created))

    def responded(self) -> pd.DataFrame:
        """By the month of the first offer of a survey."""
        offered = self.first(EventKind.OFFERED)
        offered = offered[offered <= self.end - self.within]
        rated = self.first(EventKind.RATED).reindex(offered.index)
        return _by(rated <= offered + self.within, self.month(offered))

    def satisfied(self) -> pd.DataFrame:
        """By the month of the last solution: of the last ratings given in time, the good ones."""
        solved = self.events[self.events.kind == EventKind.SOLVED].groupby("ticket")["at"].max()
        solved = solved[solved <= self.end - self.within]
        ratings = self.events[self.events.kind == EventKind.RATED]
        ratings = ratings[ratings["at"] <= ratings.ticket.map(solved) + self.within]
        last = ratings.groupby("ticket").value.last()
        return _by(last == 1.0, self.month(solved))

    def arrivals(self) -> pd.Series:
        """By month."""
        return self.month(self.created).value_counts()

    def open_at(self, at: int) -> pd.Series:
        """When the tickets that were open before a time were opened."""
        turns = self.events[
            self.events.kind.isin([EventKind.CREATED, EventKind.SOLVED, EventKind.REOPENED])
        ]
        last = turns[turns["at"] < at].groupby("ticket").kind.last()
        return self.created.reindex(last[last != EventKind.SOLVED].index)

    def handovers(self) -> pd.Series:
        """Of each ticket that has had its days."""
        assigned = self.events[self.events.kind == EventKind.ASSIGNED]
        before = assigned.groupby("ticket").detail.shift()
        moved = assigned[before.notna() & (before != assigned.detail)]
        moved = moved[moved["at"] <= moved.created + self.within]
        counts = moved.groupby("ticket").size().reindex(self.created.index, fill_value=0)
        return counts[self.mature()]

    def first_replies(self) -> SecondCurve:
        """The curve of first replies, in minutes rounded up."""
        replied, solved = self.first(EventKind.REPLY), self.first(EventKind.SOLVED)
        until = replied.fillna(solved).fillna(self.end)
        return _curve(_rounded(until - self.created), replied.notna())

    def resolutions(self) -> SecondCurve:
        """The curve of last solutions."""
        solved = self.events[self.events.kind == EventKind.SOLVED].groupby("ticket")["at"].max()
        is_solved = self.solved_until(pd.Series(self.end, index=self.created.index))
        until = solved.reindex(self.created.index).where(is_solved, self.end)
        return _curve(_rounded(until - self.created), is_solved)

    def next_replies(self) -> SecondCurve:
        """The curve of waits, ticket by ticket."""
        waits = [
            wait
            for _, talk in self.events.groupby("ticket")
            for wait in _waits(list(zip(talk["at"], talk.kind, strict=True)), self.end)
        ]
        took, ended = zip(*waits, strict=True)
        return _curve(_rounded(pd.Series(took)), pd.Series(ended))


def _waits(talk: Sequence[tuple[int, int]], end: int) -> list[tuple[int, bool]]:
    found, asked, before = [], None, None
    for at, kind in talk:
        if kind == EventKind.MESSAGE and before in (EventKind.REPLY, EventKind.SOLVED):
            asked = at
        elif kind in (EventKind.REPLY, EventKind.SOLVED) and asked is not None:
            found.append((at - asked, kind == EventKind.REPLY))
            asked = None
        if kind in (EventKind.MESSAGE, EventKind.REPLY, EventKind.SOLVED):
            before = kind
    return found if asked is None else [*found, (end - asked, False)]


def _by(hits: pd.Series, months: pd.Series) -> pd.DataFrame:
    return hits.groupby(months.reindex(hits.index)).agg(["size", "mean"])


def _rounded(took: pd.Series) -> pd.Series:
    step = pd.Series(60, index=took.index)
    step = step.where(took <= DAY, 900).where(took <= 30 * DAY, 3_600)
    return -(-took // step) * step


def _curve(took: pd.Series, ended: pd.Series) -> SecondCurve:
    return SecondCurve(took.tolist(), ended.tolist())
