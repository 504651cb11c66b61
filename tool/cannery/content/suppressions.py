"""Problems that the content itself allows, each with its reason.

    <!-- kb allow: heading because the table of contents wants it so -->

allows it on its own line and the next; `kb allow file:` on the whole file. In front matter the same
stands in a YAML comment, in a macro in `{% comment %}`. For the whole knowledge base kb.toml has
`[check.allow]`, with a line `heading = "the reason"`, and for the files that a pattern as in
.gitignore matches `[check.allow."kb/articles/old/**"]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cannery.content.ignored import is_ignored
from cannery.model.location import Problem, Severity
from cannery.model.path_rules import PathRules
from cannery.workspace import Settings

_ALLOWED = re.compile(
    r"kb allow(?P<file> file)?:[ \t]*(?P<codes>[a-z-]+(?:,[ \t]*[a-z-]+)*)[ \t]+because[ \t]+"
    r"(?P<reason>[^\n]{1,300})"
)
_END = re.compile(r"(?:-->|\{%|\*/).*")


class Suppression(NamedTuple):
    """A `kb allow` comment: `line` is 1-based, 0 for the whole file."""

    code: str
    line: int
    reason: str


class Suppressed(NamedTuple):
    """A problem that is allowed: its file and rule, and the reason that was given."""

    path: str
    code: str
    reason: str


class Unsuppressed(NamedTuple):
    """The remaining problems, and the suppressed ones."""

    problems: tuple[Problem, ...]
    suppressed: tuple[Suppressed, ...]


def suppressions_in(text: str) -> tuple[Suppression, ...]:
    """The suppressions in a file's text."""
    suppressions: list[Suppression] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _ALLOWED.search(line):
            reason = _END.sub("", match["reason"]).strip()
            codes = re.split(r",[ \t]*", match["codes"])
            where = 0 if match["file"] else number
            suppressions += [Suppression(code, where, reason) for code in codes]
    return tuple(suppressions)


def weigh(
    problems: Iterable[Problem], allowed: Mapping[str, Sequence[Suppression]], settings: Settings
) -> Unsuppressed:
    """The problems with the severities that a team gives them, without those that are allowed.

    `allowed` by path.
    """
    left: list[Problem] = []
    suppressed: list[Suppressed] = []
    rules_of = _rules_by_path(settings)
    by_place = {
        (path, item.code, item.line): item.reason
        for path, items in allowed.items()
        for item in reversed(items)
    }
    for problem in problems:
        rules = rules_of(problem.path)
        reason = rules.allow.get(problem.code) or _reason(problem, by_place)
        if reason:
            suppressed.append(Suppressed(problem.path, problem.code, reason))
        elif given := rules.severity.get(problem.code):
            left.append(problem._replace(severity=Severity(given)))
        else:
            left.append(problem)
    return Unsuppressed(tuple(left), tuple(suppressed))


def _rules_by_path(settings: Settings) -> Callable[[str], PathRules]:
    """What kb.toml says of the rules for a path: of what contradicts itself, the last counts."""
    for_all = PathRules("", settings.severity, settings.allow)
    if not settings.by_path:
        return lambda _: for_all

    @cache
    def rules_of(path: str) -> PathRules:
        own = [item for item in settings.by_path if is_ignored(path, (item.pattern,))]
        severity, allow = {**for_all.severity}, {**for_all.allow}
        for item in own:
            severity.update(item.severity)
            allow.update(item.allow)
        return PathRules("", severity, allow)

    return rules_of


def _reason(problem: Problem, by_place: Mapping[tuple[str, str, int], str]) -> str:
    """The reason for a suppression on the problem's line, the one above or its file; else empty."""
    for line in (problem.line, problem.line - 1, 0):
        if reason := by_place.get((problem.path, problem.code, line)):
            return reason
    return ""
