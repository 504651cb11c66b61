"""What a clone knows of its remote without asking it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from cannery.git.locate import locate
from cannery.git.run import attempt, git

_USUAL = "main"
_FETCH = re.compile(
    r"([^\t]+)(?:\t(.*) \(fetch\)(?: \[[^]]*\])?)?"
)  # a partial clone tells its filter


def remote_addresses(folder: Path) -> dict[str, str]:
    """The address of each remote by its name, as Git's settings rewrite it; empty for none.

    An address may hold a token: show none as it is.
    """
    listed = git(folder, "remote", "-v").split("\n")
    return {match[1]: match[2] or match[1] for line in listed if (match := _FETCH.fullmatch(line))}


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
