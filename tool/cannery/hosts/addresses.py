"""Which repository a remote's address leads to, and which address a remote's answer names."""

from __future__ import annotations

import re

from cannery.git.clone import Checkout
from cannery.hosts.remote_repo import RemoteRepo, parsed
from cannery.hosts.table import host_of, kind_of
from cannery.util.address import web
from cannery.workspace import Workspace


def remote_repo(address: str, kind: str = "") -> RemoteRepo | None:
    """The repository at an address, of the kind that was set, else of the one that it seems to be.

    None for a folder, and for what programs could read in different ways.
    """
    repo = parsed(address)
    return repo._replace(kind=kind or kind_of(repo.host)) if repo else None


def team_repository(checkout: Checkout, workspace: Workspace) -> RemoteRepo | None:
    """The team's repository on its host, as the settings or the remote have it."""
    settings = workspace.settings
    address = settings.repository or checkout.addresses[checkout.remote]
    repo = remote_repo(address, settings.forge)
    own = workspace.user.hosts.get(repo.host) if repo else None
    return repo._replace(kind=own.kind) if repo and own and own.kind else repo


def owner_of(checkout: Checkout, remote: str) -> str:
    """Whose fork a remote is; empty if it is the team's own repository."""
    if remote == checkout.remote:
        return ""
    address = checkout.addresses.get(remote) or checkout.git("ls-remote", "--get-url", remote)
    repo = parsed(address)
    return repo.path.split("/")[0] if repo else ""


def request_in(answer: str, repo: RemoteRepo) -> str:
    """The address of a request that the remote names in its answer to a push; empty for none.

    Only one on its own host: what else a remote says leads anywhere.
    """
    paths = host_of(repo).request_paths
    pattern = rf"https?://[^\s\"'<>\\\x00-\x1f\x7f]{{1,300}}/(?:{paths})/\d+"
    for address in re.findall(pattern, answer):
        named = web(address)
        if named and named.host in (repo.host, _without_ssh(repo.host)):
            return named.address
    return ""


def _without_ssh(host: str) -> str:
    """The host's name for browsers, if its remote is the one for SSH."""
    return re.sub(r"^(?:alt)?ssh\.", "", host)


def report_form(repo: RemoteRepo, template: str) -> str:
    """The address where a person says what is wrong with an entry: `{id}` is its id.

    `template` is the file name of an issue form, empty if the repository has none.
    """
    host = host_of(repo)
    if host.report_form and template:
        return host.report_form(repo, template)
    return host.issue_form(repo, "Wrong: ", "").replace("Wrong%3A%20", "Wrong%3A%20{id}")
