"""Gitea and Forgejo: a push for review opens the pull request, without a branch (AGit)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from cannery.hosts.generic import one_line
from cannery.hosts.host import Host
from cannery.model.proposal import Proposal

if TYPE_CHECKING:
    from cannery.hosts.reviews import Reviews


def _push_options(proposal: Proposal, _: str) -> list[str]:
    return [
        f"topic={proposal.branch}",
        f"title={proposal.title}",
        f"description={one_line(proposal.body)}",
    ]


def _reviews() -> Reviews:
    from cannery.hosts.gitea_reviews import REVIEWS  # a page of a site has no use for it

    return REVIEWS


HOST = Host(
    names=("gitea", "forgejo", "codeberg.org"),
    takes_reviews=True,
    edit_page=lambda repo, branch: f"{repo.web}/_edit/{quote(branch)}/{{path}}",
    history_page=lambda repo, branch: f"{repo.web}/commits/branch/{quote(branch)}/{{path}}",
    push_options=_push_options,
    reviews=_reviews,
)
