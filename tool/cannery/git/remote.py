"""What a clone knows of its remote without asking it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cannery.git.locate import locate
from cannery.git.run import git


class RemoteAddress(NamedTuple):
    """Where a remote is fetched from and pushed to, as Git's settings rewrite its address.

    An address may hold a token: show none as it is.
    """

    fetched: str
    pushed: str


def remote_addresses(folder: Path) -> dict[str, RemoteAddress]:
    """The addresses of each remote by its name; empty for none."""
    addresses: dict[str, dict[str, str]] = {}
    for line in git(folder, "remote", "-v").split("\n"):
        name, _, rest = line.partition("\t")
        if name:
            own = addresses.setdefault(name, {})
            for kind in ("fetch", "push"):
                # A partial clone tells its filter behind the mark.
                address, mark, _ = rest.rpartition(f" ({kind})")
                if mark:
                    own.setdefault(kind, address)
    return {
        name: RemoteAddress(own.get("fetch", name), own.get("push", name))
        for name, own in addresses.items()
    }


def team_remote(folder: Path) -> str:
    """The name of the remote that is the team's repository; empty where there is none."""
    if locate(folder) is None:
        return ""
    names = git(folder, "remote").split("\n")
    return next((name for name in ("upstream", "origin") if name in names), "")
