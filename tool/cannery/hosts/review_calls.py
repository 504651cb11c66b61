"""What hosts' APIs do alike for reviewers; each host names its paths, and how it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

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


class Calls(NamedTuple):
    """The requests of one host.

    `noun` is what the host calls one. `asking` makes a question of what the user wished for.
    `requests` is the path of all of a repository's, `comments` that of what is said to one; the
    open ones are asked for by `open_state`, `page` at a time. `request` reads one of an answer.
    """

    noun: str
    asking: Callable[[RemoteRepo, str], Asking]
    requests: Callable[[RemoteRepo], str]
    open_state: str
    page: int
    comments: Callable[[RemoteRepo, int], str]
    request: Callable[[Asking, Any], PullRequest]

    def is_signed_in(self, repo: RemoteRepo) -> bool:
        return bool(self.asking(repo, "").access.token)

    def open_requests(self, repo: RemoteRepo) -> list[PullRequest]:
        question = self.asking(repo, f"list the open {self.noun}s")
        items = question.pages(f"{self.requests(repo)}?state={self.open_state}", self.page)
        return [self.request(question, item) for item in items]

    def read(self, repo: RemoteRepo, number: int) -> PullRequest:
        question = self.asking(repo, f"read {self.noun} {number}")
        return self.request(question, question(f"{self.requests(repo)}/{number}"))

    def found(self, repo: RemoteRepo, branch: str, query: str) -> list[PullRequest]:
        """The requests that a query answers with, for a branch that is looked for."""
        question = self.asking(repo, f"look for the {self.noun} of {branch}")
        answer = question(f"{self.requests(repo)}?state=all&{query}")
        if not isinstance(answer, list):
            raise question.strange()
        return [self.request(question, item) for item in answer]

    def approve(self, repo: RemoteRepo, request: PullRequest, path: str, review: Any) -> None:  # noqa: ANN401 - JSON
        question = self.asking(repo, f"approve {self.noun} {request.number}")
        question(f"{self.requests(repo)}/{request.number}/{path}", review)

    def comment(self, repo: RemoteRepo, request: PullRequest, words: str) -> None:
        question = self.asking(repo, f"comment on {self.noun} {request.number}")
        question(self.comments(repo, request.number), {"body": words})

    def reviews(
        self,
        head_ref: str,
        find: Callable[[RemoteRepo, str, str], PullRequest | None],
        approve: Callable[[RemoteRepo, PullRequest, str], None],
    ) -> Reviews:
        """The host's row."""
        return Reviews(
            head_ref,
            self.is_signed_in,
            self.open_requests,
            self.read,
            find,
            approve,
            self.comment,
        )


def pulls(repo: RemoteRepo) -> str:
    """The path of GitHub's pull requests, and of those hosts that have the same."""
    return f"repos/{project(repo)}/pulls"


def comments_of_issue(repo: RemoteRepo, number: int) -> str:
    """A pull request's comments are those of the issue with its number."""
    return f"repos/{project(repo)}/issues/{number}/comments"


def pull_request(
    question: Asking,
    answer: Any,  # noqa: ANN401 - JSON
    page: str,
    branch: str,
    teams: tuple[str, str],
) -> PullRequest:
    """A pull request as GitHub tells it, and Gitea after it.

    `page` comes before the number in its address, `teams` is the list of those that were asked and
    what names one of them. Raises GitError.
    """
    number, repo = number_in(question, answer, "number"), question.repo
    merged = bool(answer.get("merged_at") or answer.get("merged"))
    closed = RequestState.MERGED if merged else RequestState.CLOSED
    return PullRequest(
        number,
        title=text(answer, "title"),
        author=text(answer, "user", "login"),
        url=page_of(repo, text(answer, "html_url"), f"{repo.web}/{page}/{number}"),
        state=RequestState.OPEN if text(answer, "state") == "open" else closed,
        is_draft=answer.get("draft") is True,
        branch=branch,
        head=commit_in(answer, "head", "sha"),
        base=text(answer, "base", "ref"),
        updated=text(answer, "updated_at"),
        body=text(answer, "body"),
        reviewers=(
            *texts(answer, "requested_reviewers", "login"),
            *texts(answer, *teams, f"@{repo.path.split('/')[0]}/"),
        ),
    )
