"""GitLab's merge requests, by version 4 of its API."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from cannery.hosts.api import Access
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.review_calls import Calls
from cannery.hosts.reviews import Asking, commit_in, number_in, page_of, project, text, texts
from cannery.hosts.tokens import own_token
from cannery.model.pull_request import PullRequest, RequestState

_PAGE = 100
_VARIABLE = "GITLAB_TOKEN"
_STATES = {"opened": RequestState.OPEN, "locked": RequestState.OPEN, "merged": RequestState.MERGED}


def access(repo: RemoteRepo) -> Access:
    """How to ask a host. Raises GitError for a token that can't be one."""
    token = own_token(repo, _VARIABLE, "GITLAB_HOST", "gitlab.com")
    return Access("GitLab", repo.host, f"{repo.scheme}://{repo.host}/api/v4", token, {})


def asking(repo: RemoteRepo, wish: str) -> Asking:
    return Asking(repo, access(repo), wish, _VARIABLE)


def path_of(repo: RemoteRepo) -> str:
    """The path of a project, whose name is one part of it, whatever groups it is in."""
    return f"projects/{project(repo).replace('/', '%2F')}"


def _requests(repo: RemoteRepo) -> str:
    return f"{path_of(repo)}/merge_requests"


def _comments(repo: RemoteRepo, number: int) -> str:
    return f"{_requests(repo)}/{number}/notes"


def _find(repo: RemoteRepo, branch: str, _: str) -> PullRequest | None:
    """By its branch, which is a proposal's own whoever has sent it."""
    query = f"source_branch={quote(branch, safe='')}"
    return next(iter(_CALLS.found(repo, branch, query)), None)


def _approve(repo: RemoteRepo, request: PullRequest, words: str) -> None:
    _CALLS.approve(repo, request, "approve", {"sha": request.head})
    if words:
        _CALLS.comment(repo, request, words)


def _request(question: Asking, answer: Any) -> PullRequest:  # noqa: ANN401 - JSON
    number, repo = number_in(question, answer, "iid"), question.repo
    return PullRequest(
        number,
        title=text(answer, "title"),
        author=text(answer, "author", "username"),
        url=page_of(repo, text(answer, "web_url"), f"{repo.web}/-/merge_requests/{number}"),
        state=_STATES.get(text(answer, "state"), RequestState.CLOSED),
        is_draft=answer.get("draft") is True,
        branch=text(answer, "source_branch"),
        head=commit_in(answer, "sha"),
        base=text(answer, "target_branch"),
        updated=text(answer, "updated_at"),
        body=text(answer, "description"),
        reviewers=texts(answer, "reviewers", "username"),
    )


_CALLS = Calls("merge request", asking, _requests, "opened", _PAGE, _comments, _request)
REVIEWS = _CALLS.reviews("refs/merge-requests/{number}/head", _find, _approve)
