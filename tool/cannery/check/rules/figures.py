"""The team's own pages of figures, in kb/insight/."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content.measure_pages import measure_pages, measure_paths
from cannery.model.location import Problem
from cannery.model.measure_query import unknown_measure


def measure(whole: Whole) -> Iterator[Problem]:
    """Lines of fenced blocks that ask for what there is not."""
    paths = measure_paths(whole.workspace, whole.files)
    for page in measure_pages(whole.workspace, paths):
        known = [unknown_measure(query, whole.measures) for query in page.queries.values()]
        for fault in (*page.faults, *(found for found in known if found)):
            yield Problem(page.source, fault.line, "measure", fault.message, fault.hint)


_PAGE = (
    "---\ntitle: Languages\n---\nAre both served alike?\n\n```measure\nsolved_within by {}\n```\n"
)

RULES = (
    Rule(
        code="measure",
        whole=measure,
        why="A wrong name of a measure or dimension leaves a gap in the team's page of figures.",
        wrong={"insight/languages.md": _PAGE.format("langauge")},
        right={"insight/languages.md": _PAGE.format("language")},
    ),
)
