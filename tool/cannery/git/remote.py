"""What a clone knows of its remote without asking it."""

from __future__ import annotations

import os
from pathlib import Path

from cannery.git.locate import locate
from cannery.git.run import attempt, git

_USUAL = "main"


def remote_addresses(folder: Path) -> dict[str, str]:
    """The address of each remote by its name, as Git's settings rewrite it; empty for none.

    An address may hold a token: show none as it is.
    """
    listed = git(folder, "remote", "-v").split("\n")
    return dict(filter(None, map(_fetched_from, listed)))


def _fetched_from(line: str) -> tuple[str, str] | None:
    """The remote and its address; None for a line that tells where to push."""
    name, tab, rest = line.partition("\t")
    # A partial clone tells its filter behind the mark.
    address, mark, _ = rest.rpartition(" (fetch)")
    if not name or (tab and not mark):
        return None
    return name, address or name


def remote_address(folder: Path) -> str:
    """The address of the team's repository; empty where there is none."""
    if locate(folder) is None:
        return ""
    addresses = remote_addresses(folder)
    return next((addresses[name] for name in ("upstream", "origin") if name in addresses), "")


def main_branch(folder: Path) -> str:
    """The remote's default branch as far as the clone knows, else the usual name."""
    for name in ("upstream", "origin"):
        head = f"refs/remotes/{name}/HEAD"
        status, out, _ = attempt(folder, "symbolic-ref", "-q", head)
        if not status:
            return os.fsdecode(out).strip().removeprefix(f"refs/remotes/{name}/")
    return _USUAL
