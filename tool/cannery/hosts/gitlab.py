"""GitLab: a push option opens the merge request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from cannery.hosts.generic import one_line
from cannery.hosts.host import Host
from cannery.hosts.remote_repo import RemoteRepo
from cannery.model.issue import Issue, OpenIssue
from cannery.model.proposal import Proposal

if TYPE_CHECKING:
    from cannery.hosts.code_owners import Owners
    from cannery.hosts.reviews import Reviews


def _request_form(repo: RemoteRepo, proposal: Proposal, _: str, __: str) -> str:
    branch = quote(proposal.branch, safe="")
    return f"{repo.web}/-/merge_requests/new?merge_request[source_branch]={branch}"


def _issue_form(repo: RemoteRepo, title: str, text: str) -> str:
    query = f"issue[title]={quote(title, safe='')}&issue[description]={quote(text, safe='')}"
    return f"{repo.web}/-/issues/new?{query}"


def _push_options(proposal: Proposal, main: str) -> list[str]:
    return [
        "merge_request.create",
        f"merge_request.target={main}",
        f"merge_request.title={proposal.title}",
        f"merge_request.description={one_line(proposal.body)}",
    ]


# The API's modules take long to load, and a page of a site has no use for them.


def _open_issue(repo: RemoteRepo, title: str, text: str, labels: Sequence[str]) -> str:
    from cannery.hosts.gitlab_issues import open_issue

    return open_issue(repo, title, text, labels)


def _find_issue(repo: RemoteRepo, title: str, label: str) -> str:
    from cannery.hosts.gitlab_issues import find_issue

    return find_issue(repo, title, label)


def _open_questions(repo: RemoteRepo) -> Iterator[OpenIssue]:
    from cannery.hosts.gitlab_issues import open_questions

    return open_questions(repo)


def _read_issue(repo: RemoteRepo, number: int) -> Issue:
    from cannery.hosts.gitlab_issues import read_issue

    return read_issue(repo, number)


def _reviews() -> Reviews:
    from cannery.hosts.gitlab_reviews import REVIEWS

    return REVIEWS


def _owners(text: str, paths: Sequence[str]) -> list[Owners]:
    from cannery.hosts.gitlab_owners import owners

    return owners(text, paths)


HOST = Host(
    names=("gitlab", "salsa.debian.org"),
    ssh_hosts=(("gitlab.com", "gitlab.com"), ("altssh.gitlab.com", "gitlab.com")),
    request_form=_request_form,
    issue_form=_issue_form,
    edit_page=lambda repo, branch: f"{repo.web}/-/edit/{quote(branch)}/{{path}}",
    history_page=lambda repo, branch: f"{repo.web}/-/commits/{quote(branch)}/{{path}}",
    push_options=_push_options,
    open_issue=_open_issue,
    find_issue=_find_issue,
    open_questions=_open_questions,
    read_issue=_read_issue,
    reviews=_reviews,
    owner_files=("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
    owners=_owners,
)
