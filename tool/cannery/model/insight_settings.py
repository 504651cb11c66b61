"""[insight] of kb.toml: how support is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cannery.model.business_calendar import BusinessCalendar, SlaPolicy

# What columns of a CSV are for, and how they are read: the keys of [insight.columns].
COLUMN_USES = (
    "ticket", "created_at", "solved_at", "replied_at", "replied_after", "updated_at", "status",
    "section", "team", "language", "product", "region", "tier", "channel", "satisfaction",
    "rated_at", "reopens", "replies", "article", "macro", "activity", "at", "subject",
)  # fmt: skip
DATES, SCALE = "dates", "satisfaction_scale"
DATE_ORDERS = ("day first", "month first")


class Threshold(NamedTuple):
    """What a measure's value is to be: at least or at most this. `written` is as in kb.toml."""

    is_least: bool
    value: float
    written: str


@dataclass(frozen=True, slots=True)
class InsightSettings:
    """How support is measured.

    `solved_days`: the N of "solved within N days"; `reply_hours` that of "first reply within N
    hours". `time_zone` names the IANA zone in which days,
    weeks and months begin. `columns`: of CSV files, a column's name by what it is for.
    `calendars` have business time: the first whose `where` fits a ticket is its own, and that of
    `hours` is the last. Of `policies`, too, the first one that fits a ticket holds.
    `fields`: of a desk, where a dimension is found among its own fields, tags and organizations, as
    `custom_field:360001`. `statuses`: what the team's own statuses mean, as `open` or `pending`.
    `searches`: whether searches that led to nothing are kept on the machines they were made on.
    `site`: whether an internal site has pages of figures, where its builder's machine has any.
    `address`: where these pages are, with a slash at its end, or empty. `thresholds` are by the
    measures' names.
    """

    solved_days: int = 7
    reply_hours: int = 8
    time_zone: str = "UTC"
    columns: Mapping[str, str] = field(default_factory=dict)
    calendars: tuple[BusinessCalendar, ...] = ()
    policies: tuple[SlaPolicy, ...] = ()
    searches: bool = True
    fields: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    site: bool = True
    address: str = ""
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
