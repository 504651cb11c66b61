"""Bitbucket: a form opens the pull request."""

from __future__ import annotations

from urllib.parse import quote

from cannery.hosts.host import Host
from cannery.hosts.remote_repo import RemoteRepo
from cannery.model.proposal import Proposal


def _request_form(repo: RemoteRepo, proposal: Proposal, main: str, _: str) -> str:
    branch, target = quote(proposal.branch, safe=""), quote(main, safe="")
    return f"{repo.web}/pull-requests/new?source={branch}&dest={target}"


HOST = Host(
    names=("bitbucket",),
    ssh_hosts=(("bitbucket.org", "bitbucket.org"), ("altssh.bitbucket.org", "bitbucket.org")),
    request_form=_request_form,
    edit_page=lambda repo, branch: f"{repo.web}/src/{quote(branch)}/{{path}}?mode=edit",
)
