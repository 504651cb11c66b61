"""GitHub: its API opens pull requests, issues and forks for whoever is signed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from cannery.hosts import generic
from cannery.hosts.host import Host
from cannery.hosts.remote_repo import RemoteRepo
from cannery.model.issue import Issue, OpenIssue
from cannery.model.proposal import Proposal

if TYPE_CHECKING:
    from cannery.hosts.code_owners import Owners
    from cannery.hosts.reviews import Reviews


def _request_form(repo: RemoteRepo, proposal: Proposal, main: str, owner: str) -> str:
    form = generic.request_form(repo, proposal, main, owner)
    return f"{form}?expand=1&title={quote(proposal.title)}"


def _report_form(repo: RemoteRepo, template: str) -> str:
    return f"{repo.web}/issues/new?template={quote(template)}&entry={{id}}"


# The API's modules take long to load, and a page of a site has no use for them.


def _open_request(repo: RemoteRepo, proposal: Proposal, main: str, owner: str) -> str:
    from cannery.hosts.github_api import open_request

    return open_request(repo, proposal, main, owner)


def _open_issue(repo: RemoteRepo, title: str, text: str, labels: Sequence[str]) -> str:
    from cannery.hosts.github_api import open_issue

    return open_issue(repo, title, text, labels)


def _find_issue(repo: RemoteRepo, title: str, label: str) -> str:
    from cannery.hosts.github_api import find_issue

    return find_issue(repo, title, label)


def _open_questions(repo: RemoteRepo) -> Iterator[OpenIssue]:
    from cannery.hosts.github_api import open_questions

    return open_questions(repo)


def _read_issue(repo: RemoteRepo, number: int) -> Issue:
    from cannery.hosts.github_api import read_issue

    return read_issue(repo, number)


def _fork(repo: RemoteRepo) -> str:
    from cannery.hosts.github_api import fork

    return fork(repo)


def _missing_token(repo: RemoteRepo) -> str:
    from cannery.hosts.github_tokens import missing_token

    return missing_token(repo)


def _reviews() -> Reviews:
    from cannery.hosts.github_reviews import REVIEWS

    return REVIEWS


def _owners(text: str, paths: Sequence[str]) -> list[Owners]:
    from cannery.hosts.github_owners import owners

    return owners(text, paths)


HOST = Host(
    names=("github",),
    ssh_hosts=(("github.com", "github.com"), ("ssh.github.com", "github.com")),
    request_form=_request_form,
    report_form=_report_form,
    open_request=_open_request,
    open_issue=_open_issue,
    find_issue=_find_issue,
    open_questions=_open_questions,
    read_issue=_read_issue,
    fork=_fork,
    missing_token=_missing_token,
    reviews=_reviews,
    owner_files=(".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    owners=_owners,
)
