"""What a change brings to light: problems that are new with it, and those that it hides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from cannery.check.baseline import PATH as BASELINE
from cannery.check.baseline import Known
from cannery.model.entry import Audience
from cannery.model.event import Event, Listener, Progress
from cannery.model.location import Kind, Problem, Severity
from cannery.operations.check import CheckResult, check
from cannery.workspace import MARKER, Workspace

_DECIDING = (MARKER.as_posix(), BASELINE)  # what is told of every file


def new_problems(
    before: Workspace | None, after: Workspace | None, changed: set[str], listener: Listener
) -> tuple[Problem, ...]:
    """What `kb check` finds in changed files, and elsewhere what it did not find before."""
    if after is None:
        return ()

    # Both are folders for a while: that they are in no repository is no remark on the change.
    def quiet(event: Event) -> None:
        if isinstance(event, Progress):
            listener(event)

    result = check(after, quiet)
    found = result.problems
    is_any = bool({*_DECIDING} & changed) or any(item.path not in changed for item in found)
    old = check(before, quiet) if before and is_any else None
    known = {_what(item) for item in old.problems} if old else set()
    new = (item for item in found if item.path in changed or _what(item) not in known)
    by_settings = (*_made_public(old, result, changed), *_made_known(old, result)) if old else ()
    return (*by_settings, *new)


def _made_public(before: CheckResult, after: CheckResult, changed: set[str]) -> Iterator[Problem]:
    """Articles that customers get to see by a change of the settings alone."""
    public = Audience.PUBLIC.value
    was = {item.at.path for item in before.whole.entries if item.audience == public}
    new = [
        item.at
        for item in after.whole.entries
        if item.audience == public and item.at.path not in {*was, *changed}
    ]
    articles = [at for at in new if at.kind is Kind.ARTICLE]  # also of folders that come in
    if articles:
        message = (
            f"articles become public by this change: {len(articles)}, {articles[0].id:.60} first"
        )
        hint = "Approve it only if customers may read each of them."
        yield Problem(MARKER.as_posix(), 0, "setting", message, hint, Severity.WARNING)


def _made_known(before: CheckResult, after: CheckResult) -> Iterator[Problem]:
    """What is told no more, because the change adds it to the baseline."""
    added = _without_paths(after.baseline.known) - _without_paths(before.baseline.known)
    if count := sum(added.values()):
        message = f"findings become known by this change: {count:,}, and are told no more"
        hint = "Approve it only if they may stay: `kb check --no-baseline` tells them."
        yield Problem(BASELINE, 0, "setting", message, hint, Severity.WARNING)


def _without_paths(known: Mapping[Known, int]) -> Counter[tuple[str, str]]:
    """What is known in any file: that it is in another one, by a rename, is nothing new."""
    found: Counter[tuple[str, str]] = Counter()
    for item, count in known.items():
        found[item.code, item.mark] += count
    return found


def _what(problem: Problem) -> tuple[str, str, str]:
    """A problem wherever in its file it stands."""
    return problem.path, problem.code, problem.message
