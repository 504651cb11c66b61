"""Gitea and Forgejo: a push for review opens the pull request, without a branch (AGit)."""

from __future__ import annotations

from urllib.parse import quote

from cannery.hosts.generic import one_line
from cannery.hosts.host import Host
from cannery.model.proposal import Proposal


def _push_options(proposal: Proposal, _: str) -> list[str]:
    return [
        f"topic={proposal.branch}",
        f"title={proposal.title}",
        f"description={one_line(proposal.body)}",
    ]


HOST = Host(
    names=("gitea", "forgejo", "codeberg.org"),
    takes_reviews=True,
    edit_page=lambda repo, branch: f"{repo.web}/_edit/{quote(branch)}/{{path}}",
    history_page=lambda repo, branch: f"{repo.web}/commits/branch/{quote(branch)}/{{path}}",
    push_options=_push_options,
)
