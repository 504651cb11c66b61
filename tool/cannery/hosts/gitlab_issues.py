"""Issues of GitLab, by version 4 of its API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from cannery.hosts.gitlab_reviews import asking, path_of
from cannery.hosts.issues import QUESTION, number_of_titled, post_issue, questions_in
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.reviews import Asking, number_in, page_of, text
from cannery.model.issue import Issue, OpenIssue

_PAGE = 100


def open_issue(repo: RemoteRepo, title: str, words: str, labels: Sequence[str]) -> str:
    """The address of an issue that was opened; empty where nobody is signed in."""
    question = asking(repo, "open an issue")
    if not question.access.token:
        return ""
    issue = {"title": title, "description": words, "labels": ",".join(labels)}
    opened = post_issue(question, path_of(repo), issue)
    number = number_in(question, opened, "iid")
    return page_of(repo, text(opened, "web_url"), f"{repo.web}/-/issues/{number}")


def find_issue(repo: RemoteRepo, title: str, label: str) -> str:
    """The address of the open issue of a title and label; empty for none, or without a token."""
    question = asking(repo, "list the open issues")
    if not question.access.token:
        return ""
    number = number_of_titled(question, _open(question, label), title, "iid")
    return f"{repo.web}/-/issues/{number}" if number else ""


def open_questions(repo: RemoteRepo) -> Iterator[OpenIssue]:
    """The open issues that ask something. Raises GitError."""
    question = asking(repo, "list the open issues")._replace(is_public=True)
    return questions_in(question, _open(question, QUESTION), "iid", f"{repo.web}/-/issues")


def _open(question: Asking, label: str) -> Iterator[Mapping[str, Any]]:
    path = f"{path_of(question.repo)}/issues?state=opened&labels={quote(label, safe='')}"
    return question.pages(path, _PAGE)


def read_issue(repo: RemoteRepo, number: int) -> Issue:
    """An issue, with all that was said to it, and not what GitLab notes itself. Raises GitError."""
    question = asking(repo, f"read issue {number} of {repo.path}")._replace(is_public=True)
    path = f"{path_of(repo)}/issues/{number}"
    issue = question(path)
    if not isinstance(issue, dict):
        raise question.strange()
    notes = question.pages(f"{path}/notes?sort=asc&order_by=created_at", _PAGE)
    answers = tuple(text(item, "body") for item in notes if item.get("system") is not True)
    url = f"{repo.web}/-/issues/{number}"
    return Issue(url, text(issue, "title"), text(issue, "description"), answers)
