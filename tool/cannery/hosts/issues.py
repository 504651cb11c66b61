"""Open an issue by a host's API, and tell why that can't be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cannery.git.repository import GitError
from cannery.hosts.api import HostRefusalError
from cannery.hosts.reviews import Asking, number_in

_SWITCHES = ("has_issues", "issues_enabled")  # of GitHub and Gitea, of GitLab


def post_issue(asking: Asking, repository: str, data: Any) -> Any:  # noqa: ANN401 - JSON
    """What the host answers to an issue that is opened; `repository` is its path in the API.

    Raises GitError, which says so where the repository has no issues.
    """
    try:
        return asking(f"{repository}/issues", data)
    except HostRefusalError as error:
        if _has_none(asking, repository):
            raise asking.without_issues() from error
        raise


def number_of_titled(
    asking: Asking, issues: Iterable[Mapping[str, Any]], title: str, key: str
) -> int | None:
    """The number of the first issue with this title, where the host keeps numbers by this key."""
    found = next((item for item in issues if item.get("title") == title), None)
    return number_in(asking, found, key) if found else None


def _has_none(asking: Asking, repository: str) -> bool:
    """Whether issues are switched off; hosts refuse one as if the repository were not there."""
    try:
        answer = asking(repository)
    except GitError:
        return False
    return isinstance(answer, dict) and any(answer.get(name) is False for name in _SWITCHES)
