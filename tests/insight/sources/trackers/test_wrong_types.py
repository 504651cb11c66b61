"""A value of a type that no tracker writes costs its issue at most, and no other one."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.insight.sources.told import WRONG
from tests.insight.sources.trackers import test_github as github
from tests.insight.sources.trackers import test_gitlab as gitlab
from tests.insight.sources.trackers import test_jira as jira

from cannery.insight.pseudonyms import Pseudonymizer
from cannery.insight.sources.source import Options
from cannery.insight.sources.table import source_of

Json = dict[str, Any]


def github_issue() -> Json:
    return github.issue(8, timeline=github.EVENTS, comments=[github.comment(4, "ada", "OWNER")])


def gitlab_issue() -> Json:
    return gitlab.issue(id=908, resource_state_events=gitlab.STATES, notes=[gitlab.note(2, 1)])


def jira_issue() -> Json:
    return jira.issue(key="HELP-8", changelog=jira.log(*jira.CHANGES))


PAIRS = [(github_issue, github.issue), (gitlab_issue, gitlab.issue), (jira_issue, jira.issue)]


@pytest.mark.parametrize("wrong", WRONG[::2], ids=lambda value: repr(value)[:12])
@pytest.mark.parametrize(("bad", "good"), PAIRS, ids=["github", "gitlab", "jira"])
def test_the_other_issue_is_read(
    tmp_path: Path, bad: Callable[[], Json], good: Callable[[], Json], wrong: object
) -> None:
    path = tmp_path / "issues.json"
    for place in _places(bad()):
        row = deepcopy(bad())
        _at(row, place[:-1])[place[-1]] = deepcopy(wrong)
        path.write_text(f"{json.dumps(good())}\n{json.dumps(row)}", "utf-8")
        records = [*source_of(path).records(path, Options())]
        rows = [Pseudonymizer("tracker", b"key").row(record) for record in records]
        assert any(len(row.events) == 2 for row in rows), place  # opened and closed


def _places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - JSON
    """Each place in a row, in its own lists and objects too, but for what is below a list's first."""
    inner = value.items() if isinstance(value, dict) else enumerate(value[:1])
    found: list[tuple[Any, ...]] = []
    for key, below in inner:
        found.append((*above, key))
        if isinstance(below, dict | list):
            found += _places(below, (*above, key))
    return found


def _at(row: Any, place: tuple[Any, ...]) -> Any:  # noqa: ANN401 - JSON
    for key in place:
        row = row[key]
    return row
