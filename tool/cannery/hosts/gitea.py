"""Gitea and Forgejo: a push for review opens the pull request, without a branch (AGit)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from cannery.hosts.host import Host
from cannery.hosts.remote_repo import RemoteRepo
from cannery.model.issue import Issue, OpenIssue
from cannery.model.proposal import Proposal

if TYPE_CHECKING:
    from cannery.hosts.reviews import Reviews


def _push_options(proposal: Proposal, _: str) -> list[str]:
    """The title and the topic: for a text, the server takes the commit's message, which has it.

    A push option is one line, and Gitea shows what stands for a line end as it is.
    """
    return [f"topic={proposal.branch}", f"title={proposal.title}"]


# The API's modules take long to load, and a page of a site has no use for them.


def _open_issue(repo: RemoteRepo, title: str, text: str, labels: Sequence[str]) -> str:
    from cannery.hosts.gitea_issues import open_issue

    return open_issue(repo, title, text, labels)


def _find_issue(repo: RemoteRepo, title: str, label: str) -> str:
    from cannery.hosts.gitea_issues import find_issue

    return find_issue(repo, title, label)


def _open_questions(repo: RemoteRepo) -> Iterator[OpenIssue]:
    from cannery.hosts.gitea_issues import open_questions

    return open_questions(repo)


def _read_issue(repo: RemoteRepo, number: int) -> Issue:
    from cannery.hosts.gitea_issues import read_issue

    return read_issue(repo, number)


def _reviews() -> Reviews:
    from cannery.hosts.gitea_reviews import REVIEWS

    return REVIEWS


HOST = Host(
    names=("gitea", "forgejo", "codeberg.org"),
    ssh_hosts=(("codeberg.org", "codeberg.org"),),
    takes_reviews=True,
    edit_page=lambda repo, branch: f"{repo.web}/_edit/{quote(branch)}/{{path}}",
    history_page=lambda repo, branch: f"{repo.web}/commits/branch/{quote(branch)}/{{path}}",
    push_options=_push_options,
    open_issue=_open_issue,
    find_issue=_find_issue,
    open_questions=_open_questions,
    read_issue=_read_issue,
    reviews=_reviews,
)
