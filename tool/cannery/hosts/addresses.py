"""Which repository a remote's address leads to, and which address a remote's answer names."""

from __future__ import annotations

import re
from pathlib import Path

from cannery.git.clone import Checkout
from cannery.git.remote import RemoteAddress
from cannery.git.run import own_settings
from cannery.hosts.remote_repo import RemoteRepo, parsed
from cannery.hosts.ssh_names import resolved_host, web_host
from cannery.hosts.table import host_of, kind_of
from cannery.util.address import web
from cannery.workspace import Workspace


def remote_repo(address: str, kind: str = "") -> RemoteRepo | None:
    """The repository at an address, of the kind that was set, else of the one that it seems to be.

    None for a folder, and for what programs could read in different ways.
    """
    repo = parsed(address)
    if repo is None:
        return None
    host = repo.host if web(address) else web_host(repo.host)
    return repo._replace(kind=kind or kind_of(host), host=host)


def repository_of(
    folder: Path, remote: str, addresses: RemoteAddress, kind: str = ""
) -> RemoteRepo | None:
    """The repository that a remote of a clone is; None for a folder.

    Where it is pushed to is where a request is opened. Of a mirror, or of a folder in the place of
    a host's address, the address as it was written counts.
    """
    found = []
    for address in (addresses.pushed, addresses.fetched, _written(folder, remote)):
        repo = remote_repo(address, kind)
        if repo and not web(address):
            host = resolved_host(folder, repo.host)
            repo = repo._replace(kind=kind or kind_of(host), host=host)
        if repo and repo.kind:
            return repo
        found.append(repo)
    return next(filter(None, found), None)


def _written(folder: Path, remote: str) -> str:
    """A remote's address as the clone's own settings have it, before others rewrite it."""
    return own_settings(folder).get(f"remote.{remote}.url", "")


def team_repository(checkout: Checkout, workspace: Workspace) -> RemoteRepo | None:
    """The team's repository on its host, as the settings or the remote have it."""
    settings = workspace.settings
    name = checkout.remote
    repo = (
        remote_repo(settings.repository, settings.forge)
        if settings.repository
        else repository_of(checkout.folder, name, checkout.addresses[name], settings.forge)
    )
    own = workspace.user.hosts.get(repo.host) if repo else None
    return repo._replace(kind=own.kind) if repo and own and own.kind else repo


def owner_of(checkout: Checkout, remote: str) -> str:
    """Whose fork a remote is; empty if it is the team's own repository."""
    if remote == checkout.remote:
        return ""
    known = checkout.addresses.get(remote)
    address = known.pushed if known else checkout.git("ls-remote", "--get-url", remote)
    repo = parsed(address) or parsed(_written(checkout.folder, remote))
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


def question_form(repo: RemoteRepo) -> str:
    """The address where a person asks what was not found: `{query}` is what was searched for."""
    return host_of(repo).issue_form(repo, "{query}", "").replace("%7Bquery%7D", "{query}")
