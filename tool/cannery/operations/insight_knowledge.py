"""Measures of the knowledge base itself, beside those of tickets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cannery.git.repository import GitError
from cannery.insight import periods
from cannery.insight.fact import DAY
from cannery.insight.knowledge import samples
from cannery.insight.knowledge.reports import census_reports
from cannery.insight.knowledge.samples import sampled_report
from cannery.insight.knowledge.snapshot import Snapshot
from cannery.insight.knowledge.uses import used_reports
from cannery.insight.periods import Period
from cannery.insight.report import MeasureReport
from cannery.model.event import Listener, Remark, ignore
from cannery.operations import insight_samples as happenings
from cannery.operations.entry_names import entry_names
from cannery.operations.first_questions import publications
from cannery.operations.insight_duplicates import duplicates_of_the_past, duplicates_today
from cannery.operations.insight_uses import first_asked, uses_before
from cannery.operations.knowledge_history import Stop, read_history, snapshots
from cannery.workspace import Workspace

_PAST = 2 * 366 * DAY  # that is told by months


class KnowledgeLook(NamedTuple):
    """A knowledge base that is looked at, as it stood before a time in seconds.

    `is_past` if that was asked for: what only the files of today tell is left out then.
    """

    workspace: Workspace
    at: int
    zone: ZoneInfo
    is_past: bool = False


def knowledge_reports(look: KnowledgeLook, listener: Listener = ignore) -> list[MeasureReport]:
    """All measures of it; none where it is in no Git, and nothing of it was used."""
    try:
        past = _past(look, listener)
    except GitError as error:
        listener(Remark(f"No figures of the knowledge base's past: {error.message}"))
        past = []
    return [*_of_the_past(look, past, listener), *_of_this_machine(look)]


def _past(look: KnowledgeLook, listener: Listener) -> list[tuple[Period, Snapshot]]:
    """The knowledge base at the end of each month; that of the look is not over."""
    history = read_history(look.workspace)
    if history.begins is None or history.begins >= look.at:
        return []
    months = periods.months(max(history.begins, look.at - _PAST), look.at, look.zone)
    stops = [_stop(min(month.ends_at, look.at), look.zone) for month in months]
    seen = snapshots(look.workspace, history, stops, listener)
    return [*zip(months, seen, strict=True)]


def _stop(at: int, zone: ZoneInfo) -> Stop:
    """The end of a span, which is told with its last day."""
    return Stop(at, datetime.fromtimestamp(at - 1, zone).date().toordinal())


def _of_the_past(
    look: KnowledgeLook, past: Sequence[tuple[Period, Snapshot]], listener: Listener
) -> Iterator[MeasureReport]:
    if not past:
        return
    now = past[-1][1]
    yield from census_reports(now, past)
    if look.is_past:
        yield duplicates_of_the_past()
    else:
        yield duplicates_today(look.workspace, listener)
    ids = [(entry.id, "") for entry in now.entries]
    earlier = {former: entry.id for entry in now.entries for former in entry.earlier}
    names = entry_names(look.workspace, ids, earlier)
    yield from used_reports(uses_before(look.workspace, names, look.at), now, past)
    asked = first_asked(look.workspace, names, look.at)
    published = publications(look.workspace, now.entries, asked, look.at)
    months = [month for month, _ in past]
    yield sampled_report(samples.QUESTION_TO_ARTICLE, [*published], months, look.at)


def _of_this_machine(look: KnowledgeLook) -> Iterator[MeasureReport]:
    """What was kept here, of no more than the days of the user's memory; nothing without any."""
    kept: Mapping[samples.Sampled, list[samples.Sample]] = {
        samples.MACRO_KEPT: [*happenings.macros_kept(look.workspace)],
        samples.SEARCH_COVERAGE: [*happenings.searches(look.workspace)],
        samples.HELPFUL_VOTES: [*happenings.votes(look.workspace)],
    }
    for measure, found in kept.items():
        if seen := [sample for sample in found if sample.at < look.at]:
            first = min(sample.at for sample in seen)
            months = periods.months(max(first, look.at - _PAST), look.at, look.zone)
            yield sampled_report(measure, seen, months, look.at)
