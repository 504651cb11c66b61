"""What the trackers have in common: an issue's beginning, and how it stood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cannery.insight.sources.moment import OPEN, SOLVED, Moment, Rank, Told

NOBODY = "-"  # no person's id: with it among the agents, those are all there are


class Issue(NamedTuple):
    """An issue as its row has it. `status` is that of a moment; times are in seconds."""

    id: str
    created_at: int
    closed_at: int | None
    status: str


def begun(issue: Issue, status: str = OPEN) -> Moment:
    """The status that an issue was created with: what is told from there on is all of it."""
    return Moment(issue.id, "begun", issue.created_at, Told.STATUS, "", status)


def stood(issue: Issue) -> Iterator[Moment]:
    """How an issue stands, for want of its history. The last solution is the one that is told."""
    summary = Moment(issue.id, "stood", issue.created_at, Told.STATUS, "", OPEN, rank=Rank.SUMMARY)
    yield summary
    if issue.status == SOLVED and issue.closed_at is not None:
        yield summary._replace(key="closed", at=issue.closed_at, detail=SOLVED)
