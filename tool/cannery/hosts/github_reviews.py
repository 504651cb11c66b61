"""GitHub's pull requests, as its API describes them for the version 2022-11-28."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from cannery.hosts.github_tokens import access
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.review_calls import Calls, comments_of_issue, pull_request, pulls
from cannery.hosts.reviews import Asking, text
from cannery.model.pull_request import PullRequest


def _asking(repo: RemoteRepo, wish: str) -> Asking:
    return Asking(repo, access(repo), wish, "GH_TOKEN")


def _find(repo: RemoteRepo, branch: str, owner: str) -> PullRequest | None:
    head = quote(f"{owner or repo.path.split('/')[0]}:{branch}")
    return next(iter(_CALLS.found(repo, branch, f"head={head}")), None)


def _approve(repo: RemoteRepo, request: PullRequest, words: str) -> None:
    review = {"event": "APPROVE", "commit_id": request.head, "body": words}
    _CALLS.approve(repo, request, "reviews", review)


def _request(question: Asking, answer: Any) -> PullRequest:  # noqa: ANN401 - JSON
    branch = text(answer, "head", "ref")
    return pull_request(question, answer, "pull", branch, ("requested_teams", "slug"))


_CALLS = Calls("pull request", _asking, pulls, "open", 100, comments_of_issue, _request)
REVIEWS = _CALLS.reviews("refs/pull/{number}/head", _find, _approve)
