"""Issues of GitLab, by version 4 of its API."""

from __future__ import annotations

from collections.abc import Sequence

from cannery.hosts.gitlab_reviews import asking, path_of
from cannery.hosts.issues import post_issue
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.reviews import number_in, page_of, text


def open_issue(repo: RemoteRepo, title: str, words: str, labels: Sequence[str]) -> str:
    """The address of an issue that was opened; empty where nobody is signed in."""
    question = asking(repo, "open an issue")
    if not question.access.token:
        return ""
    issue = {"title": title, "description": words, "labels": ",".join(labels)}
    opened = post_issue(question, path_of(repo), issue)
    number = number_in(question, opened, "iid")
    return page_of(repo, text(opened, "web_url"), f"{repo.web}/-/issues/{number}")
