"""The team's own pages of figures, in kb/insight/."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content.measure_pages import measure_pages, measure_paths
from cannery.model.location import Problem
from cannery.model.measure_query import MeasureQuery, unknown_measure
from cannery.util.toml_lines import find_key
from cannery.workspace import MARKER


def measure(whole: Whole) -> Iterator[Problem]:
    """Lines of fenced blocks that ask for what there is not."""
    paths = measure_paths(whole.workspace, whole.files)
    for page in measure_pages(whole.workspace, paths):
        known = [unknown_measure(query, whole.measures) for query in page.queries.values()]
        for fault in (*page.faults, *(found for found in known if found)):
            yield Problem(page.source, fault.line, "measure", fault.message, fault.hint)


def thresholds(whole: Whole) -> Iterator[Problem]:
    """Thresholds of kb.toml for measures that there are not: nothing watches them."""
    for name in whole.workspace.settings.insight.thresholds:
        if fault := unknown_measure(MeasureQuery(name), whole.measures):
            written = find_key(whole.workspace.root / MARKER, f"insight.thresholds.{name}")
            line, path = written.line if written else 0, MARKER.as_posix()
            message = f"insight.thresholds: {fault.message}"
            yield Problem(path, line, "measure", message, fault.hint)


_PAGE = (
    "---\ntitle: Languages\n---\nAre both served alike?\n\n```measure\nsolved_within by {}\n```\n"
)


def measures(whole: Whole) -> Iterator[Problem]:
    """Of pages and of thresholds."""
    yield from measure(whole)
    yield from thresholds(whole)


RULES = (
    Rule(
        code="measure",
        whole=measures,
        why="A wrong name of a measure or dimension leaves a gap in the team's page of figures.",
        wrong={"insight/languages.md": _PAGE.format("langauge")},
        right={"insight/languages.md": _PAGE.format("language")},
    ),
)
