"""Issues of Gitea and Forgejo, by version 1 of their API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cannery.hosts.gitea_reviews import asking
from cannery.hosts.issues import number_of_titled, post_issue, questions_in
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.reviews import Asking, number_in, page_of, project, text
from cannery.model.issue import Issue, OpenIssue

_PAGE = 50


def open_issue(repo: RemoteRepo, title: str, words: str, labels: Sequence[str]) -> str:
    """The address of an issue that was opened; empty where nobody is signed in.

    The API knows labels by number: those that the repository doesn't have are left out.
    """
    question = asking(repo, "open an issue")
    if not question.access.token:
        return ""
    path = f"repos/{project(repo)}"
    known = question.pages(f"{path}/labels", _PAGE)
    numbers = [number_in(question, item, "id") for item in known if text(item, "name") in labels]
    opened = post_issue(question, path, {"title": title, "body": words, "labels": numbers})
    number = number_in(question, opened, "number")
    return page_of(repo, text(opened, "html_url"), f"{repo.web}/issues/{number}")


def find_issue(repo: RemoteRepo, title: str, _: str) -> str:
    """The address of the open issue of a title; empty for none, or without a token.

    The label is not asked for: a new issue has none that the repository doesn't have.
    """
    question = asking(repo, "list the open issues")
    if not question.access.token:
        return ""
    number = number_of_titled(question, _open(question), title, "number")
    return f"{repo.web}/issues/{number}" if number else ""


def open_questions(repo: RemoteRepo) -> Iterator[OpenIssue]:
    """The open issues that ask something. Raises GitError."""
    question = asking(repo, "list the open issues")._replace(is_public=True)
    return questions_in(question, _open(question), "number", f"{repo.web}/issues")


def _open(question: Asking) -> Iterator[Mapping[str, Any]]:
    path = f"repos/{project(question.repo)}/issues?state=open&type=issues"
    return question.pages(path, _PAGE)


def read_issue(repo: RemoteRepo, number: int) -> Issue:
    """An issue, with all that was said to it. Raises GitError."""
    question = asking(repo, f"read issue {number} of {repo.path}")._replace(is_public=True)
    path = f"repos/{project(repo)}/issues/{number}"
    issue = question(path)
    if not isinstance(issue, dict):
        raise question.strange()
    comments = question(f"{path}/comments")  # all of them: this list has no pages
    if not isinstance(comments, list):
        raise question.strange()
    answers = tuple(text(item, "body") for item in comments)
    return Issue(f"{repo.web}/issues/{number}", text(issue, "title"), text(issue, "body"), answers)
