"""Figures of support: measures go out."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cannery.errors import ContentError
from cannery.insight import definitions
from cannery.insight.report import Report
from cannery.insight.ticket_report import make_all
from cannery.model.event import Listener, Remark, ignore
from cannery.operations.insight_facts import ALL, Asked, Facts, end_of_day, opened_facts
from cannery.operations.insight_knowledge import KnowledgeLook, knowledge_reports
from cannery.operations.insight_reports import kept_report
from cannery.operations.insight_store import events
from cannery.workspace import Workspace

NO_TICKETS = ("no tickets are known yet", "Run `kb insight import FILE`.")
_NOT_KEPT = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY)


def look(workspace: Workspace, asked: Asked = ALL, listener: Listener = ignore) -> Report:
    """All figures, with marks where a definition changed. Raises ContentError, UsageError.

    Those of tickets are reckoned in the database of the knowledge base, or on another engine.
    """
    zone = ZoneInfo(workspace.settings.insight.time_zone)
    report = kept_report(workspace, asked, lambda: _of_tickets(workspace, asked, listener))
    end = end_of_day(asked, zone) or (int(report.at.timestamp()) if report else int(time.time()))
    is_past = asked.at is not None
    knowledge = knowledge_reports(KnowledgeLook(workspace, end, zone, is_past), listener)
    if report is None:
        if not knowledge:
            raise ContentError(*NO_TICKETS)
        listener(Remark("No tickets are known yet: run `kb insight import FILE`."))
        report = Report(datetime.fromtimestamp(end, zone), zone.key, {})
    own = {each.measure.name: each for each in knowledge}
    report = replace(report, measures={**report.measures, **own})
    return report if report.data_until is None else _marked(workspace, asked, report)


def _of_tickets(workspace: Workspace, asked: Asked, listener: Listener) -> Report | None:
    with opened_facts(workspace, asked, listener) as facts:
        return reaching(make_all(facts.look, listener), facts) if facts else None


def _marked(workspace: Workspace, asked: Asked, report: Report) -> Report:
    """With marks where a definition changed, as the database of tickets keeps them."""
    if asked.other:
        return report
    with events(workspace) as database:
        if not asked.since:
            _keep(database, report, workspace.settings.insight.statuses)
        return definitions.marked(report, database)


def reaching(report: Report, facts: Facts) -> Report:
    """The report, with the ends of the data in it."""
    zone = report.at.tzinfo
    ended = ((name, datetime.fromtimestamp(end, zone)) for name, end in facts.ended.items())
    until = datetime.fromtimestamp(facts.last, zone)
    return replace(report, data_until=until, ended=tuple(ended))


def _keep(database: sqlite3.Connection, report: Report, statuses: Mapping[str, str]) -> None:
    """Write down what the figures mean, unless the disk can't be written or another does so.

    What statuses mean decides which tickets count, and as what.
    """
    told = [each.measure for each in report.measures.values()]
    settings = {"time_zone": report.time_zone}
    if statuses:
        settings["statuses"] = repr(sorted(statuses.items()))
    try:
        definitions.keep(database, told, settings, report.calendar, datetime.now(UTC).date())
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _NOT_KEPT:
            raise
