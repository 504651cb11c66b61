"""Pull requests of Gitea and Forgejo, by version 1 of their API, which is the same in both."""

from __future__ import annotations

from typing import Any

from cannery.hosts.api import Access
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
from cannery.hosts.tokens import own_token
from cannery.model.pull_request import PullRequest, RequestState

_PAGE = 50  # the most of a server with the usual settings
_VARIABLE = "GITEA_SERVER_TOKEN"


def access(repo: RemoteRepo) -> Access:
    """How to ask a host. Raises GitError for a token that can't be one."""
    token = own_token(repo, _VARIABLE, "GITEA_SERVER_URL", "gitea.com")
    return Access("Gitea", repo.host, f"{repo.scheme}://{repo.host}/api/v1", token, {})


def asking(repo: RemoteRepo, wish: str) -> Asking:
    return Asking(repo, access(repo), wish, _VARIABLE)


def _open_requests(repo: RemoteRepo) -> list[PullRequest]:
    question = asking(repo, "list the open pull requests")
    items = question.pages(f"repos/{project(repo)}/pulls?state=open", _PAGE)
    return [_request(question, item) for item in items]


def _read(repo: RemoteRepo, number: int) -> PullRequest:
    question = asking(repo, f"read pull request {number}")
    return _request(question, question(f"repos/{project(repo)}/pulls/{number}"))


def _find(repo: RemoteRepo, branch: str, _: str) -> PullRequest | None:
    """By its branch, which is a proposal's own whoever has sent it."""
    question = asking(repo, f"look for the pull request of {branch}")
    path = f"repos/{project(repo)}/pulls?state=all&sort=recentupdate"
    found = question(f"{path}&limit={_PAGE}")
    if not isinstance(found, list):
        raise question.strange()
    requests = [_request(question, item) for item in found]
    return next((item for item in requests if item.branch == branch), None)


def _approve(repo: RemoteRepo, request: PullRequest, words: str) -> None:
    question = asking(repo, f"approve pull request {request.number}")
    review = {"event": "APPROVED", "commit_id": request.head, "body": words}
    question(f"repos/{project(repo)}/pulls/{request.number}/reviews", review)


def _comment(repo: RemoteRepo, request: PullRequest, words: str) -> None:
    question = asking(repo, f"comment on pull request {request.number}")
    question(f"repos/{project(repo)}/issues/{request.number}/comments", {"body": words})


def _request(question: Asking, answer: Any) -> PullRequest:  # noqa: ANN401 - JSON
    number, repo = number_in(question, answer, "number"), question.repo
    closed = RequestState.MERGED if answer.get("merged") is True else RequestState.CLOSED
    return PullRequest(
        number,
        title=text(answer, "title"),
        author=text(answer, "user", "login"),
        url=page_of(repo, text(answer, "html_url"), f"{repo.web}/pulls/{number}"),
        state=RequestState.OPEN if text(answer, "state") == "open" else closed,
        is_draft=answer.get("draft") is True,
        branch=text(answer, "head", "label") or text(answer, "head", "ref"),
        head=commit_in(answer, "head", "sha"),
        base=text(answer, "base", "ref"),
        updated=text(answer, "updated_at"),
        body=text(answer, "body"),
        reviewers=(
            *texts(answer, "requested_reviewers", "login"),
            *texts(answer, "requested_reviewers_teams", "name", f"@{repo.path.split('/')[0]}/"),
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
