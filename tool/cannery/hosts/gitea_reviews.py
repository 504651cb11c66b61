"""Pull requests of Gitea and Forgejo, by version 1 of their API, which is the same in both."""

from __future__ import annotations

from typing import Any

from cannery.hosts.api import Access
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.review_calls import Calls, comments_of_issue, pull_request, pulls
from cannery.hosts.reviews import Asking, text
from cannery.hosts.tokens import own_token
from cannery.model.pull_request import PullRequest

_PAGE = 50  # the most of a server with the usual settings
_VARIABLE = "GITEA_SERVER_TOKEN"


def access(repo: RemoteRepo) -> Access:
    """How to ask a host. Raises GitError for a token that can't be one."""
    token = own_token(repo, _VARIABLE, "GITEA_SERVER_URL", "gitea.com")
    return Access("Gitea", repo.host, f"{repo.scheme}://{repo.host}/api/v1", token, {})


def asking(repo: RemoteRepo, wish: str) -> Asking:
    return Asking(repo, access(repo), wish, _VARIABLE)


def _find(repo: RemoteRepo, branch: str, _: str) -> PullRequest | None:
    """By its branch, which is a proposal's own whoever has sent it."""
    requests = _CALLS.found(repo, branch, f"sort=recentupdate&limit={_PAGE}")
    return next((item for item in requests if item.branch == branch), None)


def _approve(repo: RemoteRepo, request: PullRequest, words: str) -> None:
    review = {"event": "APPROVED", "commit_id": request.head, "body": words}
    _CALLS.approve(repo, request, "reviews", review)


def _request(question: Asking, answer: Any) -> PullRequest:  # noqa: ANN401 - JSON
    branch = text(answer, "head", "label") or text(answer, "head", "ref")
    return pull_request(question, answer, "pulls", branch, ("requested_reviewers_teams", "name"))


_CALLS = Calls("pull request", asking, pulls, "open", _PAGE, comments_of_issue, _request)
REVIEWS = _CALLS.reviews("refs/pull/{number}/head", _find, _approve)
