"""A kind of host -> what it does: the rows of `model.hosts.HOSTS`, each a file of this folder."""

from __future__ import annotations

from importlib import import_module

from cannery.hosts.host import Host
from cannery.hosts.remote_repo import RemoteRepo
from cannery.model import hosts


def host_of(repo: RemoteRepo) -> Host:
    """What the host of a repository does."""
    return _host(repo.kind) if repo.kind else Host()


def kind_of(host: str) -> str:
    """The kind of host that a name such as `gitlab.example.com` seems to be; empty for none."""
    kinds = (kind for kind in hosts.HOSTS if any(name in host for name in _host(kind).names))
    return next(kinds, "")


def ssh_hosts() -> dict[str, str]:
    """The names for browsers of public hosts, by those that SSH reaches them by."""
    return dict(pair for kind in hosts.HOSTS for pair in _host(kind).ssh_hosts)


def _host(kind: str) -> Host:
    host: Host = import_module(f"cannery.hosts.{kind}").HOST
    return host
