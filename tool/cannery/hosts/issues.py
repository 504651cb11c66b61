"""Issues by a host's API: opened and listed, and why that can't be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from cannery.git.repository import GitError
from cannery.hosts.api import HostRefusalError
from cannery.hosts.reviews import Asking, number_in
from cannery.model.issue import OpenIssue

QUESTION = "question"  # the label
QUESTIONS = ("Question: ", "質問: ")  # how their titles begin
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


def questions_in(
    asking: Asking, issues: Iterable[Mapping[str, Any]], key: str, pages: str
) -> Iterator[OpenIssue]:
    """Those that ask something: `kb ask` names them so, and people label them.

    `key` is as above, and `pages` the address of an issue's page without its number.
    """
    for item in issues:
        title = str(item.get("title") or "")
        if "pull_request" not in item and (title.startswith(QUESTIONS) or _is_question(item)):
            url = f"{pages}/{number_in(asking, item, key)}"
            yield OpenIssue(url, title, _seconds(item.get("created_at")))


def _is_question(item: Mapping[str, Any]) -> bool:
    labels = item.get("labels")
    if not isinstance(labels, list):
        return False
    names = (label.get("name") if isinstance(label, dict) else label for label in labels)
    return QUESTION in names


def _seconds(written: object) -> float:
    try:
        return datetime.fromisoformat(str(written)).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def _has_none(asking: Asking, repository: str) -> bool:
    """Whether issues are switched off; hosts refuse one as if the repository were not there."""
    try:
        answer = asking(repository)
    except GitError:
        return False
    return isinstance(answer, dict) and any(answer.get(name) is False for name in _SWITCHES)
