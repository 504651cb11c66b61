"""The share of entries that say much the same as another, as the check finds them today."""

from __future__ import annotations

from cannery.insight.knowledge.census import share
from cannery.insight.knowledge.measured import by_section
from cannery.insight.report import Definition, MeasureReport
from cannery.model.event import Listener, ignore
from cannery.model.figure import Figure
from cannery.operations.health import look_over
from cannery.operations.health_problems import told_groups
from cannery.workspace import Workspace

_MEASURE = Definition("duplicates", "duplicates", "share", "low", 1, "measures/duplicates", {})
_NOT_NOW = Figure(None, None, None, 0, "known of today alone")


def duplicates_of_the_past() -> MeasureReport:
    """What is told of another day: nothing."""
    return MeasureReport(_MEASURE, _NOT_NOW)


def duplicates_today(workspace: Workspace, listener: Listener = ignore) -> MeasureReport:
    """Of the published entries of the working copy, those that are in a group of alike ones."""
    looked = look_over(workspace, listener)
    facts = looked.result.whole.facts
    alike = {facts[path].at.id for group in told_groups(looked) for path in group.paths}
    sections = {id_: files[0].at.section for id_, files in looked.entries.items()}
    overall = share([id_ in alike for id_ in sections])
    hits = ((section, id_ in alike) for id_, section in sections.items())
    return MeasureReport(_MEASURE, overall, groups={"section": by_section(hits, share)})
