"""What measures meant when figures were made: a change of it marks their series."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from zoneinfo import ZoneInfo

from cannery.insight.periods import starts
from cannery.insight.report import Definition, MeasureReport, Point, Report

_TABLE = """
CREATE TABLE IF NOT EXISTS definition (
    measure TEXT NOT NULL,
    since TEXT NOT NULL,  -- the day on which figures were first made so
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (measure, since)
) WITHOUT ROWID
"""
_DIGEST = 8  # bytes
# What depends on working hours, by its page of the manual.
_SEVERAL = ("{scale}", "{policy}")  # a measure for each scale of satisfaction and each promise
_IN_HOURS = ("measures/business-time", "measures/sla")


def fingerprint(measure: Definition, settings: Mapping[str, str]) -> str:
    """Of all that a figure depends on but the data: another one means another thing."""
    values = sorted(pair for pair in measure.values.items() if _counts(measure.key, pair[0]))
    told = [measure.version, values, sorted(settings.items())]
    text = json.dumps(told, ensure_ascii=False, default=str)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest()


def _counts(key: str, value: str) -> bool:
    """Whether a measure depends on a value; of the numbers of kb.toml, on those in its name.

    Ratings have N days, too.
    """
    if value == "days":
        return "{days}" in key or "{scale}" in key
    return value != "hours" or "{hours}" in key


def keep(
    database: sqlite3.Connection,
    measures: Iterable[Definition],
    settings: Mapping[str, str],
    calendar: str,
    today: date,
) -> None:
    """Write down the definitions that differ from the last ones. Raises sqlite3.Error.

    `settings` are those that all measures depend on; `calendar` only those of business time.
    """
    known = {measure: prints[-1] for measure, prints in _known(database).items()}
    rows = []
    for measure in measures:
        own = {**settings, "calendar": calendar} if measure.page in _IN_HOURS else settings
        rows.append((_name(measure), today.isoformat(), fingerprint(measure, own)))
    changed = [row for row in rows if known.get(row[0], ("", ""))[1] != row[2]]
    if changed:
        database.execute(_TABLE)
        database.executemany("INSERT OR REPLACE INTO definition VALUES (?, ?, ?)", changed)


def marked(report: Report, database: sqlite3.Connection) -> Report:
    """The report, with a mark in each period in which a definition changed."""
    known = _known(database)
    zone = ZoneInfo(report.time_zone)
    measures = {
        name: _marked(each, [since for since, _ in known.get(_name(each.measure), ())[1:]], zone)
        for name, each in report.measures.items()
    }
    return replace(report, measures=measures)


def _name(measure: Definition) -> str:
    """Its key, which stays when N changes; its name where there are several of the same key."""
    return measure.name if any(of in measure.key for of in _SEVERAL) else measure.key


def _known(database: sqlite3.Connection) -> Mapping[str, list[tuple[str, str]]]:
    """By measure: the days since when a definition held, and its fingerprint."""
    found: dict[str, list[tuple[str, str]]] = {}
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'definition'").fetchone():
        query = "SELECT measure, since, fingerprint FROM definition ORDER BY measure, since"
        for measure, since, digest in database.execute(query):
            found.setdefault(measure, []).append((since, digest))
    return found


def _marked(report: MeasureReport, days: Iterable[str], zone: ZoneInfo) -> MeasureReport:
    months, weeks = list(report.months), list(report.weeks)
    for day in days:
        at = starts(date.fromisoformat(day), zone)
        _mark(months, at, day)
        _mark(weeks, at, day)
    return replace(report, months=tuple(months), weeks=tuple(weeks))


def _mark(points: list[Point], at: int, day: str) -> None:
    """Mark the last point that begins until then."""
    places = [place for place, point in enumerate(points) if point.starts_at <= at]
    if places:
        point = points[places[-1]]
        points[places[-1]] = point._replace(marks=(*point.marks, f"definition changed on {day}"))
