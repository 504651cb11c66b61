"""GitHub's pull requests, as its API describes them for the version 2022-11-28."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from cannery.hosts.github_tokens import access
from cannery.hosts.remote_repo import RemoteRepo
from cannery.hosts.reviews import (
    Asking,
    Reviews,
    commit_in,
    number_in,
    page_of,
    project,
    text,
    texts,
)
from cannery.model.pull_request import PullRequest, RequestState

_PAGE = 100


def _asking(repo: RemoteRepo, wish: str) -> Asking:
    return Asking(repo, access(repo), wish, "GH_TOKEN")


def _open_requests(repo: RemoteRepo) -> list[PullRequest]:
    asking = _asking(repo, "list the open pull requests")
    items = asking.pages(f"repos/{project(repo)}/pulls?state=open", _PAGE)
    return [_request(asking, item) for item in items]


def _read(repo: RemoteRepo, number: int) -> PullRequest:
    asking = _asking(repo, f"read pull request {number}")
    return _request(asking, asking(f"repos/{project(repo)}/pulls/{number}"))


def _find(repo: RemoteRepo, branch: str, owner: str) -> PullRequest | None:
    asking = _asking(repo, f"look for the pull request of {branch}")
    head = quote(f"{owner or repo.path.split('/')[0]}:{branch}")
    found = asking(f"repos/{project(repo)}/pulls?state=all&head={head}")
    if not isinstance(found, list):
        raise asking.strange()
    return _request(asking, found[0]) if found else None


def _approve(repo: RemoteRepo, request: PullRequest, words: str) -> None:
    asking = _asking(repo, f"approve pull request {request.number}")
    review = {"event": "APPROVE", "commit_id": request.head, "body": words}
    asking(f"repos/{project(repo)}/pulls/{request.number}/reviews", review)


def _comment(repo: RemoteRepo, request: PullRequest, words: str) -> None:
    asking = _asking(repo, f"comment on pull request {request.number}")
    asking(f"repos/{project(repo)}/issues/{request.number}/comments", {"body": words})


def _request(asking: Asking, answer: Any) -> PullRequest:  # noqa: ANN401 - JSON
    number, repo = number_in(asking, answer, "number"), asking.repo
    merged = bool(answer.get("merged_at") or answer.get("merged"))
    closed = RequestState.MERGED if merged else RequestState.CLOSED
    return PullRequest(
        number,
        title=text(answer, "title"),
        author=text(answer, "user", "login"),
        url=page_of(repo, text(answer, "html_url"), f"{repo.web}/pull/{number}"),
        state=RequestState.OPEN if text(answer, "state") == "open" else closed,
        is_draft=answer.get("draft") is True,
        branch=text(answer, "head", "ref"),
        head=commit_in(answer, "head", "sha"),
        base=text(answer, "base", "ref"),
        updated=text(answer, "updated_at"),
        body=text(answer, "body"),
        reviewers=(
            *texts(answer, "requested_reviewers", "login"),
            *texts(answer, "requested_teams", "slug", f"@{repo.path.split('/')[0]}/"),
        ),
    )


REVIEWS = Reviews(
    "refs/pull/{number}/head",
    lambda repo: bool(access(repo).token),
    _open_requests,
    _read,
    _find,
    _approve,
    _comment,
)
